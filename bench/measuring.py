"""Let contenders do their steps, and note what it took. Every wait has an end and says so."""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import IO

import psutil
from aiohttp import web

from bench.contenders import Contender, Step
from bench.server import FastApi

START = 30.0  # seconds that a bot may take until it asks for updates
ANSWERS = 120.0  # seconds that the answers of one round may take
END = 10.0  # seconds that a killed process may take to be gone
SETTLED = 0.3  # seconds after a start until memory is looked at
LIBRARIES = "import telegram.ext, aiohttp"


class Stuck(Exception):
    """A contender did not do what is measured; the message says what, and what it printed."""


@dataclass
class Figures:
    """What was measured of a contender, a number for each round.

    Attributes:
        seconds: from offering the updates of a step to the last call that answers them.
        cpu: seconds of processor time of the bot's own process for these.
        start: seconds from starting the process to its first fetch of updates.
        idle: resident memory after the start, in MiB.
        busy: the same after all steps.
    """

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    start: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


class Bench:
    """A server, and the contenders against it, one at a time.

    Args:
        updates: for each step in each round, each of them from a person of its own.
    """

    def __init__(self, updates: int) -> None:
        self._updates = updates
        self._api = FastApi()
        self._url = ""
        self._number = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Bench"]:
        """The server listens in this block."""
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._api.answer)
        # a bot that is killed in the middle of its long poll must not be waited for
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self._url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield self
        finally:
            await runner.cleanup()

    async def round(self, contender: Contender, figures: Figures, people: int) -> None:
        """One start and each step once.

        Args:
            contender: who.
            figures: where the numbers go.
            people: the number of the first person; those of other rounds are others.

        Raises:
            Stuck: it did not come, or did not answer as it should.
        """
        with tempfile.TemporaryFile() as said:
            process, seconds = await self._started(contender, said)
            try:
                figures.start.append(seconds)
                await asyncio.sleep(SETTLED)
                usage = psutil.Process(process.pid)
                figures.idle.append(usage.memory_info().rss / 2**20)
                for step in contender.steps:
                    # the first of its kind fills caches and tells that the answer is right
                    await self._answered(contender, step, [people], process, said)
                    self._check(contender, step)
                    crowd = range(people + 1, people + 1 + self._updates)
                    before = sum(usage.cpu_times()[:2])
                    took = await self._answered(contender, step, crowd, process, said)
                    figures.cpu[step.name].append(sum(usage.cpu_times()[:2]) - before)
                    figures.seconds[step.name].append(took)
                figures.busy.append(usage.memory_info().rss / 2**20)
            finally:
                await _ended(process)

    async def _started(
        self, contender: Contender, said: IO[bytes]
    ) -> tuple[asyncio.subprocess.Process, float]:
        self._api.expect_a_bot()
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *(self._url if part == "URL" else part for part in contender.command),
            env=os.environ
            | contender.environment
            | {"BAOBAB_API_URL": self._url, "BAOBAB_TOKEN": "1:bench", "PYTHONPATH": "."},
            stdout=said,
            stderr=said,
        )
        try:
            await _until(self._api.fetched, process, START)
        except TimeoutError:
            await _ended(process)
            words = (
                f"{contender.name} did not ask for updates within {START:.0f} seconds, or at all"
            )
            raise Stuck(_with_output(words, process, said)) from None
        return process, time.perf_counter() - began

    async def _answered(
        self,
        contender: Contender,
        step: Step,
        people: "list[int] | range",
        process: asyncio.subprocess.Process,
        said: IO[bytes],
    ) -> float:
        """Seconds from offering these people's updates to the last answer."""
        updates = [step.update(self._number + n, person) for n, person in enumerate(people, 1)]
        self._number += len(updates)
        self._api.offer(updates, step.calls)
        try:
            await _until(self._api.done, process, ANSWERS)
        except TimeoutError:
            missing = ", ".join(f"{n} {name}" for name, n in self._api.outstanding.items())
            words = (
                f"{contender.name}, “{step.name}”: after {ANSWERS:.0f} seconds, or at its end, "
                f"these calls had not come: {missing or 'none, but there were others'}; "
                f"there came {dict(self._api.calls)}"
            )
            raise Stuck(_with_output(words, process, said)) from None
        if self._api.outstanding:
            raise Stuck(f"{contender.name}, “{step.name}”: {dict(self._api.calls)} were its calls")
        return self._api.finished - self._api.began

    def _check(self, contender: Contender, step: Step) -> None:
        shown = b"".join(self._api.shown[method] for method in step.calls).decode()
        if step.shows not in shown:
            raise Stuck(
                f"{contender.name}, “{step.name}”: {step.shows!r} is not in its answer:\n{shown}"
            )


async def _until(event: asyncio.Event, process: asyncio.subprocess.Process, seconds: float) -> None:
    """Wait for an event; TimeoutError when the time is over or the process has ended."""
    ways = {asyncio.ensure_future(event.wait()), asyncio.ensure_future(process.wait())}
    try:
        await asyncio.wait(ways, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
    if not event.is_set():
        raise TimeoutError


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    async with asyncio.timeout(END):
        await process.wait()


def _with_output(words: str, process: asyncio.subprocess.Process, said: IO[bytes]) -> str:
    said.seek(0)
    printed = said.read().decode(errors="replace").strip()[-2000:]
    ended = "" if process.returncode is None else f" It ended with {process.returncode}."
    return f"{words}.{ended}\nIt printed:\n{printed or '(nothing)'}"


async def import_time(rounds: int) -> float:
    """Seconds that a Python takes to start and load the two libraries alone, at the median."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", LIBRARIES)
        async with asyncio.timeout(START):
            await process.wait()
        found.append(time.perf_counter() - began)
    return statistics.median(found)
