"""Where things stand in a text, counted in UTF-16 units."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.entities import find, utf16_length
from tests.sandbox.conftest import WireBot

OWN = "Bad Request: the sandbox's own strictness: "


@pytest.mark.parametrize(
    ("text", "units"), [("", 0), ("abc", 3), ("سلام", 4), ("ሰላም", 3), ("🌳", 2), ("👩🏾‍🦱", 7)]
)
def test_units_are_those_of_utf16(text: str, units: int) -> None:
    assert utf16_length(text) == units == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", 0, 6)]),
        ("🌳 /help@baobab_bot!", [("bot_command", 3, 16)]),
        ("and/or 1/2 a/b", []),
        ("سلام https://x.example/a?b=1.", [("url", 5, 23)]),
        ("(https://x.example)", [("url", 1, 17)]),
        ("write to amina@x.example", [("email", 9, 15)]),
        ("ask @baobab_bot", [("mention", 4, 11)]),
        ("#health #1", [("hashtag", 0, 7)]),
        ("plain", []),
    ],
)
def test_what_telegram_finds_by_itself(text: str, found: list[tuple[str, int, int]]) -> None:
    assert [(one["type"], one["offset"], one["length"]) for one in find(text, [])] == found


async def test_nothing_is_found_inside_code_and_links(bot: WireBot, amina: int) -> None:
    text = '<code>/start</code> <a href="https://x.example">/help</a> /events'
    sent = await bot.call("sendMessage", chat_id=amina, text=text, parse_mode="HTML")
    kinds = [(one["type"], one["offset"]) for one in sent.result["entities"]]
    assert kinds == [("code", 0), ("text_link", 7), ("bot_command", 13)]


async def test_trimming_moves_entities_along(bot: WireBot, amina: int) -> None:
    text = "\n <b> 🌳 tree </b> \n"
    result = (await bot.call("sendMessage", chat_id=amina, text=text, parse_mode="HTML")).result
    assert result["text"] == "🌳 tree"
    assert result["entities"] == [{"type": "bold", "offset": 0, "length": 7}]


async def test_control_characters_and_embeddings_go_but_isolates_stay(
    bot: WireBot, amina: int
) -> None:
    text = "a\tb\r\n\u202bc\u202c \u20685\u2069"
    result = (await bot.call("sendMessage", chat_id=amina, text=text)).result
    assert result["text"] == "a b\nc \u20685\u2069"


async def test_entities_are_taken_as_given_and_sorted(bot: WireBot, amina: int) -> None:
    entities = [
        {"type": "italic", "offset": 3, "length": 4},
        {"type": "bold", "offset": 0, "length": 7},
    ]
    sent = await bot.call("sendMessage", chat_id=amina, text="🌳 tree", entities=entities)
    assert sent.result["entities"] == entities[::-1]


@pytest.mark.parametrize(
    ("entity", "error"),
    [
        (
            {"type": "bold", "offset": 0, "length": 9},
            OWN + "an entity lies outside the text (offsets count UTF-16 units)",
        ),
        (
            {"type": "bold", "offset": 1, "length": 2},
            OWN + "an entity cuts a character in two (offsets count UTF-16 units)",
        ),
        (
            {"type": "text_link", "offset": 0, "length": 2},
            OWN + 'an entity of type text_link needs "url"',
        ),
        (
            {"type": "shout", "offset": 0, "length": 2},
            "Bad Request: can't parse entities: unsupported MessageEntity type",
        ),
        (
            {"type": "bold", "offset": "0", "length": 2},
            'Bad Request: can\'t parse entities: field "offset" must be of type Number',
        ),
        (
            {"type": "bold", "offset": 0, "length": 2, "color": "red"},
            OWN + 'unknown field "color" in an entity',
        ),
        ("bold", "Bad Request: can't parse entities: expected an Object as MessageEntity"),
    ],
)
async def test_entities_that_do_not_fit_the_text_are_refused(
    bot: WireBot, amina: int, entity: Any, error: str
) -> None:
    answer = await bot.call("sendMessage", chat_id=amina, text="🌳 tree", entities=[entity])
    assert answer.refusal == (400, error)


def test_people_s_texts_get_entities_too(sandbox: Sandbox, amina: int) -> None:
    said = sandbox.people.say(amina, "🌳 /events@baobab_demo_bot")
    assert said["entities"] == [{"type": "bot_command", "offset": 3, "length": 23}]
