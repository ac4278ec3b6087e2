"""The process dies while it reads an author's file: nothing is lost, and nothing comes twice."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.clock import Clock
from bot.db import open_database
from bot.people.models import Role
from bot.people.roles import Invites
from bot.sandbox import Sandbox
from bot.surveys.drafts import DraftStore
from tests.handlers.conftest import both_databases
from tests.handlers.test_authoring import TEA
from tests.support.databases import fresh_url
from tests.support.people import Resident, Town
from tests.support.processes import BotProcess

LOOKS, BETWEEN_LOOKS = 450, 0.2  # seconds


async def until(person: Resident, true: Callable[[], bool], what: str) -> None:
    for _ in range(LOOKS):
        await person.look()
        if true():
            return
        await asyncio.sleep(BETWEEN_LOOKS)
    raise AssertionError(f"{what} never came:\n{person.screen}")


def shown(person: Resident, label: str) -> Callable[[], bool]:
    return lambda: any(each.label == label for each in person.buttons)


@both_databases
async def test_a_kill_while_a_file_is_read_loses_and_doubles_nothing(
    sandbox: Sandbox, clock: Clock, dialect: str, tmp_path: Path
) -> None:
    url = await fresh_url(dialect, tmp_path)
    database = await open_database(url)
    async with database.work() as work:
        code = await Invites(work).make(Role.STEERING, clock.now())

    async def at_once() -> None:
        """Nobody waits for a bot that may be dead."""

    async with Town(sandbox, at_once) as town:
        bot = await BotProcess("bot run", sandbox, url).start()
        grace = await town.person("Grace", language_code="en")
        await grace.says("/start")
        await until(grace, shown(grace, "English"), "the languages")
        await grace.taps("English")
        await until(grace, shown(grace, "Brent"), "the boroughs")
        await grace.opens(f"i-{code}")
        await until(grace, lambda: "Race Steering Group" in grace.last.text, "the role")
        fault = {"kind": "slow", "method": "getFile", "seconds": 30}
        await town.ask("POST", "/faults", json=fault)
        await grace.sends_file("tea.md", TEA.encode())
        await until(grace, shown(grace, "Look now"), "that it is being read")
        for _ in range(LOOKS):
            if not await town.ask("GET", "/faults"):
                break  # it is being fetched
            await asyncio.sleep(BETWEEN_LOOKS)
        await bot.kill()
        await bot.start()
        await until(grace, shown(grace, "Try it"), "the report")
        assert await bot.stop() == 0
        await grace.look()
        reports = [seen for seen in grace.messages if seen.text.startswith("Tea\n")]
    async with database.reading() as work:
        found = await DraftStore(work).next_upload(clock.now())
    await database.close()
    assert found is None
    assert len(reports) == 1
