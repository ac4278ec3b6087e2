/** The side panel: what to try, the demo's own buttons, links to open, more people. */

import { post } from "./api.js";
import { newGroup, newPerson } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { way } from "./links.js";

/**
 * @param {object} parts
 * @param {HTMLElement} parts.root is filled.
 * @param {{hints: Array<string>, controls: Array<{id: string, label: string}>}} parts.demo
 * @param {string} parts.bot the bot's username.
 * @param {() => Array<import("./person.js").PersonPane>} parts.panes
 * @param {(id: number) => void} parts.show brings a person's chat to the front.
 * @param {(person: object) => Promise<void>} parts.arrive a person was added.
 * @param {(group: object) => Promise<void>} parts.gather a group was made.
 * @param {(text: string) => void} parts.tell
 * @returns {{people: () => void}} `people` is to be called when people were added or renamed.
 */
export function guide({ root, demo, bot, panes, show, arrive, gather, tell }) {
  const links = linkBox(bot, panes, show);
  const add = el("button", { type: "button", class: "key" }, icon("person"), "Add a person");
  add.addEventListener("click", async () => {
    const told = await newPerson();
    if (!told) return;
    try {
      const person = await post("/people", told);
      await arrive(person);
      show(person.id);
    } catch (error) {
      tell(error.message);
    }
  });
  const assemble = el("button", { type: "button", class: "key" }, icon("group"), "Make a group");
  assemble.addEventListener("click", async () => {
    const told = await newGroup(panes().map(({ person }) => person));
    if (!told) return;
    try {
      const group = await post("/groups", told);
      await gather(group);
      show(group.id);
    } catch (error) {
      tell(error.message);
    }
  });
  root.append(
    ...hints(demo.hints ?? []),
    ...controls(demo.controls ?? [], tell),
    links.element,
    el("section", { class: "fields" }, el("h2", {}, "People and groups"), add, assemble),
    keysHelp(),
  );
  return { people: links.people };
}

function hints(texts) {
  if (texts.length === 0) return [];
  const items = texts.map((text) => el("li", { dir: "auto" }, text));
  return [el("section", { class: "hints" }, el("h2", {}, "Try this"), el("ol", {}, ...items))];
}

function controls(list, tell) {
  if (list.length === 0) return [];
  const buttons = list.map(({ id, label }) => {
    const press = async () => {
      try {
        tell((await post(`/demo/controls/${encodeURIComponent(id)}`)).said);
      } catch (error) {
        tell(error.message);
      }
    };
    return el("button", { type: "button", class: "key", on: { click: press } }, label);
  });
  return [el("section", {}, el("h2", {}, "Make things happen"), ...buttons)];
}

function linkBox(bot, panes, show) {
  const who = el("select", { id: "link-who" });
  const input = el("input", { id: "link-text", dir: "ltr", autocomplete: "off", spellcheck: "false", "aria-describedby": "link-said" });
  const said = el("p", { id: "link-said", class: "said", role: "status" });
  const complain = (text) => {
    said.textContent = text;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  };
  const submit = async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    const where = /^[\w-]+$/.test(text) ? { kind: "start", payload: text } : way(text, bot);
    if (where.kind !== "start") {
      complain(`Paste a link of this bot, such as https://t.me/${bot}?start=hello`);
      return;
    }
    const pane = panes().find(({ person }) => String(person.id) === who.value);
    try {
      await pane.open(where.payload);
    } catch (error) {
      complain(error.message);
      return;
    }
    input.removeAttribute("aria-invalid");
    input.value = "";
    said.textContent = `${pane.person.first_name} opened the link.`;
    show(pane.person.id);
  };
  const element = el(
    "form",
    { class: "fields", on: { submit } },
    el("h2", {}, "Open a t.me link"),
    el("label", { class: "field", for: "link-text" }, el("span", {}, "Link of this bot"), input),
    el("label", { class: "field", for: "link-who" }, el("span", {}, "Who opens it"), who),
    said,
    el("button", { class: "key" }, "Open the link"),
  );
  function people() {
    const chosen = who.value;
    who.replaceChildren(...panes().map(({ person }) => el("option", { value: String(person.id) }, person.first_name)));
    if (chosen) who.value = chosen;
  }
  return { element, people };
}

function keysHelp() {
  const row = (keys, does) => [el("dt", {}, el("kbd", {}, keys)), el("dd", {}, does)];
  return el(
    "section",
    {},
    el("h2", {}, "Keys"),
    el("dl", { class: "keys-help" }, ...row("F6", "next chat"), ...row("Enter", "send"), ...row("Shift Enter", "new line"), ...row("Esc", "close a list or window")),
  );
}
