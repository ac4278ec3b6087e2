/** One person's chat: a phone of their own on the page. */

import { Refused, get, getOr, post } from "./api.js";
import { Answers } from "./answers.js";
import { Composer } from "./composer.js";
import { pickPlace, sureToBlock, telegramWindow } from "./dialogs.js";
import { el, icon, iconButton } from "./dom.js";
import { History } from "./history.js";
import { languageName } from "./language.js";
import { Notice } from "./notice.js";
import { Taps } from "./taps.js";
import { Welcome } from "./welcome.js";

const TYPING = 5000; // milliseconds that "is typing" stays, as in Telegram

export class Pane {
  #bot;
  #path;
  #notice = new Notice();
  #history;
  #composer;
  #taps;
  #typing;
  #typingTimer = 0;
  #welcome = new Welcome(() => this.say("/start"));
  #answers = new Answers((...choice) => this.#taps.choose(...choice));
  #name = el("bdi");
  #face = el("span", { class: "face", "aria-hidden": "true" });
  #about = el("p", { class: "faint" });
  #blocked;
  #inlineId = null;

  /**
   * @param {object} person of GET /people.
   * @param {{name: string, username: string, description: string}} bot as this person sees it.
   * @param {number} place 0, 1, 2…: gives the pane its colour.
   */
  constructor(person, bot, place) {
    this.person = person;
    this.#bot = bot;
    this.#path = `/people/${person.id}`;
    const context = {
      bot: bot.username,
      botName: bot.name,
      say: (text) => this.say(text),
      follow: (where, address) => this.#follow(where, address),
    };
    this.#taps = new Taps((verb, body) => post(`${this.#path}/${verb}`, body), this.#notice, {
      focusPressed: () => this.#history.focusPressed(),
      startInline: (query) => this.#composer.startInline(query),
      place: () => this.#location(),
      problem: (error) => this.#problem(error),
    });
    this.#history = new History(person, context, (...tap) => this.#taps.press(...tap));
    this.#composer = new Composer(person.id, bot, {
      say: (text) => this.say(text),
      ask: (query) => this.#try(async () => {
        this.#inlineId = (await post(`${this.#path}/inline`, { query })).inline_query_id;
      }),
      command: (name) => this.say(`/${name}`),
      files: (verb, files) => this.#files(verb, files),
      sticker: () => this.#try(() => post(`${this.#path}/sticker`)),
      location: () => this.#location(),
      also: () => [[`Block ${bot.name}`, async () => (await sureToBlock(bot.name)) && this.#change("block"), "block"]],
    });
    this.#composer.label(`Message from ${person.first_name} to ${bot.name}`);
    this.#typing = el("p", { class: "typing", hidden: true }, `${bot.name} is typing`, el("span", { class: "dots", "aria-hidden": "true" }));
    this.#blocked = el("div", { class: "blocked", hidden: true });
    this.element = this.#frame(place);
    this.update(person);
  }

  get id() {
    return this.person.id;
  }

  get name() {
    return this.person.first_name;
  }

  #frame(place) {
    const { id } = this.person;
    return el(
      "section",
      { class: "pane", id: `pane-${id}`, "aria-labelledby": `name-${id}`, data: { colour: place % 5 } },
      el(
        "header",
        { class: "who" },
        this.#face,
        el("div", {}, el("h2", { id: `name-${id}` }, this.#name), this.#about),
      ),
      el("button", { type: "button", class: "skip inner", on: { click: () => this.focus() } }, "Skip to the message box"),
      this.#notice.element,
      el("div", { class: "screen" }, this.#welcome.element, this.#history.element,
        iconButton("Newest message", "down", () => this.#history.toEnd(), { class: "icon-button newest" })),
      this.#typing,
      this.#answers.element,
      this.#composer.element,
      this.#blocked,
    );
  }

  /** Reads everything again. @returns {Promise<void>} */
  async reread() {
    await this.#history.refill(() => get(`${this.#path}/chat`));
    this.#afterChange();
    await this.rereadCommands();
  }

  /** Reads again what the bot says about itself: its commands and its description. */
  async rereadCommands() {
    const [commands, bot] = await Promise.all([
      getOr(`${this.#path}/commands`, []),
      getOr(`${this.#path}/bot`, this.#bot),
    ]);
    this.#composer.setCommands(commands);
    this.#bot = bot;
    this.#welcome.describe(bot);
  }

  /** @param {object} message new, or edited: it replaces the one with its id. */
  show(message) {
    if (!message.outgoing) this.#typing.hidden = true;
    this.#history.put(message);
    this.#afterChange();
  }

  /** @param {number} id of a deleted message */
  remove(id) {
    this.#history.remove(id);
    this.#afterChange();
  }

  /** What the bot answered to a tap. @param {object} answer event of the contract */
  answered(answer) {
    this.#taps.answered(answer, this.person.first_name);
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
    this.#composer.showResults(results, (result) => this.#try(() =>
      post(`${this.#path}/choose`, { inline_query_id: id, result_id: result.id })));
  }

  /** @param {object} person of a `person` event */
  update(person) {
    if (person.language_code !== this.person.language_code) this.rereadCommands();
    this.person = person;
    this.#name.textContent = person.first_name;
    this.#face.textContent = [...person.first_name][0];
    const about = [person.role, languageName(person.language_code)].filter(Boolean).join(" · ");
    this.#about.textContent = about;
    const had = this.element.contains(document.activeElement);
    const words = person.deactivated ? "This account is deleted." : `${person.first_name} has blocked ${this.#bot.name}.`;
    const unblock = el("button", { type: "button", class: "key", on: { click: () => this.#change("unblock") } }, "Unblock");
    const shut = person.blocked || person.deactivated;
    this.#blocked.replaceChildren(icon("block"), el("p", {}, words), ...(person.deactivated ? [] : [unblock]));
    this.#blocked.hidden = !shut;
    this.#composer.element.hidden = shut;
    this.#answers.element.hidden = shut;
    if (had && !this.element.contains(document.activeElement)) this.focus();
  }

  /** Whether screen readers speak this chat's new messages. @param {boolean} active */
  setActive(active) {
    this.#history.setLive(active);
  }

  /** Shows or hides the whole pane; a pane that comes back shows its newest message. @param {boolean} shown */
  setShown(shown) {
    const back = shown && this.element.hidden;
    this.element.hidden = !shown;
    if (back) this.#history.toEnd();
  }

  /** Puts the cursor where this person can act. */
  focus() {
    if (!this.#blocked.hidden) this.#blocked.querySelector("button")?.focus();
    else if (this.#welcome.shown) this.#welcome.focus();
    else this.#composer.focus();
  }

  /** Says something as this person. @param {string} text */
  say(text) {
    const asked = this.#history.messages.at(-1);
    const forced = asked?.reply_markup?.force_reply ? { reply_to: asked.message_id } : {};
    return this.#try(() => post(`${this.#path}/say`, { text, ...forced }));
  }

  /** Follows a start link. @param {string} payload empty for a plain start */
  open(payload) {
    return payload === "" ? this.say("/start") : post(`${this.#path}/open`, { payload });
  }

  #follow(where, address) {
    if (where.kind === "start") this.#try(() => this.open(where.payload));
    else if (where.kind === "telegram") telegramWindow(where.url);
    else this.#notice.show(`This link is not a safe web address, so it is not opened: ${address}`, "problem");
  }

  async #location() {
    const place = await pickPlace(this.person.first_name);
    if (place) await this.#try(() => post(`${this.#path}/location`, place));
  }

  #files(verb, files) {
    const form = new FormData();
    for (const [file, kind] of files) {
      form.append("file", file);
      form.append("kind", kind);
    }
    return this.#try(() => post(`${this.#path}/${verb}`, form));
  }

  #change(verb) {
    return this.#try(async () => this.update(await post(`${this.#path}/${verb}`)));
  }

  async #try(act) {
    try {
      return await act();
    } catch (error) {
      return this.#problem(error);
    }
  }

  #problem(error) {
    this.#notice.show(error.message, "problem");
    if (!(error instanceof Refused)) console.info(error.message);
  }

  #afterChange() {
    const messages = this.#history.messages;
    const left = this.#welcome.show(messages.length === 0);
    const shown = this.#answers.show(messages);
    this.#composer.hint(shown?.input_field_placeholder ?? messages.at(-1)?.reply_markup?.input_field_placeholder);
    if (left || this.#answers.lostFocus) this.#composer.focus();
  }
}
