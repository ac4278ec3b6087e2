"""Kill the process under load, again and again; then look at what it heard and said."""

import asyncio
import random
import socket
from collections import defaultdict
from typing import Any

import pytest

from bot.chat.inbox import Inbox, Meta
from bot.db import Database
from bot.people.vault import Vault
from tests.support.people import Resident, Town
from tests.support.processes import BotProcess

PEOPLE = 20
MESSAGES = 30
KILLS = 5
SEED = 20261017


def answers(log: list[dict[str, Any]]) -> dict[int, list[str]]:
    """What the bot said to each person, in the order in which it arrived."""
    said = defaultdict(list)
    for call in log:
        if call["method"] == "sendMessage" and call["ok"]:
            said[call["params"]["chat_id"]].append(call["params"]["text"])
    return said


def webhook_settings() -> dict[str, str]:
    """Settings under which updates are pushed to a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"127.0.0.1:{listening.getsockname()[1]}"
    return {
        "WEBHOOK_URL": f"http://{address}",
        "WEBHOOK_SECRET": "a-secret-of-the-test",
        "LISTEN": address,
    }


async def talk(
    town: Town, person: Resident, pause: random.Random, killed_enough: asyncio.Event
) -> list[str]:
    """Talk for as long as the bot is killed, and once more; returns what was said.

    So every kill finds people talking, and the last process has somebody to answer.
    """
    said: list[str] = []
    is_last = False
    while not is_last:
        is_last = killed_enough.is_set() and len(said) >= MESSAGES
        said.append(str(len(said)))
        await town.ask("POST", f"/people/{person.id}/say", json={"text": said[-1]})
        await asyncio.sleep(pause.random() / 5)  # people are not machines; the load is spread
    return said


# tests/chaos/test_short.py tries both ways on both databases, with more kills and a lighter load.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("database_url", "way"),
    [
        ("sqlite", "webhook"),
        pytest.param("postgresql", "polling", marks=pytest.mark.postgresql),
    ],
    indirect=["database_url"],
)
async def test_every_update_is_handled_once_and_in_order_whenever_the_process_dies(
    town: Town, db: Database, database_url: str, way: str
) -> None:
    luck = random.Random(SEED)  # noqa: S311 -- a repeatable test
    people = [await town.person(f"Person {number}") for number in range(PEOPLE)]
    pushed = webhook_settings() if way == "webhook" else {}
    bot = BotProcess("tests.support.counting_bot", town.sandbox, database_url, **pushed)
    await bot.start()
    killed_enough = asyncio.Event()
    talking = asyncio.gather(*(talk(town, person, luck, killed_enough) for person in people))
    for _ in range(KILLS):
        await asyncio.sleep(0.6 + luck.random())
        await bot.kill()
        await bot.start()
    killed_enough.set()
    expected = dict(zip((person.id for person in people), await talking, strict=True))
    # Telegram waits longer and longer before it pushes again; nobody waits for that here.
    await town.ask("POST", "/clock", json={"seconds": 120})
    await town.quiet()
    while await _depth(db):  # noqa: ASYNC110 -- another process empties it
        await asyncio.sleep(0.05)
    assert await bot.stop() == 0
    said = answers(await town.ask("GET", "/log"))
    async with db.reading() as work:
        heard = {person.id: await Meta(work).get(str(person.id)) for person in people}
    assert heard == {person: " ".join(words) + " " for person, words in expected.items()}
    for person in people:
        # an answer may come twice, but never out of order and never not at all
        assert list(dict.fromkeys(said[person.id])) == expected[person.id]


async def _depth(db: Database) -> int:
    async with db.reading() as work:
        return await Inbox(work, Vault(bytes(32))).depth()
