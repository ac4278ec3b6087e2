"""How tests talk like people, tried with a bot that is played by the test over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import WireBot
from tests.support.people import Town

MENU = {
    "inline_keyboard": [
        [{"text": "Book", "callback_data": "book"}, {"text": "Share", "callback_data": "share"}],
        [{"text": "File", "callback_data": "file"}],
    ]
}


async def answer(bot: WireBot, update: dict[str, Any]) -> None:
    """Answer one update as a small bot would."""
    match update:
        case {"callback_query": {"id": number, "data": "file", "from": {"id": chat}}}:
            await bot.call("answerCallbackQuery", callback_query_id=number)
            await bot.form("sendDocument", chat_id=chat, document=("day.ics", b"BEGIN"))
        case {"callback_query": {"id": number, "data": data}}:
            await bot.call("answerCallbackQuery", callback_query_id=number, text=f"did {data}")
        case {"inline_query": {"id": number, "query": query}}:
            article = {
                "type": "article",
                "id": "1",
                "title": query,
                "input_message_content": {"message_text": f"About {query}"},
            }
            await bot.call("answerInlineQuery", inline_query_id=number, results=[article])
        case {"message": {"chat": {"id": chat}, **message}}:
            known = {"message_id", "from", "date", "entities"}
            heard = ", ".join(str(name) for name in message if name not in known)
            text = f"heard {message.get('text', heard)}"
            await bot.call("sendMessage", chat_id=chat, text=text, reply_markup=MENU)
        case _:
            pass  # blocks, edits: nothing to say


async def run(bot: WireBot, sandbox: Sandbox) -> None:
    offset = 0
    while True:
        for update in await bot.updates(offset=offset, timeout=50):
            await answer(bot, update)
            offset = update["update_id"] + 1


@pytest.fixture
async def running(bot: WireBot, sandbox: Sandbox) -> AsyncIterator[None]:
    task = asyncio.create_task(run(bot, sandbox))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_conversation(town: Town, running: None) -> None:
    amina = await town.person("Amina", language_code="so")
    await amina.says("hello")
    assert amina.last.text == "heard hello"
    assert amina.last.buttons == ["Book", "Share", "File"]
    assert amina.last.rows == [["Book", "Share"], ["File"]]
    await amina.taps("Share")
    await amina.taps("…Boo")
    assert amina.toasts == ["did share", "did book"]
    await amina.taps("File")
    (document,) = amina.documents
    assert (document.name, await town.bytes_of(document)) == ("day.ics", b"BEGIN")
    amina.sees("heard hello")
    assert amina.screen == (
        "Amina: hello\nbot: heard hello\n  [Book] [Share]\n  [File]\nbot:  <day.ics>"
    )


async def test_a_button_that_is_not_there_is_told_with_those_that_are(
    town: Town, running: None
) -> None:
    amina = await town.person("Amina")
    await amina.says("hello")
    with pytest.raises(AssertionError, match=r"no button 'Cancel'; there are: 'Book', 'Share', 'F"):
        await amina.taps("Cancel")
    with pytest.raises(AssertionError, match="'never said' is not on the screen"):
        amina.sees("never said")


async def test_everything_else_a_person_does(town: Town, running: None) -> None:
    amina = await town.person("Amina")
    heard = []
    await amina.opens("event_7")
    heard.append(amina.last.text)
    await amina.shares_location(51.55, -0.28)
    heard.append(amina.last.text)
    await amina.sends_sticker()
    heard.append(amina.last.text)
    await amina.sends_file("a.txt", b"x", caption="my file")
    heard.append(amina.last.text)
    await amina.blocks()
    await amina.unblocks()
    heard.append(amina.last.text)
    assert heard == [
        "heard /start event_7",
        "heard location",
        "heard sticker",
        "heard document, caption",
        "heard /start",
    ]
    results = await amina.asks_inline("expo")
    assert [one["title"] for one in results] == ["expo"]
    await amina.chooses("1")
    amina.sees("Amina: About expo")
    await amina.edits(amina.messages[0], "changed")
    assert amina.messages[0].text == "changed"
    await amina.leaves_telegram()


async def test_time_is_moved_for_everyone(town: Town, sandbox: Sandbox) -> None:
    await town.forward(timedelta(days=7))
    assert sandbox.clock.offset == timedelta(days=7)
