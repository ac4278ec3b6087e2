/** One message as an element. */

import { attachment } from "./attachments.js";
import { el, icon, unseen } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { languageOf } from "./language.js";
import { serviceWords } from "./service.js";
import { clockTime, fromSeconds } from "./time.js";

/**
 * @param {object} message Bot API Message, with `outgoing` when the person sent it.
 * @param {object} person whose chat it is.
 * @param {import("./entities.js").Context & {botName: string, group?: boolean}} context
 * @param {(message: object, row: number, column: number, button: object, pressed: HTMLElement) => void} press
 * @returns {HTMLElement} can take the focus by script.
 */
export function messageElement(message, person, context, press) {
  const happened = serviceWords(message);
  if (happened) return el("p", { class: "message service", tabindex: "-1", dir: "auto", data: { message: message.message_id } }, happened);
  // In a group nobody is "I": all stand on the same side, each with a name.
  const own = Boolean(message.outgoing) && !context.group;
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const sent = fromSeconds(message.date);
  const rows = message.reply_markup?.inline_keyboard ?? [];
  return el(
    "article",
    { class: `message ${own ? "own" : "theirs"}`, tabindex: "-1", data: { message: message.message_id, ...(message.media_group_id && { album: "" }) } },
    el(
      "div",
      { class: "bubble" },
      context.group
        ? el("p", { class: "sender" }, el("bdi", {}, message.from.first_name), unseen(": "))
        : unseen(`${own ? person.first_name : context.botName}: `),
      quoted(message.reply_to_message),
      attachment(message),
      text && el(
        "div",
        { class: "text", lang: languageOf(text, person.language_code, own) },
        ...formatted(text, entities, context),
      ),
      el(
        "p",
        { class: "stamp" },
        message.via_bot && el("span", {}, `through @${message.via_bot.username}`),
        message.edit_date && el("span", {}, "edited"),
        el("time", { datetime: sent.toISOString() }, clockTime(sent)),
        own && icon("sent"),
      ),
    ),
    rows.length > 0 && inlineKeyboard(rows, context, (row, column, button, pressed) =>
      press(message, row, column, button, pressed)),
  );
}

function quoted(message) {
  const text = message?.text ?? message?.caption;
  return text ? el("p", { class: "quoted", dir: "auto" }, unseen("Answer to: "), text.slice(0, 120)) : null;
}
