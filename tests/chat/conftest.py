from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.chat.http import TelegramHttp
from bot.clock import Clock
from bot.config import HOME, Settings
from bot.sandbox import Sandbox
from tests.support.databases import fresh_url
from tests.support.people import Town
from tests.support.post import PostOffice, Reporter, open_office


@pytest.fixture
async def town(sandbox: Sandbox) -> AsyncIterator[Town]:
    """The people in it; no bot listens yet."""
    async with Town(sandbox) as town:
        yield town


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[TelegramHttp]:
    """A session to it."""
    http = TelegramHttp(sandbox.url, SecretStr(sandbox.token))
    yield http
    await http.close()


@pytest.fixture
def dialect() -> str:
    """The database of the bot; a test may ask for both with `@both_databases`."""
    return "sqlite"


both_databases = pytest.mark.parametrize(
    "dialect", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)


@pytest.fixture
async def settings(sandbox: Sandbox, dialect: str, tmp_path: Path) -> Settings:
    """The settings of a bot that sends as fast as it can."""
    return Settings(
        token=SecretStr(sandbox.token),
        api_url=sandbox.url,
        database_url=await fresh_url(dialect, tmp_path),
        secret_key=SecretStr("A" * 43 + "="),
        content=HOME / "content",
        messages_per_second=0,
        messages_per_chat_per_second=0,
    )


@pytest.fixture
async def office(settings: Settings, clock: Clock, town: Town) -> AsyncIterator[PostOffice]:
    """A bot that says what tests want."""
    async with open_office(settings, clock, town, Reporter()) as office:
        yield office
