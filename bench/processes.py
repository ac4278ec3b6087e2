"""Bots as processes of their own. Every wait has an end and says so."""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO

import psutil

from bench.server import FastApi

START = 30.0  # seconds that a bot may take until it asks for updates
END = 10.0  # seconds that a killed process may take to be gone


class Stuck(Exception):
    """A bot did not do what is measured; the message says what, and what it printed."""


@dataclass(frozen=True)
class Running:
    """A process under measurement.

    Attributes:
        started: when, by `time.perf_counter`.
        usage: what it uses of the machine.
    """

    name: str
    process: asyncio.subprocess.Process
    said: IO[bytes]
    started: float
    usage: psutil.Process

    @property
    def memory(self) -> float:
        """Resident memory in MiB."""
        return float(self.usage.memory_info().rss / 2**20)

    @property
    def cpu(self) -> float:
        """Seconds of processor time until now, all threads."""
        return float(sum(self.usage.cpu_times()[:2]))

    async def until(
        self, event: asyncio.Event, seconds: float, what_is_missing: Callable[[], str]
    ) -> None:
        """Wait for an event.

        Raises:
            Stuck: the time is over, or the process has ended.
        """
        ways = {asyncio.ensure_future(event.wait()), asyncio.ensure_future(self.process.wait())}
        try:
            await asyncio.wait(ways, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
        if not event.is_set():
            raise self.stuck(what_is_missing())

    def stuck(self, words: str) -> Stuck:
        """These words about it, and what it printed."""
        self.said.seek(0)
        printed = self.said.read().decode(errors="replace").strip()[-2000:]
        ended = self.process.returncode
        end = "" if ended is None else f" It ended with {ended}."
        return Stuck(f"{words}.{end}\nIt printed:\n{printed or '(nothing)'}")

    async def end(self) -> None:
        """Kill it, and see it gone."""
        if self.process.returncode is None:
            self.process.kill()
        async with asyncio.timeout(END):
            await self.process.wait()


@asynccontextmanager
async def process(
    name: str, command: Sequence[str], environment: Mapping[str, str], url: str
) -> AsyncIterator[Running]:
    """Start a bot against the server at `url`; it is killed when the block ends."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        child = await asyncio.create_subprocess_exec(
            *(url if part == "URL" else part for part in command),
            env=os.environ
            | environment
            | {"BAOBAB_API_URL": url, "BAOBAB_TOKEN": "1:bench", "PYTHONPATH": "."},
            stdout=said,
            stderr=said,
        )
        running = Running(name, child, said, started, psutil.Process(child.pid))
        try:
            yield running
        finally:
            await running.end()


@asynccontextmanager
async def listening_bot(
    name: str, command: Sequence[str], environment: Mapping[str, str], url: str, api: FastApi
) -> AsyncIterator[tuple[Running, float]]:
    """The same, once it asks for updates, and the seconds until then."""
    api.expect_a_bot()
    async with process(name, command, environment, url) as running:
        await running.until(
            api.fetched,
            START,
            lambda: f"{name} did not ask for updates within {START:.0f} seconds, or at all",
        )
        yield running, time.perf_counter() - running.started
