"""What it takes to send a broadcast to very many people, from its freezing to its last message."""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench import draining, planning, waiting
from bench.contenders import AIOGRAM, BAOBAB, settings
from bench.crowd import Crowd, crowd
from bench.databases import databases
from bench.draining import NO_LIMIT, Drain, Drained
from bench.planning import Planned
from bench.processes import listening_bot, process
from bench.server import served, tap
from bench.waiting import TAPPERS, Taps, Waits
from bot.broadcasts.drafting import Drafts, with_link
from bot.broadcasts.models import Broadcast, Link, LinkKind
from bot.broadcasts.running import Running
from bot.broadcasts.sending import Sending
from bot.clock import LONDON, Clock
from bot.delivery.models import State
from bot.people.models import Role
from bot.people.roles import Roles
from bot.people.service import People

PEOPLE = 200_000
AUTHOR, APPROVER = 1, 2  # at Telegram
SCREEN = 10**9  # the number of a message that no tap has
WORDS = "<b>A measured broadcast</b>\n\n" + "A line such as an update has some of.\n" * 6
RECKON = "reckon whom it reaches"
FREEZE = "freeze it: owe it to {:,} people in one statement"
COUNT = "count how far it has come"
PAUSE, RESUME, STOP = "pause it", "let it go on", "stop it"
FIRST = "from the tap that approves it to the first message sent"


@dataclass
class Sent:
    """All that was measured."""

    steps: list[Planned] = field(default_factory=list)
    drained: list[Drained] = field(default_factory=list)
    waits: list[Waits] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """Two volunteers at one database.

    Attributes:
        author: who writes; `approver` is the second person. Their numbers, not those at Telegram.
    """

    who: Crowd
    author: int
    approver: int

    @classmethod
    async def at(cls, who: Crowd, people: int) -> "Desk":
        """People who agreed to news, and two of them who may write to all."""
        await who.meet(people)
        await who.want_news()
        now = Clock().now()
        async with who.database.work() as work:
            found = [(await People(work).greet(each, now)).id for each in (AUTHOR, APPROVER)]
            for each in found:
                await Roles(work).give(each, Role.ORGANISER, now)
        return cls(who, *found)

    async def asks(self) -> Broadcast:
        """Write one, and ask for a second person; what that owes is over already."""
        now = Clock().now()
        link = Link(LinkKind.EVENT, str(self.who.event))
        async with self.who.database.long_work() as work:
            drafts = Drafts(work, self.author)
            draft = await drafts.begin(now)
            draft = await drafts.write(draft, "en", WORDS, now)
            urgent = replace(with_link(draft, link), urgent="It is measured at any hour.")
            draft = await drafts.change(draft, urgent, now)
            sending = Sending(work, self.author, LONDON)
            asked = await sending.send(draft.id, draft.revision, now)
            await sending.show_progress_in(asked.id, SCREEN)
        await self.who.end_open()
        return asked

    async def approves(self, asked: Broadcast) -> None:
        """Let it go out, as soon as a bot looks."""
        async with self.who.database.work() as work:
            sending = Sending(work, self.approver, LONDON)
            await sending.approve(asked.id, asked.revision, Clock().now())

    async def begins(self, asked: Broadcast) -> None:
        """Freeze its audience, as a bot does that looks."""
        del asked
        async with self.who.database.long_work() as work:
            await Running(work, LONDON).plan(Clock().now())

    async def reckons(self, asked: Broadcast) -> None:
        async with self.who.database.long_reading() as work:
            await Sending(work, self.author, LONDON).recipients(asked, Clock().now())

    async def counts(self, asked: Broadcast, state: State) -> int:
        """How many of its deliveries are in a state."""
        async with self.who.database.long_reading() as work:
            under_way = await Running(work, LONDON).to_show()
            return sum(each.people(state) for each in under_way if each.broadcast.id == asked.id)

    async def does(self, what: str, asked: Broadcast) -> None:
        async with self.who.database.long_work() as work:
            sending, now = Sending(work, self.author, LONDON), Clock().now()
            doing = {PAUSE: sending.pause, RESUME: sending.resume, STOP: sending.stop}
            await doing[what](asked.id, now)


