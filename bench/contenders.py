"""Who is measured, and what people do with each of them."""

import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.crowd import crowd
from bench.databases import databases
from bench.server import Update, tap, text

AIOGRAM = "aiogram"
PTB = "python-telegram-bot"
SENT = Counter(sendMessage=1)
SHOWN = Counter(answerCallbackQuery=1, editMessageText=1)


BAOBAB = [sys.executable, "-m", "bot", "run"]


def settings(database: str, **more: str) -> dict[str, str]:
    """The environment of a Baobab on this database; names of settings without BAOBAB_."""
    asked = {"DATABASE_URL": database, "SECRET_KEY": "A" * 43 + "="} | more
    return {f"BAOBAB_{name}": value for name, value in asked.items()}


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
        BAOBAB,
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
            booking(event),
        ),
        settings(database),
        database,
    )  # fmt: skip


def booking(event: int) -> Step:
    """A first booking, after which the bot asks what the person needs."""
    return Step(
        "book", lambda number, person: tap(number, person, f"book:{event}"),
        SHOWN + SENT, "You have a place",
    )  # fmt: skip


async def prepared(database_url: str, people: int) -> int:
    """A database with the sample events and people from Brent; the number of EVENT in it."""
    async with crowd(database_url) as found:
        await found.meet(people, languages=("en",))
        return found.event


async def places_taken(contender: Contender) -> int:
    """How many places of EVENT are taken: what was measured has really been written."""
    async with crowd(contender.database) as found:
        return await found.places_taken()


@asynccontextmanager
async def everybody(folder: Path, people: int) -> AsyncIterator[list[Contender]]:
    """All contenders, with databases of their own that go away afterwards."""
    found = bare_bots()
    async with databases(folder, "steps") as urls:
        for name, url in urls.items():
            found.append(baobab(f"Baobab on {name}", url, await prepared(url, people)))
        yield found
