/** A chat on the page: what the panes of people and of groups have in common. */

import { Refused, get, post } from "./api.js";
import { Composer } from "./composer.js";
import { pickPlace, telegramWindow } from "./dialogs.js";
import { el, iconButton } from "./dom.js";
import { History } from "./history.js";
import { Notice } from "./notice.js";
import { Taps } from "./taps.js";

const TYPING = 5000; // milliseconds that "is typing" stays, as in Telegram

/**
 * One chat and whoever acts in it. A kind of pane makes its element with `frame` and has
 * `actor` (`{id, name}`), `nameOf`, `also`, `start`, `update`, `rereadCommands` and `focus` of
 * its own.
 */
export class Pane {
  #where; // goes with everything that is done here
  #notice = new Notice();
  #taps;
  #typing;
  #typingTimer = 0;
  #title = el("bdi");
  #about = el("p", { class: "faint" });
  #inlineId = null;

  /** Stands in the place of the composer where nobody can write any more. */
  shut = el("div", { class: "blocked", hidden: true });

  /**
   * @param {number} id of the person or the group.
   * @param {{name: string, username: string}} bot
   * @param {string} path of the chat in the sandbox's API.
   * @param {{first_name: string, language_code: string}} owner whose chat it is.
   * @param {boolean} inGroup whether it is a group's.
   */
  constructor(id, bot, path, owner, inGroup) {
    this.id = id;
    this.bot = bot;
    this.path = path;
    this.#where = inGroup ? { group: id } : {};
    const command = (text) => this.say(this.addressed(text));
    const context = {
      bot: bot.username,
      botName: bot.name,
      group: inGroup,
      say: command,
      follow: (link, address) => this.#follow(link, address),
    };
    this.#taps = new Taps((verb, body) => this.act(verb, body), this.#notice, {
      focusPressed: () => this.history.focusPressed(),
      startInline: (query) => this.composer.startInline(query),
      place: () => this.#location(),
      problem: (error) => this.#problem(error),
    });
    this.history = new History(owner, context, (...tap) => this.#taps.press(...tap));
    this.composer = new Composer(id, bot, {
      say: (text) => this.say(text),
      command: (name) => command(`/${name}`),
      ask: (query) => this.attempt(async () => {
        this.#inlineId = (await this.act("inline", { query })).inline_query_id;
      }),
      files: (verb, files) => this.#files(verb, files),
      sticker: () => this.attempt(() => this.act("sticker")),
      location: () => this.#location(),
      here: inGroup ? "This group" : undefined,
      also: () => this.also(),
    });
    this.#typing = el("p", { class: "typing", hidden: true }, `${bot.name} is typing`, el("span", { class: "dots", "aria-hidden": "true" }));
  }

  /**
   * The element of the pane.
   * @param {number} place 0, 1, 2…: gives it its colour.
   * @param {{look: string, face: HTMLElement, before?: HTMLElement, above: HTMLElement}} parts
   *   `before` stands before the messages, `above` above the composer.
   */
  frame(place, { look, face, before, above }) {
    const { id } = this;
    return el(
      "section",
      { class: look, id: `pane-${id}`, "aria-labelledby": `name-${id}`, data: { colour: place % 5 } },
      el(
        "header",
        { class: "who" },
        face,
        el("div", {}, el("h2", { id: `name-${id}` }, this.#title), this.#about),
      ),
      el("button", { type: "button", class: "skip inner", on: { click: () => this.focus() } }, "Skip to the message box"),
      this.#notice.element,
      el("div", { class: "screen" }, before, this.history.element,
        iconButton("Newest message", "down", () => this.history.toEnd(), { class: "icon-button newest" })),
      this.#typing,
      above,
      this.composer.element,
      this.shut,
    );
  }

  get name() {
    return this.#title.textContent;
  }

  /** Fills the head of the pane. @param {string} name @param {string} about */
  head(name, about) {
    this.#title.textContent = name;
    this.#about.textContent = about;
  }

  /** Reads everything again. @returns {Promise<void>} */
  async reread() {
    await this.history.refill(() => get(`${this.path}/chat`));
    this.changed();
    await this.rereadCommands();
  }

  /** @param {object} message new, or edited: it replaces the one with its id. */
  show(message) {
    if (!message.outgoing) this.#typing.hidden = true;
    this.history.put(message);
    this.changed();
  }

  /** @param {number} id of a deleted message */
  remove(id) {
    this.history.remove(id);
    this.changed();
  }

  /** The messages are others now: for what depends on them. */
  changed() {}

  /** What the bot answered to a tap. @param {object} answer event of the contract */
  answered(answer) {
    this.#taps.answered(answer, this.nameOf(answer.person_id));
  }

  /** Presses a button in the place of the keyboard. @param {...any} choice see Taps.choose */
  choose(...choice) {
    return this.#taps.choose(...choice);
  }

  /** Shows for a moment that the bot is typing. */
  typing() {
    this.#typing.hidden = false;
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => (this.#typing.hidden = true), TYPING);
  }

  /** Results of an inline query. @param {{inline_query_id: string, results: Array<object>}} event */
  results({ inline_query_id: id, results }) {
    if (this.#inlineId !== null && id !== this.#inlineId) return;
    this.composer.showResults(results, (result) => this.attempt(() =>
      this.act("choose", { inline_query_id: id, result_id: result.id })));
  }

  /** Whether screen readers speak this chat's new messages. @param {boolean} active */
  setActive(active) {
    this.history.setLive(active);
  }

  /** Shows or hides the whole pane; a pane that comes back shows its newest message. @param {boolean} shown */
  setShown(shown) {
    const back = shown && this.element.hidden;
    this.element.hidden = !shown;
    if (back) this.history.toEnd();
  }

  /** Says something as whoever acts. @param {string} text */
  say(text) {
    return this.attempt(() => this.act("say", { text }));
  }

  /** A command as it is said here. @param {string} text @returns {string} */
  addressed(text) {
    return text;
  }

  /** Does something as whoever acts. @param {string} verb of the sandbox's API @param {object} [body] */
  act(verb, body = {}) {
    return post(`/people/${this.actor.id}/${verb}`, { ...body, ...this.#where });
  }

  /** Does what may be refused, and shows why it was. @param {() => Promise<any>} deed */
  async attempt(deed) {
    try {
      return await deed();
    } catch (error) {
      return this.#problem(error);
    }
  }

  #problem(error) {
    this.#notice.show(error.message, "problem");
    if (!(error instanceof Refused)) console.info(error.message);
  }

  #files(verb, files) {
    const form = new FormData();
    for (const [name, value] of Object.entries(this.#where)) form.append(name, value);
    for (const [file, kind] of files) {
      form.append("file", file);
      form.append("kind", kind);
    }
    return this.attempt(() => post(`/people/${this.actor.id}/${verb}`, form));
  }

  async #location() {
    const place = await pickPlace(this.actor.name);
    if (place) await this.attempt(() => this.act("location", place));
  }

  #follow(link, address) {
    if (link.kind === "start") this.start(link.payload);
    else if (link.kind === "telegram") telegramWindow(link.url);
    else this.#notice.show(`This link is not a safe web address, so it is not opened: ${address}`, "problem");
  }
}
