"""What of an update from a group goes any further."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.in_groups import COMMAND, GroupRedaction

AMINA = 7_000_000_001
GROUP = {"id": -100, "type": "group", "title": "Think Tank"}
BOT = {"id": 1, "is_bot": True, "first_name": "Baobab", "username": "Baobab_Bot"}
KEPT = {"chat_id": -100, "title": "Think Tank"}


def keep(kind: str, **content: Any) -> dict[str, Any] | None:
    redaction = GroupRedaction("baobab_bot", lambda words: "danger" in words)
    about = {"from": {"id": AMINA, "first_name": "Amina", "language_code": "so"}, "chat": GROUP}
    return redaction(kind, about | content)


def said(text: str, length: int, **more: Any) -> dict[str, Any] | None:
    mark = {"type": "bot_command", "offset": 0, "length": length}
    return keep("message", message_id=1, text=text, entities=[mark], **more)


@pytest.mark.parametrize(
    ("text", "length", "more"),
    [
        ("/events", 7, {}),
        ("/events@other_bot", 17, {}),
        ("/events@baobab_bot I am in danger", 18, {}),
        ("/events@baobab_bot", 18, {"via_bot": BOT}),
        ("/events", 7, {"reply_to_message": {"from": {"id": AMINA, "first_name": "Amina"}}}),
    ],
)
def test_what_is_not_for_the_bot_goes_no_further(
    text: str, length: int, more: dict[str, Any]
) -> None:
    assert said(text, length, **more) is None


def test_a_command_is_kept_without_whose_it_is() -> None:
    command = KEPT | {"what": COMMAND, "command": "events"}
    assert said("/Events@Baobab_Bot of my street", 18) == command
    assert said("/events", 7, reply_to_message={"from": BOT}) == command


@given(st.text(), st.integers(0, 60))
def test_words_are_never_kept(text: str, length: int) -> None:
    kept = said(f"/help@baobab_bot {text}", length)
    assert kept is None or kept == KEPT | {"what": COMMAND, "command": "help"}


@pytest.mark.parametrize(
    ("status", "more", "what"),
    [
        ("member", {}, "joined"),
        ("administrator", {}, "joined"),
        ("restricted", {"is_member": True}, "joined"),
        ("restricted", {"is_member": False}, "left"),
        ("kicked", {}, "left"),
        ("left", {}, "left"),
    ],
)
def test_only_that_the_bot_came_or_went_is_kept(
    status: str, more: dict[str, Any], what: str
) -> None:
    new = {"status": status, "user": BOT, **more}
    kept = keep("my_chat_member", old_chat_member={"status": "left"}, new_chat_member=new)
    assert kept is not None
    assert kept["what"] == what
    assert str(AMINA) not in orjson.dumps(kept).decode()


def test_a_move_is_read_from_either_side() -> None:
    moved = {"what": "moved", "chat_id": -100, "title": "Think Tank", "moved_from": -5}
    old = {**GROUP, "id": -5}
    assert keep("message", chat=old, migrate_to_chat_id=-100) == moved
    assert keep("message", migrate_from_chat_id=-5) == moved
