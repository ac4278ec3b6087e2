/** All the panes, of people and groups: side by side where there is room, as tabs on a phone's width. */

import { el, unseen } from "./dom.js";

const PHONE = matchMedia("(max-width: 719px)");

export class People {
  #panes = new Map(); // number of the person or group -> {pane, tab, unread}
  #root;
  #tabs;
  #active = null;

  /** @param {HTMLElement} root gets the panes. @param {HTMLElement} tabs gets the tabs. */
  constructor(root, tabs) {
    this.#root = root;
    this.#tabs = tabs;
    PHONE.addEventListener("change", () => this.#arrange());
    root.addEventListener("focusin", (event) => {
      const id = Number(event.target.closest(".pane")?.dataset.chat);
      if (id) this.#activate(id);
    });
    tabs.addEventListener("keydown", (event) => this.#arrow(event));
    document.addEventListener("keydown", (event) => this.#next(event));
  }

  /** The panes of people, in order. @returns {Array<import("./person.js").PersonPane>} */
  get panes() {
    return [...this.#panes.values()].map(({ pane }) => pane).filter(({ person }) => person);
  }

  /** @param {number} id @returns {import("./pane.js").Pane|undefined} */
  get(id) {
    return this.#panes.get(id)?.pane;
  }

  /** @param {import("./pane.js").Pane} pane is added at the end. */
  add(pane) {
    const { id, name } = pane;
    pane.element.dataset.chat = id;
    const tab = el("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": pane.element.id, data: { colour: pane.element.dataset.colour } }, el("bdi", {}, name));
    tab.addEventListener("click", () => this.#activate(id));
    this.#panes.set(id, { pane, tab, unread: 0 });
    this.#tabs.append(tab);
    this.#root.append(pane.element);
    if (this.#active === null) this.#activate(id);
    this.#arrange();
  }

  /** Takes a person's pane and tab away. @param {number} id */
  remove(id) {
    const { pane, tab } = this.#panes.get(id);
    pane.element.remove();
    tab.remove();
    this.#panes.delete(id);
    if (this.#active !== id) return;
    this.#active = null;
    const [next] = this.#panes.keys();
    if (next !== undefined) this.#activate(next);
  }

  /** Brings a person's chat to the front and puts the cursor there. @param {number} id */
  show(id) {
    this.#activate(id);
    const { pane } = this.#panes.get(id);
    pane.element.scrollIntoView({ inline: "nearest", block: "nearest" });
    pane.focus();
  }

  /** Somebody's name may have changed. @param {number} id */
  named(id) {
    const { pane, tab } = this.#panes.get(id);
    tab.querySelector("bdi").textContent = pane.name;
  }

  /** Counts a message that cannot be seen now. @param {number} id */
  arrived(id) {
    const entry = this.#panes.get(id);
    if (!PHONE.matches || id === this.#active || !entry) return;
    entry.unread += 1;
    this.#mark(entry);
  }

  #activate(id) {
    if (this.#active === id) return;
    this.#active = id;
    const entry = this.#panes.get(id);
    entry.unread = 0;
    this.#mark(entry);
    this.#arrange();
  }

  #mark({ tab, unread }) {
    tab.querySelector(".unread")?.remove();
    if (unread > 0) tab.append(el("span", { class: "unread" }, unseen(", new messages: "), String(unread)));
  }

  #arrange() {
    const phone = PHONE.matches;
    for (const [id, { pane, tab }] of this.#panes) {
      const active = id === this.#active;
      pane.setActive(active);
      pane.setShown(active || !phone);
      pane.element.toggleAttribute("data-active", active);
      if (phone) pane.element.setAttribute("role", "tabpanel");
      else pane.element.removeAttribute("role");
      tab.setAttribute("aria-selected", String(active));
      tab.tabIndex = active ? 0 : -1;
    }
    this.#tabs.hidden = !phone;
  }

  #arrow(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const id = this.#neighbour(step);
    this.#activate(id);
    this.#panes.get(id).tab.focus();
  }

  #next(event) {
    if (event.key !== "F6" || event.ctrlKey || event.altKey || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const inside = this.#root.contains(document.activeElement);
    this.show(inside ? this.#neighbour(event.shiftKey ? -1 : 1) : this.#active);
  }

  #neighbour(step) {
    const ids = [...this.#panes.keys()];
    return ids.at((ids.indexOf(this.#active) + step) % ids.length);
  }
}
