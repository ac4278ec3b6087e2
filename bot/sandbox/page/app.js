/** Starts the page: reads who is there, then follows the stream. */

import { get, getOr } from "./api.js";
import { clockBar } from "./clockbar.js";
import { guide } from "./guide.js";
import { Pane } from "./pane.js";
import { People } from "./people.js";
import { listen } from "./stream.js";

const at = (id) => document.getElementById(id);
const people = new People(at("people"), at("tabs"));
const arriving = new Map(); // person id -> the promise of their pane
const clock = clockBar({ now: at("now"), sky: at("sky"), buttons: at("time"), tell });
let side = null;

// On a wide page the guide stands beside the chats and cannot be closed.
const WIDE = matchMedia("(min-width: 1101px)");
const openGuide = () => (at("side").open = WIDE.matches);
WIDE.addEventListener("change", openGuide);
openGuide();

/** Says something that belongs to no single chat. @param {string} text */
function tell(text) {
  at("said").textContent = text;
}

function trouble(text) {
  at("trouble").textContent = text;
}

function arrive(person) {
  if (!arriving.has(person.id)) arriving.set(person.id, enter(person, arriving.size));
  return arriving.get(person.id);
}

async function enter(person, place) {
  const pane = new Pane(person, await get(`/people/${person.id}/bot`), place);
  people.add(pane);
  side?.people();
  await pane.reread();
}

function about(person) {
  people.get(person.id)?.update(person);
  people.named(person.id);
  side?.people();
}

/** A sandbox that was started again may not know this person any more. */
function leave(id) {
  arriving.delete(id);
  people.remove(id);
  side?.people();
}

async function readAll() {
  const [everyone, demo] = await Promise.all([get("/people"), getOr("/demo", {})]);
  const first = demo.people ?? [];
  const rank = ({ id }) => (first.includes(id) ? first.indexOf(id) : first.length);
  const here = new Set(everyone.map(({ id }) => id));
  for (const id of [...arriving.keys()].filter((one) => !here.has(one))) leave(id);
  for (const person of everyone.sort((a, b) => rank(a) - rank(b))) {
    const known = people.get(person.id);
    await (known ? known.reread() : arrive(person));
    about(person);
  }
  clock.set(await get("/clock"));
  return demo;
}

const hear = {
  message({ person_id: id, message }) {
    people.get(id)?.show(message);
    people.arrived(id);
    clock.askNext();
  },
  deleted: ({ person_id: id, message_id: message }) => people.get(id)?.remove(message),
  answer: (answer) => people.get(answer.person_id)?.answered(answer),
  typing: ({ person_id: id }) => people.get(id)?.typing(),
  async person({ person }) {
    await arrive(person);
    about(person);
  },
  clock: (time) => clock.set(time),
  commands: ({ person_id: id }) => people.get(id)?.rereadCommands(),
  inline: (found) => people.get(found.person_id)?.results(found),
};

async function start() {
  const early = []; // events that arrive while the chats are being read
  let ready = false;
  listen({
    event: (type, data) => (ready ? hear[type](data) : early.push([type, data])),
    reread: () => ready && readAll().catch((error) => trouble(error.message)),
    away: () => trouble("The practice chat is not answering. It will go on here when it is back."),
    back: () => trouble(""),
    ended: () => trouble("This practice chat has ended. Open the address that the new one printed."),
  });
  const demo = await readAll();
  if (demo.title) at("title").textContent = demo.title;
  const bots = await get("/bots");
  side = guide({
    root: at("guide"),
    demo,
    bot: bots[0]?.username ?? "",
    panes: () => people.panes,
    show: (id) => people.show(id),
    arrive,
    tell,
  });
  side.people();
  ready = true;
  for (const [type, data] of early) hear[type](data);
  document.body.dataset.ready = "";
}

start().catch((error) => trouble(error.message));
