"""People, their private chats with bots, and groups; and the messages in them."""

import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Final

from bot.sandbox.entities import JsonObject

PRESENT: Final = frozenset({"creator", "administrator", "member"})
RUNS_IT: Final = frozenset({"creator", "administrator"})
_ADMINISTRATOR: Final[JsonObject] = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
    "can_send_welcome_messages": False,
}


@dataclass(slots=True, eq=False)
class Person:
    """Someone with a Telegram account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    role: str = ""
    deactivated: bool = False

    def user(self) -> JsonObject:
        """The Bot API's User."""
        user: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                user[name] = value
        return user


@dataclass(slots=True, eq=False)
class Message:
    """A message in a chat. `data` is replaced on every edit and never changed in place."""

    data: JsonObject  # the Bot API's Message
    outgoing: bool  # a person sent it
    reply_keyboard: JsonObject | None = None  # people see it, Message objects do not show it
    inline_id: str = ""  # of a message sent through inline mode

    @property
    def id(self) -> int:
        """The message_id."""
        number: int = self.data["message_id"]
        return number

    def as_seen(self) -> JsonObject:
        """As people see it."""
        seen = {**self.data, "outgoing": self.outgoing}
        if self.reply_keyboard is not None:
            seen["reply_markup"] = self.reply_keyboard
        return seen


@dataclass(slots=True, eq=False)
class Chat(ABC):
    """Where messages are. `id` and `described` are what makes it private or a group."""

    messages: dict[int, Message] = field(default_factory=dict, kw_only=True)
    deleted: set[int] = field(default_factory=set, kw_only=True)
    instance: str = field(default_factory=lambda: str(secrets.randbits(62)), kw_only=True)

    @property
    @abstractmethod
    def id(self) -> int:
        """The chat's number at Telegram."""

    @property
    @abstractmethod
    def place(self) -> JsonObject:
        """Which chat it is, as events of the page name it."""

    @abstractmethod
    def described(self) -> JsonObject:
        """The Bot API's Chat."""


@dataclass(slots=True, eq=False)
class PrivateChat(Chat):
    """What one person and one bot have said to each other."""

    person: Person
    started: bool = False
    blocked: bool = False
    answers: list[JsonObject] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The person's number."""
        return self.person.id

    @property
    def place(self) -> JsonObject:
        """Whose chat it is."""
        return {"person_id": self.person.id}

    def described(self) -> JsonObject:
        """The Bot API's Chat for the private chat with this person."""
        person = self.person
        chat: JsonObject = {"id": person.id, "type": "private", "first_name": person.first_name}
        for name in ("last_name", "username"):
            if value := getattr(person, name):
                chat[name] = value
        return chat


@dataclass(slots=True, eq=False)
class Group(Chat):
    """A group or supergroup: people, perhaps bots, and what all of them have said."""

    number: int
    title: str
    kind: str = "group"  # or "supergroup"
    members: dict[int, str] = field(default_factory=dict)  # person id -> status
    bots: dict[int, str] = field(default_factory=dict)  # bot id -> status
    muted: bool = False  # only administrators may write
    upgraded_to: int | None = None
    last_bot: int | None = None  # which bot spoke last
    last_message_id: int = 0

    @property
    def id(self) -> int:
        """A negative number; of supergroups it begins with -100."""
        return self.number

    @property
    def place(self) -> JsonObject:
        """Which group it is."""
        return {"group_id": self.number}

    def described(self) -> JsonObject:
        """The Bot API's Chat."""
        return {"id": self.number, "type": self.kind, "title": self.title}

    def has(self, person: Person) -> bool:
        """Whether somebody is in it now."""
        return self.members.get(person.id) in PRESENT


def membership(user: JsonObject, status: str) -> JsonObject:
    """The Bot API's ChatMember."""
    member: JsonObject = {"status": status, "user": user}
    match status:
        case "kicked":
            return member | {"until_date": 0}
        case "creator":
            return member | {"is_anonymous": False}
        case "administrator":
            return member | _ADMINISTRATOR
        case _:
            return member
