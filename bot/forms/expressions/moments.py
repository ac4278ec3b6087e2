"""Dates and times as the texts that an instance holds.

A date is "2026-03-29", a time "14:05:00.000+01:00", a dateTime "2026-03-29T14:05:00.000+01:00"
(OpenRosa XForms, Data Types). As a number a date is its whole days since 1970-01-01, and a
dateTime its days since then in UTC, with a fraction.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from math import isfinite, nan

_DAY = timedelta(days=1)
_EPOCH_DAY = date(1970, 1, 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK = r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?"
_OFFSET = r"(Z|[+-]\d\d(?::?\d\d)?)?"
_MOMENT = re.compile(rf"(\d{{4}})-(\d\d?)-(\d\d?)(?:T{_CLOCK}{_OFFSET})?", re.ASCII)
_TIME = re.compile(_CLOCK + _OFFSET, re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or a date with a time of day.

    Attributes:
        day: the date as written.
        instant: the aware moment; None for a date alone.
    """

    day: date
    instant: datetime | None = None

    def number(self) -> float:
        """Days since 1970-01-01: whole for a date, with a fraction and in UTC for a dateTime."""
        if self.instant is None:
            return float((self.day - _EPOCH_DAY).days)
        return (self.instant - _EPOCH) / _DAY

    def at(self, zone: tzinfo) -> datetime:
        """The moment on the form's clock; a date is its first minute."""
        if self.instant is None:
            return datetime.combine(self.day, time(), zone)
        return self.instant.astimezone(zone)


def read_moment(text: str, zone: tzinfo) -> Moment | None:
    """The date or dateTime that `text` is; one without an offset is in `zone`.

    Days and months may have one digit, as in "2026-3-9".
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    try:
        written = date(int(year), int(month), int(day))
        if hour is None:
            return Moment(written)
        clock = _clock(hour, minute, second, fraction)
        instant = datetime.combine(written, clock, _zone(offset) or zone)
        return Moment(written, instant.astimezone(UTC).astimezone(instant.tzinfo))
    except (ValueError, OverflowError):
        return None


def read_clock(text: str) -> time | None:
    """The time of day that `text` is, as written: its offset is read over."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return _clock(*found.groups()[:4])
    except ValueError:
        return None


def moment_of_number(days: float, zone: tzinfo) -> Moment | None:
    """The date so many days after 1970-01-01, or, with a fraction, the dateTime."""
    if not isfinite(days):
        return None
    try:
        if days == int(days):
            return Moment(_EPOCH_DAY + timedelta(days=int(days)))
        instant = (_EPOCH + timedelta(days=days)).astimezone(zone)
        return Moment(instant.date(), instant)
    except OverflowError:
        return None


def number_of_moment(text: str, zone: tzinfo) -> float:
    """`Moment.number` of the text, or NaN."""
    if len(text) < 8:  # noqa: PLR2004 -- the shortest date, 2026-3-9
        return nan
    moment = read_moment(text, zone)
    return nan if moment is None else moment.number()


def part_of_day(clock: time) -> float:
    """A time of day as a fraction: noon is 0.5."""
    passed = timedelta(
        hours=clock.hour,
        minutes=clock.minute,
        seconds=clock.second,
        microseconds=clock.microsecond,
    )
    return passed / _DAY


def text_of_instant(instant: datetime) -> str:
    """An aware moment as an instance holds it: milliseconds and an offset."""
    return instant.isoformat(timespec="milliseconds")


def _clock(hour: str, minute: str, second: str | None, fraction: str | None) -> time:
    micros = int((fraction or "0").ljust(6, "0")[:6])
    return time(int(hour), int(minute), int(second or 0), micros)


def _zone(offset: str | None) -> tzinfo | None:
    if offset is None:
        return None
    if offset == "Z":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-away if offset[0] == "-" else away)
