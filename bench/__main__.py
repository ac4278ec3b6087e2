"""Updates a second, side by side: Baobab's real steps and bare echo bots, in one run.

Each contender is a process of its own against one fast loopback server. The rounds are
interleaved, so that whatever else the machine does falls on all alike, and medians are printed.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import asyncpg
import psutil
import uvloop
from aiohttp import web

from bench.server import FastApi, tap, text
from bot.clock import Clock
from bot.db import open_database, upgrade
from bot.events.browse import Filters
from bot.events.catalogue import EventCatalogue
from bot.events.models import EventDraft, EventKind
from bot.people.service import People

ROUNDS = 5
UPDATES = 1000  # a round, each from a person of its own
PEOPLE = ROUNDS * UPDATES
POSTGRESQL = os.environ.get("BAOBAB_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/test")

Step = Callable[[int, int], dict[str, object]]


@dataclass
class Contender:
    """A bot under measurement.

    Attributes:
        command: how its process is started.
        steps: what people do, by name: from an update's number and a person to the update.
    """

    name: str
    command: list[str]
    steps: dict[str, Step]
    environment: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)


def echo(name: str, *command: str) -> Contender:
    """A bare echo bot."""
    steps: dict[str, Step] = {"echo": lambda number, person: text(number, person, "hello")}
    return Contender(name, [sys.executable, *command], steps)


def baobab(name: str, url: str, event: int) -> Contender:
    """The real bot, doing what people really do."""
    return Contender(
        name,
        [sys.executable, "-m", "bot", "run"],
        {
            "open a card": lambda number, person: tap(number, person, f"event:{event}"),
            "book": lambda number, person: tap(number, person, f"book:{event}"),
            "home": lambda number, person: tap(number, person, "home"),
        },
        {"BAOBAB_DATABASE_URL": url, "BAOBAB_SECRET_KEY": "A" * 43 + "="},
    )


async def prepared(url: str) -> int:
    """A database with people who have a language and an event with room for all; its number."""
    await upgrade(url)
    database = await open_database(url)
    now = Clock().now()
    try:
        async with database.work() as work:
            people = People(work)
            for number in range(1, PEOPLE + 1):
                person = await people.greet(number, now)
                await people.choose_language(person.id, "en")
                await people.choose_place(person.id, "brent", None)
            draft = EventDraft(
                uid="bench",
                kind=EventKind.EXPO,
                title={"en": "A measured event"},
                starts_at=now + timedelta(days=30),
                ends_at=now + timedelta(days=30, hours=4),
                borough="brent",
                capacity=10**6,
            )
            await EventCatalogue(work).take_in([draft], now)
            page = await EventCatalogue(work).upcoming(Filters(), now)
            return page.events[0].id
    finally:
        await database.close()


async def measure(contenders: list[Contender], rounds: int) -> None:
    """Let each contender do each of its steps in each round."""
    api = FastApi()
    server = web.Application()
    server.router.add_route("*", "/{tail:.*}", api.answer)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    number = 0
    for round_number in range(rounds):
        for contender in contenders:
            process = await started(contender, url)
            usage = psutil.Process(process.pid)
            # the first answer tells that it is ready; it is not measured
            number += 1
            await answered(api, [next(iter(contender.steps.values()))(number, 1)])
            for name, step in contender.steps.items():
                first = round_number * UPDATES + 1
                updates = [step(number + n, first + n) for n in range(1, UPDATES + 1)]
                number += UPDATES
                before = sum(usage.cpu_times()[:2])
                seconds = await answered(api, updates)
                cpu = sum(usage.cpu_times()[:2]) - before
                contender.seconds.setdefault(name, []).append(seconds)
                contender.cpu.setdefault(name, []).append(cpu)
            contender.memory.append(usage.memory_info().rss / 2**20)
            process.kill()
            await process.wait()
    await runner.cleanup()


async def started(contender: Contender, url: str) -> asyncio.subprocess.Process:
    """A contender's process against the server."""
    command = [url if part == "URL" else part for part in contender.command]
    return await asyncio.create_subprocess_exec(
        *command,
        env=os.environ
        | contender.environment
        | {"BAOBAB_API_URL": url, "BAOBAB_TOKEN": "1:bench", "PYTHONPATH": "."},
        stdout=asyncio.subprocess.DEVNULL,
    )


async def answered(api: FastApi, updates: list[dict[str, object]]) -> float:
    """Seconds from offering these updates to the last answer."""
    api.offer(updates)
    async with asyncio.timeout(120):
        await api.done.wait()
    return api.finished - api.began


def table(contenders: list[Contender]) -> list[str]:
    """The figures, as rows of a table in Markdown."""
    base = {
        contender.name: UPDATES / statistics.median(contender.seconds["echo"])
        for contender in contenders
        if "echo" in contender.seconds
    }
    aiogram, ptb = base["aiogram, bare echo"], base["python-telegram-bot, bare echo, 256 at once"]
    rows = [
        (
            "| who and what | updates a second | against aiogram | against PTB, 256 at once "
            "| CPU an update | memory |"
        ),
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for contender in contenders:
        for name, seconds in contender.seconds.items():
            rate = UPDATES / statistics.median(seconds)
            cpu = statistics.median(contender.cpu[name]) / UPDATES * 1e6
            memory = statistics.median(contender.memory)
            what = contender.name if name == "echo" else f"{contender.name}: {name}"
            rows.append(
                f"| {what} | {rate:,.0f} | {rate / aiogram:.2f} | {rate / ptb:.2f} "
                f"| {cpu:,.0f} µs | {memory:.0f} MiB |"
            )
    return rows


async def contenders(folder: Path) -> list[Contender]:
    """Everybody who is measured."""
    everybody = [
        echo("aiogram, bare echo", "-m", "bench.echo_aiogram", "URL"),
        echo("python-telegram-bot, bare echo, one at a time", "-m", "bench.echo_ptb", "URL", "1"),
        echo("python-telegram-bot, bare echo, 256 at once", "-m", "bench.echo_ptb", "URL", "256"),
    ]
    sqlite = f"sqlite+aiosqlite:///{folder / 'bench.db'}"
    everybody.append(baobab("Baobab on SQLite", sqlite, await prepared(sqlite)))
    try:
        server = await asyncpg.connect(POSTGRESQL)
    except (OSError, asyncpg.PostgresError) as error:
        print(f"PostgreSQL is left out: {type(error).__name__}", file=sys.stderr)
        return everybody
    await server.execute("DROP DATABASE IF EXISTS baobab_bench WITH (FORCE)")
    await server.execute("CREATE DATABASE baobab_bench")
    await server.close()
    host = POSTGRESQL.rpartition("/")[0].replace("postgresql://", "postgresql+asyncpg://")
    url = f"{host}/baobab_bench"
    return [*everybody, baobab("Baobab on PostgreSQL", url, await prepared(url))]


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = min(parser.parse_args().rounds, ROUNDS)
    with tempfile.TemporaryDirectory(prefix="baobab-bench-") as folder:
        everybody = await contenders(Path(folder))
        await measure(everybody, rounds)
    print(f"Medians of {rounds} rounds of {UPDATES:,} updates, in one run.\n")
    print("\n".join(table(everybody)))


if __name__ == "__main__":
    uvloop.run(main())
