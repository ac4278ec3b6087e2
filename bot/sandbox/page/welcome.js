/** What an empty chat shows: what the bot says about itself, and a way to start. */

import { el } from "./dom.js";

export class Welcome {
  #description = el("div", { class: "text" });

  /** @param {() => void} start the person pressed Start. */
  constructor(start) {
    this.element = el(
      "div",
      { class: "welcome" },
      el("img", { src: "/page/baobab.svg", alt: "", width: "112", height: "112" }),
      this.#description,
      el("button", { type: "button", class: "key primary start", on: { click: start } }, "Start"),
    );
  }

  /** Whether it is on the screen now. */
  get shown() {
    return !this.element.hidden;
  }

  /** @param {{name: string, description: string}} bot */
  describe(bot) {
    const lines = (bot.description || `Say hello to ${bot.name}.`).split("\n");
    this.#description.replaceChildren(...lines.map((line) => el("p", { dir: "auto" }, line)));
  }

  /** Puts the focus on Start. */
  focus() {
    this.element.querySelector("button").focus();
  }

  /** @param {boolean} empty whether the chat is empty. @returns {boolean} true when the focus was lost. */
  show(empty) {
    const had = this.element.contains(document.activeElement);
    this.element.hidden = !empty;
    return had && !empty;
  }
}
