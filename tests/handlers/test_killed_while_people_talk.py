"""A hundred people find, book and cancel while the process is killed again and again."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.chat.inbox import Inbox
from bot.clock import Clock
from bot.db import Database, open_database
from bot.events.booking import BookingDesk
from bot.events.browse import Filters
from bot.events.catalogue import EventCatalogue
from bot.people.service import People
from bot.people.vault import Vault
from bot.sandbox import Sandbox
from tests.handlers.conftest import both_databases
from tests.support.databases import fresh_url
from tests.support.events import draft
from tests.support.people import Resident, Town
from tests.support.processes import BotProcess

PEOPLE = 100
PLACES = 60
KILLS = 5
LOOKS = 225  # at the chat, until the answer must have come
BETWEEN_LOOKS = 0.4  # seconds
SEED = 7
GOING = "going"
BOOKED, FULL = "have a place", "all places at"


@pytest.fixture
async def url(dialect: str, tmp_path: Path) -> str:
    return await fresh_url(dialect, tmp_path)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = await open_database(url)
    yield database
    await database.close()


@pytest.fixture
async def town(sandbox: Sandbox) -> AsyncIterator[Town]:
    async def at_once() -> None:
        """Nobody waits for a bot that may be dead; see `until`."""

    async with Town(sandbox, at_once) as town:
        yield town


async def until(person: Resident, true: Callable[[], bool], what: str) -> None:
    """Look at the chat until what the person hopes for is there."""
    for _ in range(LOOKS):
        await person.look()
        if true():
            return
        await asyncio.sleep(BETWEEN_LOOKS)
    raise AssertionError(f"{person.first_name} never saw {what}:\n{person.screen}")


async def lives(person: Resident, luck: random.Random, comes: asyncio.Event) -> str:
    """One person's story from when they come, step by step; returns how it ended."""
    await comes.wait()

    def offered(label: str) -> Callable[[], bool]:
        return lambda: any(label in button.label for button in person.buttons)

    async def goes(label: str, then: Callable[[], bool], what: str) -> None:
        await asyncio.sleep(luck.random() / 5)
        await person.taps(f"…{label}")
        await until(person, then, what)

    await person.says("/start")
    await until(person, offered("English"), "the languages")
    await goes("English", offered("Brent"), "the boroughs")
    await goes("Brent", offered("Find events"), "the home screen")
    await goes("Find events", offered("1. Brent health day"), "the list")
    await goes("1. Brent health day", offered("Calendar file"), "the card")
    if not offered("Book")():
        return "full when they looked"
    await goes("Book", lambda: BOOKED in person.screen or FULL in person.screen, "a word")
    if FULL in person.screen:
        return "full when they booked"
    if luck.random() < 1 / 4:
        await goes("Undo", lambda: "gave back" in person.screen, "the place given back")
        return "gave it back"
    return GOING


@pytest.mark.slow
@both_databases
async def test_nobody_is_left_without_an_answer_and_no_place_is_lost_or_doubled(
    town: Town, url: str, database: Database, clock: Clock
) -> None:
    luck = random.Random(SEED)  # noqa: S311 -- a repeatable test
    async with database.work() as work:
        await EventCatalogue(work).take_in([draft(clock.now(), capacity=PLACES)], clock.now())
    people = [await town.person(f"Person {n}", language_code="en") for n in range(PEOPLE)]
    bot = await BotProcess("bot run", town.sandbox, url).start()
    # Some come before each kill and some after the last one: every kill finds people in the middle
    # of something, and the last process has somebody to serve.
    groups = [asyncio.Event() for _ in range(KILLS + 1)]
    lived = asyncio.gather(
        *(
            lives(person, random.Random(person.id), groups[n % len(groups)])  # noqa: S311
            for n, person in enumerate(people)
        )
    )
    for group in groups[:-1]:
        group.set()
        await asyncio.sleep(1.0 + luck.random())
        await bot.kill()
        await bot.start()
    groups[-1].set()
    ends = dict(zip(people, await lived, strict=True))
    assert await bot.stop() == 0
    async with database.reading() as work:
        assert await Inbox(work, Vault(bytes(32))).depth() == 0
        [event] = (await EventCatalogue(work).upcoming(Filters(), clock.now())).events
        going = {
            person
            for person in people
            if (known := await People(work).find(person.id)) is not None
            and await BookingDesk(work).mine(known.id, clock.now())
        }
    assert going == {person for person, end in ends.items() if end == GOING}
    assert event.going == len(going)
