/** Where a person writes: the box, the command list, things to send. */

import { el, icon, iconButton } from "./dom.js";

/**
 * @typedef {object} Does
 * @property {(text: string) => void} say
 * @property {(query: string) => void} ask an inline query, as it is typed.
 * @property {(name: string) => void} command a command of the list.
 * @property {(verb: "file"|"album", files: Array<[File, "document"|"photo"|"video"|"audio"|"voice"]>) => void} files
 * @property {() => void} sticker
 * @property {() => void} location
 * @property {string} [here] what the place is called where that is what `also` is about: it comes first then.
 * @property {() => Array<[string, () => void, string]>} also what else can be done here: words, deed, icon.
 */

const PAUSE = 300; // milliseconds without a key before an inline query is sent

export class Composer {
  #does;
  #bot;
  #timer = 0;
  #sheet;
  #box;
  #commands = [];
  #commandsButton;
  #moreButton;
  #label;

  /** @param {number} place whose chat it is @param {{name: string, username: string}} bot @param {Does} does */
  constructor(place, bot, does) {
    this.#does = does;
    this.#bot = bot;
    const id = `write-${place}`;
    this.#label = el("label", { class: "unseen", for: id });
    this.#sheet = el("div", { class: "sheet", id: `sheet-${place}`, hidden: true });
    this.#box = el("textarea", { id, rows: "1", maxlength: "4096", dir: "auto", enterkeyhint: "send" });
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#box.addEventListener("input", () => this.#typed());
    const opens = { "aria-expanded": "false", "aria-controls": this.#sheet.id };
    this.#commandsButton = iconButton("Commands", "slash", () => this.#toggle(this.#commandsButton, this.#commandList()), opens);
    this.#moreButton = iconButton("Send something else", "plus", () => this.#toggle(this.#moreButton, this.#more()), opens);
    this.element = el(
      "form",
      {
        class: "composer",
        on: {
          submit: (event) => this.#submit(event),
          keydown: (event) => this.#escape(event),
          focusout: (event) => this.#left(event),
        },
      },
      this.#sheet,
      this.#commandsButton,
      this.#moreButton,
      this.#label,
      this.#box,
      el("button", { class: "icon-button send", title: "Send", "aria-label": "Send" }, icon("send")),
    );
    this.hint("");
  }

  /** The menu of commands. @param {Array<{command: string, description: string}>} commands */
  setCommands(commands) {
    this.#commands = commands;
  }

  /** What the box is called. @param {string} words */
  label(words) {
    this.#label.textContent = words;
  }

  /** What the empty box suggests. @param {string|undefined} words */
  hint(words) {
    this.#box.placeholder = words || `Write to ${this.#bot.name}`;
  }

  /** Puts the cursor into the box. */
  focus() {
    this.#box.focus();
  }

  /** Starts an inline query as if it had been typed. @param {string} query */
  startInline(query) {
    this.#box.value = `@${this.#bot.username} ${query}`;
    this.#grow();
    this.focus();
    this.#does.ask(query);
  }

  /**
   * Shows what the bot answers to an inline query.
   * @param {Array<object>} results Bot API InlineQueryResult objects.
   * @param {(result: object) => void} choose
   */
  showResults(results, choose) {
    if (!this.#box.value.startsWith(`@${this.#bot.username}`)) return;
    const items = results.map((result) =>
      choice(result.title ?? result.type, result.description, () => {
        this.#clear();
        choose(result);
      }));
    const none = el("p", { class: "faint" }, "Nothing found. Try other words.");
    this.#open(null, [el("h3", {}, "Results"), ...(items.length > 0 ? items : [none])]);
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#box.value;
    if (text.trim() === "" || this.#inlineQuery() !== null) return;
    this.#clear();
    this.#does.say(text);
  }

  #typed() {
    this.#grow();
    const query = this.#inlineQuery();
    clearTimeout(this.#timer);
    if (query !== null) this.#timer = setTimeout(() => this.#does.ask(query), PAUSE);
  }

  #inlineQuery() {
    const start = `@${this.#bot.username} `;
    return this.#box.value.startsWith(start) ? this.#box.value.slice(start.length) : null;
  }

  #grow() {
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight + 2}px`;
  }

  #clear() {
    this.#box.value = "";
    this.#grow();
    this.#shut();
  }

  #commandList() {
    const items = this.#commands.map(({ command, description }) =>
      choice(`/${command}`, description, () => this.#does.command(command)));
    return [el("h3", {}, "Commands"), ...(items.length > 0 ? items : [el("p", { class: "faint" }, "This bot has no commands yet.")])];
  }

  #more() {
    const choose = (accept, multiple, then) => () => {
      const input = el("input", { type: "file", accept, multiple });
      input.addEventListener("change", () => input.files.length > 0 && then([...input.files]));
      input.click();
    };
    const pick = (kind, accept) => choose(accept, false, ([file]) => this.#does.files("file", [[file, kind]]));
    const also = this.#does.also().map(([words, act, picture]) => choice(words, "", act, picture));
    const first = this.#does.here ? [el("h3", {}, this.#does.here), ...also] : [];
    return [
      ...first,
      el("h3", {}, "Send"),
      choice("A file", "", pick("document", null), "file"),
      choice("A photo", "", pick("photo", "image/*"), "photo"),
      choice("A video", "", pick("video", "video/*"), "film"),
      choice("An album", "2 to 10 photos or videos", choose("image/*,video/*", true, (files) => this.#does.files("album", files.map(pictured))), "album"),
      choice("Music or speech", "", pick("audio", "audio/*"), "sound"),
      choice("A sticker", "", () => this.#does.sticker(), "sticker"),
      choice("A place", "", () => this.#does.location(), "pin"),
      ...(this.#does.here ? [] : also),
    ];
  }

  #shutsFirst(node) {
    // First, so that a window opened by the choice knows where the focus should return.
    if (node.matches("button")) node.addEventListener("click", () => this.#shut(true), { capture: true });
    return node;
  }

  #toggle(button, content) {
    const open = button.getAttribute("aria-expanded") === "true";
    if (open) this.#shut(true);
    else this.#open(button, content.map((node) => this.#shutsFirst(node)));
  }

  #open(button, content) {
    this.#shut();
    button?.setAttribute("aria-expanded", "true");
    this.#sheet.replaceChildren(...content);
    this.#sheet.hidden = false;
    if (button) this.#sheet.querySelector("button")?.focus();
  }

  #shut(refocus = false) {
    const opener = [this.#commandsButton, this.#moreButton].find((one) => one.ariaExpanded === "true");
    opener?.setAttribute("aria-expanded", "false");
    this.#sheet.hidden = true;
    this.#sheet.replaceChildren();
    if (refocus) (opener ?? this.#box).focus();
  }

  /** An open list would cover what has the focus now. */
  #left({ relatedTarget: next }) {
    if (!this.#sheet.hidden && !this.element.contains(next)) this.#shut();
  }

  #escape(event) {
    if (event.key === "Escape" && !this.#sheet.hidden) this.#shut(true);
  }
}

const pictured = (file) => [file, file.type.startsWith("video/") ? "video" : "photo"];

function choice(title, description, press, picture) {
  return el(
    "button",
    { type: "button", class: "choice", on: { click: press } },
    picture && icon(picture),
    el("span", { class: "choice-title", dir: "auto" }, title),
    description && el("span", { class: "faint", dir: "auto" }, description),
  );
}
