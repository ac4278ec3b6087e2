"""Reads the times of day people type, and dates with them; guesses none.

An hour is read as on a clock of 24 hours unless a word says otherwise.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import product
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.clock import LONDON
from bot.forms.dates import TYPED_LIMIT, Fits, read_date
from bot.forms.everyday import What
from bot.forms.inputs import Reason
from bot.forms.names import SIX_HOURS_LATER, Meaning, any_time_words, base, time_words
from bot.forms.numbers import has_odd_number, western
from bot.forms.spelling import as_spoken, as_written

_TIGHT = r"(?<![\d.:,/+\-−–—])"  # not a part of another number
_CLOCK = re.compile(
    _TIGHT + r"(\d{1,2})\s?(?:[:.٫]|heures?|h)\s?(\d{2})"
    r"(?:\s?:\s?\d{2}(?:[.,]\d{1,6})?)?(?![\d:/\-–—])"
)
_FOUR = re.compile(_TIGHT + r"(\d\d)(\d\d)(?![\d.:,/\-–—])")
_HOUR = re.compile(_TIGHT + r"(\d{1,2})(?![\d:,/\-–—])")
_LAST_HOUR, _LAST_MINUTE, _NOON = 23, 59, 12
_YEAR = re.compile(r"\d{4}")
_BREAK = re.compile(r"\s*[\s,،]\s*|(?<=\d)t(?=\d)", re.IGNORECASE)


def _hours(first: int, last: int, later: int = 0) -> dict[int, int]:
    return {hour: hour + later for hour in range(first, last + 1)}


_PERIODS: Mapping[What, Mapping[int, int]] = {
    What.AM: {12: 0} | _hours(0, 11),
    What.PM: {12: 12} | _hours(1, 11, 12) | _hours(13, 23),
    What.MORNING: _hours(0, 11),
    What.AFTERNOON: {12: 12} | _hours(1, 6, 12) | _hours(13, 18),
    What.EVENING: _hours(1, 11, 12) | _hours(13, 23),
    What.NIGHT: {12: 0} | _hours(0, 4) | _hours(6, 11, 12) | _hours(18, 23),
    What.NOON: {12: 12},
    What.MIDNIGHT: {0: 0, 12: 0},
}  # the hour said -> the hour meant; what is not here is not certain

_CERTAIN = frozenset({What.AM, What.PM})

_Outcome: TypeAlias = time | Reason
_Pair: TypeAlias = tuple[date | Reason, time | Reason]


def read_time(text: str, language: str = "en", *, alone: bool = True) -> time | Reason:
    """The time of day written in `text`, to the minute, or why it is not certain which.

    Args:
        text: such as "14:05", "2pm", "14.05", "2:05 p.m.", "14h05", "٢:٠٥ مساءً", "noon".
        language: of the words; English, and where that says nothing, other languages are tried.
        alone: whether nothing but a time can be meant, so that "1405" and "14" are times.
    """
    if len(text) > TYPED_LIMIT or has_odd_number(text):
        return Reason.NOT_A_TIME
    written = as_written(western(text))
    for pattern in (_CLOCK, _FOUR, _HOUR):
        clock = pattern.search(written)
        if clock:
            break
    rest = f"{written[: clock.start()]} {written[clock.end() :]}" if clock else written
    words = as_spoken(rest).split()
    if re.search(r"\d", rest) or (clock is None and not words):
        return Reason.NOT_A_TIME
    for known in (time_words(language), any_time_words()):
        meanings = known.read(words)
        if meanings is not None:
            found = {_meant(clock, meant, language, alone=alone) for meant in product(*meanings)}
            return found.pop() if len(found) == 1 else Reason.AMBIGUOUS_TIME
    return Reason.NOT_A_TIME


def read_moment(
    text: str,
    language: str = "en",
    today: date | None = None,
    zone: ZoneInfo = LONDON,
    fits: Callable[[datetime], bool] | None = None,
) -> datetime | Reason:
    """The date and time of day written together in `text`, in `zone`, or why it is not certain.

    The hour that comes twice when clocks are put back is read as the first. For the arguments see
    `bot.forms.dates.read_date`.
    """
    if len(text) > TYPED_LIMIT:
        return Reason.NOT_A_DATE
    pairs = tuple(_parted(text, language, today, zone, fits))
    moments = {
        datetime.combine(day, hour, zone)
        for day, hour in pairs
        if not isinstance(day, Reason) and not isinstance(hour, Reason)
    }
    if len(moments) == 1:
        return _existing(moments.pop())
    return Reason.AMBIGUOUS_DATE if moments else _missing(text, language, today, pairs)


def _missing(text: str, language: str, today: date | None, pairs: Sequence[_Pair]) -> Reason:
    """What is missing or wrong in a text that is no date with a time."""
    day = read_date(text, language, today)
    if not isinstance(day, Reason):
        return Reason.TIME_MISSING
    if isinstance(read_time(text, language, alone=False), time):
        return Reason.DATE_MISSING
    hours = [
        hour for day, hour in pairs if isinstance(hour, Reason) and not isinstance(day, Reason)
    ]
    days = [day for day, hour in pairs if isinstance(day, Reason) and not isinstance(hour, Reason)]
    return next(iter((*hours, *days)), day)


def _parted(
    text: str,
    language: str,
    today: date | None,
    zone: ZoneInfo,
    fits: Callable[[datetime], bool] | None,
) -> Iterator[_Pair]:
    """Every way to part the text into a date and a time."""
    for gap in _BREAK.finditer(text):
        first, last = text[: gap.start()], text[gap.end() :]
        for words, clock in ((first, last), (last, first)):
            # After a year in full, "1405" can be nothing but a time.
            hour = read_time(clock, language, alone=bool(_YEAR.search(words)))
            if hour is Reason.NOT_A_TIME:
                continue
            fitting: Fits | None = None
            if fits is not None and not isinstance(hour, Reason):
                fitting = partial(_fits, fits, hour, zone)
            day = read_date(words, language, today, fits=fitting)
            if day is not Reason.NOT_A_DATE:
                yield day, hour


def _fits(fits: Callable[[datetime], bool], hour: time, zone: ZoneInfo, day: date) -> bool:
    return fits(datetime.combine(day, hour, zone))


def _existing(moment: datetime) -> datetime | Reason:
    """The moment, if clocks do not skip it."""
    known = moment.astimezone(UTC).astimezone(moment.tzinfo)
    skipped = known.replace(tzinfo=None) != moment.replace(tzinfo=None)
    return Reason.IMPOSSIBLE_TIME if skipped else moment


def _meant(
    clock: re.Match[str] | None, meant: Sequence[Meaning], language: str, *, alone: bool
) -> _Outcome:
    """What the digits mean, or no digits, if each word means this."""
    said = {meaning.what for meaning in meant} - {What.BETWEEN}
    periods = said - {What.HOUR}
    if clock is None:
        named = {frozenset({What.NOON}): time(12), frozenset({What.MIDNIGHT}): time(0)}
        return named.get(frozenset(periods), Reason.NOT_A_TIME)
    hour, minute = int(clock[1]), 0 if clock.re is _HOUR else int(clock[2])
    if hour > _LAST_HOUR or minute > _LAST_MINUTE:
        return Reason.IMPOSSIBLE_TIME
    if clock.re is _FOUR and not alone and not said:
        return Reason.NOT_A_TIME
    small = 1 <= hour <= _NOON
    bare = clock.re is _HOUR and not said
    from_six = base(language) in SIX_HOURS_LATER and clock[1][0] != "0"
    if (bare and (small or not alone)) or (from_six and small and not periods & _CERTAIN):
        return Reason.AMBIGUOUS_TIME
    hours = {_PERIODS[period].get(hour) for period in periods} or {hour}
    found = hours.pop()
    if hours or found is None:
        return Reason.AMBIGUOUS_TIME if small else Reason.IMPOSSIBLE_TIME
    return time(found, minute)
