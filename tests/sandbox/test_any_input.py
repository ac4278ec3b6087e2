"""Whatever stands anywhere in a call, the sandbox answers in the Bot API's way."""

import copy
import inspect
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import Clock
from bot.sandbox import Sandbox
from bot.sandbox.bot_api import METHODS
from bot.sandbox.calls import Call, read_parameters
from bot.sandbox.refusal import RefusedError

AMINA = object()  # stands for her chat_id
BUTTONS = {
    "inline_keyboard": [
        [
            {"text": "Go", "callback_data": "go", "style": "danger"},
            {"text": "Web", "url": "https://x.example"},
            {"text": "Copy", "copy_text": {"text": "x"}},
        ]
    ]
}
KEYBOARD = {
    "keyboard": [["Yes", {"text": "Here", "request_location": True}]],
    "input_field_placeholder": "x",
}
ENTITIES = [
    {"type": "bold", "offset": 0, "length": 1},
    {"type": "text_link", "offset": 0, "length": 1, "url": "https://x.example"},
]
ARTICLE = {
    "type": "article",
    "id": "1",
    "title": "x",
    "input_message_content": {"message_text": "x", "entities": ENTITIES},
    "reply_markup": BUTTONS,
}
RIGHT: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {"text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": BUTTONS}),
    ("sendMessage", {"text": "x", "entities": ENTITIES, "reply_markup": KEYBOARD}),
    ("sendMessage", {"text": "x", "reply_markup": {"remove_keyboard": True}}),
    ("sendMessage", {"text": "x", "reply_parameters": {"message_id": 1, "chat_id": 1}}),
    ("sendMessage", {"text": "x", "link_preview_options": {"is_disabled": True}}),
    ("sendDocument", {"document": "x", "caption": "x", "caption_entities": ENTITIES}),
    ("sendVideo", {"video": "x", "caption": "x", "caption_entities": ENTITIES}),
    ("sendAudio", {"audio": "x", "caption": "x", "caption_entities": ENTITIES}),
    (
        "sendMediaGroup",
        {
            "media": [
                {"type": "photo", "media": "x", "caption": "x"},
                {"type": "video", "media": "y"},
            ]
        },
    ),
    ("sendVenue", {"latitude": 1, "longitude": 1, "title": "x", "address": "x"}),
    ("sendChatAction", {"action": "typing"}),
    ("editMessageText", {"message_id": 1, "text": "x", "reply_markup": BUTTONS}),
    ("editMessageReplyMarkup", {"inline_message_id": "x", "reply_markup": BUTTONS}),
    ("deleteMessages", {"message_ids": [1, 2]}),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x", "show_alert": True}),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [ARTICLE], "button": {}}),
    (
        "setMyCommands",
        {
            "commands": [{"command": "x", "description": "x"}],
            "scope": {"type": "chat", "chat_id": AMINA},
            "language_code": "so",
        },
    ),
    ("setMyName", {"name": "x", "language_code": "so"}),
    ("setChatMenuButton", {"menu_button": {"type": "commands"}}),
    ("getFile", {"file_id": "x"}),
    ("getChat", {}),
]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.sampled_from([-1, "", "0", "{", "[]", "true", "nan", "inf", "9" * 5000]),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
Place = tuple[Any, ...]


def places(value: Any, here: Place = ()) -> list[Place]:
    """Every place in a nested value, the whole excepted."""
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    found = []
    for key, inner in items:
        found += [(*here, key), *places(inner, (*here, key))]
    return found


def replaced(value: Any, place: Place, new: Any) -> Any:
    """`value` with something else in one place."""
    changed = copy.deepcopy(value)
    inner = changed
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = new
    return changed


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return Sandbox(clock=Clock())


@pytest.fixture(scope="module")
def amina(sandbox: Sandbox) -> int:
    person: int = sandbox.people.add(first_name="Amina")["id"]
    sandbox.people.say(person, "/start")
    return person


def answer(sandbox: Sandbox, name: str, given_now: dict[str, Any]) -> str:
    """Run a call; the refusal, or nothing."""
    try:
        args = read_parameters(name, METHODS[name], given_now, {})
        orjson.dumps(METHODS[name].run(Call(sandbox.world, sandbox.bot, args)))
    except RefusedError as error:
        return error.description
    return ""


@pytest.mark.parametrize(("name", "right"), RIGHT)
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_anywhere_is_answered_or_refused(
    sandbox: Sandbox, amina: int, name: str, right: dict[str, Any], data: st.DataObject
) -> None:
    call = copy.deepcopy(right)
    if "chat_id" in METHODS[name].parameters:
        call["chat_id"] = amina
    if "scope" in call:
        call["scope"]["chat_id"] = amina
    where = data.draw(st.sampled_from(places(call)))
    refused = answer(sandbox, name, replaced(call, where, data.draw(JSON)))
    assert refused == "" or refused.startswith(("Bad Request: ", "Forbidden: "))


@pytest.mark.parametrize(
    "name", [name for name, one in METHODS.items() if not inspect.iscoroutinefunction(one.run)]
)
@given(data=st.data())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_parameters_are_answered_or_refused(
    sandbox: Sandbox, amina: int, name: str, data: st.DataObject
) -> None:
    call = {one: data.draw(JSON, one) for one in METHODS[name].parameters}
    refused = answer(sandbox, name, call)
    assert refused == "" or refused.startswith(("Bad Request: ", "Forbidden: "))
    sandbox.bot.logged_out = False
