/** The buttons that a bot puts in the place of the keyboard. */

import { el } from "./dom.js";
import { replyKeyboard } from "./keyboard.js";

export class Answers {
  #message = null; // whose buttons are shown
  #press;

  /** Whether the last `show` took away a button that had the focus, and put none in its place. */
  lostFocus = false;

  /** @param {(message: object, row: number, column: number, button: object) => void} press */
  constructor(press) {
    this.element = el("div", { class: "answers" });
    this.#press = press;
  }

  /**
   * Shows the buttons that the newest message with a say about them asks for.
   * @param {Array<object>} messages the whole chat, oldest first.
   * @returns {object|null} the Bot API ReplyKeyboardMarkup shown.
   */
  show(messages) {
    const last = messages.findLast(({ reply_markup: markup }) => markup?.keyboard || markup?.remove_keyboard);
    const asks = last?.reply_markup.keyboard ? last : null;
    this.lostFocus = false;
    if (asks?.message_id !== this.#message?.message_id) this.#replace(asks);
    const later = (one) => one.outgoing && one.message_id > asks.message_id;
    if (asks?.reply_markup.one_time_keyboard && messages.some(later)) this.#fold();
    return asks?.reply_markup ?? null;
  }

  #replace(message) {
    const had = this.element.contains(document.activeElement);
    this.#message = message;
    if (!message) {
      this.element.replaceChildren();
      this.lostFocus = had;
      return;
    }
    const keys = replyKeyboard(message.reply_markup, (...place) => this.#press(message, ...place));
    this.element.replaceChildren(el("details", { open: true }, el("summary", {}, "Answer buttons"), keys));
    if (had) this.element.querySelector(".key").focus();
  }

  /** Buttons meant for one use are put away once used; the summary brings them back. */
  #fold() {
    const details = this.element.querySelector("details");
    if (details.contains(document.activeElement)) details.querySelector("summary").focus();
    details.open = false;
  }
}
