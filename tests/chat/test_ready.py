"""Messages made ready once, and addressed to each person."""

import orjson
import pytest
from markupsafe import Markup

from bot.chat.ready import KEPT, Ready, Stationery
from bot.delivery.models import Written
from bot.message import Button, Document, Message, Place, Shown, Tap
from tests.support.oracle import problems_of_call

HELLO = Message(Markup("Hello <b>Amina</b>"))
PLAIN = {
    "text": "Hello <b>Amina</b>",
    "parse_mode": "HTML",
    "link_preview_options": {"is_disabled": True},
}


def params(ready: Ready) -> dict[str, object]:
    """What Telegram gets, once another's types have nothing against it."""
    assert ready.body is not None
    assert ready.call is None
    given: dict[str, object] = orjson.loads(ready.body)
    assert problems_of_call(ready.method, given) == []
    return given


def test_a_message_goes_to_its_chat() -> None:
    ready = Stationery().ready(Written(HELLO), 5_000_000_123, 0)
    assert ready.method == "sendMessage"
    assert params(ready) == {"chat_id": 5_000_000_123, **PLAIN}


def test_the_same_message_is_made_ready_once_and_addressed_to_each() -> None:
    stationery = Stationery()
    one = stationery.ready(Written(HELLO), 1, 0)
    known = dict(stationery._known)
    other = stationery.ready(Written(HELLO), -1001234567890, 0)
    assert stationery._known == known
    assert len(known) == 1
    assert params(one) == {"chat_id": 1, **PLAIN}
    assert params(other) == {"chat_id": -1001234567890, **PLAIN}


def test_what_differs_is_made_ready_apart() -> None:
    stationery = Stationery()
    loud = params(stationery.ready(Written(HELLO), 1, 0))
    silent = params(stationery.ready(Written(HELLO, silent=True), 1, 0))
    edited = stationery.ready(Written(HELLO), 1, 77)
    assert "disable_notification" not in loud
    assert silent == {"chat_id": 1, **PLAIN, "disable_notification": True}
    assert edited.method == "editMessageText"
    assert params(edited) == {"chat_id": 1, "message_id": 77, **PLAIN}
    assert params(stationery.ready(Written(HELLO), 1, 0)) == loud


def test_a_change_is_addressed_to_each_message() -> None:
    stationery = Stationery()
    changed = [params(stationery.ready(Written(HELLO), chat, 70 + chat)) for chat in (1, 2)]
    assert [(each["chat_id"], each["message_id"]) for each in changed] == [(1, 71), (2, 72)]


def test_a_change_makes_no_sound_and_costs_nothing() -> None:
    ready = Stationery(paid=True).ready(Written(HELLO, silent=True), 1, 77)
    assert params(ready) == {"chat_id": 1, "message_id": 77, **PLAIN}


def test_whoever_pays_says_so_with_each_new_message() -> None:
    assert params(Stationery(paid=True).ready(Written(HELLO), 1, 0)) == {
        "chat_id": 1,
        **PLAIN,
        "allow_paid_broadcast": True,
    }


def test_buttons_go_along_and_what_is_ours_does_not() -> None:
    message = Message(Markup("Card"), shows=Shown(7, "x")).with_buttons(
        [Button("Book", Tap.to("book", 7))]
    )
    for edits in (0, 77):
        given = params(Stationery().ready(Written(message), 1, edits))
        [[button]] = given["reply_markup"]["inline_keyboard"]  # type: ignore[index]
        assert button["text"] == "Book"
        assert [name for name in given if name.startswith("_")] == []


def test_a_place_is_a_venue() -> None:
    place = Place(51.5, -0.2, "Hall", "1 Sample Road")
    ready = Stationery().ready(Written(Message(Markup(), place=place), silent=True), 1, 0)
    assert ready.method == "sendVenue"
    assert params(ready) == {
        "chat_id": 1,
        "latitude": 51.5,
        "longitude": -0.2,
        "title": "Hall",
        "address": "1 Sample Road",
        "disable_notification": True,
    }


def test_a_document_goes_as_a_call_to_each_chat() -> None:
    stationery = Stationery()
    document = Document("plan.ics", b"BEGIN", "text/calendar")
    written = Written(Message(Markup("Plan"), document=document), silent=True)
    for chat in (1, 2):
        ready = stationery.ready(written, chat, 0)
        assert ready.body == b""
        assert ready.call is not None
        assert ready.method == ready.call.method == "sendDocument"
        assert ready.call.params == {
            "chat_id": chat,
            "caption": "Plan",
            "parse_mode": "HTML",
            "disable_notification": True,
            "_file": {
                "field": "document",
                "name": "plan.ics",
                "mime": "text/calendar",
                "base64": "QkVHSU4=",
            },
        }


@pytest.mark.parametrize(
    "message",
    [
        Message(Markup("Plan"), document=Document("plan.ics", b"BEGIN", "text/calendar")),
        Message(Markup(), place=Place(51.5, -0.2, "Hall", "1 Sample Road")),
        Message(Markup("Where?"), ask_location="Share"),
    ],
    ids=["document", "place", "question"],
)
def test_what_cannot_take_the_place_of_text_is_sent_anew(message: Message) -> None:
    ready = Stationery().ready(Written(message, silent=True), 5, 77)
    given = ready.call.params if ready.call is not None else params(ready)
    assert ready.method.startswith("send")
    assert given["chat_id"] == 5
    assert "message_id" not in given
    assert given["disable_notification"] is True


def test_few_messages_are_remembered_and_none_is_taken_for_another() -> None:
    stationery = Stationery()
    for number in range(3 * KEPT):
        given = params(stationery.ready(Written(Message(Markup.escape(number))), number, 0))
        assert (given["chat_id"], given["text"]) == (number, f"{number}")
        assert len(stationery._known) <= KEPT
