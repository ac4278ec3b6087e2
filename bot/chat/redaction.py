"""What of an update is never kept, not even for the moment until it is handled."""

from collections.abc import Callable
from typing import Any

CRISIS = "/crisis"
"""Takes the place of words that suggest a crisis: their sender sees the help card, and what they
wrote reaches no disk."""


class Redaction:
    """Strips an update of what handling it does not need.

    Args:
        suggests_crisis: whether words suggest that somebody is in danger.
    """

    def __init__(self, suggests_crisis: Callable[[str], bool]) -> None:
        self._suggests_crisis = suggests_crisis

    def __call__(self, update: dict[str, Any]) -> None:
        """Change the update in place."""
        for kind in ("message", "inline_query", "callback_query", "my_chat_member"):
            content = update.get(kind)
            if content is not None:
                content["from"] = _nobody(content["from"])
        message = update.get("message")
        if message is not None:
            message["chat"] = _place(message["chat"])
            self._message(message)
        query = update.get("callback_query")
        if query is not None and "message" in query:
            query["message"] = _pointer(query["message"])

    def _message(self, message: dict[str, Any]) -> None:
        message.pop("reply_to_message", None)
        message.pop("quote", None)
        for words, marks in (("text", "entities"), ("caption", "caption_entities")):
            if words in message and self._suggests_crisis(message[words]):
                message.pop(words)
                message.pop(marks, None)
                message["text"] = CRISIS
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(CRISIS)}]


def _nobody(user: dict[str, Any]) -> dict[str, Any]:
    """A Telegram user without a name; the library insists on the field."""
    kept = ("id", "is_bot", "language_code")
    return {"first_name": "", **{key: user[key] for key in kept if key in user}}


def _place(chat: dict[str, Any]) -> dict[str, Any]:
    return {"id": chat["id"], "type": chat["type"]}


def _pointer(message: dict[str, Any]) -> dict[str, Any]:
    """Which message a button was under, without what it said."""
    return {
        "message_id": message["message_id"],
        "date": message["date"],
        "chat": _place(message["chat"]),
    }
