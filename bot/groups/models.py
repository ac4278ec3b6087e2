"""A group at Telegram, as a value."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LINK = "group"
"""The payload of the link by which somebody comes from a group to their own chat."""


class GroupKind(StrEnum):
    """What a group is for."""

    NONE = "none"
    """Nobody has said it yet, or it gets no news."""
    THINK_TANK = "think tank"
    BOROUGH = "borough"


@dataclass(frozen=True, slots=True)
class GroupChat:
    """A group at Telegram that the bot is in, or was. Who else is in it we do not know.

    Attributes:
        chat_id: its number at Telegram, which changes once if it becomes a supergroup.
        title: as Telegram gives it; empty once the bot is out.
        borough: the key of a borough, where it is for one.
        language: the code of the language that the bot writes there.
        since: when the bot first came in.
        removed_at: since when the bot is out.
    """

    id: int
    chat_id: int
    title: str
    kind: GroupKind
    borough: str | None
    language: str
    since: datetime
    removed_at: datetime | None = None
