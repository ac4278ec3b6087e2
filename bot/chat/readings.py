"""What takes long to read is read before a turn, beside it, and remembered for some seconds.

A turn has the one writer of SQLite and the event loop for itself. A handler that needs something
which is counted over very many rows asks for it here. Where it is not known yet, the turn is given
up and handled once more after it has been read, on a thread and without a lock.
"""

from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from bot.clock import Clock
from bot.db import Database, Work

KEPT: Final = timedelta(seconds=10)
"""For how long it is remembered: long enough to look through the screens of a draft."""

Found = TypeVar("Found")


class Unread(Exception):
    """Something has to be read before the turn can be handled.

    Attributes:
        key: under which it is remembered.
        reading: reads it.
    """

    def __init__(self, key: Hashable, reading: Callable[[Work], Awaitable[object]]) -> None:
        super().__init__()
        self.key = key
        self.reading = reading


class Readings:
    """What this process has read lately.

    Nothing that decides whether something is done may rest on it: it may be some seconds old.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[object, datetime]] = {}

    def recall(
        self, key: Hashable, reading: Callable[[Work], Awaitable[Found]], now: datetime
    ) -> Found:
        """What was read lately under a key.

        Args:
            key: names all that the reading depends on, other than rows and the time.
            reading: reads it, in a transaction that only reads.
            now: the time.

        Raises:
            Unread: it was not; whoever handles the turn reads it, and handles it anew.
        """
        if key in self._known and now - self._known[key][1] < KEPT:
            found: Found = self._known[key][0]  # type: ignore[assignment]  # what `reading` gave
            return found
        raise Unread(key, reading)

    async def read(self, missing: Unread, database: Database, clock: Clock) -> None:
        """Read what a turn needs, and forget what is old."""
        async with database.long_reading() as work:
            found = await missing.reading(work)
        now = clock.now()
        self._known = {key: kept for key, kept in self._known.items() if now - kept[1] < KEPT}
        self._known[missing.key] = (found, now)
