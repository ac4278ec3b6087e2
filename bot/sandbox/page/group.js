/** A group on the page: everybody in it sees the same, and one of them acts at a time. */

import { Refused, get, getOr, post } from "./api.js";
import { Composer } from "./composer.js";
import { pickPlace, telegramWindow } from "./dialogs.js";
import { el, icon, iconButton } from "./dom.js";
import { History } from "./history.js";
import { Notice } from "./notice.js";
import { Taps } from "./taps.js";

const TYPING = 5000; // milliseconds that "is typing" stays, as in Telegram
const HERE = new Set(["creator", "administrator", "member"]);

export class GroupPane {
  #bot;
  #group;
  #person; // gives a person by number
  #openLink;
  #notice = new Notice();
  #history;
  #composer;
  #taps;
  #typing;
  #typingTimer = 0;
  #title = el("bdi");
  #about = el("p", { class: "faint" });
  #speaker;
  #shut = el("div", { class: "blocked", hidden: true }, icon("group"), el("p", {}, "This group is a supergroup now. It goes on in its own window."));
  #inlineId = null;

  /**
   * @param {object} group of GET /groups.
   * @param {{name: string, username: string}} bot
   * @param {number} place 0, 1, 2…: gives the pane its colour.
   * @param {{person: (id: number) => object|undefined, open: (id: number, payload: string) => void}} does
   *   `person` gives a person of GET /people; `open` follows a start link in somebody's own chat.
   */
  constructor(group, bot, place, { person, open }) {
    this.#bot = bot;
    this.#group = group;
    this.#person = person;
    this.#openLink = open;
    const context = {
      bot: bot.username,
      botName: bot.name,
      group: true,
      say: (text) => this.#say(this.#toBot(text)),
      follow: (where, address) => this.#follow(where, address),
    };
    this.#taps = new Taps((verb, body) => this.#act(verb, body), this.#notice, {
      focusPressed: () => this.#history.focusPressed(),
      startInline: (query) => this.#composer.startInline(query),
      place: () => this.#location(),
      problem: (error) => this.#problem(error),
    });
    this.#history = new History({ first_name: group.title, language_code: "" }, context, (...tap) => this.#taps.press(...tap));
    this.#speaker = el("select", { id: `speaker-${group.id}`, on: { change: () => this.#speaks() } });
    this.#composer = new Composer(group.id, bot, {
      say: (text) => this.#say(text),
      command: (name) => this.#say(this.#toBot(`/${name}`)),
      ask: (query) => this.#try(async () => {
        this.#inlineId = (await this.#act("inline", { query })).inline_query_id;
      }),
      files: (verb, files) => this.#files(verb, files),
      sticker: () => this.#try(() => this.#act("sticker")),
      location: () => this.#location(),
      here: "This group",
      also: () => this.#deeds(),
    });
    this.#typing = el("p", { class: "typing", hidden: true }, `${bot.name} is typing`, el("span", { class: "dots", "aria-hidden": "true" }));
    this.element = this.#frame(place);
    this.update(group);
  }

  get id() {
    return this.#group.id;
  }

  get name() {
    return this.#group.title;
  }

  #frame(place) {
    const { id } = this.#group;
    return el(
      "section",
      { class: "pane group", id: `pane-${id}`, "aria-labelledby": `name-${id}`, data: { colour: place % 5 } },
      el(
        "header",
        { class: "who" },
        el("span", { class: "face", "aria-hidden": "true" }, icon("group")),
        el("div", {}, el("h2", { id: `name-${id}` }, this.#title), this.#about),
      ),
      el("button", { type: "button", class: "skip inner", on: { click: () => this.focus() } }, "Skip to the message box"),
      this.#notice.element,
      el("div", { class: "screen" }, this.#history.element,
        iconButton("Newest message", "down", () => this.#history.toEnd(), { class: "icon-button newest" })),
      this.#typing,
      el("p", { class: "speaker" }, el("label", { for: this.#speaker.id }, "You act as "), this.#speaker),
      this.#composer.element,
      this.#shut,
    );
  }

  /** Reads everything again. @returns {Promise<void>} */
  async reread() {
    await this.#history.refill(() => get(`/groups/${this.id}/chat`));
    await this.rereadCommands();
  }

  /** Reads again which commands whoever acts is shown. */
  async rereadCommands() {
    if (this.#speaker.value === "") return;
    const path = `/people/${this.#speaker.value}/commands?group=${this.id}`;
    this.#composer.setCommands(await getOr(path, []));
  }

  /** @param {object} message new, or edited: it replaces the one with its id. */
  show(message) {
    if (!message.outgoing) this.#typing.hidden = true;
    this.#history.put(message);
  }

  /** @param {number} id of a deleted message */
  remove(id) {
    this.#history.remove(id);
  }

  /** What the bot answered to a tap in this group. @param {object} answer event of the contract */
  answered(answer) {
    this.#taps.answered(answer, this.#person(answer.person_id)?.first_name ?? "");
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
      this.#act("choose", { inline_query_id: id, result_id: result.id })));
  }

  /** @param {object} group of a `group` event */
  update(group) {
    this.#group = group;
    this.#title.textContent = group.title;
    const here = group.members.filter(({ status }) => HERE.has(status));
    const status = group.bots[this.#bot.username];
    const bot = { administrator: `${this.#bot.name} is an administrator`, member: `${this.#bot.name} is in it` }[status] ?? `without ${this.#bot.name}`;
    this.#about.textContent = `${group.type === "group" ? "Group" : "Supergroup"} of ${here.length} · ${bot}`;
    const chosen = this.#speaker.value;
    this.#speaker.replaceChildren(...here.map(({ person_id: id }) =>
      el("option", { value: String(id) }, this.#person(id)?.first_name ?? String(id))));
    if (here.some(({ person_id: id }) => String(id) === chosen)) this.#speaker.value = chosen;
    const over = group.upgraded_to !== null;
    const had = this.element.contains(document.activeElement);
    this.#shut.hidden = !over;
    this.#composer.element.hidden = over;
    this.#speaker.parentElement.hidden = over;
    if (had && over) this.#history.element.focus();
    this.#speaks();
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

  /** Puts the cursor where somebody can act. */
  focus() {
    if (this.#shut.hidden) this.#composer.focus();
    else this.#history.element.focus();
  }

  #speaks() {
    const name = this.#speaker.selectedOptions[0]?.textContent ?? "";
    this.#composer.label(`Message from ${name} to ${this.name}`);
    this.#composer.hint(`Write to ${this.name}`);
    this.rereadCommands();
  }

  /** A command, said so that only this bot does it. */
  #toBot(text) {
    return text.startsWith("/") && !text.includes("@") ? `${text}@${this.#bot.username}` : text;
  }

  #act(verb, body = {}) {
    return post(`/people/${this.#speaker.value}/${verb}`, { ...body, group: this.id });
  }

  #say(text) {
    return this.#try(() => this.#act("say", { text }));
  }

  #files(verb, files) {
    const form = new FormData();
    form.append("group", this.id);
    for (const [file, kind] of files) {
      form.append("file", file);
      form.append("kind", kind);
    }
    return this.#try(() => post(`/people/${this.#speaker.value}/${verb}`, form));
  }

  async #location() {
    const place = await pickPlace(this.#speaker.selectedOptions[0].textContent);
    if (place) await this.#try(() => this.#act("location", place));
  }

  /** What can be done with the group itself. */
  #deeds() {
    const { name, username } = this.#bot;
    const deed = (verb) => () => this.#try(() =>
      post(`/groups/${this.id}/${verb}`, { person_id: Number(this.#speaker.value) }));
    const status = this.#group.bots[username];
    const bot = {
      administrator: [[`Make ${name} a plain member`, deed("demote_bot"), "person"], [`Remove ${name}`, deed("remove_bot"), "block"]],
      member: [[`Make ${name} an administrator`, deed("promote_bot"), "person"], [`Remove ${name}`, deed("remove_bot"), "block"]],
    }[status] ?? [[`Add ${name} to the group`, deed("add_bot"), "person"]];
    const upgrade = [["Make it a supergroup", deed("upgrade"), "group"]];
    return [...bot, ...(this.#group.type === "group" ? upgrade : [])];
  }

  #follow(where, address) {
    if (where.kind === "start") this.#openLink(Number(this.#speaker.value), where.payload);
    else if (where.kind === "telegram") telegramWindow(where.url);
    else this.#notice.show(`This link is not a safe web address, so it is not opened: ${address}`, "problem");
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
}
