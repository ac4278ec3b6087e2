"""What is owed to one person, one message after another."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from markupsafe import Markup
from pydantic import SecretStr

from bot.app import Baobab
from bot.clock import Clock
from bot.config import HOME, Settings
from bot.delivery.models import Lane, Mailing, Owed, Skip, Written
from bot.delivery.store import DeliveryStore
from bot.message import Message
from bot.people.service import People
from bot.sandbox import Sandbox
from tests.support.databases import fresh_url
from tests.support.people import Town

KIND = "greeting"


class Greeter:
    """Writes the number of the mailing."""

    async def render(
        self, work: object, mailing: Mailing, owed: Sequence[Owed], now: object
    ) -> Mapping[int, Written | Skip]:
        message = Message(Markup(f"Greeting {mailing.subject}"))  # noqa: S704 -- a number
        return {each.delivery.id: Written(message) for each in owed}


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(clock=clock)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


async def test_a_message_leaves_though_a_worker_is_just_ending(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    settings = Settings(
        token=SecretStr(sandbox.token), api_url=sandbox.url,
        database_url=await fresh_url("sqlite", tmp_path), secret_key=SecretStr("A" * 43 + "="),
        content=HOME / "content", messages_per_second=0, messages_per_chat_per_second=0,
    )  # fmt: skip
    async with Baobab(settings, clock, renderers=lambda _: {KIND: Greeter()}) as bot:

        async def quiet() -> None:
            await sandbox.until_fetched()
            await bot.idle()

        async with Town(sandbox, quiet) as town:
            amina = await town.person("Amina", language_code="en")
            await amina.says("/start")
            now = clock.now()
            async with bot.house.database.work() as work:
                person = await People(work).find(amina.id)
                assert person is not None
                store = DeliveryStore(work)
                for number in range(20):
                    later = now + timedelta(hours=1)
                    mailing = Mailing(f"{number}", KIND, number, Lane.NOTICE, now, later)
                    await store.owe_to(await store.add(mailing, now) or 0, [person.id])
            async with asyncio.timeout(90):
                await town.quiet()
            await amina.look()
            said = [each.text for each in amina.messages if each.text.startswith("Greeting")]
            assert said == [f"Greeting {number}" for number in range(20)]
