"""`baobab run` behind a webhook, as a process that is stopped and started again."""

import socket
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import Sandbox
from tests.commands.conftest import Command, says, until
from tests.support.databases import fresh_url
from tests.support.people import Town
from tests.support.processes import BotProcess

SECRET = "s3cret_-"


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


@pytest.mark.slow
@pytest.mark.parametrize(
    "dialect", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
async def test_pushed_updates_are_answered_through_a_restart_and_strangers_are_refused(
    town: Town, port: int, dialect: str, tmp_path: Path
) -> None:
    address = f"http://127.0.0.1:{port}"
    url = await fresh_url(dialect, tmp_path)
    pushed = BotProcess(
        "bot run", town.sandbox, url,
        WEBHOOK_URL=address, WEBHOOK_SECRET=SECRET, LISTEN=f"127.0.0.1:{port}",
    )  # fmt: skip
    await pushed.start()
    amina = await town.person("Amina", language_code="en")
    await says(amina, "/start", "[English]")
    async with aiohttp.ClientSession(address) as stranger:
        async with stranger.get("/health") as answer:
            assert await answer.text() == "ok\n"
        update = {"update_id": 1, "message": {}}
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
            async with stranger.post("/telegram", json=update, headers=headers) as answer:
                assert answer.status == 403
    await pushed.until_ready()
    assert await pushed.stop() == 0
    await amina.says("/help")  # nobody is there; Telegram keeps it
    await pushed.start()
    await until(amina, "999")
    await pushed.until_ready()
    assert await pushed.stop() == 0
    assert pushed.said.count(b"Baobab is ready: @baobab_demo_bot, by webhook.\n") == 2

    fetching = BotProcess("bot run", town.sandbox, url)
    await fetching.start()
    await says(amina, "/privacy", "What I keep, and why")
    await fetching.until_ready()
    assert await fetching.stop() == 0
    assert fetching.said == b"Baobab is ready: @baobab_demo_bot, by polling.\n"


async def test_a_taken_port_and_a_refused_address_are_reasons(
    baobab: Command, sandbox: Sandbox, port: int
) -> None:
    settings = {"token": sandbox.token, "api_url": sandbox.url, "webhook_secret": SECRET}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        refused = await baobab(
            "run", webhook_url=f"http://127.0.0.1:{port}", listen=f"127.0.0.1:{port}", **settings
        )
    assert (refused.code, refused.err) == (
        1,
        f"Nobody can listen on 127.0.0.1:{port}; is another process there? Set BAOBAB_LISTEN.\n",
    )
    refused = await baobab(
        "run", webhook_url="http://bot.example.org", listen=f"127.0.0.1:{port}", **settings
    )
    assert refused.code == 1
    assert refused.err.startswith("Telegram refused setWebhook: Bad Request: bad webhook:")
    assert "Traceback" not in refused.err
