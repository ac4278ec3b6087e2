"""How long a person who taps a button waits while deliveries leave."""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import orjson
from aiohttp import web

from bench.contenders import BAOBAB, settings
from bench.crowd import Crowd, crowd
from bench.databases import databases
from bench.processes import listening_bot
from bench.server import FastApi, served, tap
from bot.clock import Clock

DELIVERIES = 10_000
TAPPERS = 5
PAUSE = 0.8  # seconds; the most between a person's answer and their next tap
TAPS = 150  # in a round; replies count against the pace, so many more would leave no room
PATIENCE = 60.0  # seconds for one answer
PACES = (0, 25, 1000)  # deliveries a second; 0: nothing is owed


class Taps(FastApi):
    """Hands out taps one by one, and knows when each is answered."""

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._missing_calls: dict[int, set[str]] = {}
        self._answered: dict[int, asyncio.Future[float]] = {}

    async def tap(self, person: int, data: str) -> float:
        """Press a button; the seconds until it is answered and its message shows the answer."""
        self._number += 1
        number = self._number
        self._missing_calls[number] = {"answerCallbackQuery", "editMessageText"}
        self._answered[number] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self.hand_out(tap(number, person, data, message=number))
        async with asyncio.timeout(PATIENCE):
            return await self._answered[number] - began

    async def answer(self, request: web.Request) -> web.Response:
        """Any method."""
        method = request.path.rpartition("/")[2]
        if method in {"answerCallbackQuery", "editMessageText"}:
            body = orjson.loads(await request.read())
            number = int(body.get("message_id") or body["callback_query_id"])
            missing = self._missing_calls.get(number, set())
            missing.discard(method)
            # a bot that was killed may not have noted its last answers, and the next repeats them
            if not missing and self._missing_calls.pop(number, None) is not None:
                self._answered[number].set_result(time.perf_counter())
        return await super().answer(request)


@dataclass
class Waits:
    """What people waited at one pace, in seconds.

    Attributes:
        pace: deliveries a second.
        seconds: that each of them waited, in all rounds.
        left: deliveries that left a second, in each round.
    """

    name: str
    pace: int
    seconds: list[float] = field(default_factory=list)
    left: list[float] = field(default_factory=list)

    @property
    def late(self) -> float:
        """What one in a hundred waited, or longer."""
        return quantiles(self.seconds, n=100)[98]


async def waiting(rounds: int, folder: Path) -> list[Waits]:
    """Each pace on each database in every round."""
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(databases(folder, "waiting"))
        crowds = {name: await stack.enter_async_context(crowd(url)) for name, url in urls.items()}
        for each in crowds.values():
            await each.meet(DELIVERIES + TAPPERS)
            await each.book(1, DELIVERIES)
        found = [Waits(f"Baobab on {name}", pace) for name in urls for pace in PACES]
        api = Taps()
        url = await stack.enter_async_context(served(api))
        for number in range(rounds):
            for waits in found:
                print(f"round {number + 1}: {waits.name}, {waits.pace} a second", file=sys.stderr)
                name = waits.name.split()[-1]
                who = crowds[name]
                later = who.draft.starts_at + timedelta(minutes=30)
                owe = partial(who.move, later, Clock().now())
                await tapped(api, url, waits, who, urls[name], owe)
        return found


async def tapped(  # noqa: PLR0913, PLR0917 -- all that a round needs
    api: Taps,
    url: str,
    found: Waits,
    who: Crowd,
    database: str,
    owe: Callable[[], Awaitable[None]],
) -> None:
    """People tap while what `owe` owes to everybody leaves."""
    await who.end_open()
    pace = {}
    if found.pace:
        await owe()
        pace = {"MESSAGES_PER_SECOND": str(found.pace)}
    async with listening_bot(found.name, BAOBAB, settings(database, **pace), url, api) as (
        running,
        _,
    ):
        people = range(DELIVERIES + 1, DELIVERIES + 1 + TAPPERS)
        for person in people:  # the first fills caches
            await api.tap(person, f"event:{who.event}")
        api.expect(Counter(sendMessage=DELIVERIES))
        began = time.perf_counter()
        turns = iter(range(TAPS))
        each = [_keeps_tapping(api, person, f"event:{who.event}", turns) for person in people]
        waits = [wait for those in await asyncio.gather(*each) for wait in those]
        found.left.append(api.calls["sendMessage"] / (time.perf_counter() - began))
        if not waits:
            raise running.stuck(f"{found.name}: the deliveries had left before anybody could tap")
    found.seconds += waits


async def _keeps_tapping(api: Taps, person: int, data: str, turns: Iterator[int]) -> list[float]:
    """What this person waited each time, until all turns are taken or nothing leaves any more."""
    waits = []
    for _ in turns:
        if api.done.is_set():
            break
        await asyncio.sleep(random.uniform(0, PAUSE))  # noqa: S311 -- no secret
        waits.append(await api.tap(person, data))
    return waits


def table(found: list[Waits]) -> Iterator[str]:
    """The waits as a Markdown table, compared with those while nothing leaves."""
    yield (
        "| who, and how much leaves | median | 99th percentile | median against nothing leaving "
        "| 99th percentile against nothing leaving | left a second |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    still = {each.name: each for each in found if not each.pace}
    for each in found:
        alone = still[each.name]
        middle = median(each.seconds)
        owed = f"{each.pace:,} a second" if each.pace else "nothing"
        yield (
            f"| {each.name}, {owed} | {middle * 1e3:.1f} ms | {each.late * 1e3:.1f} ms "
            f"| {middle / median(alone.seconds):.2f} | {each.late / alone.late:.2f} "
            f"| {median(each.left):,.0f} |"
        )
