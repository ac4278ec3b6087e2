/**
 * Formatted text: Bot API entities become elements.
 *
 * Offsets count UTF-16 units, as JavaScript strings do. Every line is an element of its own with
 * `dir="auto"`, so that Arabic and English lines in one message each run their own way.
 */

import { el } from "./dom.js";
import { directionOf } from "./language.js";
import { link } from "./links.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/**
 * @typedef {object} Context
 * @property {string} bot the bot's username.
 * @property {(text: string) => void} say sends a tapped command.
 * @property {(way: import("./links.js").Way, address: string) => void} follow a link that stays.
 */

/**
 * @param {string} text
 * @param {Array<{type: string, offset: number, length: number, url?: string}>} entities
 * @param {Context} context
 * @returns {Array<HTMLElement>} lines and blocks, in order.
 */
export function formatted(text, entities, context) {
  const spans = entities
    .map((entity) => ({ ...entity, start: entity.offset, end: entity.offset + entity.length }))
    .filter((span) => span.end <= text.length && span.length > 0)
    .sort(outerFirst);
  return blocks(text, 0, text.length, spans, context);
}

const outerFirst = (a, b) => a.start - b.start || b.end - a.end;

function blocks(text, start, end, spans, context) {
  const block = spans.find((span) => BLOCKS.has(span.type) && span.start >= start && span.end <= end);
  if (!block) return lines(text, start, end, spans, context);
  const inner = spans.filter((span) => span !== block);
  // A block breaks the line by itself, so one newline on either side of it is not shown again.
  const before = text[block.start - 1] === "\n" ? block.start - 1 : block.start;
  const after = text[block.end] === "\n" ? block.end + 1 : block.end;
  const tag = block.type === "pre" ? "pre" : "blockquote";
  return [
    ...(before > start ? blocks(text, start, before, inner, context) : []),
    el(tag, { dir: directionOf(text.slice(block.start, block.end)) }, ...blocks(text, block.start, block.end, inner, context)),
    ...(after < end ? blocks(text, after, end, inner, context) : []),
  ];
}

function lines(text, start, end, spans, context) {
  const made = [];
  for (let from = start; from <= end; ) {
    const newline = text.indexOf("\n", from);
    const to = newline === -1 || newline > end ? end : newline;
    made.push(el("p", { dir: "auto" }, ...inline(text, from, to, clip(spans, from, to), context)));
    from = to + 1;
  }
  return made;
}

/** The parts of the spans that lie within start..end. */
function clip(spans, start, end) {
  return spans
    .map((span) => ({ ...span, start: Math.max(span.start, start), end: Math.min(span.end, end) }))
    .filter((span) => span.start < span.end && !BLOCKS.has(span.type))
    .sort(outerFirst);
}

function inline(text, start, end, spans, context) {
  const made = [];
  let at = start;
  const rest = [...spans];
  while (rest.length > 0) {
    const span = rest.shift();
    if (span.start > at) made.push(text.slice(at, span.start));
    const inner = rest.filter((other) => other.start < span.end);
    const later = rest.filter((other) => other.end > span.end);
    const within = inline(text, span.start, span.end, clip(inner, span.start, span.end), context);
    const source = text.slice(span.start, span.end);
    made.push(element(span, source, within, context));
    at = span.end;
    rest.splice(0, rest.length, ...clip(later, at, end));
  }
  if (at < end) made.push(text.slice(at, end));
  return made;
}

function element(span, source, within, context) {
  if (PLAIN[span.type]) return el(PLAIN[span.type], {}, ...within);
  switch (span.type) {
    case "text_link":
      return link(span.url ?? "", context.bot, context.follow, { class: "link" }, ...within);
    case "url":
      return link(source, context.bot, context.follow, { class: "link" }, ...within);
    case "email":
      return el("a", { href: `mailto:${source}` }, ...within);
    case "phone_number":
      return el("a", { href: `tel:${source.replace(/[^+\d]/g, "")}` }, ...within);
    case "bot_command":
      // A button is a box with a direction of its own; in an Arabic line the slash would go behind.
      return el("button", { type: "button", class: "link", dir: "ltr", on: { click: () => context.say(source) } }, ...within);
    case "spoiler":
      return spoiler(within);
    default:
      return el("span", { class: `entity-${span.type}` }, ...within);
  }
}

function spoiler(within) {
  const hidden = el("span", { tabindex: "-1", class: "told", hidden: true }, ...within);
  const show = el("button", { type: "button", class: "spoiler" }, "Hidden. Show");
  show.addEventListener("click", () => {
    hidden.hidden = false;
    hidden.focus();
    show.remove();
  });
  return el("span", {}, show, hidden);
}
