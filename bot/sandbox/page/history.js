/** The messages of one chat, oldest first, with the days between them. */

import { el } from "./dom.js";
import { sameKey } from "./keyboard.js";
import { messageElement } from "./message.js";
import { day, fromSeconds } from "./time.js";

const NEAR = 80; // pixels from the end that still count as "reading the newest"

export class History {
  #messages = new Map(); // message_id -> {message, element}
  #following = true; // the newest message is in view, and stays so
  #height = 0; // pixels of the room that was there when that was last seen
  #live = false; // screen readers speak what is new
  #filling = false; // the backlog is being put in
  #meanwhile = null; // what happened while the chat was being read
  #pressed = null; // {id, row, column, label}: the button last pressed
  #person;
  #context;
  #press;

  /**
   * @param {object} person whose chat it is.
   * @param {import("./entities.js").Context & {botName: string}} context
   * @param {(message: object, row: number, column: number, button: object, pressed: HTMLElement) => void} press
   */
  constructor(person, context, press) {
    this.#person = person;
    this.#context = context;
    this.#press = (message, row, column, button, pressed) => {
      this.#remember(pressed);
      press(message, row, column, button, pressed);
    };
    // The log starts silent; `setLive` makes later messages heard, never the backlog.
    this.element = el("div", {
      class: "history",
      role: "log",
      tabindex: "0",
      "aria-live": "off",
      "aria-label": `Messages of ${person.first_name}`,
      // A scroll told of only once the room has changed says nothing about where people read.
      on: { scroll: () => this.element.clientHeight === this.#height && this.#scrolled() },
    });
    new ResizeObserver(() => this.#resized()).observe(this.element);
  }

  /** Messages in order. @returns {Array<object>} */
  get messages() {
    return [...this.#messages.values()].map(({ message }) => message);
  }

  /** Whether screen readers speak new messages. @param {boolean} live */
  setLive(live) {
    this.#live = live;
    this.#speak(live && !this.#filling);
  }

  #speak(aloud) {
    this.element.setAttribute("aria-live", aloud ? "polite" : "off");
  }

  /**
   * Shows exactly the messages that `read` brings; what happens meanwhile comes after them, so that
   * an answer older than an event cannot undo the event.
   * @param {() => Promise<Array<object>>} read the whole chat, oldest first.
   */
  async refill(read) {
    const meanwhile = [...(this.#meanwhile ?? [])];
    this.#meanwhile = meanwhile;
    try {
      const messages = await read();
      if (this.#meanwhile === meanwhile) this.#fill(messages);
    } finally {
      // A later reading has taken over what waits, unless this one is the last.
      if (this.#meanwhile === meanwhile) {
        this.#meanwhile = null;
        for (const act of meanwhile) act();
      }
    }
  }

  #fill(messages) {
    this.#filling = true;
    this.#speak(false);
    const stay = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.#messages.keys()]) if (!stay.has(id)) this.#take(id);
    for (const message of messages) this.#place(message);
    this.#days();
    this.toEnd();
    // Silent until the browser has told its readers about the backlog.
    setTimeout(() => {
      this.#filling = false;
      this.#speak(this.#live);
    }, 0);
  }

  /**
   * Adds a message, or replaces the one with its id; focus in a replaced one is kept.
   * @param {object} message
   */
  put(message) {
    if (this.#meanwhile) {
      this.#meanwhile.push(() => this.put(message));
      return;
    }
    this.#place(message);
    this.#days();
    if (this.#following || message.outgoing) this.toEnd();
    else this.#scrolled();
  }

  /** @param {number} id */
  remove(id) {
    if (this.#meanwhile) {
      this.#meanwhile.push(() => this.remove(id));
      return;
    }
    this.#take(id);
    this.#days();
  }

  #place(message) {
    const id = message.message_id;
    const old = this.#messages.get(id);
    if (old && JSON.stringify(old.message) === JSON.stringify(message)) return;
    const element = messageElement(message, this.#person, this.#context, this.#press);
    const focus = old ? focusIn(old.element) : null;
    this.#messages.set(id, { message, element });
    if (old) old.element.replaceWith(element);
    else this.#insert(element, id);
    if (focus) refocus(element, focus);
  }

  #take(id) {
    const gone = this.#messages.get(id);
    if (!gone) return;
    if (gone.element.contains(document.activeElement)) this.element.focus();
    gone.element.remove();
    this.#messages.delete(id);
  }

  /** Scrolls to the newest message. */
  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
    this.#scrolled();
  }

  #resized() {
    if (this.#following) this.toEnd();
    else this.#scrolled();
  }

  /** Gives the focus back to the button last pressed, or to what stands in its place. */
  focusPressed() {
    const message = this.#messages.get(this.#pressed?.id);
    if (message) refocus(message.element, this.#pressed);
    else this.element.focus();
  }

  #remember(key) {
    const element = key?.closest?.(".message");
    if (element) this.#pressed = { id: Number(element.dataset.message), ...placeOf(key) };
  }

  /** Notes whether older messages are being read, and then offers the way to the newest. */
  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    this.#height = clientHeight;
    if (clientHeight === 0) return; // not on the screen
    this.#following = scrollHeight - scrollTop - clientHeight < NEAR;
    this.element.parentElement?.toggleAttribute("data-behind", !this.#following);
  }

  #insert(element, id) {
    const next = [...this.#messages.keys()].find((other) => other > id);
    if (next === undefined) {
      this.element.append(element);
      return;
    }
    this.#messages.get(next).element.before(element);
    this.#messages = new Map([...this.#messages].sort(([a], [b]) => a - b));
  }

  /** Puts a heading before the first message of each day, touching only those that changed. */
  #days() {
    let last = "";
    for (const { message, element } of this.#messages.values()) {
      const name = day(fromSeconds(message.date));
      const before = element.previousElementSibling;
      const headed = before?.classList.contains("day") ? before : null;
      if (name === last) headed?.remove();
      else if (headed?.textContent !== name) {
        headed?.remove();
        element.before(el("h3", { class: "day" }, name));
      }
      last = name;
    }
    const end = this.element.lastElementChild;
    if (end?.classList.contains("day")) end.remove();
  }
}

const placeOf = (key) => ({ row: key.dataset.row, column: key.dataset.column, label: key.textContent });

function focusIn(element) {
  const focused = document.activeElement;
  if (!element.contains(focused)) return null;
  return focused.classList.contains("key") ? placeOf(focused) : {};
}

function refocus(element, was) {
  const key = was.row === undefined ? null : sameKey(was, element);
  (key ?? element).focus({ preventScroll: true });
}
