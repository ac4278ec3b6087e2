/** Starts the page: reads who is there, then follows the stream. */

import { get, getOr } from "./api.js";
import { clockBar } from "./clockbar.js";
import { GroupPane } from "./group.js";
import { guide } from "./guide.js";
import { People } from "./people.js";
import { PersonPane } from "./person.js";
import { listen } from "./stream.js";

const at = (id) => document.getElementById(id);
const people = new People(at("people"), at("tabs"));
const arriving = new Map(); // number of a person or group -> the promise of their pane
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
  const pane = new PersonPane(person, await get(`/people/${person.id}/bot`), place);
  people.add(pane);
  side?.people();
  await pane.reread();
}

function gather(group) {
  if (!arriving.has(group.id)) arriving.set(group.id, enterGroup(group, arriving.size));
  return arriving.get(group.id);
}

async function enterGroup(group, place) {
  const [first] = group.members;
  const bot = await get(`/people/${first.person_id}/bot`);
  const pane = new GroupPane(group, bot, place, {
    person: (id) => people.get(id)?.person,
    open: async (id, payload) => {
      try {
        await people.get(id).open(payload);
        people.show(id);
      } catch (error) {
        tell(error.message);
      }
    },
  });
  people.add(pane);
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
  const [everyone, groups, demo] = await Promise.all([get("/people"), getOr("/groups", []), getOr("/demo", {})]);
  const first = demo.people ?? [];
  const rank = ({ id }) => (first.includes(id) ? first.indexOf(id) : first.length);
  const here = new Set([...everyone, ...groups].map(({ id }) => id));
  for (const id of [...arriving.keys()].filter((one) => !here.has(one))) leave(id);
  for (const person of everyone.sort((a, b) => rank(a) - rank(b))) {
    const known = people.get(person.id);
    await (known ? known.reread() : arrive(person));
    about(person);
  }
  for (const group of groups) {
    const known = people.get(group.id);
    await (known ? known.reread() : gather(group));
    people.get(group.id).update(group);
  }
  clock.set(await get("/clock"));
  return demo;
}

/** The pane that an event is about: a group's, or else a person's. */
const paneOf = ({ group_id: group, person_id: person }) => people.get(group ?? person);

const hear = {
  message(event) {
    paneOf(event)?.show(event.message);
    people.arrived(event.group_id ?? event.person_id);
    clock.askNext();
  },
  deleted: (event) => paneOf(event)?.remove(event.message_id),
  answer: (answer) => paneOf(answer)?.answered(answer),
  typing: (event) => paneOf(event)?.typing(),
  async person({ person }) {
    await arrive(person);
    about(person);
  },
  async group({ group }) {
    await gather(group);
    people.get(group.id).update(group);
    people.named(group.id);
  },
  clock: (time) => clock.set(time),
  commands: ({ person_id: id }) => people.get(id)?.rereadCommands(),
  inline: (found) => paneOf(found)?.results(found),
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
    gather,
    tell,
  });
  side.people();
  ready = true;
  for (const [type, data] of early) hear[type](data);
  document.body.dataset.ready = "";
}

start().catch((error) => trouble(error.message));
