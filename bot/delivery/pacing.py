"""How fast messages may leave, so that Telegram need not say "too many requests"."""

from collections import OrderedDict
from dataclasses import dataclass

BURST = 0.1
"""Seconds' worth of messages that may leave together. It is also how much is claimed at a time, so
how much a crash can leave unknown, and how long a person's stop can come too late by."""
MOST_AT_ONCE = 256  # claimed at a time where there is no limit


@dataclass(frozen=True, slots=True)
class Pace:
    """What Telegram allows.

    Attributes:
        overall: messages a second to everybody together; 0 for no limit.
        per_chat: messages a second to one chat; 0 for no limit.
    """

    overall: float = 25.0
    per_chat: float = 1.0

    @property
    def at_once(self) -> int:
        """How many deliveries to claim at a time."""
        if not self.overall:
            return MOST_AT_ONCE
        return min(MOST_AT_ONCE, max(1, int(self.overall * BURST)))


class Pacer:
    """Keeps messages apart as a `Pace` says.

    Pure: every method takes the time, in seconds of any clock that never runs backwards.
    """

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._interval = 1 / pace.overall if pace.overall else 0.0
        self._apart = 1 / pace.per_chat if pace.per_chat else 0.0
        self._next = 0.0
        self._chats: OrderedDict[int, float] = OrderedDict()

    def slot(self, now: float) -> float:
        """Take the next free moment; seconds until then."""
        at = max(self._next, now)
        self._next = at + self._interval
        return at - now

    def ready_in(self, chat: int, now: float) -> float:
        """Seconds until this chat may get another message."""
        last = self._chats.get(chat)
        return 0.0 if last is None else max(0.0, last + self._apart - now)

    def left(self, chat: int, now: float) -> None:
        """A message to a chat leaves now, or is about to."""
        if not self._apart:
            return
        self._forget(now)
        self._chats[chat] = now
        self._chats.move_to_end(chat)

    def replied(self, chat: int, now: float) -> None:
        """A reply leaves now. It waits for nobody; what comes after it makes room."""
        # However many people press a button at once, notices wait for them a second at most.
        self._next = min(max(self._next, now) + self._interval, max(self._next, now + 1.0))
        self.left(chat, now)

    def _forget(self, now: float) -> None:
        """Drop the chats that may be written to again, so that there are never many."""
        while self._chats:
            chat, last = next(iter(self._chats.items()))
            if last + self._apart > now:
                return
            del self._chats[chat]
