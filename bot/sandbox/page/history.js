/** The messages of one chat, oldest first, with the days between them. */

import { el } from "./dom.js";
import { sameKey } from "./keyboard.js";
import { messageElement } from "./message.js";
import { day, fromSeconds } from "./time.js";

const NEAR = 80; // pixels from the end that still count as "reading the newest"

export class History {
  #messages = new Map(); // message_id -> {message, element}
  #following = true; // the newest message is in view, and stays so
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
      this.#remember(pressed ?? document.activeElement);
      press(message, row, column, button, pressed);
    };
    // The log starts silent; `setLive` makes later messages heard, never the backlog.
    this.element = el("div", {
      class: "history",
      role: "log",
      tabindex: "0",
      "aria-live": "off",
      "aria-label": `Messages of ${person.first_name}`,
      on: { scroll: () => this.#scrolled() },
    });
    new ResizeObserver(() => this.#following && this.toEnd()).observe(this.element);
  }

  /** Messages in order. @returns {Array<object>} */
  get messages() {
    return [...this.#messages.values()].map(({ message }) => message);
  }

  /** Whether screen readers speak new messages. @param {boolean} live */
  setLive(live) {
    this.element.setAttribute("aria-live", live ? "polite" : "off");
  }

  /** Shows exactly these messages. @param {Array<object>} messages oldest first */
  load(messages) {
    const live = this.element.getAttribute("aria-live");
    this.element.setAttribute("aria-live", "off");
    const stay = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.#messages.keys()]) if (!stay.has(id)) this.remove(id);
    for (const message of messages) this.put(message);
    this.toEnd();
    // Left silent until the browser has told its readers about the backlog.
    setTimeout(() => this.element.setAttribute("aria-live", live), 0);
  }

  /**
   * Adds a message, or replaces the one with its id; focus in a replaced one is kept.
   * @param {object} message
   */
  put(message) {
    const old = this.#messages.get(message.message_id);
    if (old && JSON.stringify(old.message) === JSON.stringify(message)) return;
    const element = messageElement(message, this.#person, this.#context, this.#press);
    const focus = old ? focusIn(old.element) : null;
    this.#messages.set(message.message_id, { message, element });
    if (old) {
      old.element.replaceWith(element);
      if (focus) refocus(element, focus);
    } else {
      this.#insert(element, message.message_id);
    }
    this.#days();
    if (this.#following || message.outgoing) this.toEnd();
    else this.#scrolled();
  }

  /** @param {number} id */
  remove(id) {
    const gone = this.#messages.get(id);
    if (!gone) return;
    if (gone.element.contains(document.activeElement)) this.element.focus();
    gone.element.remove();
    this.#messages.delete(id);
    this.#days();
  }

  /** Scrolls to the newest message. */
  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
    this.#scrolled();
  }

  /** Gives the focus back to the button last pressed, or to what stands in its place. */
  focusPressed() {
    const message = this.#messages.get(this.#pressed?.id);
    if (message) refocus(message.element, this.#pressed);
    else this.element.focus();
  }

  #remember(key) {
    const element = key?.closest?.(".message");
    if (element) this.#pressed = { id: Number(element.dataset.message), ...place(key) };
  }

  /** Notes whether older messages are being read, and then offers the way to the newest. */
  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    if (clientHeight === 0) return; // not on the screen
    this.#following = scrollHeight - scrollTop - clientHeight < NEAR;
    this.element.parentElement?.toggleAttribute("data-behind", !this.#following);
  }

  #insert(element, id) {
    const later = [...this.#messages.keys()].filter((other) => other > id);
    if (later.length === 0) {
      this.element.append(element);
      return;
    }
    const next = Math.min(...later);
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

const place = (key) => ({ row: key.dataset.row, column: key.dataset.column, label: key.textContent });

function focusIn(element) {
  const focused = document.activeElement;
  if (!element.contains(focused)) return null;
  return focused.classList.contains("key") ? place(focused) : {};
}

function refocus(element, was) {
  const key = was.row === undefined ? null : sameKey(was, element);
  (key ?? element).focus({ preventScroll: true });
}
