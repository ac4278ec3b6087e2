"""How long it takes to owe something to very many people at once, in this process alone."""

import sys
import time
from collections.abc import Awaitable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from bench.crowd import Crowd, crowd
from bench.databases import databases
from bot.clock import LONDON, Clock
from bot.reminders.planner import Planner

BOOKINGS = 100_000
PEOPLE = 200_000
MOVE = "an event that {:,} people booked moves: each is owed a word"
LOOK = "its reminders follow: the next look at the plans"
REMIND = "a reminder becomes due to {:,} people: each is owed it"
IDLE = "a look at the plans when nothing is due"


@dataclass
class Planned:
    """What it took on one database: seconds for each round, by what was done."""

    name: str
    seconds: dict[str, list[float]] = field(default_factory=dict)

    async def note(self, what: str, doing: Awaitable[object]) -> None:
        """Do it, and note how long that took."""
        began = time.perf_counter()
        await doing
        self.seconds.setdefault(what, []).append(time.perf_counter() - began)


async def planning(rounds: int, folder: Path) -> list[Planned]:
    """Everything on each database in every round."""
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(databases(folder, "planning"))
        crowds = {name: await stack.enter_async_context(crowd(url)) for name, url in urls.items()}
        for each in crowds.values():
            await each.meet(PEOPLE)
            await each.want_reminders()
            await each.book(1, BOOKINGS)
        found = [Planned(f"Baobab on {name}") for name in urls]
        for number in range(rounds):
            for name, planned in zip(urls, found, strict=True):
                print(f"round {number + 1}: {planned.name} plans", file=sys.stderr)
                await _moved(planned, crowds[name], BOOKINGS, days=40 + number)
        for each in crowds.values():
            await each.book(BOOKINGS + 1, PEOPLE)
        for number in range(rounds):
            for name, planned in zip(urls, found, strict=True):
                print(f"round {number + 1}: {planned.name} plans for all", file=sys.stderr)
                await _moved(planned, crowds[name], PEOPLE, days=80 + number)
        return found


async def _moved(found: Planned, who: Crowd, people: int, days: int) -> None:
    """The event moves to a day of its own; a week before it, its first reminder is due."""
    now = Clock().now()
    starts_at = (now + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)
    await who.end_open()
    await found.note(MOVE.format(people), who.move(starts_at, now))
    assert await who.under_way() == people
    await who.end_open()
    await found.note(LOOK, _plan(who, now))
    week_before = starts_at - timedelta(days=7)
    await found.note(REMIND.format(people), _plan(who, week_before + timedelta(minutes=61)))
    assert await who.under_way() == people
    await found.note(IDLE, _plan(who, week_before + timedelta(minutes=62)))


async def _plan(who: Crowd, now: datetime) -> None:
    async with who.database.work() as work:
        await Planner(work, LONDON).plan(now)


def table(found: list[Planned]) -> Iterator[str]:
    """What it took, as a Markdown table."""
    names = [each.name for each in found]
    yield f"| what | {' | '.join(names)} |"
    yield f"| --- |{' ---: |' * len(names)}"
    for what in found[0].seconds:
        took = (median(each.seconds[what]) for each in found)
        yield f"| {what} | {' | '.join(_seconds(each) for each in took)} |"


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1e3:.1f} ms"
