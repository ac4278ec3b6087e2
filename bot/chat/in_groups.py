"""What of an update from a group is kept: what happened to the bot there, and commands for it.

What people say in a group is not for the bot, even where Telegram lets it read along; who is in a
group is nobody's business here. So of each update only a few fields of our own go on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

GROUPS: Final = frozenset({"group", "supergroup"})
IN_GROUP: Final = "in_group"
"""The kind of an update as it is kept; none of Telegram's own."""
JOINED, LEFT, MOVED, TITLED, COMMAND, TAP = (
    "joined",
    "left",
    "moved",
    "titled",
    "command",
    "tap",
)
_PRESENT: Final = frozenset({"creator", "administrator", "member", "restricted"})
_TITLE: Final = 128  # characters; Telegram allows no more


@dataclass(frozen=True, slots=True)
class InGroup:
    """Something that happened in a group, as a handler reads it.

    Attributes:
        chat_id: the group's number at Telegram.
        title: what it is called.
        what: one of JOINED, LEFT, MOVED, TITLED, COMMAND and TAP.
        is_new: of JOINED: the bot was not in it before.
        command: of COMMAND: which.
        moved_from: of MOVED: the number before.
        person: of TAP: the Telegram id of who pressed. Nobody else is known here.
        message_id: of TAP: the message with the button.
        query: of TAP: what Telegram waits for an answer to.
        data: of TAP: what the button says.
    """

    chat_id: int
    title: str
    what: str
    is_new: bool = False
    command: str = ""
    moved_from: int = 0
    person: int = 0
    message_id: int = 0
    query: str = ""
    data: str = ""


def is_in_group(content: dict[str, Any]) -> bool:
    """Whether an update's content is from a group."""
    return _chat(content).get("type") in GROUPS


class GroupRedaction:
    """Makes what is kept of an update from a group.

    Args:
        username: the bot's own.
        suggests_crisis: whether words suggest that somebody is in danger.
    """

    def __init__(self, username: str, suggests_crisis: Callable[[str], bool]) -> None:
        self._username = username.lower()
        self._suggests_crisis = suggests_crisis

    def __call__(self, kind: str, content: dict[str, Any]) -> dict[str, Any] | None:
        """The fields of an InGroup, and a hint at a language; None where nothing is for us."""
        kept: dict[str, Any] | None = None
        match kind:
            case "my_chat_member":
                kept = _membership(content)
            case "message":
                kept = self._message(content)
            case "callback_query":
                kept = _tap(content)
            case _:
                pass
        if kept is None:
            return None
        chat = _chat(content)
        return {"chat_id": chat["id"], "title": str(chat.get("title", ""))[:_TITLE], **kept}

    def _message(self, message: dict[str, Any]) -> dict[str, Any] | None:
        if "migrate_to_chat_id" in message:
            here, there = message["chat"]["id"], message["migrate_to_chat_id"]
            return {"what": MOVED, "chat_id": there, "moved_from": here}
        if "migrate_from_chat_id" in message:
            return {"what": MOVED, "moved_from": message["migrate_from_chat_id"]}
        if "new_chat_title" in message:
            return {"what": TITLED}
        if "via_bot" in message or self._suggests_crisis(message.get("text", "")):
            return None  # nothing is sent into a group about somebody in danger
        command = self._command(message)
        return None if command is None else {"what": COMMAND, "command": command}

    def _command(self, message: dict[str, Any]) -> str | None:
        """The command for us that a message begins with: by name, or as an answer to us."""
        mark = next(iter(message.get("entities", ())), None)
        if not mark or mark["type"] != "bot_command" or mark["offset"]:
            return None
        name, _, bot = message["text"][1 : mark["length"]].lower().partition("@")
        replied = message.get("reply_to_message", {}).get("from", {}).get("username", "")
        ours = (bot or str(replied).lower()) == self._username
        return name if ours else None


def _membership(change: dict[str, Any]) -> dict[str, Any]:
    old, new = (_is_in(change[key]) for key in ("old_chat_member", "new_chat_member"))
    if not new:
        return {"what": LEFT}
    hint = change["from"].get("language_code")
    return {"what": JOINED, "is_new": not old, "from": {"language_code": hint}}


def _is_in(member: dict[str, Any]) -> bool:
    status: str = member["status"]
    return status in _PRESENT and bool(member.get("is_member", True))


def _tap(query: dict[str, Any]) -> dict[str, Any]:
    return {
        "what": TAP,
        "person": query["from"]["id"],
        "message_id": query["message"]["message_id"],
        "query": query["id"],
        "data": query.get("data", ""),
    }


def _chat(content: dict[str, Any]) -> dict[str, Any]:
    chat: dict[str, Any] = content.get("chat") or content.get("message", {}).get("chat") or {}
    return chat


def read(content: dict[str, Any]) -> InGroup:
    """What GroupRedaction kept."""
    return InGroup(**{name: value for name, value in content.items() if name != "from"})
