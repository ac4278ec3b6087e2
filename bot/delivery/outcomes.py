"""What Telegram's answer means for a delivery, and for the person it was for."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.models import Delivery, Reason, Settled, State

ATTEMPTS = 8
"""Tries at a delivery that fails for reasons that may pass; with the pauses between them, over an
hour."""
FIRST_PAUSE = 10.0  # seconds before the second try; triples with each further one
LONGEST_PAUSE = 1800.0
OK = 200
FLOOD = 429
GATEWAY_TIMEOUT = 504
SERVER_ERROR = 500
WRONG_TOKEN = frozenset({401, 404})

_REFUSALS = (
    # Telegram's words, in lower case.
    ("bot was blocked by the user", Reason.BLOCKED),
    ("user is deactivated", Reason.DEACTIVATED),
    ("can't initiate conversation", Reason.NOT_STARTED),
    ("chat not found", Reason.CHAT_NOT_FOUND),
    ("bot was kicked", Reason.NO_RIGHTS),
    ("bot is not a member", Reason.NO_RIGHTS),
    ("group chat was deleted", Reason.CHAT_NOT_FOUND),
    ("not enough rights", Reason.NO_RIGHTS),
    ("have no rights", Reason.NO_RIGHTS),
    ("message to edit not found", Reason.GONE),
    ("message can't be edited", Reason.GONE),
    ("message to delete not found", Reason.GONE),
    ("message can't be deleted", Reason.GONE),
)
LEFT_FOR_GOOD = frozenset({Reason.BLOCKED, Reason.DEACTIVATED})
"""The only answers that end all messages to a person."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one call.

    Attributes:
        status: the HTTP status; 0 where no whole answer came.
        message_id: of the message sent, where one was.
        description: Telegram's words, where it refused.
        retry_after: seconds, where it asks for patience.
        moved_to: the chat's new number, where a group became a supergroup.
        album: the numbers of all messages, where several were sent as one album.
        unsent: certain that Telegram never got the call: it could not be reached at all.
    """

    status: int
    message_id: int | None = None
    description: str = ""
    retry_after: int | None = None
    moved_to: int | None = None
    unsent: bool = False
    album: tuple[int, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether Telegram did it, or it was done before."""
        return self.status == OK or "message is not modified" in self.description.lower()


def settled(delivery: Delivery, answer: Answer, now: datetime) -> Settled:
    """What becomes of a delivery after this answer.

    A flood (429), a token that is not known and a server that cannot be reached say nothing about
    a delivery: whoever sends puts it back untouched then, see `put_back`.
    """
    if answer.accepted:
        return Settled(delivery.id, State.SENT, message_id=answer.message_id, album=answer.album)
    if answer.status in {0, GATEWAY_TIMEOUT} and not delivery.edits:
        # It may have arrived, and a message about somebody's health must not come twice. To change
        # a message, or to take it away, twice does no harm.
        return unanswered(delivery)
    if answer.status == 0 or answer.status >= SERVER_ERROR:
        return again(delivery, now)
    if answer.moved_to is not None:
        # Not for ever: where somebody else has that chat already, the person keeps the old one.
        return again(delivery, now, at_once=True)
    reason = refusal(answer)
    if reason in LEFT_FOR_GOOD or reason is Reason.GONE:
        return Settled(delivery.id, State.SKIPPED, reason)
    return Settled(delivery.id, State.FAILED, reason)


def refusal(answer: Answer) -> Reason:
    """Why Telegram refused, by its own words."""
    said = answer.description.lower()
    return next((reason for words, reason in _REFUSALS if words in said), Reason.REFUSED)


def again(delivery: Delivery, now: datetime, *, at_once: bool = False) -> Settled:
    """Try a delivery again later, or give it up when that was tried often enough."""
    if delivery.attempts >= ATTEMPTS:
        return Settled(delivery.id, State.FAILED, Reason.GAVE_UP)
    if at_once:
        return Settled(delivery.id, State.RETRY, due_at=now)
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 3 ** (delivery.attempts - 1))
    # Spread out, so that what failed together does not come back together.
    pause *= random.uniform(0.8, 1.2)  # noqa: S311 -- no secret
    return Settled(delivery.id, State.RETRY, due_at=now + timedelta(seconds=pause))


def unanswered(delivery: Delivery) -> Settled:
    """Nobody knows whether it arrived."""
    return Settled(delivery.id, State.UNKNOWN, Reason.NO_ANSWER)


def stopped(delivery: Delivery) -> Settled:
    """The person wants no messages."""
    return Settled(delivery.id, State.SKIPPED, Reason.STOPPED)


def put_back(delivery: Delivery, due_at: datetime | None = None) -> Settled:
    """Leave a delivery as it was before it was claimed, perhaps for a later time."""
    state = State.DUE if delivery.attempts == 1 else State.RETRY
    return Settled(delivery.id, state, due_at=due_at or delivery.due_at, untried=True)
