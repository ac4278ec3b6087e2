/** Buttons under a message, and the buttons that take the keyboard's place. */

import { el, icon, unseen } from "./dom.js";
import { link } from "./links.js";

/**
 * @callback Press
 * @param {number} row counted from 0.
 * @param {number} column counted from 0.
 * @param {object} button Bot API InlineKeyboardButton or KeyboardButton.
 * @param {HTMLElement} pressed
 */

/**
 * @param {Array<Array<object>>} rows Bot API inline keyboard.
 * @param {import("./entities.js").Context} context
 * @param {Press} press for every button that is no link.
 * @returns {HTMLElement}
 */
export function inlineKeyboard(rows, context, press) {
  const make = (button, row, column) => {
    const props = { class: `key ${button.style ?? ""}`, dir: "auto", data: { row, column } };
    const label = [el("span", {}, button.text), ...mark(button)];
    if (button.url) return link(button.url, context.bot, context.follow, props, ...label);
    const made = el("button", { type: "button", ...props }, ...label);
    made.addEventListener("click", () => press(row, column, button, made));
    return made;
  };
  return keys("Buttons of this message", rows, make);
}

function mark(button) {
  if (button.url) return [icon("out"), unseen(", a link")];
  if (button.copy_text) return [icon("copy"), unseen(", copies")];
  return [];
}

/**
 * @param {object} markup Bot API ReplyKeyboardMarkup.
 * @param {Press} press
 * @returns {HTMLElement}
 */
export function replyKeyboard(markup, press) {
  const make = (raw, row, column) => {
    const button = typeof raw === "string" ? { text: raw } : raw;
    const props = { type: "button", class: "key", dir: "auto", data: { row, column } };
    const place = button.request_location ? [icon("pin")] : [];
    const made = el("button", props, ...place, el("span", {}, button.text));
    made.addEventListener("click", () => press(row, column, button, made));
    return made;
  };
  return keys("Answers to choose from", markup.keyboard, make);
}

function keys(name, rows, make) {
  return el(
    "div",
    { class: "keys", role: "group", "aria-label": name },
    ...rows.map((row, r) => el("div", { class: "row" }, ...row.map((button, c) => make(button, r, c)))),
  );
}

/**
 * Which button should have the focus after an edit replaced a keyboard.
 * @param {{row: string, column: string, label: string}} was the button that had it.
 * @param {HTMLElement} root the new message.
 * @returns {HTMLElement|null} the same place with the same words, the same words elsewhere, the
 *   same or nearest place, or null when there are no buttons now.
 */
export function sameKey(was, root) {
  const all = [...root.querySelectorAll(".key")];
  const told = all.filter((key) => key.textContent === was.label);
  const there = (list) =>
    list.find((key) => key.dataset.row === was.row && key.dataset.column === was.column);
  const inRow = all.filter((key) => Number(key.dataset.row) <= Number(was.row));
  return there(told) ?? told[0] ?? there(all) ?? inRow.at(-1) ?? all[0] ?? null;
}
