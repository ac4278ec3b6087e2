"""What of an update is never kept, not even for the moment until it is handled."""

import re
from collections.abc import Callable
from typing import Any

from bot.chat.sent import FILES

KEPT = frozenset(
    {
        "message_id",
        "date",
        "from",
        "chat",
        "text",
        "entities",
        "location",
        "media_group_id",
        *FILES,
    }
)
"""What of a message the bot works with. Stickers, contacts, captions, quotes and the names of whom
something was forwarded from are among what goes: of those it only needs to know that they came."""
ABOUT_A_FILE = ("file_id", "file_name", "mime_type", "file_size")
"""What of a file is kept until its message is handled: enough to fetch it, if it was asked for."""
COMMAND = "bot_command"
"""The kind of entity by which the library knows commands."""
LOOKS = frozenset(
    {
        COMMAND,
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "blockquote",
        "text_link",
    }
)
"""The entities that are kept: how words look, which volunteers' updates keep. Others name people,
or say what the words say already."""
DECIMALS = 3
"""Of a shared place: within about 60 metres, which is near enough to say how far events are."""
FROM_PEOPLE = (
    "message", "inline_query", "chosen_inline_result", "callback_query", "my_chat_member",
)  # fmt: skip
CRISIS = "/crisis"
"""Takes the place of words that suggest a crisis: their sender sees the help card, and what they
wrote reaches no disk."""
FOR_MANY = "text"
"""The command behind which words are meant for many, such as an invitation to talk about suicide:
nobody calls for help with it."""
_FOR_MANY = re.compile(rf"/{FOR_MANY}(?:@\w+)?\s", re.ASCII | re.IGNORECASE)


class Redaction:
    """Strips an update of what handling it does not need.

    Args:
        suggests_crisis: whether words suggest that somebody is in danger.
    """

    def __init__(self, suggests_crisis: Callable[[str], bool]) -> None:
        self._suggests_crisis = suggests_crisis

    def __call__(self, update: dict[str, Any]) -> None:
        """Change the update in place."""
        for kind in FROM_PEOPLE:
            content = update.get(kind)
            if content is not None:
                content["from"] = _nobody(content["from"])
        message = update.get("message")
        if message is not None:
            message["chat"] = _place(message["chat"])
            self._message(message)
        inline = update.get("inline_query")
        if inline is not None and self._suggests_crisis(inline["query"]):
            # Nobody can be shown a card in somebody else's chat; the words still are not kept.
            inline["query"] = ""
        chosen = update.get("chosen_inline_result")
        if chosen is not None:
            chosen["query"] = ""
            chosen.pop("location", None)
        query = update.get("callback_query")
        if query is not None and "message" in query:
            query["message"] = _pointer(query["message"])

    def _message(self, message: dict[str, Any]) -> None:
        said = [message.get("caption", "")]
        if not _FOR_MANY.match(typed := message.get("text", "")):
            said.append(typed)
        for key in message.keys() - KEPT:
            del message[key]
        if "entities" in message:
            message["entities"] = [each for each in message["entities"] if each["type"] in LOOKS]
        if "location" in message:
            message["location"] = _rounded(message["location"])
        for kind in FILES & message.keys():
            message[kind] = _handle(message[kind])
        if any(self._suggests_crisis(words) for words in said if words):
            for kind in FILES & message.keys():
                del message[kind]
            message["text"] = CRISIS
            message["entities"] = [{"type": COMMAND, "offset": 0, "length": len(CRISIS)}]


def _nobody(user: dict[str, Any]) -> dict[str, Any]:
    """A Telegram user without a name; the library insists on the field."""
    kept = ("id", "is_bot", "language_code")
    return {"first_name": "", **{key: user[key] for key in kept if key in user}}


def _place(chat: dict[str, Any]) -> dict[str, Any]:
    return {"id": chat["id"], "type": chat["type"]}


def _handle(file: Any) -> Any:
    """A file without its picture, its length and the like; of a photo the largest size."""
    if isinstance(file, list):  # the largest comes last
        return [_handle(each) for each in file[-1:]]
    return {key: file[key] for key in ABOUT_A_FILE if key in file}


def _rounded(place: dict[str, Any]) -> dict[str, Any]:
    """A shared place without its last digits, its direction of travel and how long it is shared."""
    return {key: round(place[key], DECIMALS) for key in ("latitude", "longitude")}


def _pointer(message: dict[str, Any]) -> dict[str, Any]:
    """Which message a button was under, without what it said.

    A date of 0 is how Telegram itself writes a message that a bot cannot read any more.
    """
    return {"message_id": message["message_id"], "date": 0, "chat": _place(message["chat"])}
