"""The whole bot in a town of people: real HTTP, a real database, the real clock moved by tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiogram.types
import pytest
from pydantic import SecretStr

from bot.app import Baobab
from bot.clock import Clock
from bot.config import HOME, Settings
from bot.sandbox import Sandbox
from tests.support.databases import fresh_url
from tests.support.oracle import problems_of_call, problems_of_object
from tests.support.people import Resident, Town

KEY = SecretStr("A" * 43 + "=")


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    """A Telegram of the test's own."""
    sandbox = Sandbox(clock=clock)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


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
        refused = [
            call
            for call in calls
            if not call["ok"] and "message is not modified" not in str(call["error"])
        ]
        for person in await town.ask("GET", "/people"):
            for message in await town.ask("GET", f"/people/{person['id']}/chat"):
                message.pop("outgoing")
                problems += problems_of_object(aiogram.types.Message, message)
        assert problems == []
        assert refused == []


@pytest.fixture
async def amina(town: Town) -> Resident:
    """A resident whose Telegram is in English and who has chosen English and Brent."""
    amina = await town.person("Amina", language_code="en")
    await amina.says("/start")
    await amina.taps("English")
    await amina.taps("Brent")
    return amina
