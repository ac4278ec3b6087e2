/** A group on the page: everybody in it sees the same, and one of them acts at a time. */

import { getOr, post } from "./api.js";
import { el, icon } from "./dom.js";
import { Pane } from "./pane.js";

const HERE = new Set(["creator", "administrator", "member"]);

export class GroupPane extends Pane {
  #group;
  #person; // gives a person by number
  #openLink;
  #speaker;

  /**
   * @param {object} group of GET /groups.
   * @param {{name: string, username: string}} bot
   * @param {number} place 0, 1, 2…: gives the pane its colour.
   * @param {{person: (id: number) => object|undefined, open: (id: number, payload: string) => void}} does
   *   `person` gives a person of GET /people; `open` follows a start link in somebody's own chat.
   */
  constructor(group, bot, place, { person, open }) {
    super(group.id, bot, `/groups/${group.id}`, { first_name: group.title, language_code: "" }, true);
    this.#person = person;
    this.#openLink = open;
    this.#speaker = el("select", { id: `speaker-${group.id}`, on: { change: () => this.#speaks() } });
    this.shut.append(icon("group"), el("p", {}, "This group is a supergroup now. It goes on in its own window."));
    this.element = this.frame(place, {
      look: "pane group",
      face: el("span", { class: "face", "aria-hidden": "true" }, icon("group")),
      above: el("p", { class: "speaker" }, el("label", { for: this.#speaker.id }, "You act as "), this.#speaker),
    });
    this.update(group);
  }

  /** Who acts here. */
  get actor() {
    return { id: this.#speaker.value, name: this.#speaker.selectedOptions[0]?.textContent ?? "" };
  }

  /** Reads again which commands whoever acts is shown. */
  async rereadCommands() {
    const { id } = this.actor;
    if (id === "") return;
    this.composer.setCommands(await getOr(`/people/${id}/commands?group=${this.id}`, []));
  }

  /** Whose tap was answered. @param {number} id @returns {string} */
  nameOf(id) {
    return this.#person(id)?.first_name ?? "";
  }

  /** @param {object} group of a `group` event */
  update(group) {
    this.#group = group;
    const here = group.members.filter(({ status }) => HERE.has(status));
    const { name, username } = this.bot;
    const bot = { administrator: `${name} is an administrator`, member: `${name} is in it` }[group.bots[username]] ?? `without ${name}`;
    this.head(group.title, `${group.type === "group" ? "Group" : "Supergroup"} of ${here.length} · ${bot}`);
    const chosen = this.#speaker.value;
    this.#speaker.replaceChildren(...here.map(({ person_id: id }) =>
      el("option", { value: String(id) }, this.#person(id)?.first_name ?? String(id))));
    if (here.some(({ person_id: id }) => String(id) === chosen)) this.#speaker.value = chosen;
    const over = group.upgraded_to !== null;
    const had = this.element.contains(document.activeElement);
    this.shut.hidden = !over;
    this.composer.element.hidden = over;
    this.#speaker.parentElement.hidden = over;
    if (had && over) this.history.element.focus();
    this.#speaks();
  }

  /** Puts the cursor where somebody can act. */
  focus() {
    if (this.shut.hidden) this.composer.focus();
    else this.history.element.focus();
  }

  /** A command, said so that only this bot does it. */
  addressed(text) {
    return text.startsWith("/") && !text.includes("@") ? `${text}@${this.bot.username}` : text;
  }

  /** Follows a start link, which leads to a chat of one's own. @param {string} payload */
  start(payload) {
    this.#openLink(Number(this.actor.id), payload);
  }

  /** What can be done with the group itself. */
  also() {
    const { name, username } = this.bot;
    const deed = (verb) => () => this.attempt(() =>
      post(`${this.path}/${verb}`, { person_id: Number(this.actor.id) }));
    const status = this.#group.bots[username];
    const bot = {
      administrator: [[`Make ${name} a plain member`, deed("demote_bot"), "person"], [`Remove ${name}`, deed("remove_bot"), "block"]],
      member: [[`Make ${name} an administrator`, deed("promote_bot"), "person"], [`Remove ${name}`, deed("remove_bot"), "block"]],
    }[status] ?? [[`Add ${name} to the group`, deed("add_bot"), "person"]];
    const upgrade = [["Make it a supergroup", deed("upgrade"), "group"]];
    return [...bot, ...(this.#group.type === "group" ? upgrade : [])];
  }

  #speaks() {
    this.composer.label(`Message from ${this.actor.name} to ${this.name}`);
    this.composer.hint(`Write to ${this.name}`);
    this.rereadCommands();
  }
}
