from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.chat.http import TelegramHttp
from bot.clock import Clock
from bot.sandbox import Sandbox
from tests.support.people import Town


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    """A Telegram of the test's own."""
    sandbox = Sandbox(clock=clock)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


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
