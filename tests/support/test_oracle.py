from typing import Any

import pytest

from tests.support.oracle import methods, problems_of_call, problems_of_update

BUTTON = {"text": "Book", "callback_data": "book:1"}


def say(**more: Any) -> dict[str, Any]:
    return {"chat_id": 7, "text": "Hello", **more}


def test_it_knows_the_whole_bot_api() -> None:
    assert len(methods()) > 150


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", say(parse_mode="HTML", link_preview_options={"is_disabled": True})),
        ("sendMessage", say(reply_markup={"inline_keyboard": [[BUTTON]]})),
        ("sendMessage", say(text="<b>" + "x" * 4096 + "</b>", parse_mode="HTML")),
        ("sendDocument", {"chat_id": 7, "caption": "Here", "_file": {}}),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "Done"}),
    ],
)
def test_right_calls_pass(method: str, params: dict[str, Any]) -> None:
    assert problems_of_call(method, params) == []


@pytest.mark.parametrize(
    ("method", "params", "what"),
    [
        ("sendMesage", say(), "sendMesage: there is no such method"),
        ("sendMessage", {"chat_id": 7}, "sendMessage: ('text',): Field required"),
        ("sendMessage", say(txt="x"), "sendMessage: txt: unknown"),
        ("sendMessage", say(text=""), "sendMessage: text: 0 characters, allowed 1-4096"),
        ("sendMessage", say(text="x" * 4097), "sendMessage: text: 4097 characters, allowed 1-4096"),
        (
            "sendMessage",
            say(reply_markup={"inline_keyboard": [[{**BUTTON, "callback_data": "x" * 65}]]}),
            "sendMessage: reply_markup.inline_keyboard.callback_data: 65 bytes, allowed 1-64",
        ),
        (
            "sendMessage",
            say(reply_markup={"inline_keyboard": [[{"text": "A", "calback_data": "x"}]]}),
            "sendMessage: reply_markup.inline_keyboard.calback_data: unknown",
        ),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1", "text": "x" * 201},
            "answerCallbackQuery: text: 201 characters, allowed 0-200",
        ),
    ],
)
def test_wrong_calls_are_named(method: str, params: dict[str, Any], what: str) -> None:
    assert problems_of_call(method, params) == [what]


def test_an_update_with_a_misspelt_field_is_named() -> None:
    person = {"id": 7, "is_bot": False, "first_name": "A", "lang": "so"}
    message = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 7, "type": "private"},
        "from": person,
        "text": "Hello",
    }
    assert problems_of_update({"update_id": 1, "message": message}) == [
        "message.from_user.lang: unknown"
    ]
