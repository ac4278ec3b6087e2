"""What is owed, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, Final, Protocol

from bot.db import Work
from bot.message import Message
from bot.people.models import Person

BROADCAST: Final = "broadcast"
"""The kind of the mailings that broadcasts are sent as."""
RECALL: Final = "recall"
"""The kind of mailings that take messages away again. Whoever stopped messages gets none by that,
so it is done for them, too."""


class Lane(IntEnum):
    """Who goes first. Replies, which are before all of these, are kept with their updates."""

    NOTICE = 1
    """What a person waits for: a reminder, a change of an event."""
    BROADCAST = 2
    """What can wait for all notices: an update to many, an old card brought up to date."""


class State(StrEnum):
    """Where a delivery stands."""

    DUE = "due"
    CLAIMED = "claimed"
    """A process is sending it right now."""
    RETRY = "retry"
    """It failed for a reason that may pass, and is due again later."""
    HELD = "held"
    """Its mailing is paused."""
    SENT = "sent"
    SKIPPED = "skipped"
    """Not sent, on purpose; the reason says why."""
    FAILED = "failed"
    """Telegram does not take it; the reason says why."""
    UNKNOWN = "unknown"
    """Nobody knows whether it arrived, so it is never sent again."""


class Reason(StrEnum):
    """Why a delivery was skipped or failed, or why nobody knows."""

    STOPPED = "stopped"
    """The person wants no messages."""
    BLOCKED = "blocked"
    """The person blocked the bot."""
    DEACTIVATED = "deactivated"
    """The person's Telegram account is gone."""
    MISSED = "missed"
    """It came too late to be of use."""
    CANCELLED = "cancelled"
    """The event does not happen."""
    MOVED = "moved"
    """The event is at another time now."""
    OVER = "over"
    """The event has begun, or is gone."""
    NOT_GOING = "not going"
    """The person has no place any more."""
    NO_ROLE = "no such role"
    """The person has the role no more for which they were written to."""
    NOT_WANTED = "not wanted"
    """The person chose not to get such messages."""
    TOLD = "told already"
    """Another message told them a short while ago."""
    SUPERSEDED = "superseded"
    """A later message says it, and more."""
    NOTHING_TO_SAY = "nothing to say"
    """What it would have said is not so any more."""
    CHAT_NOT_FOUND = "chat not found"
    NOT_STARTED = "never started"
    """The person never wrote to the bot."""
    NO_RIGHTS = "no rights"
    """The bot may not write in that chat."""
    GONE = "message gone"
    """The message that should have been changed is not there any more."""
    CRASH = "crash"
    """The process died between sending and noting it."""
    NO_ANSWER = "no answer"
    """Telegram did not say whether it took the message."""
    REFUSED = "refused"
    """Telegram refuses the message as it is."""
    UNRENDERED = "could not be written"
    """A fault of ours; the log says where."""
    GAVE_UP = "tried too often"
    CALLED_OFF = "called off"
    """Whoever sends it has stopped it."""
    HAS_PLACE = "has a place"
    """The person has booked already what it invites to."""
    ENOUGH = "enough for now"
    """The person was sent as much as anybody may be sent in a while."""


class Hold(IntEnum):
    """Whether a mailing may leave."""

    NONE = 0
    PAUSED = 1
    CALLED_OFF = 2


@dataclass(frozen=True, slots=True)
class Mailing:
    """One thing to tell, to however many people.

    Attributes:
        name: unique; the same thing again has the same name, so it is owed once.
        kind: which renderer writes it.
        subject: the number of what it is about, such as an event.
        details: what the renderer must know besides, as JSON can hold it.
        due_at: when it is to leave.
        not_after: later it is of no use.
        hold: whether it may leave.
    """

    name: str
    kind: str
    subject: int
    lane: Lane
    due_at: datetime
    not_after: datetime
    details: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
    hold: Hold = Hold.NONE


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message owed to one person.

    Attributes:
        edits: the message of ours to change or to take away; 0 for a new one.
        attempts: how often it was tried, this time included.
        album: the numbers of all messages of an album of ours that is to be taken away.
    """

    id: int
    mailing_id: int
    person_id: int
    lane: Lane
    due_at: datetime
    not_after: datetime
    edits: int = 0
    attempts: int = 1
    album: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """A claimed delivery with whom it is for."""

    delivery: Delivery
    person: Person


@dataclass(frozen=True, slots=True)
class Skip:
    """What a renderer says of a delivery that is not to be sent."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Written:
    """What a renderer says of a delivery that is to be sent.

    Give the same `message` object to everybody who gets the same words: it is then made ready for
    Telegram once.

    Attributes:
        silent: without a sound.
    """

    message: Message
    silent: bool = False


@dataclass(frozen=True, slots=True)
class TakenAway:
    """What a renderer says of a delivery that takes the message away which it edits."""


Writings = Mapping[int, Written | Skip | TakenAway]
"""What a renderer says of each delivery, by its id."""


def skip_all(owed: Sequence[Owed], reason: Reason) -> Writings:
    """Nothing of this is to be sent, for one reason."""
    return {each.delivery.id: Skip(reason) for each in owed}


class Renderer(Protocol):
    """Writes deliveries of some kind at the moment they leave, from the state of things then."""

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """What to send for each delivery, by its id. Nobody in `owed` has stopped messages.

        Args:
            work: to read in; it cannot write.
            mailing: what is told.
            owed: to whom; all of this mailing.
            now: the time.
        """


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a claimed delivery.

    Attributes:
        message_id: of the message in the person's chat, where one was sent.
        album: the numbers of all its messages, where it was several.
        due_at: when to try again; None where it is over.
        untried: nothing was tried, so this attempt does not count.
        at: when it became so; None for the time at which it is noted.
    """

    delivery_id: int
    state: State
    reason: str = ""
    message_id: int | None = None
    due_at: datetime | None = None
    untried: bool = False
    at: datetime | None = None
    album: tuple[int, ...] = ()
