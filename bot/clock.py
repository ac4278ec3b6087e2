"""The only reader of the time.

Everything else takes `now` as an argument, so a test or the demo can move time without patching
anything. Moments are aware and in UTC; the databases hold them as microseconds since 1970.
"""

import mmap
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_SIZE = 8  # bytes: one signed 64-bit number of microseconds


class Clock:
    """Wall time plus an offset that the sandbox can move forward.

    Give every process of a sandbox the same `shared` file and they read the same time: the offset
    lives in a memory-mapped file, so a move is seen at once and without any messages.

    Args:
        shared: a file that holds the offset; it is made if it does not exist. None: real time
            with an offset of this object's own.
    """

    def __init__(self, shared: Path | None = None) -> None:
        self._offset: mmap.mmap | bytearray = bytearray(_SIZE)
        if shared is not None:
            if not shared.exists():
                shared.write_bytes(bytes(_SIZE))
            with shared.open("r+b") as file:
                self._offset = mmap.mmap(file.fileno(), _SIZE)

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return datetime.now(UTC) + self.offset  # noqa: TID251 -- the one place

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead of the wall."""
        return int.from_bytes(self._offset[:_SIZE], "little", signed=True) * MICROSECOND

    def forward(self, by: timedelta) -> datetime:
        """Move the time forward and return the new time.

        Raises:
            ValueError: `by` is negative; a bot's time never runs backwards.
        """
        if by < timedelta():
            raise ValueError("time only moves forward")
        micros = (self.offset + by) // MICROSECOND
        self._offset[:_SIZE] = micros.to_bytes(_SIZE, "little", signed=True)
        return self.now()


def to_micros(moment: datetime) -> int:
    """An aware moment as whole microseconds since 1970 UTC, the form databases hold.

    Raises:
        ValueError: the moment is naive.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (moment - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """The aware UTC moment of `to_micros`."""
    return EPOCH + micros * MICROSECOND
