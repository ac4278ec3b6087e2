/** Building elements. Text always goes in as text nodes, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element.
 * @param {string} tag name of the element.
 * @param {Object<string, any>} [props] `class`, `on` (map of event name to listener), `data` (map
 *   for data-*); a value of null, undefined or false leaves the attribute out, true sets it empty.
 * @param {...(Node|string|null|undefined|false)} children nodes and text; nothing is left out.
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    } else if (name === "data") {
      Object.assign(node.dataset, value);
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.filter((child) => child || child === ""));
  return node;
}

/**
 * A picture from icons.svg, hidden from screen readers: the words beside it say what it means.
 * @param {string} name id of the symbol.
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/**
 * A button that shows only an icon; its name is there for screen readers and as a tooltip.
 * @param {string} name what it does, in words.
 * @param {string} picture id of the symbol.
 * @param {(event: MouseEvent) => void} press
 * @param {Object<string, any>} [props] further properties of `el`.
 */
export function iconButton(name, picture, press, props = {}) {
  return el(
    "button",
    { type: "button", class: "icon-button", title: name, "aria-label": name, on: { click: press }, ...props },
    icon(picture),
  );
}

/** Words for screen readers only. @param {string} text */
export const unseen = (text) => el("span", { class: "unseen" }, text);
