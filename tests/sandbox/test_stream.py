"""The event stream: what happens is told, what was missed is told again."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.stream import Stream
from tests.sandbox.conftest import WireBot


class Reader:
    """A page's side of the stream."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self.answer = answer
        self.last_id = ""

    async def event(self) -> tuple[str, Any]:
        """The next event: its kind and data."""
        kind, data = "", ""
        while True:
            line = (await self.answer.content.readline()).decode().rstrip("\n")
            name, _, value = line.partition(": ")
            match name:
                case "id":
                    self.last_id = value
                case "event":
                    kind = value
                case "data":
                    data = value
                case "" if kind:
                    return kind, json.loads(data)


@asynccontextmanager
async def reading(
    session: aiohttp.ClientSession, sandbox: Sandbox, last_id: str = ""
) -> AsyncIterator[Reader]:
    headers = {"Last-Event-ID": last_id} if last_id else {}
    url = f"{sandbox.url}/events?token={sandbox.control_token}"
    async with session.get(url, headers=headers) as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        reader = Reader(answer)
        await answer.content.readuntil(b"\n\n")  # the greeting: from here on all is told
        yield reader


async def test_everything_that_happens_is_told(
    session: aiohttp.ClientSession, sandbox: Sandbox, bot: WireBot, amina: int
) -> None:
    async with reading(session, sandbox) as page:
        await bot.call("sendChatAction", chat_id=amina, action="typing")
        assert await page.event() == ("typing", {"person_id": amina})
        sent = (await bot.call("sendMessage", chat_id=amina, text="x")).result
        shown = {"person_id": amina, "message": {**sent, "outgoing": False}}
        assert await page.event() == ("message", shown)
        which = {"chat_id": amina, "message_id": sent["message_id"]}
        edited = (await bot.call("editMessageText", **which, text="y")).result
        shown = {"person_id": amina, "message": {**edited, "outgoing": False}}
        assert await page.event() == ("message", shown)
        number = sandbox.people.tap(amina, sent["message_id"], data="x")["callback_query_id"]
        await bot.call("answerCallbackQuery", callback_query_id=number, text="ok")
        answer = {"callback_query_id": number, "text": "ok", "show_alert": False}
        assert await page.event() == ("answer", {"person_id": amina, **answer})
        await bot.call("deleteMessage", **which)
        gone = {"person_id": amina, "message_id": sent["message_id"]}
        assert await page.event() == ("deleted", gone)
        sandbox.people.block(amina)
        kind, data = await page.event()
        assert (kind, data["person"]["blocked"]) == ("person", True)


async def test_what_was_missed_is_told_again(
    session: aiohttp.ClientSession, sandbox: Sandbox, amina: int
) -> None:
    async with reading(session, sandbox) as page:
        sandbox.people.say(amina, "1")
        await page.event()
    sandbox.people.say(amina, "2")
    sandbox.people.say(amina, "3")
    async with reading(session, sandbox, page.last_id) as page:
        told = [(await page.event())[1]["message"]["text"] for _ in range(2)]
        assert told == ["2", "3"]


@pytest.mark.parametrize("last_id", ["gone-5", "nonsense", "-", "gone-x"])
async def test_an_unknown_place_makes_the_page_read_anew(
    session: aiohttp.ClientSession, sandbox: Sandbox, amina: int, last_id: str
) -> None:
    async with reading(session, sandbox, last_id) as page:
        assert await page.event() == ("reset", {})
        sandbox.people.say(amina, "x")
        assert (await page.event())[0] == "message"


async def test_who_missed_more_than_is_kept_reads_anew() -> None:
    stream = Stream()
    stream.publish("typing", {"person_id": 0})
    page = stream.follow("")
    place = (await anext(page)).decode().partition("id: ")[2].strip()
    for number in range(3000):
        stream.publish("typing", {"person_id": number})
    late = stream.follow(place)
    await anext(late)
    assert b"event: reset" in await anext(late)
    assert b"event: reset" in await anext(page)
    stream.end_all()
    assert [text async for text in late] == []


async def test_a_dropped_stream_can_be_taken_up(
    session: aiohttp.ClientSession, sandbox: Sandbox, amina: int
) -> None:
    async with reading(session, sandbox) as page:
        sandbox.people.say(amina, "1")
        await page.event()
        sandbox.world.stream.end_all()
        assert await page.answer.content.read() == b""
    sandbox.people.say(amina, "2")
    async with reading(session, sandbox, page.last_id) as page:
        assert (await page.event())[1]["message"]["text"] == "2"
