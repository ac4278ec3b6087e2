"""How fast what is owed leaves, marked, beside a plain loop of aiogram that marks nothing."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median

from aiohttp import web

from bench.contenders import AIOGRAM, BAOBAB, settings
from bench.crowd import Crowd, crowd
from bench.databases import databases
from bench.processes import Running, process
from bench.server import FastApi, served
from bot.clock import Clock

WORKERS = 64  # with 32 and with 128, aiogram took more processor time in each round of a trial
PATIENCE = 300.0  # seconds for everything to leave
LOOK = 0.02  # seconds between looks whether all is marked
SAMPLE = 0.25  # seconds between looks at the memory
NO_LIMIT = {"MESSAGES_PER_SECOND": "0", "MESSAGES_PER_CHAT_PER_SECOND": "0"}


class Drain(FastApi):
    """Notes when the first message comes, and when as many have come as are owed."""

    def __init__(self) -> None:
        super().__init__()
        self.first = asyncio.Event()

    def expect_messages(self, number: int) -> None:
        """As many messages are about to come, from a new bot."""
        self.expect_a_bot()
        self.first.clear()
        self.expect(Counter(sendMessage=number))

    async def answer(self, request: web.Request) -> web.Response:
        """Any method."""
        if not self.first.is_set() and request.path.endswith("/sendMessage"):
            self.began = time.perf_counter()
            self.first.set()
        return await super().answer(request)


@dataclass
class Drained:
    """How one of them drained, a number for each round.

    Attributes:
        seconds: from the first message at the server until the last is marked, or has come where
            nothing is marked.
        cpu: seconds of processor time of the process in that time.
        before: resident memory at the first message, in MiB.
        peak: the most of it until the last one.
    """

    name: str
    messages: int
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    before: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)


async def draining(rounds: int, deliveries: int, folder: Path) -> list[Drained]:
    """Everybody in every round."""
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(databases(folder, "draining"))
        crowds = [(name, await stack.enter_async_context(crowd(url))) for name, url in urls.items()]
        for _, each in crowds:
            await each.meet(deliveries)
            await each.book(1, deliveries)
        bare = Drained(f"{AIOGRAM}: a line of words", deliveries)
        like = Drained(f"{AIOGRAM}: words and buttons like Baobab's", deliveries)
        ours = [Drained(f"Baobab on {name}", deliveries) for name, _ in crowds]
        api = Drain()
        url = await stack.enter_async_context(served(api))
        for number in range(rounds):
            for found in (bare, like):
                print(f"round {number + 1}: {found.name}", file=sys.stderr)
                await of_aiogram(api, url, found, "bare" if found is bare else "like")
            for found, (_, each) in zip(ours, crowds, strict=True):
                print(f"round {number + 1}: {found.name}", file=sys.stderr)
                await _of_baobab(api, url, found, each, urls[found.name.split()[-1]])
        return [bare, like, *ours]


async def of_aiogram(api: Drain, url: str, found: Drained, what: str) -> None:
    """A loop of aiogram's sends as many messages as are owed."""
    command = [
        sys.executable,
        "-m",
        "bench.drain_aiogram",
        "URL",
        str(found.messages),
        str(WORKERS),
    ]
    api.expect_messages(found.messages)
    async with process(found.name, [*command, what], {}, url) as running:
        await drained(api, running, found, None)


async def _of_baobab(api: Drain, url: str, found: Drained, who: Crowd, database: str) -> None:
    """An event moves; everybody who booked it is told."""
    now = Clock().now()
    await who.move(who.draft.starts_at + timedelta(minutes=30), now)
    owed = await who.under_way()
    sent = await who.deliveries_in("sent")
    api.expect_messages(owed)
    async with process(found.name, BAOBAB, settings(database, **NO_LIMIT), url) as running:
        await drained(api, running, found, who)
        if (came := await who.deliveries_in("sent") - sent) != owed:
            raise running.stuck(f"{found.name}: of {owed} deliveries {came} are marked as sent")


async def drained(api: Drain, running: Running, found: Drained, who: Crowd | None) -> None:
    """Watch a process until all has come, and is marked where it marks."""

    def missing() -> str:
        return f"{running.name}: after {PATIENCE:.0f} seconds there had come {dict(api.calls)}"

    await running.until(api.first, PATIENCE, missing)
    cpu, before = running.cpu, running.memory
    peak = before
    done = asyncio.create_task(running.until(api.done, PATIENCE, missing))
    while not done.done():
        await asyncio.wait({done}, timeout=SAMPLE)
        peak = max(peak, running.memory)
    await done
    finished = api.finished
    if who is not None:
        while await who.under_way():  # noqa: ASYNC110 -- another process marks them
            await asyncio.sleep(LOOK)
        finished = time.perf_counter()
    found.seconds.append(finished - api.began)
    found.cpu.append(running.cpu - cpu)
    found.before.append(before)
    found.peak.append(peak)


def table(found: list[Drained]) -> Iterator[str]:
    """How they drained, as a Markdown table."""
    yield (
        "| who | messages a second | against a line of aiogram's | against its words and buttons "
        "| slowest to fastest round | CPU a message | a line of aiogram's against it "
        "| its words and buttons against it | memory at first | at most |"
    )
    yield f"| --- |{' ---: |' * 9}"
    bare, like = (median(each.seconds) for each in found[:2])
    cpu_bare, cpu_like = (median(each.cpu) for each in found[:2])
    for each in found:
        took, cpu = median(each.seconds), median(each.cpu)
        slow, fast = (each.messages / f(each.seconds) for f in (max, min))
        yield (
            f"| {each.name} | {each.messages / took:,.0f} | {bare / took:.2f} | {like / took:.2f} "
            f"| {slow:,.0f} to {fast:,.0f} | {cpu / each.messages * 1e6:,.0f} µs "
            f"| {cpu_bare / cpu:.2f} | {cpu_like / cpu:.2f} "
            f"| {median(each.before):.0f} MiB | {median(each.peak):.0f} MiB |"
        )
