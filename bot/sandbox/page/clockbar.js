/** The time of this practice world, and the buttons that move it. */

import { getOr, post } from "./api.js";
import { el } from "./dom.js";
import { clockTime, day, partOfDay, short } from "./time.js";

const HOUR = 3600; // seconds
const TICK = 5000; // milliseconds
const SETTLE = 700; // milliseconds after the last change before the next message is asked for

/**
 * Fills the page's clock and its buttons.
 * @param {object} parts
 * @param {HTMLElement} parts.now gets the day and the time.
 * @param {HTMLElement} parts.sky gets data-part, the part of the day.
 * @param {HTMLElement} parts.buttons gets the buttons.
 * @param {(text: string) => void} parts.tell says something to the person at the page.
 */
export function clockBar({ now, sky, buttons, tell }) {
  let ahead = 0; // milliseconds from this machine's clock to the practice world's
  let next = null; // {at: Date, label: string}, null when nothing is due
  let timer = 0;
  let moving = false;

  const moment = () => new Date(Date.now() + ahead);
  const date = el("span", { class: "date" });
  const hands = el("time", { class: "hands" });
  now.append(date, hands);

  function draw() {
    const time = moment();
    date.textContent = day(time);
    hands.textContent = clockTime(time);
    hands.dateTime = time.toISOString();
    sky.dataset.part = partOfDay(time);
  }

  async function move(seconds) {
    if (moving) return;
    moving = true;
    try {
      set(await post("/clock", { seconds }));
      tell(`It is now ${day(moment())}, ${clockTime(moment())}.`);
    } catch (error) {
      tell(error.message);
    } finally {
      moving = false;
    }
  }

  function set({ now: iso }) {
    ahead = Date.parse(iso) - Date.now();
    draw();
    askNext();
  }

  const why = el("p", { class: "faint", id: "next-message" });
  const toNext = el(
    "button",
    { type: "button", class: "key", "aria-describedby": why.id },
    "Go to the next message",
  );
  toNext.addEventListener("click", () => {
    if (next) move(Math.max(1, Math.ceil((next.at - moment()) / 1000)));
    else tell(why.textContent);
  });
  const hour = el("button", { type: "button", class: "key" }, "One hour on");
  const oneDay = el("button", { type: "button", class: "key" }, "One day on");
  hour.addEventListener("click", () => move(HOUR));
  oneDay.addEventListener("click", () => move(24 * HOUR));
  buttons.append(hour, oneDay, toNext, why);

  async function readNext() {
    const due = await getOr("/demo/next", null).catch(() => null);
    next = due?.at ? { at: new Date(due.at), label: due.label } : null;
    // Not `disabled`: a keyboard must be able to reach it and hear why.
    toNext.setAttribute("aria-disabled", String(next === null));
    why.textContent = next
      ? `Next: ${[next.label, short(next.at)].filter(Boolean).join(", ")}`
      : (due?.label ?? "No message is ahead.");
  }

  function askNext() {
    clearTimeout(timer);
    timer = setTimeout(readNext, SETTLE);
  }

  setInterval(draw, TICK);
  readNext();
  return {
    /** @param {{now: string}} clock of GET /clock or a `clock` event */
    set,
    /** Something happened in a chat: what is due next may have changed. */
    askNext,
  };
}
