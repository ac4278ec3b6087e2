"""What it costs to know very many people, and to owe them very much for later."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench.contenders import BAOBAB, settings
from bench.crowd import crowd
from bench.databases import databases
from bench.processes import listening_bot
from bench.server import FastApi, served
from bot.clock import Clock

PEOPLE = 200_000
MAILINGS = 5  # of one delivery to each of them
SETTLED = 1.0  # seconds after the start until it counts as idle
IDLE = 10.0  # seconds in which it does nothing

NOBODY = "nobody"
MANY = f"{PEOPLE:,} people"
MUCH = f"{PEOPLE:,} people, {PEOPLE * MAILINGS:,} deliveries in the years to come"
CROWDS = (("nobody", NOBODY), ("many", MANY), ("much", MUCH))


@dataclass
class Held:
    """A bot on a database with something in it, a number for each round.

    Attributes:
        start: seconds from starting the process to its first fetch of updates.
        memory: resident, in MiB.
        cpu: of the idle process, milliseconds in a second.
    """

    name: str
    holds: str
    start: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


async def holding(rounds: int, folder: Path) -> list[Held]:
    """Each database with each crowd in every round."""
    async with AsyncExitStack() as stack:
        found: list[tuple[Held, str]] = []
        for purpose, holds in CROWDS:
            urls = await stack.enter_async_context(databases(folder, purpose))
            for name, url in urls.items():
                await _filled(url, holds)
                found.append((Held(f"Baobab on {name}", holds), url))
        found.sort(key=lambda each: each[0].name, reverse=True)
        api = FastApi()
        url = await stack.enter_async_context(served(api))
        for number in range(rounds):
            for each, database in found:
                print(f"round {number + 1}: {each.name}, {each.holds}", file=sys.stderr)
                bot = listening_bot(each.name, BAOBAB, settings(database), url, api)
                async with bot as (running, seconds):
                    each.start.append(seconds)
                    await asyncio.sleep(SETTLED)
                    before = running.cpu
                    await asyncio.sleep(IDLE)
                    each.cpu.append((running.cpu - before) / IDLE * 1e3)
                    each.memory.append(running.memory)
        return [each for each, _ in found]


async def _filled(url: str, holds: str) -> None:
    async with crowd(url) as who:
        if holds != NOBODY:
            await who.meet(PEOPLE)
            await who.book(1, PEOPLE)
            await who.want_reminders()
        if holds == MUCH:
            for year in range(1, MAILINGS + 1):
                later = Clock().now() + timedelta(days=365 * year)
                await who.owe_everybody(f"year {year}", later)


def table(found: list[Held]) -> Iterator[str]:
    """What it costs, as a Markdown table."""
    yield "| who, and what it holds | ready after | memory idle | CPU idle, a second |"
    yield "| --- | ---: | ---: | ---: |"
    for each in found:
        yield (
            f"| {each.name}: {each.holds} | {median(each.start):.2f} s "
            f"| {median(each.memory):.0f} MiB | {median(each.cpu):.1f} ms |"
        )
