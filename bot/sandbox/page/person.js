/** One person's chat: a phone of their own on the page. */

import { getOr } from "./api.js";
import { Answers } from "./answers.js";
import { sureToBlock } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { languageName } from "./language.js";
import { Pane } from "./pane.js";
import { Welcome } from "./welcome.js";

export class PersonPane extends Pane {
  #welcome = new Welcome(() => this.say("/start"));
  #answers = new Answers((...choice) => this.choose(...choice));
  #face = el("span", { class: "face", "aria-hidden": "true" });

  /**
   * @param {object} person of GET /people.
   * @param {{name: string, username: string, description: string}} bot as this person sees it.
   * @param {number} place 0, 1, 2…: gives the pane its colour.
   */
  constructor(person, bot, place) {
    super(person.id, bot, `/people/${person.id}`, person, false);
    this.person = person;
    this.composer.label(`Message from ${person.first_name} to ${bot.name}`);
    this.element = this.frame(place, {
      look: "pane",
      face: this.#face,
      before: this.#welcome.element,
      above: this.#answers.element,
    });
    this.update(person);
  }

  /** Who acts here. */
  get actor() {
    return { id: this.id, name: this.person.first_name };
  }

  /** Reads again what the bot says about itself: its commands and its description. */
  async rereadCommands() {
    const [commands, bot] = await Promise.all([
      getOr(`${this.path}/commands`, []),
      getOr(`${this.path}/bot`, this.bot),
    ]);
    this.composer.setCommands(commands);
    this.bot = bot;
    this.#welcome.describe(bot);
  }

  /** The welcome, the answer buttons and the hint follow the newest messages. */
  changed() {
    const { messages } = this.history;
    const left = this.#welcome.show(messages.length === 0);
    const shown = this.#answers.show(messages);
    this.composer.hint(shown?.input_field_placeholder ?? messages.at(-1)?.reply_markup?.input_field_placeholder);
    if (left || this.#answers.lostFocus) this.composer.focus();
  }

  /** Whose tap was answered: nobody else taps here. */
  nameOf() {
    return this.person.first_name;
  }

  /** @param {object} person of a `person` event */
  update(person) {
    if (person.language_code !== this.person.language_code) this.rereadCommands();
    this.person = person;
    this.head(person.first_name, [person.role, languageName(person.language_code)].filter(Boolean).join(" · "));
    this.#face.textContent = [...person.first_name][0];
    const had = this.element.contains(document.activeElement);
    const words = person.deactivated ? "This account is deleted." : `${person.first_name} has blocked ${this.bot.name}.`;
    const unblock = el("button", { type: "button", class: "key", on: { click: () => this.#change("unblock") } }, "Unblock");
    const shut = person.blocked || person.deactivated;
    this.shut.replaceChildren(icon("block"), el("p", {}, words), ...(person.deactivated ? [] : [unblock]));
    this.shut.hidden = !shut;
    this.composer.element.hidden = shut;
    this.#answers.element.hidden = shut;
    if (had && !this.element.contains(document.activeElement)) this.focus();
  }

  /** Puts the cursor where this person can act. */
  focus() {
    if (!this.shut.hidden) this.shut.querySelector("button")?.focus();
    else if (this.#welcome.shown) this.#welcome.focus();
    else this.composer.focus();
  }

  /** Says something as this person. @param {string} text */
  say(text) {
    const asked = this.history.messages.at(-1);
    const forced = asked?.reply_markup?.force_reply ? { reply_to: asked.message_id } : {};
    return this.attempt(() => this.act("say", { text, ...forced }));
  }

  /** Follows a start link. @param {string} payload empty for a plain start */
  open(payload) {
    return payload === "" ? this.say("/start") : this.act("open", { payload });
  }

  /** Follows a start link that stands in this chat. @param {string} payload */
  start(payload) {
    return this.attempt(() => this.open(payload));
  }

  /** What else this person can do. */
  also() {
    const { name } = this.bot;
    return [[`Block ${name}`, async () => (await sureToBlock(name)) && this.#change("block"), "block"]];
  }

  #change(verb) {
    return this.attempt(async () => this.update(await this.act(verb)));
  }
}
