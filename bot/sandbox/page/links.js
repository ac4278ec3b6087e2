/** Where a link may lead from the practice chat. */

import { el } from "./dom.js";

const TELEGRAM = new Set(["t.me", "telegram.me", "telegram.dog"]);

/**
 * @typedef {{kind: "start", payload: string} | {kind: "telegram", url: URL}
 *   | {kind: "web", url: URL} | {kind: "refused"}} Way
 */

/**
 * Sorts an address. Only https opens a new tab; a start link of our bot stays in this chat; every
 * other Telegram address would leave it, so it is only described.
 * @param {string} address with or without a scheme.
 * @param {string} bot the bot's username.
 * @returns {Way}
 */
export function way(address, bot) {
  let url;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
  } catch {
    return { kind: "refused" };
  }
  if (url.protocol === "tg:" || TELEGRAM.has(url.hostname)) return telegramWay(url, bot);
  return url.protocol === "https:" ? { kind: "web", url } : { kind: "refused" };
}

function telegramWay(url, bot) {
  const tg = url.protocol === "tg:";
  const name = tg ? url.searchParams.get("domain") : url.pathname.split("/")[1];
  const ours = name?.toLowerCase() === bot.toLowerCase();
  if (!ours || url.searchParams.has("startgroup")) return { kind: "telegram", url };
  return { kind: "start", payload: url.searchParams.get("start") ?? "" };
}

/**
 * A link in text, or a button that is told what was pressed when it must not open a tab.
 * @param {string} address
 * @param {string} bot the bot's username.
 * @param {(way: Way, address: string) => void} follow called unless it opens a new tab.
 * @param {Object<string, any>} props properties of `el`.
 * @param {...Node} children
 */
export function link(address, bot, follow, props, ...children) {
  const where = way(address, bot);
  if (where.kind === "web") {
    const open = { href: where.url.href, target: "_blank", rel: "noopener noreferrer" };
    return el("a", { ...open, title: `Opens ${where.url.host} in a new tab`, ...props }, ...children);
  }
  const press = () => follow(where, address);
  return el("button", { type: "button", ...props, on: { click: press } }, ...children);
}
