"""The whole bot in a town of people: real HTTP, a real database, the real clock moved by tests."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest
from pydantic import SecretStr

from bot.app import Baobab
from bot.clock import Clock
from bot.config import HOME, Settings
from bot.db.work import plain_url, sqlite_path
from bot.sandbox import Sandbox
from tests.support.broadcasts import TUESDAY, move_to
from tests.support.databases import fresh_url
from tests.support.oracle import problems_of_call, problems_of_object
from tests.support.people import Resident, Town

KEY = SecretStr("A" * 43 + "=")


@pytest.fixture
def dialect() -> str:
    """The database of the story; a test may ask for both with `@both_databases`."""
    return "sqlite"


both_databases = pytest.mark.parametrize(
    "dialect", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)


@pytest.fixture
async def settings(sandbox: Sandbox, dialect: str, tmp_path: Path) -> Settings:
    """The settings of the bot."""
    return Settings(
        token=SecretStr(sandbox.token),
        api_url=sandbox.url,
        database_url=await fresh_url(dialect, tmp_path),
        secret_key=KEY,
        content=HOME / "content",
        messages_per_second=0,  # as fast as it goes: the pace has tests of its own
        messages_per_chat_per_second=0,
    )


@pytest.fixture
async def baobab(settings: Settings, clock: Clock) -> AsyncIterator[Baobab]:
    """The running bot."""
    async with Baobab(settings, clock) as baobab:
        yield baobab


@pytest.fixture
async def town(sandbox: Sandbox, baobab: Baobab) -> AsyncIterator[Town]:
    """The people the bot talks to; afterwards the oracle has checked every call and message."""

    async def quiet() -> None:
        await sandbox.until_fetched()
        await baobab.idle()

    async with Town(sandbox, quiet) as town:
        yield town
        await town.quiet()
        calls = await town.ask("GET", "/log")
        problems = [
            problem
            for call in calls
            for problem in problems_of_call(call["method"], call["params"])
        ]
        # A second tap on the same button asks for the same edit; the sender knows that refusal.
        # What a test makes fail is no mistake.
        refused = [
            call
            for call in calls
            if not call["ok"]
            and "fault" not in call
            and "message is not modified" not in str(call["error"])
        ]
        for person in await town.ask("GET", "/people"):
            for message in await town.ask("GET", f"/people/{person['id']}/chat"):
                message.pop("outgoing")
                if "keyboard" in message.get("reply_markup", {}):
                    message.pop("reply_markup")  # the person sees those keys; a Message has none
                problems += problems_of_object("Message", message)
        assert problems == []
        assert refused == []


@pytest.fixture
async def amina(town: Town) -> Resident:
    """A resident whose Telegram is in English and who has chosen English and Brent."""
    amina = await town.newcomer("Amina")
    await amina.taps("Brent")
    return amina


Traces = Callable[[int | str], Awaitable[list[str]]]


@pytest.fixture
def traces(baobab: Baobab, settings: Settings) -> Traces:
    """Where a number or text stands: the tables, and with SQLite the files, as their bytes are."""

    async def find(what: int | str) -> list[str]:
        await baobab.idle()
        await baobab.handling.put_away()
        url = settings.database_url
        if not url.startswith("sqlite"):
            return await _in_postgresql(plain_url(url), str(what))
        path = Path(sqlite_path(url))
        files = path.parent.glob(f"{path.name}*")
        return _in_sqlite(path, str(what)) + [
            file.suffix for file in files if any(form in file.read_bytes() for form in _forms(what))
        ]

    return find


def _forms(what: int | str) -> list[bytes]:
    """The bytes by which SQLite's files hold a value: its digits or letters, or its number."""
    forms = [str(what).encode()]
    if isinstance(what, int):
        # https://sqlite.org/fileformat2.html#record_format: the shortest of these sizes
        size = next(size for size in (1, 2, 3, 4, 6, 8) if what < 1 << (8 * size - 1))
        forms.append(what.to_bytes(size, "big"))
    return forms


def _in_sqlite(path: Path, what: str) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [
            name
            for (name,) in names.fetchall()
            if what in str(connection.execute(f"SELECT * FROM {name}").fetchall())  # noqa: S608 -- our own tables
        ]
    finally:
        connection.close()


async def _in_postgresql(url: str, what: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        names = await connection.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        return [
            name
            for (name,) in names
            if what in str(await connection.fetch(f"SELECT * FROM {name}"))  # noqa: S608 -- our own tables
        ]
    finally:
        await connection.close()


@pytest.fixture
async def in_the_morning(town: Town, baobab: Baobab) -> None:
    """Ten o'clock on a Tuesday to come: broadcasts may leave."""
    await move_to(town, baobab, TUESDAY, 10)
