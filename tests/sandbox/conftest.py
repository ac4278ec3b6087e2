"""A sandbox of each test's own, and a bot and people to talk in it."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from tests.support.people import Town


@dataclass(frozen=True)
class Answer:
    """What came back over the wire."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        assert not self.body["ok"], self.body
        assert self.status == self.body["error_code"]
        return self.status, self.body["description"]


class WireBot:
    """The bot's side of the Bot API, call by call."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self.session = session
        self.url = f"{sandbox.url}/bot{sandbox.token}"

    async def call(self, method: str, **parameters: Any) -> Answer:
        async with self.session.post(f"{self.url}/{method}", json=parameters) as answer:
            return Answer(answer.status, await answer.json(), dict(answer.headers))

    async def form(self, method: str, **parameters: Any) -> Answer:
        """As a form: nested objects as JSON text, bytes as files."""
        form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
        for name, value in parameters.items():
            if isinstance(value, tuple):
                form.add_field(name, io.BytesIO(value[1]), filename=value[0])
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self.session.post(f"{self.url}/{method}", data=form) as answer:
            return Answer(answer.status, await answer.json(), dict(answer.headers))

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        updates: list[dict[str, Any]] = (await self.call("getUpdates", **parameters)).result
        return updates


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def bot(sandbox: Sandbox, session: aiohttp.ClientSession) -> WireBot:
    return WireBot(session, sandbox)


@pytest.fixture
async def town(sandbox: Sandbox) -> AsyncIterator[Town]:
    async with Town(sandbox) as town:
        yield town


@pytest.fixture
def amina(sandbox: Sandbox) -> int:
    """Somebody who has started the bot; the bot has heard of it already."""
    person: int = sandbox.people.add(first_name="Amina", language_code="so")["id"]
    sandbox.people.say(person, "/start")
    sandbox.bot.updates.drop()
    return person


@pytest.fixture
def stranger(sandbox: Sandbox) -> int:
    """Somebody who never started the bot."""
    person: int = sandbox.people.add(first_name="Sam")["id"]
    return person