async def broadcasts(rounds: int, people: int, folder: Path) -> Sent:
    """Everything on each database in every round."""
    found = Sent()
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(databases(folder, "broadcasts"))
        desks = {
            name: await Desk.at(await stack.enter_async_context(crowd(url)), people)
            for name, url in urls.items()
        }
        api = Drain()
        url = await stack.enter_async_context(served(api))
        found.steps = [Planned(f"Baobab on {name}") for name in urls]
        like = Drained(f"{AIOGRAM}: words and buttons like Baobab's", people)
        bare = Drained(f"{AIOGRAM}: a line of words", people)
        ours = [Drained(f"Baobab on {name}", people) for name in urls]
        found.drained = [bare, like, *ours]
        for number in range(rounds):
            for steps, (name, desk) in zip(found.steps, desks.items(), strict=True):
                print(f"round {number + 1}: {steps.name} begins", file=sys.stderr)
                await _steps(steps, desk, people)
                first = await _first(api, url, desk, urls[name], people)
                steps.seconds.setdefault(FIRST, []).append(first)
            for each, what in ((bare, "bare"), (like, "like")):
                print(f"round {number + 1}: {each.name}", file=sys.stderr)
                await draining.of_aiogram(api, url, each, what)
            for each, (name, desk) in zip(ours, desks.items(), strict=True):
                print(f"round {number + 1}: {each.name} drains", file=sys.stderr)
                await _drained(api, url, each, desk, urls[name])
        found.waits = await _waited(rounds, folder)
    return found


async def _steps(found: Planned, desk: Desk, people: int) -> None:
    asked = await desk.asks()
    await found.note(RECKON, desk.reckons(asked))
    await desk.approves(asked)
    await found.note(FREEZE.format(people), desk.begins(asked))
    assert await desk.who.under_way() == people
    await found.note(COUNT, desk.counts(asked, State.DUE))
    for what in (PAUSE, RESUME, STOP):
        await found.note(what, desk.does(what, asked))
    assert await desk.who.under_way() == 0


async def _first(api: Drain, url: str, desk: Desk, database: str, people: int) -> float:
    """Seconds from the approval's tap until the first person is sent it."""
    asked = await desk.asks()
    api.expect_messages(people)
    name = "Baobab, about to be told to send"
    async with listening_bot(name, BAOBAB, settings(database), url, api) as (running, _):
        await asyncio.sleep(1.5)  # until all is loaded
        began = time.perf_counter()
        api.hand_out(tap(asked.id, APPROVER, f"bc:approve:{asked.id}:{asked.revision}"))
        await running.until(api.first, draining.PATIENCE, lambda: f"{name}: nothing was sent")
        took = api.began - began
    await desk.does(STOP, asked)
    await desk.who.end_open()
    return took


async def _drained(api: Drain, url: str, found: Drained, desk: Desk, database: str) -> None:
    asked = await desk.asks()
    await desk.approves(asked)
    api.expect_messages(found.messages)
    async with process(found.name, BAOBAB, settings(database, **NO_LIMIT), url) as running:
        await draining.drained(api, running, found, desk.who)
        async with desk.who.database.long_reading() as work:
            after = await Drafts(work, desk.author).get(asked.id)
            progress = await Running(work, LONDON).progress(after)
        if (sent := progress.people(State.SENT)) != found.messages:
            raise running.stuck(f"{found.name}: of {found.messages} {sent} are marked as sent")


async def _waited(rounds: int, folder: Path) -> list[Waits]:
    """Taps while a broadcast leaves, at each pace on each database in every round."""
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(databases(folder, "broadcast_waits"))
        desks = {
            name: await Desk.at(
                await stack.enter_async_context(crowd(url)), waiting.DELIVERIES + TAPPERS
            )
            for name, url in urls.items()
        }
        found = [Waits(f"Baobab on {name}", pace) for name in urls for pace in waiting.PACES]
        api = Taps()
        url = await stack.enter_async_context(served(api))
        for number in range(rounds):
            for waits in found:
                name = waits.name.split()[-1]
                print(f"round {number + 1}: {waits.name}, {waits.pace} a second", file=sys.stderr)
                desk = desks[name]

                async def owe(desk: Desk = desk) -> None:
                    await desk.approves(await desk.asks())

                await waiting.tapped(api, url, waits, desk.who, urls[name], owe)
                await desk.who.end_broadcasts()
    return found


def table(found: Sent) -> Iterator[str]:
    """All of it, as Markdown tables."""
    yield from planning.table(found.steps)
    yield ""
    yield from draining.table(found.drained)
    yield ""
    yield from waiting.table(found.waits)
