"""Messages as calls of the Bot API, in a form that can be kept as JSON until they are sent."""

import base64
from dataclasses import dataclass
from typing import Any, Self

import orjson

from bot.chat import callback_data
from bot.message import Button, MediaKind, Message, OpenLink, ShareInline, Tap

SHOWS = "_shows"
"""Under this key a call says what event its message shows: its number, and a look. It stays here,
as everything does whose key begins like this."""
KEPT = "_kept"
"""Under this key a call says which file of ours it shows: its digest, and its name. Telegram's own
handle to it is put in its place when the call is made."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API that is owed: a method and its parameters."""

    method: str
    params: dict[str, Any]

    @classmethod
    def many_from_json(cls, text: str) -> list[Self]:
        """The calls that `many_to_json` wrote."""
        return [cls(method, params) for method, params in orjson.loads(text)]


def many_to_json(calls: list[Call]) -> str:
    """Calls as JSON, to keep in a row."""
    return orjson.dumps([[call.method, call.params] for call in calls]).decode()


def say(message: Message, chat_id: int) -> Call:
    """The call that sends a message."""
    params: dict[str, Any] = {"chat_id": chat_id}
    if markup := _markup(message):
        params["reply_markup"] = markup
    if message.place is not None:
        place = message.place
        params |= {
            "latitude": place.latitude,
            "longitude": place.longitude,
            "title": place.title,
            "address": place.address,
        }
        return Call("sendVenue", params)
    if message.document is not None:
        document = message.document
        params["_file"] = {
            "field": "document",
            "name": document.name,
            "mime": document.mime,
            "base64": base64.b64encode(document.content).decode(),
        }
        if message.text:
            params |= {"caption": message.text, "parse_mode": "HTML"}
        return Call("sendDocument", params)
    if message.media:
        return _shown(message, params)
    if message.kept is not None:
        kept = message.kept
        params[KEPT] = [kept.digest, kept.name]
        return Call(method_of(kept.kind), params | _caption(message))
    if message.shows is not None:
        params[SHOWS] = [message.shows.event_id, message.shows.look]
    return Call("sendMessage", params | _text(message))


def edit(message: Message, chat_id: int, message_id: int) -> Call:
    """The call that puts a message in the place of one we sent.

    Only text can take the place of text, and a caption that of the caption under the same media: a
    message with another file or a place is sent anew.
    """
    if message.document or message.place or message.ask_location or message.kept:
        return say(message, chat_id)
    params: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id}
    params |= _caption(message) if message.media else _text(message)
    if markup := _markup(message):
        params["reply_markup"] = markup
    return Call("editMessageCaption" if message.media else "editMessageText", params)


def _shown(message: Message, params: dict[str, Any]) -> Call:
    """The call that shows media which Telegram has already."""
    if len(message.media) == 1:
        [media] = message.media
        return Call(
            method_of(media.kind), params | {media.kind.value: media.file_id} | _caption(message)
        )
    album: list[dict[str, Any]] = [
        {"type": media.kind.value, "media": media.file_id} for media in message.media
    ]
    album[0] |= _caption(message)  # Telegram shows the only caption under the whole album
    return Call("sendMediaGroup", {"chat_id": params["chat_id"], "media": album})


def method_of(kind: MediaKind) -> str:
    """The method that shows one file of a kind."""
    return f"send{kind.value.title()}"


def without_buttons(chat_id: int, message_id: int) -> Call:
    """The call that takes the buttons off a message we sent."""
    return Call("editMessageReplyMarkup", {"chat_id": chat_id, "message_id": message_id})


def toast(callback_query_id: str, text: str = "", *, alert: bool = False) -> Call:
    """The call that ends the wait of whoever pressed a button."""
    params: dict[str, Any] = {"callback_query_id": callback_query_id}
    if text:
        params["text"] = text
    if alert:
        params["show_alert"] = True
    return Call("answerCallbackQuery", params)


def _caption(message: Message) -> dict[str, Any]:
    return {"caption": message.text, "parse_mode": "HTML"} if message.text else {}


def _text(message: Message) -> dict[str, Any]:
    return {
        "text": message.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def _markup(message: Message) -> dict[str, Any] | None:
    if message.ask_location is not None:
        key = {"text": message.ask_location, "request_location": True}
        return {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}
    if not message.buttons:
        return None
    return {"inline_keyboard": [[_button(button) for button in row] for row in message.buttons]}


def _button(button: Button) -> dict[str, str]:
    match button.action:
        case Tap() as tap:
            return {"text": button.label, "callback_data": callback_data.write(tap)}
        case OpenLink(url):
            return {"text": button.label, "url": url}
        case ShareInline(query):
            return {"text": button.label, "switch_inline_query": query}
