/** Questions in a window over the page. Escape closes each of them. */

import { el, icon } from "./dom.js";
import { OFFERED, languageName } from "./language.js";

/** Centres of the eight boroughs of North West London, computed from their boundaries. */
const PLACES = [
  ["Brent", 51.5586, -0.2678],
  ["Ealing", 51.5225, -0.331],
  ["Hammersmith and Fulham", 51.495, -0.2208],
  ["Harrow", 51.5977, -0.3413],
  ["Hillingdon", 51.5415, -0.4457],
  ["Hounslow", 51.4685, -0.3661],
  ["Kensington and Chelsea", 51.5012, -0.1922],
  ["Westminster", 51.5134, -0.1605],
];

let serial = 0;

/**
 * @param {string} title
 * @param {Array<Node>} body a form in it with `method="dialog"` gives the answer.
 * @returns {Promise<{answer: string, dialog: HTMLDialogElement}>} the pressed button's value, empty
 *   when closed without.
 */
function ask(title, body) {
  serial += 1;
  const id = `dialog-${serial}`;
  const dialog = el("dialog", { "aria-labelledby": id }, el("h2", { id, dir: "auto" }, title), ...body);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve({ answer: dialog.returnValue, dialog });
    });
  });
}

const button = (value, label, kind = "") => el("button", { class: `key ${kind}`, value }, label);
/** No submit button: Enter in a field presses the first of those, and must not mean "Cancel". */
const cancel = () => el("button", { type: "button", class: "key", on: { click: ({ target }) => target.closest("dialog").close("") } }, "Cancel");
const closing = (...buttons) => el("form", { method: "dialog", class: "closing" }, ...buttons);

/** An alert of the bot. @param {string} title @param {string} text */
export async function alertWindow(title, text) {
  const lines = text.split("\n").map((line) => el("p", { dir: "auto" }, line));
  await ask(title, [...lines, closing(button("ok", "OK", "primary"))]);
}

/** Says where a Telegram address would lead, since this page does not go there. @param {URL} url */
export async function telegramWindow(url) {
  const words = [...url.searchParams.values()].map((value) => el("p", { class: "quoted", dir: "auto" }, value));
  await ask("This opens in Telegram", [
    el("p", {}, "With the real bot, Telegram would open here. This practice chat never goes there."),
    ...words,
    el("p", { class: "faint address" }, `${url.host}${url.pathname}`),
    closing(button("ok", "OK", "primary")),
  ]);
}

/**
 * Lets someone share a sample place.
 * @param {string} name whose place.
 * @returns {Promise<{latitude: number, longitude: number}|null>} null when closed.
 */
export async function pickPlace(name) {
  const choices = PLACES.map(([place], index) =>
    el("button", { class: "key", value: String(index) }, icon("pin"), el("span", {}, place)));
  const { answer } = await ask(`Where is ${name}?`, [
    el("p", {}, "Pick a sample place. Your own place is not used."),
    el("form", { method: "dialog", class: "choices" }, ...choices),
    closing(button("", "Cancel")),
  ]);
  if (answer === "") return null;
  const [, latitude, longitude] = PLACES[Number(answer)];
  return { latitude, longitude };
}

/**
 * @param {string} botName
 * @returns {Promise<boolean>} true when the person wants to block the bot.
 */
export async function sureToBlock(botName) {
  const { answer } = await ask(`Block ${botName}?`, [
    el("p", {}, `${botName} can then send nothing here. You can unblock it at any time.`),
    closing(button("", "Cancel"), button("block", "Block", "danger")),
  ]);
  return answer === "block";
}

/** @returns {Promise<{first_name: string, language_code: string, role: string}|null>} */
export async function newPerson() {
  const field = (label, name, control) => el("label", { class: "field" }, el("span", {}, label), control(name));
  const choice = (options) => (name) =>
    el("select", { name }, ...options.map(([value, label]) => el("option", { value }, label)));
  const first = (name) => el("input", { name, required: true, maxlength: "64", autocomplete: "off", dir: "auto" });
  const form = el(
    "form",
    { method: "dialog", class: "fields" },
    field("First name", "first_name", first),
    field("Language of their Telegram", "language_code", choice(OFFERED.map((code) => [code, languageName(code)]))),
    field("Label", "role", choice([["resident", "resident"], ["volunteer", "volunteer"], ["staff", "staff"]])),
    el(
      "div",
      { class: "closing" },
      cancel(),
      el("button", { class: "key primary", value: "add" }, "Add"),
    ),
  );
  const { answer } = await ask("Add a person", [form]);
  const told = Object.fromEntries(new FormData(form));
  return answer === "add" && told.first_name.trim() ? { ...told, first_name: told.first_name.trim() } : null;
}

/**
 * @param {Array<object>} people who can be in it.
 * @returns {Promise<{title: string, people: Array<number>}|null>} the first of them owns it.
 */
export async function newGroup(people) {
  const title = el("input", { name: "title", required: true, maxlength: "128", autocomplete: "off", dir: "auto" });
  const member = ({ id, first_name: name }) => el("label", { class: "tick" },
    el("input", { type: "checkbox", name: "people", value: String(id), checked: true }), el("bdi", {}, name));
  const form = el(
    "form",
    { method: "dialog", class: "fields" },
    el("label", { class: "field" }, el("span", {}, "Name of the group"), title),
    el("fieldset", { class: "ticks" }, el("legend", {}, "Who is in it. The first one runs it."), ...people.map(member)),
    el(
      "div",
      { class: "closing" },
      cancel(),
      el("button", { class: "key primary", value: "make" }, "Make the group"),
    ),
  );
  const { answer } = await ask("Make a group", [form]);
  const told = new FormData(form);
  const chosen = told.getAll("people").map(Number);
  const name = String(told.get("title")).trim();
  return answer === "make" && name && chosen.length > 0 ? { title: name, people: chosen } : null;
}
