"""Every refusal in Telegram's own words, over real HTTP."""

from datetime import timedelta
from typing import Any

import pytest

from bot.clock import Clock
from bot.sandbox import Sandbox
from tests.sandbox.conftest import WireBot

BAD = "Bad Request: "
PARSE = BAD + "can't parse entities: "
OWN = BAD + "the sandbox's own strictness: "
BUTTON = BAD + "can't parse inline keyboard button: "


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


HTML = [
    ("<x>", 'Unsupported start tag "x" at byte offset 0'),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("é < b", 'Unsupported start tag "" at byte offset 3'),
    ("🌳<x>", 'Unsupported start tag "x" at byte offset 4'),
    ("<X>", 'Unsupported start tag "x" at byte offset 0'),
    ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ("5 <", "Unclosed start tag at byte offset 2"),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<b ", 'Unclosed start tag "b" at byte offset 0'),
    ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
    ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
    ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<b />", 'Empty attribute name in the tag "b" at byte offset 0'),
    ("<a href=a/b>", "Unexpected end of name token at byte offset 8"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<b>x</b y>", "Unclosed end tag at byte offset 4"),
    ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("<b>سلام</i>", 'Unmatched end tag at byte offset 11, expected "</b>", found "</i>"'),
    ("<b><i>x</b>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b><i>x", 'Can\'t find end tag corresponding to start tag "i"'),
]


@pytest.mark.parametrize(("text", "error"), HTML)
async def test_html_that_is_not_well_formed_is_refused_with_the_byte(
    bot: WireBot, amina: int, text: str, error: str
) -> None:
    answer = await bot.call("sendMessage", chat_id=amina, text=text, parse_mode="HTML")
    assert answer.refusal == (400, PARSE + error)


MESSAGES: list[tuple[dict[str, Any], str]] = [
    ({}, BAD + "message text is empty"),
    ({"text": ""}, BAD + "message text is empty"),
    ({"text": " \n\t "}, BAD + "text must be non-empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, BAD + "text must be non-empty"),
    ({"text": "x" * 4097}, BAD + "message is too long"),
    ({"text": "🌳" * 4097}, BAD + "message is too long"),
    ({"text": "<b>" + "x" * 4097 + "</b>", "parse_mode": "HTML"}, BAD + "message is too long"),
    ({"text": "x", "parse_mode": "BBCode"}, BAD + "unsupported parse_mode"),
    (
        {"text": "x", "parse_mode": "MarkdownV2"},
        OWN + "only parse_mode HTML is modelled, not Markdown",
    ),
    ({"text": "x", "txt": "x"}, OWN + 'unknown parameter "txt" of sendMessage'),
    ({"text": ["x"]}, OWN + 'parameter "text" must be a string'),
    (
        {"text": "x", "protect_content": "maybe"},
        OWN + 'parameter "protect_content" must be true or false',
    ),
    ({"text": "x", "chat_id": ""}, BAD + "chat_id is empty"),
    ({"text": "x", "chat_id": None}, BAD + "chat_id is empty"),
    ({"text": "x", "chat_id": 1}, BAD + "chat not found"),
    ({"text": "x", "chat_id": "@nobody"}, BAD + "chat not found"),
    ({"text": "x", "reply_parameters": {"message_id": 9}}, BAD + "message to be replied not found"),
    ({"text": "x", "reply_to_message_id": 9}, BAD + "message to be replied not found"),
    (
        {"text": "x", "reply_parameters": {"message_id": 9, "colour": 1}},
        OWN + 'unknown field "colour" in reply_parameters',
    ),
    (
        {"text": "x", "link_preview_options": {"off": True}},
        OWN + 'unknown field "off" in link_preview_options',
    ),
    ({"text": "x", "reply_markup": []}, BAD + "object expected as reply markup"),
    ({"text": "x", "reply_markup": "{"}, BAD + "can't parse reply keyboard markup JSON object"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": "x"}},
        BAD + 'field "inline_keyboard" must be of type Array',
    ),
    (
        {"text": "x", "reply_markup": {"inline_keybord": []}},
        OWN + 'unknown reply markup with the field "inline_keybord"',
    ),
    (
        {"text": "x", "reply_markup": inline({"text": "Go"})},
        BUTTON + "Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "reply_markup": inline({"text": " ", "callback_data": "x"})},
        BAD + "inline keyboard button text must be non-empty",
    ),
    (
        {"text": "x", "reply_markup": inline({"text": "Go", "callback_data": "x" * 65})},
        BAD + "BUTTON_DATA_INVALID",
    ),
    (
        {"text": "x", "reply_markup": inline({"text": "Go", "callback_data": "🌳" * 17})},
        BAD + "BUTTON_DATA_INVALID",
    ),
    (
        {"text": "x", "reply_markup": inline({"text": "Go", "calback_data": "x"})},
        OWN + 'unknown field "calback_data" in an inline keyboard button',
    ),
    (
        {"text": "x", "reply_markup": inline(*[{"text": "Go", "callback_data": "x"}] * 101)},
        BAD + "reply markup is too long",
    ),
    (
        {"text": "x", "reply_markup": inline({"text": "Go", "url": "ftp://x.example"})},
        BAD + "inline keyboard button URL 'ftp://x.example' is invalid: Wrong HTTP URL",
    ),
]


@pytest.mark.parametrize(("parameters", "error"), MESSAGES)
async def test_a_message_that_telegram_would_refuse_is_refused(
    bot: WireBot, amina: int, parameters: dict[str, Any], error: str
) -> None:
    answer = await bot.call("sendMessage", **{"chat_id": amina, **parameters})
    assert answer.refusal == (400, error)


OTHER_METHODS: list[tuple[str, dict[str, Any], int, str]] = [
    ("fly", {}, 404, "Not Found: method not found"),
    ("editMessageText", {"message_id": 9, "text": "x"}, 400, BAD + "message to edit not found"),
    ("deleteMessage", {"message_id": 9}, 400, BAD + "message to delete not found"),
    ("sendDocument", {}, 400, BAD + "there is no document in the request"),
    ("sendPhoto", {}, 400, BAD + "there is no photo in the request"),
    (
        "sendDocument",
        {"document": "junk"},
        400,
        BAD + "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
    ),
    (
        "sendDocument",
        {"document": "https://x.example/a.ics"},
        400,
        OWN + "the sandbox fetches nothing from the network: upload the file or send its file_id",
    ),
    ("sendChatAction", {"action": "dance"}, 400, BAD + "wrong parameter action in request"),
    ("sendLocation", {"longitude": 0}, 400, BAD + "latitude is empty"),
]


@pytest.mark.parametrize(("method", "parameters", "code", "error"), OTHER_METHODS)
async def test_a_call_in_a_chat_that_telegram_would_refuse_is_refused(  # noqa: PLR0917 -- a table's row
    bot: WireBot, amina: int, method: str, parameters: dict[str, Any], code: int, error: str
) -> None:
    answer = await bot.call(method, **{"chat_id": amina, **parameters})
    assert answer.refusal == (code, error)


def commands(command: str, description: str) -> dict[str, Any]:
    return {"commands": [{"command": command, "description": description}]}


ABOUT_THE_BOT: list[tuple[str, dict[str, Any], str]] = [
    ("getFile", {"file_id": "junk"}, BAD + "invalid file_id"),
    ("setMyCommands", commands("", "x"), BAD + "command must be non-empty"),
    ("setMyCommands", commands("a" * 33, "x"), BAD + "command length must not exceed 32"),
    ("setMyCommands", commands("a", ""), BAD + "command description must be non-empty"),
    (
        "setMyCommands",
        commands("a", "x" * 257),
        BAD + "command description length must not exceed 256",
    ),
    ("setMyCommands", commands("Start", "x"), BAD + "BOT_COMMAND_INVALID"),
    (
        "setMyCommands",
        {**commands("a", "x"), "language_code": "som"},
        BAD + "invalid language code specified",
    ),
    (
        "setWebhook",
        {"url": "http://bot.example/"},
        BAD + "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        "setWebhook",
        {"url": "https://bot.example:8080/"},
        BAD + "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    (
        "setWebhook",
        {"url": "https://bot.example/"},
        BAD + "bad webhook: the sandbox's own strictness: it posts to loopback addresses only, "
        "such as http://127.0.0.1:8080/",
    ),
    (
        "setWebhook",
        {"url": "http://127.0.0.1:1/", "secret_token": "x" * 257},
        BAD + "secret token is too long",
    ),
    (
        "setWebhook",
        {"url": "http://127.0.0.1:1/", "secret_token": "a b"},
        BAD + "secret token contains unallowed characters",
    ),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        BAD + "query is too old and response timeout expired or query ID is invalid",
    ),
    (
        "answerInlineQuery",
        {"inline_query_id": "1", "results": []},
        BAD + "query is too old and response timeout expired or query ID is invalid",
    ),
]


@pytest.mark.parametrize(("method", "parameters", "error"), ABOUT_THE_BOT)
async def test_a_call_outside_of_chats_that_telegram_would_refuse_is_refused(
    bot: WireBot, method: str, parameters: dict[str, Any], error: str
) -> None:
    answer = await bot.call(method, **parameters)
    assert answer.refusal == (400, error)


async def test_an_unknown_token_is_refused(bot: WireBot, sandbox: Sandbox) -> None:
    bot.url = f"{sandbox.url}/bot1:wrong"
    assert (await bot.call("getMe")).refusal == (401, "Unauthorized")


async def test_who_never_started_the_bot_gets_no_message(bot: WireBot, stranger: int) -> None:
    answer = await bot.call("sendMessage", chat_id=stranger, text="x")
    text = "Forbidden: bot can't initiate conversation with a user"
    assert answer.refusal == (403, text)


async def test_who_blocked_the_bot_gets_no_message(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    sandbox.people.block(amina)
    answer = await bot.call("sendMessage", chat_id=amina, text="x")
    assert answer.refusal == (403, "Forbidden: bot was blocked by the user")


async def test_who_left_telegram_gets_no_message(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    sandbox.people.deactivate(amina)
    answer = await bot.call("sendMessage", chat_id=amina, text="x")
    assert answer.refusal == (403, "Forbidden: user is deactivated")


async def test_after_log_out_every_call_is_refused(bot: WireBot) -> None:
    assert (await bot.call("logOut")).result is True
    assert (await bot.call("getMe")).refusal == (400, "Logged out")


async def test_length_is_counted_in_characters_after_parsing(bot: WireBot, amina: int) -> None:
    text = "<b>" + "🌳" * 4094 + "</b>&lt;&amp;"
    answer = await bot.call("sendMessage", chat_id=amina, text=text, parse_mode="HTML")
    assert answer.result["text"] == "🌳" * 4094 + "<&"


async def test_a_caption_is_at_most_1024_characters(bot: WireBot, amina: int) -> None:
    file = ("a.txt", b"x")
    right = await bot.form("sendDocument", chat_id=amina, document=file, caption="x" * 1024)
    wrong = await bot.form("sendDocument", chat_id=amina, document=file, caption="x" * 1025)
    assert right.result["caption"] == "x" * 1024
    assert wrong.refusal == (400, BAD + "message caption is too long")


async def test_a_body_that_is_no_json_object_is_refused(bot: WireBot) -> None:
    headers = {"Content-Type": "application/json"}
    async with bot.session.post(f"{bot.url}/getMe", data=b"{", headers=headers) as answer:
        assert (await answer.json())["description"] == BAD + "can't parse JSON object"


async def test_bytes_that_are_no_utf8_are_refused(bot: WireBot, amina: int) -> None:
    address = f"{bot.url}/sendMessage"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = f"chat_id={amina}&text=%FF".encode()
    async with bot.session.post(address, data=body, headers=headers) as answer:
        assert (await answer.json())["description"] == BAD + "strings must be encoded in UTF-8"


async def test_old_messages_cannot_be_deleted(bot: WireBot, clock: Clock, amina: int) -> None:
    sent = (await bot.call("sendMessage", chat_id=amina, text="x")).result["message_id"]
    clock.forward(timedelta(hours=48, seconds=2))
    answer = await bot.call("deleteMessage", chat_id=amina, message_id=sent)
    assert answer.refusal == (400, BAD + "message can't be deleted for everyone")
