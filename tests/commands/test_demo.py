"""`baobab demo`, as its page uses it: book, go to the next message, change the event."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from tests.commands.conftest import environment, until
from tests.support.people import Resident

READY = 90  # seconds in which the page must be there


class Page:
    """What the chat page can do; stands in for a Town, whose sandbox is in another process."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def ask(self, method: str, path: str, **more: Any) -> Any:
        async with self._session.request(method, path, **more) as answer:
            body = await answer.json()
            assert answer.ok, f"{method} {path}: {body['error']}"
            return body

    async def quiet(self) -> None:
        """The bot is elsewhere: `until` waits for what it says."""

    async def press(self, control: str) -> str:
        """Press a button of the demo; what it says."""
        return str((await self.ask("POST", f"/demo/controls/{control}"))["said"])

    async def next_message(self) -> str:
        """Go to the next message as the page does; what it is."""
        due = await self.ask("GET", "/demo/next")
        assert due["at"] is not None, due["label"]
        now = datetime.fromisoformat((await self.ask("GET", "/clock"))["now"])
        ahead = datetime.fromisoformat(due["at"]) - now
        await self.ask("POST", "/clock", json={"seconds": ahead.total_seconds() + 1})
        return str(due["label"])


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error", "-m", "bot", "demo", "--no-browser", "--port", "0",
        cwd=tmp_path, env=environment(), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        async with asyncio.timeout(READY):
            found = None
            while found is None:
                found = re.search(r"http\S+", (await process.stdout.readline()).decode())
        parts = urlsplit(found[0])
        headers = {"X-Sandbox-Token": parse_qs(parts.query)["token"][0]}
        async with aiohttp.ClientSession(f"http://{parts.netloc}", headers=headers) as session:
            yield Page(session)
    finally:
        process.terminate()
        await process.wait()


@pytest.fixture
async def person(page: Page) -> Callable[[str], Resident]:
    people = {each["first_name"]: each["id"] for each in await page.ask("GET", "/people")}
    return lambda name: Resident(page, people[name], name)  # type: ignore[arg-type]


@pytest.mark.slow
async def test_reminders_and_changes_are_a_press_away(
    page: Page, person: Callable[[str], Resident]
) -> None:
    demo = await page.ask("GET", "/demo")
    assert [control["label"] for control in demo["controls"]] == [
        "Event booked last: new time",
        "Event booked last: new place",
        "Event booked last: cancel it",
        "Pull the plug on the bot",
    ]
    nothing = "No message is ahead. Book an event in one of the chats, and say yes to reminders."
    assert await page.ask("GET", "/demo/next") == {"at": None, "label": nothing}
    for control in ("time", "place", "cancel"):
        assert await page.press(control) == (
            "Nobody has a place at an event to come. Book one first."
        )

    amina = person("Amina")
    await amina.says("/start")
    await until(amina, "[English]")
    await amina.taps("English")
    await until(amina, "[Brent]")
    await amina.taps("Brent")
    await until(amina, "[Find events]")
    await amina.says("health day for African")
    await until(amina, "1. ")
    await amina.taps("…1. ")
    await until(amina, "[Book]")
    await amina.taps("Book")
    await until(amina, "[Yes, remind me]")
    await amina.taps("Yes, remind me")
    await until(amina, "I remind you:")

    title = "Sample health day for African and Caribbean communities"
    said = await page.press("time")
    assert said == (
        f"{title}: it is now from 12:00 to 17:00. Look at the chats of people who booked it."
    )
    await until(amina, "12:00 to 17:00")
    assert (await page.press("place")).startswith(f"{title}: it is now in: Sample school, Brent.")
    await until(amina, "Sample school")
    assert await page.next_message() == f"reminder (7 days before), {title}, to 1 person"
    await until(amina, "Your event is in 7 days.")
    assert await page.next_message() == f"reminder (1 day before), {title}, to 1 person"
    await until(amina, "Your event is tomorrow.")
    assert (await page.press("time")).startswith(f"{title}: it is now from 11:00 to 16:00.")
    assert (await page.press("cancel")).startswith(f"{title}: it is cancelled now.")
    await until(amina, "cancelled")
    assert await page.press("cancel") == "Nobody has a place at an event to come. Book one first."

    grace = person("Grace")
    await grace.says("/start")
    await until(grace, "[What will be sent]")
    assert "Hello again." in grace.screen
    await grace.taps("What will be sent")
    await until(grace, "Now it is ")
    assert next(iter(await grace.commands())) == "broadcast"
    assert timedelta() < timedelta(seconds=(await page.ask("GET", "/clock"))["offset"])
