/** Short words at the top of a chat, and alerts that must be closed. */

import { el, iconButton } from "./dom.js";

const STAY = 12_000; // milliseconds

export class Notice {
  #timer = 0;
  #words = el("p", { dir: "auto" });
  #close = iconButton("Close this notice", "close", () => this.clear());

  constructor() {
    // The region is always there: a status that arrives together with its words is not spoken.
    this.element = el("div", { class: "notice", role: "status" });
  }

  /** @param {string} text @param {"said"|"problem"} [kind] */
  show(text, kind = "said") {
    clearTimeout(this.#timer);
    this.#words.replaceChildren(text);
    this.element.replaceChildren(this.#words, this.#close);
    this.element.dataset.kind = kind;
    this.#wait();
  }

  /** Takes the words away. */
  clear() {
    clearTimeout(this.#timer);
    this.element.replaceChildren();
  }

  #wait() {
    this.#timer = setTimeout(() => {
      // Nothing disappears under the pointer or the focus.
      if (this.element.matches(":hover, :focus-within")) this.#wait();
      else this.clear();
    }, STAY);
  }
}
