"""Who is measured, and what people do with each of them."""

import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import asyncpg

from bench.server import Update, tap, text
from bot.clock import Clock
from bot.config import HOME
from bot.db import open_database, upgrade
from bot.events.catalogue import EventCatalogue
from bot.events.importing import read_samples
from bot.events.store import EventStore
from bot.people.content import Content
from bot.people.service import People

POSTGRESQL = os.environ.get("BAOBAB_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/test")
EVENT = "sample-brent-day"
"""The sample with most in it: 42 activities, so its card is the heaviest that ships."""
CONNECT = 5.0  # seconds

AIOGRAM = "aiogram"
PTB = "python-telegram-bot"
SENT = Counter(sendMessage=1)
SHOWN = Counter(answerCallbackQuery=1, editMessageText=1)


@dataclass(frozen=True)
class Step:
    """Something that people do.

    Attributes:
        update: from an update's number and a person to the update.
        calls: those of the Bot API that answer it.
        shows: words by which the answer is known to be the right one.
    """

    name: str
    update: Callable[[int, int], Update]
    calls: Counter[str]
    shows: str


@dataclass
class Contender:
    """A bot under measurement.

    Attributes:
        command: how its process is started; URL stands for the server's address.
        steps: what people do with it, in this order.
        database: where it keeps what it writes; empty for a bot that keeps nothing.
    """

    name: str
    command: list[str]
    steps: tuple[Step, ...]
    environment: dict[str, str] = field(default_factory=dict)
    database: str = ""


def bare_bots() -> list[Contender]:
    """The bots that Baobab is compared with: no database, every answer known by heart."""
    echo = Step("repeat a message", lambda number, person: text(number, person, "hi"), SENT, "hi")
    two = Step("answer a tap", lambda number, person: tap(number, person, "two"), SHOWN, "measured")
    three = Step(
        "answer a tap and ask", lambda number, person: tap(number, person, "three"),
        SHOWN + SENT, "measured",
    )  # fmt: skip
    aiogram = [sys.executable, "-m", "bench.echo_aiogram", "URL"]
    ptb = [sys.executable, "-m", "bench.echo_ptb", "URL"]
    return [
        Contender(AIOGRAM, aiogram, (echo, two, three)),
        Contender(f"{PTB}, one at a time", [*ptb, "1"], (echo,)),
        Contender(f"{PTB}, 256 at once", [*ptb, "256"], (echo,)),
    ]


def baobab(name: str, database: str, event: int) -> Contender:
    """The real bot, doing what people really do."""
    title = "Sample health day for African"
    return Contender(
        name,
        [sys.executable, "-m", "bot", "run"],
        (
            Step("home screen", lambda number, person: tap(number, person, "home"), SHOWN, "Find"),
            Step(
                "typed search", lambda number, person: text(number, person, "diabetes"),
                SENT, "events in all",
            ),
            Step(
                "open a card", lambda number, person: tap(number, person, f"event:{event}"),
                SHOWN, title,
            ),
            Step(
                "book", lambda number, person: tap(number, person, f"book:{event}"),
                SHOWN + SENT, "You have a place",
            ),
        ),
        {"BAOBAB_DATABASE_URL": database, "BAOBAB_SECRET_KEY": "A" * 43 + "="},
        database,
    )  # fmt: skip


async def prepared(database_url: str, people: int) -> int:
    """A database with the sample events and people from Brent; the number of EVENT in it."""
    await upgrade(database_url)
    database = await open_database(database_url)
    now = Clock().now()
    boroughs = Content.read(HOME / "content").boroughs
    samples = read_samples(HOME / "content" / "events", now=now, boroughs=boroughs).drafts
    try:
        async with database.work() as work:
            newcomers = People(work)
            for number in range(1, people + 1):
                person = await newcomers.greet(number, now)
                await newcomers.choose_language(person.id, "en")
                await newcomers.choose_place(person.id, "brent", None)
            # room for everybody: a refusal would be another step
            drafts = [replace(each, capacity=10**6) for each in samples]
            await EventCatalogue(work, boroughs).take_in(drafts, now)
            known = await EventStore(work).known([EVENT])
            return int(known[EVENT]["id"])
    finally:
        await database.close()


async def places_taken(contender: Contender) -> int:
    """How many places of EVENT are taken: what was measured has really been written."""
    database = await open_database(contender.database)
    try:
        async with database.reading() as work:
            known = await EventStore(work).known([EVENT])
            return (await EventCatalogue(work).get(known[EVENT]["id"])).going
    finally:
        await database.close()


@asynccontextmanager
async def everybody(folder: Path, people: int) -> AsyncIterator[list[Contender]]:
    """All contenders, with databases of their own that go away afterwards."""
    found = bare_bots()
    sqlite = f"sqlite+aiosqlite:///{folder / 'bench.db'}"
    found.append(baobab("Baobab on SQLite", sqlite, await prepared(sqlite, people)))
    async with AsyncExitStack() as stack:
        try:
            url = await stack.enter_async_context(_postgresql())
        except (OSError, asyncpg.PostgresError) as error:
            print(f"PostgreSQL is left out ({type(error).__name__}).", file=sys.stderr)
        else:
            event = await prepared(url, people)
            found.append(baobab("Baobab on PostgreSQL", url, event))
        yield found


@asynccontextmanager
async def _postgresql() -> AsyncIterator[str]:
    """The address of a new database on the server of BAOBAB_TEST_POSTGRESQL."""
    name = f"baobab_bench_{os.getpid()}"
    server = await asyncpg.connect(POSTGRESQL, timeout=CONNECT)
    try:
        await server.execute(f"CREATE DATABASE {name}")
        try:
            host = POSTGRESQL.rpartition("/")[0].replace("postgresql://", "postgresql+asyncpg://")
            yield f"{host}/{name}"
        finally:
            await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await server.close()
