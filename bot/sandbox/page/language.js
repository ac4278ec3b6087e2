/** Names of languages, and which language a piece of text is in, where that can be known. */

const english = new Intl.DisplayNames(["en-GB"], { type: "language" });

/** Languages offered for a new person; Telegram sends such a code with every message. */
export const OFFERED = [
  "en", "so", "ar", "fr", "am", "bn", "fa", "gu", "ha", "hi", "ig", "it", "ln", "pa", "pl", "pt",
  "ro", "sw", "ta", "ti", "tr", "ur", "yo",
];

/**
 * The name in its own language and in English: "Soomaali (Somali)".
 * @param {string|undefined} code IETF tag.
 * @returns {string} empty when there is no code, the code itself when it has no name.
 */
export function languageName(code) {
  if (!code) return "";
  try {
    const own = new Intl.DisplayNames([code], { type: "language" }).of(code);
    const plain = english.of(code);
    return own.toLowerCase() === plain.toLowerCase() ? plain : `${own} (${plain})`;
  } catch {
    return code;
  }
}

const SCRIPTS = [
  ["Arab", /\p{Script=Arabic}/u, "ar"],
  ["Ethi", /\p{Script=Ethiopic}/u, "am"],
  ["Beng", /\p{Script=Bengali}/u, "bn"],
  ["Gujr", /\p{Script=Gujarati}/u, "gu"],
  ["Guru", /\p{Script=Gurmukhi}/u, "pa"],
  ["Deva", /\p{Script=Devanagari}/u, "hi"],
  ["Taml", /\p{Script=Tamil}/u, "ta"],
];

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * Which way a text begins to run. For elements whose lines have a `dir` of their own: their
 * `dir="auto"` would see no text.
 * @param {string} text
 * @returns {"rtl"|"ltr"}
 */
export function directionOf(text) {
  const first = text.match(/\p{L}/u);
  return first && RIGHT_TO_LEFT.test(first[0]) ? "rtl" : "ltr";
}

/**
 * The language to name in `lang`, so that a screen reader picks the right voice.
 *
 * A script tells little, the person's own language tells more, and Latin letters without a hint
 * tell nothing.
 * @param {string} text
 * @param {string|undefined} code language of the person whose chat it is.
 * @param {boolean} own whether that person wrote it.
 * @returns {string|null} null where it is not known.
 */
export function languageOf(text, code, own) {
  const script = SCRIPTS.find(([, pattern]) => pattern.test(text));
  const home = scriptOf(code);
  if (script) return home === script[0] ? code : script[2];
  return own && home === "Latn" && /\p{Script=Latin}/u.test(text) ? code : null;
}

function scriptOf(code) {
  try {
    return code ? new Intl.Locale(code).maximize().script : undefined;
  } catch {
    return undefined;
  }
}
