"""The sandbox's own updates, messages and answers, held against aiogram's types."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from tests.support.oracle import problems_of_object, problems_of_update
from tests.support.people import Town

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Tap", "callback_data": "tap"}, {"text": "Link", "url": "https://example.org"}],
        [{"text": "Share", "switch_inline_query": "x"}],
    ]
}
EVERYTHING = [
    "message", "edited_message", "callback_query", "inline_query", "chosen_inline_result",
    "my_chat_member",
]  # fmt: skip


async def at_once() -> None:
    """No bot listens here: the test fetches the updates itself."""


@pytest.fixture
async def bot(sandbox: Sandbox) -> Any:
    """Calls of the Bot API as a bot makes them."""
    async with aiohttp.ClientSession() as session:

        async def call(method: str, **params: Any) -> Any:
            url = f"{sandbox.url}/bot{sandbox.token}/{method}"
            async with session.post(url, json=params) as answer:
                body = await answer.json()
                assert body["ok"], body
                return body["result"]

        yield call


async def test_every_update_is_as_telegram_sends_it(sandbox: Sandbox, bot: Any) -> None:
    await bot("getUpdates", timeout=0, allowed_updates=EVERYTHING)
    async with Town(sandbox, at_once) as town:
        amina = await town.person("Amina", username="amina", language_code="so")
        await amina.says("/start now")
        said = await bot("sendMessage", chat_id=amina.id, text="Hello", reply_markup=KEYBOARD)
        await amina.look()
        await amina.taps("Tap")
        await amina.edits(amina.messages[0], "something else")
        await amina.shares_location(51.5, -0.2)
        await amina.sends_sticker()
        await amina.sends_file("a.txt", b"text", caption="Here")
        await amina.sends_file("a.ogg", b"OggS", kind="voice")
        await town.ask("POST", f"/people/{amina.id}/inline", json={"query": "health"})
        await bot("deleteMessage", chat_id=amina.id, message_id=said["message_id"])
        await amina.presses(said["message_id"], "tap")
        await amina.blocks()
        await amina.unblocks()
    updates = await bot("getUpdates", timeout=0)
    kinds = {key for update in updates for key in update if key != "update_id"}
    assert kinds == {
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "my_chat_member",
    }
    assert [problem for update in updates for problem in problems_of_update(update)] == []


async def test_every_answer_is_as_telegram_gives_it(sandbox: Sandbox, bot: Any) -> None:
    async with Town(sandbox, at_once) as town:
        amina = await town.person("Amina")
        await amina.says("/start")
        html = {"chat_id": amina.id, "parse_mode": "HTML"}
        sent = [
            await bot("sendMessage", text="<b>Hello</b> 🌳", reply_markup=KEYBOARD, **html),
            await bot(
                "sendVenue", chat_id=amina.id, latitude=51.5, longitude=-0.2, title="A", address="B"
            ),
            await bot("sendLocation", chat_id=amina.id, latitude=51.5, longitude=-0.2),
        ]
        sent.append(
            await bot(
                "editMessageText", message_id=sent[0]["message_id"], text="<i>New</i>", **html
            )
        )
    problems = [problem for message in sent for problem in problems_of_object("Message", message)]
    problems += problems_of_object("User", await bot("getMe"))
    problems += problems_of_object("WebhookInfo", await bot("getWebhookInfo"))
    problems += problems_of_object("ChatFullInfo", await bot("getChat", chat_id=amina.id))
    assert problems == []
