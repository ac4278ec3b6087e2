"""Taps and inline queries, and the bot's answers to them."""

from datetime import timedelta
from typing import Any

import pytest

from bot.clock import Clock
from bot.sandbox import Sandbox
from bot.sandbox.accounts import NotPossibleError
from tests.sandbox.conftest import WireBot

OWN = "the sandbox's own strictness: "
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.fixture
async def message(bot: WireBot, amina: int) -> int:
    """The number of a message with one button."""
    markup = keyboard({"text": "Go", "callback_data": "go"})
    answer = await bot.call("sendMessage", chat_id=amina, text="x", reply_markup=markup)
    number: int = answer.result["message_id"]
    return number


async def test_a_tap_reaches_the_bot_and_the_answer_the_person(
    bot: WireBot, sandbox: Sandbox, amina: int, message: int
) -> None:
    tapped = sandbox.people.tap(amina, message, row=0, column=0)
    (update,) = await bot.updates()
    query = update["callback_query"]
    assert query["id"] == tapped["callback_query_id"]
    assert (query["data"], query["message"]["message_id"]) == ("go", message)
    assert query["from"]["id"] == amina
    assert query["chat_instance"]
    answer = {"callback_query_id": query["id"], "text": "Saved", "show_alert": True}
    assert (await bot.call("answerCallbackQuery", **answer)).result is True
    assert sandbox.people.answers(amina) == [answer]


async def test_a_tap_is_answered_once_and_in_time(
    bot: WireBot, sandbox: Sandbox, clock: Clock, amina: int, message: int
) -> None:
    first, second = [
        sandbox.people.tap(amina, message, data="go")["callback_query_id"] for _ in range(2)
    ]
    assert (await bot.call("answerCallbackQuery", callback_query_id=first)).result is True
    again = await bot.call("answerCallbackQuery", callback_query_id=first)
    assert again.refusal == (400, TOO_OLD)
    clock.forward(timedelta(seconds=16))
    late = await bot.call("answerCallbackQuery", callback_query_id=second)
    assert late.refusal == (400, TOO_OLD)


async def test_how_long_a_tap_may_be_answered_can_be_set(clock: Clock) -> None:
    assert Sandbox(clock=clock, tap_seconds=1).world.tap_seconds == 1


async def test_an_answer_of_more_than_200_characters_is_refused(
    bot: WireBot, sandbox: Sandbox, amina: int, message: int
) -> None:
    number = sandbox.people.tap(amina, message, data="go")["callback_query_id"]
    answer = await bot.call("answerCallbackQuery", callback_query_id=number, text="x" * 201)
    assert answer.refusal == (400, "Bad Request: MESSAGE_TOO_LONG")


async def test_a_tap_under_a_deleted_message_shows_an_inaccessible_one(
    bot: WireBot, sandbox: Sandbox, amina: int, message: int
) -> None:
    await bot.call("deleteMessage", chat_id=amina, message_id=message)
    sandbox.people.tap(amina, message, data="go")
    (update,) = await bot.updates()
    chat = {"id": amina, "type": "private", "first_name": "Amina"}
    gone = {"chat": chat, "message_id": message, "date": 0}
    assert update["callback_query"]["message"] == gone


@pytest.mark.parametrize(
    ("button", "led_to"),
    [
        ({"url": "https://x.example/a"}, {"url": "https://x.example/a"}),
        ({"url": "https://t.me/other_bot?start=x"}, {"url": "https://t.me/other_bot?start=x"}),
        ({"switch_inline_query": "expo"}, {"inline_query": "expo"}),
        ({"switch_inline_query_current_chat": ""}, {"inline_query": ""}),
        ({"copy_text": {"text": "BRENT1"}}, {"copied": "BRENT1"}),
    ],
)
async def test_other_buttons_lead_elsewhere(
    bot: WireBot, sandbox: Sandbox, amina: int, button: dict[str, Any], led_to: dict[str, Any]
) -> None:
    markup = keyboard({"text": "Go", **button})
    answer = await bot.call("sendMessage", chat_id=amina, text="x", reply_markup=markup)
    number = answer.result["message_id"]
    assert sandbox.people.tap(amina, number, row=0, column=0) == led_to
    assert await bot.updates() == []


