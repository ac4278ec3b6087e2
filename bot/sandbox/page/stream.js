/** The page's one event stream. All people share it: a browser allows few connections per site. */

import { Refused, get, streamUrl } from "./api.js";

const TYPES = ["message", "deleted", "answer", "typing", "person", "clock", "commands", "inline", "group"];
const FIRST_WAIT = 500; // milliseconds
const LONGEST_WAIT = 8000;

/**
 * Listens until the page closes. The browser reconnects by itself and asks for what it missed
 * (`Last-Event-ID`); where it has given up, or the server has forgotten, everything is read again.
 * @param {object} hear
 * @param {(type: string, data: any) => void} hear.event an event of the contract.
 * @param {() => void} hear.reread read everything again: events were lost.
 * @param {() => void} hear.away the server cannot be reached; trying goes on.
 * @param {() => void} hear.back the stream is open (also said the first time).
 * @param {() => void} hear.ended this page's token is no longer valid; trying has stopped.
 */
export function listen(hear) {
  let wait = FIRST_WAIT;

  function connect(missed) {
    const source = new EventSource(streamUrl());
    source.addEventListener("open", () => {
      wait = FIRST_WAIT;
      if (missed) hear.reread();
      missed = false;
      hear.back();
    });
    source.addEventListener("error", () => {
      hear.away();
      if (source.readyState === EventSource.CLOSED) retry();
    });
    source.addEventListener("reset", () => hear.reread());
    for (const type of TYPES) {
      source.addEventListener(type, (event) => {
        // A connection error of the stream itself also arrives under a plain name, without data.
        if (event.data !== undefined) hear.event(type, JSON.parse(event.data));
      });
    }
  }

  async function retry() {
    try {
      await get("/clock");
    } catch (error) {
      if (error instanceof Refused && [401, 403].includes(error.status)) {
        hear.ended();
        return;
      }
    }
    setTimeout(() => connect(true), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  connect(false);
}
