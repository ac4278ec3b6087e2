from typing import Any

import pytest

from bot.chat.redaction import Redaction

USER = {
    "id": 7,
    "is_bot": False,
    "first_name": "Amina",
    "last_name": "B",
    "username": "amina",
    "language_code": "so",
}
CHAT = {"id": 7, "type": "private", "first_name": "Amina", "username": "amina"}
NOBODY = {"id": 7, "is_bot": False, "language_code": "so", "first_name": ""}
PLACE = {"id": 7, "type": "private"}


@pytest.fixture
def redact() -> Redaction:
    return Redaction(lambda text: "end my life" in text)


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 5, "from": dict(USER), "chat": dict(CHAT), **more}


def test_names_are_never_kept(redact: Redaction) -> None:
    update = {"update_id": 1, "message": message(text="Hello")}
    redact(update)
    assert update == {
        "update_id": 1,
        "message": {"message_id": 1, "date": 5, "from": NOBODY, "chat": PLACE, "text": "Hello"},
    }


@pytest.mark.parametrize("field", ["text", "caption"])
def test_words_that_suggest_a_crisis_are_never_kept(redact: Redaction, field: str) -> None:
    update = {"update_id": 1, "message": message(**{field: "I will end my life"})}
    redact(update)
    assert update["message"] == {
        "message_id": 1,
        "date": 5,
        "from": NOBODY,
        "chat": PLACE,
        "text": "/crisis",
        "entities": [{"type": "bot_command", "offset": 0, "length": 7}],
    }


def test_of_a_shared_place_only_its_surroundings_are_kept(redact: Redaction) -> None:
    place = {"latitude": 51.5553217, "longitude": -0.2799482, "live_period": 60, "heading": 5}
    update: dict[str, Any] = {"update_id": 1, "message": message(location=place)}
    redact(update)
    assert update["message"]["location"] == {"latitude": 51.555, "longitude": -0.28}


def test_of_a_file_only_what_it_takes_to_fetch_it_is_kept(redact: Redaction) -> None:
    handle = {"file_id": "A", "file_name": "a.xlsx", "mime_type": "text/csv", "file_size": 7}
    document = {**handle, "file_unique_id": "B", "thumbnail": {"file_id": "C"}}
    update: dict[str, Any] = {"update_id": 1, "message": message(document=document, caption="Me")}
    redact(update)
    assert update["message"]["document"] == handle
    assert "caption" not in update["message"]


def test_of_a_photo_the_largest_size_is_kept(redact: Redaction) -> None:
    sizes = [
        {"file_id": name, "file_unique_id": name, "width": 1, "height": 1, "file_size": 9}
        for name in ("small", "large")
    ]
    update: dict[str, Any] = {"update_id": 1, "message": message(photo=sizes)}
    redact(update)
    assert update["message"]["photo"] == [{"file_id": "large", "file_size": 9}]


def test_beside_words_that_suggest_a_crisis_no_file_is_kept(redact: Redaction) -> None:
    said = message(voice={"file_id": "A", "duration": 3}, caption="I will end my life")
    update: dict[str, Any] = {"update_id": 1, "message": said}
    redact(update)
    assert update["message"].keys() == {"message_id", "date", "from", "chat", "text", "entities"}


def test_nobody_whom_a_text_mentions_is_kept(redact: Redaction) -> None:
    command = {"type": "bot_command", "offset": 0, "length": 6}
    mention = {"type": "text_mention", "offset": 7, "length": 6, "user": dict(USER)}
    said = message(text="/start friend", entities=[command, mention])
    update: dict[str, Any] = {"update_id": 1, "message": said}
    redact(update)
    assert update["message"]["entities"] == [command]


def test_what_a_quoted_message_said_is_not_kept(redact: Redaction) -> None:
    update = {
        "update_id": 1,
        "message": message(text="Yes", reply_to_message=message(text="private"), quote={}),
    }
    redact(update)
    assert set(update["message"]) == {"message_id", "date", "from", "chat", "text"}


def test_a_tap_keeps_only_which_message_it_was_under(redact: Redaction) -> None:
    query = {
        "id": "9",
        "from": dict(USER),
        "chat_instance": "1",
        "data": "home",
        "message": message(text="Your needs: large print", reply_markup={"inline_keyboard": []}),
    }
    update = {"update_id": 1, "callback_query": query}
    redact(update)
    assert query == {
        "id": "9",
        "from": NOBODY,
        "chat_instance": "1",
        "data": "home",
        "message": {"message_id": 1, "date": 0, "chat": PLACE},
    }


def test_a_tap_under_a_message_telegram_forgot_is_fine(redact: Redaction) -> None:
    query = {
        "id": "9",
        "from": dict(USER),
        "chat_instance": "1",
        "data": "home",
        "message": {"message_id": 1, "date": 0, "chat": dict(CHAT)},
    }
    redact({"update_id": 1, "callback_query": query})
    assert query["message"] == {"message_id": 1, "date": 0, "chat": PLACE}


@pytest.mark.parametrize("command", ["/text", "/text@baobab_bot", "/TEXT"])
def test_words_for_many_may_speak_of_anything(redact: Redaction, command: str) -> None:
    text = f"{command}\nTalk with people who want to end my life"
    update = {"update_id": 1, "message": message(text=text)}
    redact(update)
    assert update["message"]["text"] == text


@pytest.mark.parametrize("text", ["/textend my life", "I /text end my life", "/texts end my life"])
def test_only_behind_the_very_command(redact: Redaction, text: str) -> None:
    update = {"update_id": 1, "message": message(text=text)}
    redact(update)
    assert update["message"]["text"] == "/crisis"