async def test_a_link_to_the_bot_is_followed(bot: WireBot, sandbox: Sandbox, amina: int) -> None:
    markup = keyboard({"text": "Go", "url": "https://t.me/baobab_demo_bot?start=event_7"})
    answer = await bot.call("sendMessage", chat_id=amina, text="x", reply_markup=markup)
    sandbox.people.tap(amina, answer.result["message_id"], row=0, column=0)
    (update,) = await bot.updates()
    assert update["message"]["text"] == "/start event_7"


async def test_a_keyboard_s_button_is_said(bot: WireBot, sandbox: Sandbox, amina: int) -> None:
    markup = {"keyboard": [["Yes"], [{"text": "Here", "request_location": True}]]}
    answer = await bot.call("sendMessage", chat_id=amina, text="x", reply_markup=markup)
    number = answer.result["message_id"]
    assert sandbox.people.tap(amina, number, row=0, column=0)["text"] == "Yes"
    with pytest.raises(NotPossibleError, match="share a location instead"):
        sandbox.people.tap(amina, number, row=1, column=0)


ARTICLE = {
    "type": "article",
    "id": "7",
    "title": "A sample expo",
    "input_message_content": {"message_text": "<b>A sample expo</b>", "parse_mode": "HTML"},
    "reply_markup": keyboard({"text": "Book", "callback_data": "book"}),
}


async def asked(bot: WireBot, sandbox: Sandbox, person: int) -> str:
    sandbox.people.inline(person, "expo")
    query = (await bot.updates())[-1]["inline_query"]
    assert (query["query"], query["from"]["id"]) == ("expo", person)
    number: str = query["id"]
    return number


async def test_an_inline_result_is_chosen_tapped_and_edited(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    number = await asked(bot, sandbox, amina)
    assert sandbox.people.inline_results(amina, number) is None
    answer = await bot.call("answerInlineQuery", inline_query_id=number, results=[ARTICLE])
    assert answer.result is True
    results = sandbox.people.inline_results(amina, number)
    assert [one["title"] for one in results or []] == ["A sample expo"]
    chosen = sandbox.people.choose(amina, number, "7")
    assert chosen["via_bot"]["username"] == "baobab_demo_bot"
    assert chosen["entities"] == [{"type": "bold", "offset": 0, "length": 13}]
    sandbox.people.tap(amina, chosen["message_id"], row=0, column=0)
    query = (await bot.updates())[-1]["callback_query"]
    assert "message" not in query
    edit = {"inline_message_id": query["inline_message_id"], "text": "Booked"}
    assert (await bot.call("editMessageText", **edit)).result is True
    assert sandbox.people.chat(amina)[-1]["text"] == "Booked"


@pytest.mark.parametrize(
    ("results", "error"),
    [
        ([ARTICLE, ARTICLE], "RESULT_ID_DUPLICATE"),
        ([{**ARTICLE, "id": str(n)} for n in range(51)], "too many inline query results specified"),
        ([{**ARTICLE, "id": ""}], "RESULT_ID_INVALID"),
        ([{**ARTICLE, "title": ""}], "ARTICLE_TITLE_EMPTY"),
        (
            [{**ARTICLE, "type": "photo"}],
            OWN + 'only inline query results of type "article" are modelled',
        ),
        (
            [{**ARTICLE, "titel": "x"}],
            OWN + 'unknown field "titel" in an inline query result',
        ),
    ],
)
async def test_inline_results_that_telegram_would_refuse_are_refused(
    bot: WireBot, sandbox: Sandbox, amina: int, results: list[Any], error: str
) -> None:
    number = await asked(bot, sandbox, amina)
    answer = await bot.call("answerInlineQuery", inline_query_id=number, results=results)
    assert answer.refusal == (400, f"Bad Request: {error}")


async def test_an_inline_query_is_answered_within_30_seconds(
    bot: WireBot, sandbox: Sandbox, clock: Clock, amina: int
) -> None:
    number = await asked(bot, sandbox, amina)
    clock.forward(timedelta(seconds=31))
    answer = await bot.call("answerInlineQuery", inline_query_id=number, results=[])
    assert answer.refusal == (400, TOO_OLD)
