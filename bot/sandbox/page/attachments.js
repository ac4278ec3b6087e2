/** What a message carries besides text: files, pictures, places. */

import { fileUrl } from "./api.js";
import { el, icon } from "./dom.js";

/**
 * @param {object} message Bot API Message.
 * @returns {HTMLElement|null} null when it carries none.
 */
export function attachment(message) {
  const kind = Object.keys(KINDS).find((name) => message[name]);
  if (kind) return KINDS[kind](message[kind], message);
  if (message.text !== undefined) return null;
  return el("p", { class: "faint" }, "The practice chat cannot show this kind of message.");
}

// `venue` stands before `location`, because a venue's message has both.
const KINDS = {
  photo(sizes, message) {
    const best = sizes.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
    const alt = message.caption || "Photo without a description";
    return el("img", { class: "photo", src: fileUrl(best.file_id), width: best.width, height: best.height, alt });
  },
  document: (file) => download(file, file.file_name ?? "File"),
  audio: (file) => played("audio", "voice", file, [file.performer, file.title].filter(Boolean).join(": ") || file.file_name || "Audio"),
  video: (file) => played("video", "photo", file, file.file_name || "Video"),
  voice: (file) => el("audio", { class: "voice", controls: true, src: fileUrl(file.file_id), "aria-label": "Voice message" }),
  sticker: (sticker) =>
    el("p", { class: "sticker", role: "img", "aria-label": `Sticker ${sticker.emoji ?? ""}` }, sticker.emoji ?? "🌳"),
  venue: (venue) => place(venue.title, venue.address, venue.location),
  location: (spot) => place("A place on the map", "", spot),
  contact: (contact) => el("p", { dir: "auto" }, `${contact.first_name}: ${contact.phone_number}`),
};

/** A player, and a way to save what it plays. */
function played(tag, look, file, name) {
  const player = el(tag, { class: look, controls: true, preload: "metadata", src: fileUrl(file.file_id), "aria-label": name });
  return el("div", {}, player, download(file, name));
}

function download(file, name) {
  const size = file.file_size === undefined ? "" : bytes(file.file_size);
  return el(
    "a",
    { class: "file", href: fileUrl(file.file_id), download: name },
    icon("file"),
    el("span", { class: "file-name", dir: "auto" }, name),
    el("span", { class: "faint" }, size ? `${size} · download` : "download"),
  );
}

function place(title, address, spot) {
  const position = `${spot.latitude.toFixed(4)}, ${spot.longitude.toFixed(4)}`;
  return el(
    "div",
    { class: "place" },
    icon("pin"),
    el("strong", { dir: "auto" }, title),
    address && el("span", { dir: "auto" }, address),
    el("span", { class: "faint" }, position),
  );
}

/** A size in words: "840 bytes", "1.2 kB". @param {number} count */
function bytes(count) {
  if (count < 1000) return `${count} bytes`;
  const [value, unit] = count < 1e6 ? [count / 1e3, "kB"] : [count / 1e6, "MB"];
  return `${value.toFixed(1)} ${unit}`;
}
