"""Let contenders do their steps, and note what it took."""

import asyncio
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bench.contenders import Contender, Step
from bench.processes import START, Running, Stuck, listening_bot
from bench.server import FastApi, served

ANSWERS = 120.0  # seconds that the answers of one round may take
SETTLED = 1.5  # seconds after a start until all is loaded, and memory is looked at
LIBRARIES = "import telegram.ext, aiohttp"


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
        async with served(self._api) as self._url:
            yield self

    async def round(self, contender: Contender, figures: Figures, people: int) -> None:
        """One start and each step once.

        Args:
            contender: who.
            figures: where the numbers go.
            people: the number of the first person; those of other rounds are others.

        Raises:
            Stuck: it did not come, or did not answer as it should.
        """
        starting = listening_bot(
            contender.name, contender.command, contender.environment, self._url, self._api
        )
        async with starting as (running, seconds):
            figures.start.append(seconds)
            await asyncio.sleep(SETTLED)
            figures.idle.append(running.memory)
            for step in contender.steps:
                # the first of its kind fills caches and tells that the answer is right
                await self._answered(step, [people], running)
                self._check(contender, step)
                crowd = range(people + 1, people + 1 + self._updates)
                before = running.cpu
                took = await self._answered(step, crowd, running)
                figures.cpu[step.name].append(running.cpu - before)
                figures.seconds[step.name].append(took)
            figures.busy.append(running.memory)

    async def _answered(self, step: Step, people: "list[int] | range", running: Running) -> float:
        """Seconds from offering these people's updates to the last answer."""
        updates = [step.update(self._number + n, person) for n, person in enumerate(people, 1)]
        self._number += len(updates)
        self._api.offer(updates, step.calls)

        def missing() -> str:
            calls = ", ".join(f"{n} {name}" for name, n in self._api.outstanding.items())
            return (
                f"{running.name}, “{step.name}”: after {ANSWERS:.0f} seconds, or at its end, "
                f"these calls had not come: {calls or 'none, but there were others'}; "
                f"there came {dict(self._api.calls)}"
            )

        await running.until(self._api.done, ANSWERS, missing)
        if self._api.outstanding:
            raise Stuck(f"{running.name}, “{step.name}”: {dict(self._api.calls)} were its calls")
        return self._api.finished - self._api.began

    def _check(self, contender: Contender, step: Step) -> None:
        shown = b"".join(self._api.shown[method] for method in step.calls).decode()
        if step.shows not in shown:
            raise Stuck(
                f"{contender.name}, “{step.name}”: {step.shows!r} is not in its answer:\n{shown}"
            )


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
