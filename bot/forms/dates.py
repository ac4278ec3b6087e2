"""Reads the dates people type, and guesses none.

Every way in which a text can be read as a date is tried. It is taken where they all lead to the
same day; otherwise the reason says what would make it certain. Day comes before month, as
everywhere that people of North West London come from, unless no such month exists.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import Enum, auto
from itertools import product
from typing import NamedTuple, TypeAlias

from bot.forms.everyday import What
from bot.forms.inputs import Reason
from bot.forms.names import Meaning, any_date_words, date_words
from bot.forms.numbers import has_odd_number, western
from bot.forms.spelling import as_spoken, as_written

TYPED_LIMIT = 120  # characters; no date or time is longer
FIRST_YEAR, LAST_YEAR = 1800, 2200  # of the dates that are read
_SOON = 5  # years ahead that two digits may mean
_LATER = 10  # years ahead that two digits cannot mean any more: "36" is 1936 in 2026
_OTHER_YEARS = range(1300, 1500)  # it is 1404 in Tehran and 1447 in Mecca
_MONTHS, _DAYS = 12, 31
_LEAP_YEAR, _LEAP_YEARS = 2000, 8  # one, and how far apart they are at most
_YEAR_DIGITS, _WHOLE_DIGITS = 4, 8  # of "2026" and "29032026"

_SIGN = r"\s?[/.\-‐‑–—−⁄∕\\،,]\s?"
_TIGHT_SIGN = r"\s?[/.\-‐‑–—−⁄∕]\s?"  # "1,5" is no date
_NUMERIC = re.compile(
    rf"\d{{1,8}}(?:(?:{_SIGN}|\s)\d{{1,4}}){{2}}|\d{{1,4}}{_TIGHT_SIGN}\d{{1,4}}|\d{{1,8}}"
)
_TOKEN = re.compile(r"[0-9]+|[^\s0-9]+")
_CLOCK = re.compile(r"\d\s?:\s?\d")

Fits: TypeAlias = Callable[[date], bool]
"""Whether the form's own rules would take a date."""

_Outcome: TypeAlias = date | Reason

_TELLING = (
    Reason.WRONG_WEEKDAY,
    Reason.YEAR_UNCLEAR,
    Reason.YEAR_MISSING,
    Reason.DAY_MISSING,
    Reason.MONTH_MISSING,
    Reason.AMBIGUOUS_DATE,
    Reason.OTHER_CALENDAR,
    Reason.IMPOSSIBLE_DATE,
)  # which reason to give where the readings fail for several


class Whole(Enum):
    """How much of a date is asked for."""

    DAY = auto()
    MONTH = auto()
    YEAR = auto()


class _Scene(NamedTuple):
    """What a date is read against."""

    today: date | None
    whole: Whole
    fits: Fits | None


def read_date(
    text: str,
    language: str = "en",
    today: date | None = None,
    *,
    whole: Whole = Whole.DAY,
    fits: Fits | None = None,
) -> date | Reason:
    """The date written in `text`, or why it is not certain which.

    Args:
        text: such as "29/3/2026", "29 March 2026", "29.3.26", "٢٩ مارس ٢٠٢٦", "tomorrow".
        language: of the names; English, and where that says nothing, other languages are tried.
        today: the day it is; needed for "tomorrow", two-digit years and missing years.
        whole: how much of the date is enough; the first day of the month or year is returned.
        fits: what helps to find a missing year; where it is None, only a weekday does.
    """
    if len(text) > TYPED_LIMIT or has_odd_number(text):
        return Reason.NOT_A_DATE
    written = as_written(western(text)).rstrip(" .")
    if _CLOCK.search(written):
        return Reason.NOT_A_DATE
    scene = _Scene(today, whole, fits)
    if not re.search(r"[^\W\d_]", written):
        parts = re.findall(r"\d+", written) if _NUMERIC.fullmatch(written) else []
        return _settled(_numbers(parts, scene, ()))
    tokens = _TOKEN.findall(as_spoken(written))
    found = _settled(_named(tokens, language, scene))
    return found if found is not Reason.NOT_A_DATE else _settled(_named(tokens, "", scene))


def _settled(outcomes: Iterable[_Outcome]) -> _Outcome:
    """The one date that all readings lead to, or the most telling reason."""
    found = set(outcomes)
    dates = {outcome for outcome in found if not isinstance(outcome, Reason)}
    if len(dates) > 1:
        return Reason.AMBIGUOUS_DATE
    if dates:
        return dates.pop()
    return next((reason for reason in _TELLING if reason in found), Reason.NOT_A_DATE)


def _named(tokens: Sequence[str], language: str, scene: _Scene) -> Iterator[_Outcome]:
    """What the text may mean that holds words; without a language, in any of them."""
    words = [token for token in tokens if not token.isdecimal()]
    known = date_words(language) if language else any_date_words()
    meanings = known.read(words)
    for meant in product(*meanings) if meanings else ():
        yield _meant(meant, [token for token in tokens if token.isdecimal()], scene)


def _meant(meant: Sequence[Meaning], numbers: Sequence[str], scene: _Scene) -> _Outcome:
    """What the words and numbers mean if each word means this."""
    said = [meaning for meaning in meant if meaning.what is not What.BETWEEN]
    weekdays = tuple(meaning.number for meaning in said if meaning.what is What.WEEKDAY)
    other = [meaning for meaning in said if meaning.what is not What.WEEKDAY]
    match other:
        case [Meaning(What.MONTH, month)]:
            return _settled(_month(month, numbers, scene, weekdays))
        case [Meaning(What.DAYS, days)] if not numbers and scene.today is not None:
            day = scene.today + timedelta(days=days)
            return _whole(_on(day, weekdays), scene)
        case [] if numbers:
            return _settled(_numbers(numbers, scene, weekdays))
        case [] if weekdays:
            return Reason.AMBIGUOUS_DATE
        case _ if any(meaning.what is What.OTHER_CALENDAR for meaning in other):
            return Reason.OTHER_CALENDAR
        case _:
            return Reason.NOT_A_DATE


def _month(
    month: int, numbers: Sequence[str], scene: _Scene, weekdays: tuple[int, ...]
) -> Iterator[_Outcome]:
    """What a month's name and these numbers mean."""
    match [(number, len(number) == _YEAR_DIGITS) for number in numbers]:
        case [(year, True), (day, False)] | [(day, False), (year, True)]:
            yield _day(year, month, day, scene, weekdays)
        case [(day, False), (year, False)]:
            yield _day(year, month, day, scene, weekdays)
        case [(year, True)]:
            yield _first(year, month, scene)
        case [(number, False)] if scene.whole is Whole.DAY:
            yield _yearless(month, number, scene, weekdays)
        case [(number, False)]:
            yield _first(number, month, scene) if int(number) > _DAYS else Reason.YEAR_UNCLEAR
        case []:
            yield Reason.DAY_MISSING if scene.whole is Whole.DAY else Reason.YEAR_MISSING
        case _:
            yield Reason.NOT_A_DATE


def _numbers(
    numbers: Sequence[str], scene: _Scene, weekdays: tuple[int, ...]
) -> Iterator[_Outcome]:
    """What numbers alone mean."""
    match [(number, len(number) == _YEAR_DIGITS) for number in numbers]:
        case [(year, True), (month, False), (day, False)]:
            yield _day(year, int(month), day, scene, weekdays)
        case [(first, False), (second, False), (year, _)]:
            day, month = _day_first(first, second)
            yield _day(year, int(month), day, scene, weekdays)
        case [(year, True), (month, False)] | [(month, False), (year, True)]:
            yield _first(year, int(month), scene)
        case [(first, False), (second, False)] if scene.whole is Whole.DAY:
            day, month = _day_first(first, second)
            yield _yearless(int(month), day, scene, weekdays)
        case [(month, False), (year, False)]:
            # "3/12" may be a day of December as well as a month of 2012.
            clear = int(year) > _MONTHS
            yield _first(year, int(month), scene) if clear else Reason.YEAR_UNCLEAR
        case [(year, True)]:
            found = _year(year, scene)
            if isinstance(found, Reason):
                yield Reason.NOT_A_DATE if found is Reason.IMPOSSIBLE_DATE else found
            else:
                year_will_do = scene.whole is Whole.YEAR
                yield date(found, 1, 1) if year_will_do else Reason.MONTH_MISSING
        case [(digits, False)] if len(digits) == _WHOLE_DIGITS:
            yield _day(digits[4:], int(digits[2:4]), digits[:2], scene, weekdays)
            yield _day(digits[:4], int(digits[4:6]), digits[6:], scene, weekdays)
        case [_] if scene.whole is Whole.YEAR:
            yield Reason.YEAR_UNCLEAR
        case _:
            yield Reason.NOT_A_DATE


def _day_first(first: str, second: str) -> tuple[str, str]:
    """Which of the two is the day, and which the month."""
    if int(first) <= _MONTHS < int(second):
        return second, first
    return first, second


def _day(year: str, month: int, day: str, scene: _Scene, weekdays: tuple[int, ...]) -> _Outcome:
    """The date of a day, month and year, or the part of it that is asked for."""
    number = _year(year, scene)
    if isinstance(number, Reason):
        return number
    if len(day) > 2:  # noqa: PLR2004 -- digits of a day
        return Reason.NOT_A_DATE
    return _whole(_on(_made(number, month, int(day)), weekdays), scene)


def _first(year: str, month: int, scene: _Scene) -> _Outcome:
    """The first day of a month and year, where that is enough."""
    number = _year(year, scene)
    if isinstance(number, Reason):
        return number
    made = _made(number, month, 1)
    if isinstance(made, Reason):
        return made
    return Reason.DAY_MISSING if scene.whole is Whole.DAY else _whole(made, scene)


def first_day(day: date, whole: Whole) -> date:
    """The first day of the month or year, where that is what is asked for."""
    if whole is Whole.DAY:
        return day
    return day.replace(day=1, month=1 if whole is Whole.YEAR else day.month)


def _whole(outcome: _Outcome, scene: _Scene) -> _Outcome:
    return outcome if isinstance(outcome, Reason) else first_day(outcome, scene.whole)


def _on(outcome: _Outcome, weekdays: tuple[int, ...]) -> _Outcome:
    """The date, if it is on all of these weekdays."""
    if isinstance(outcome, Reason) or all(outcome.weekday() == day for day in weekdays):
        return outcome
    return Reason.WRONG_WEEKDAY


def _made(year: int, month: int, day: int) -> _Outcome:
    try:
        return date(year, month, day)
    except ValueError:
        return Reason.IMPOSSIBLE_DATE


def _year(digits: str, scene: _Scene) -> int | Reason:
    """The year that four or two digits mean.

    Two digits mean the nearest year that is not far ahead; where both centuries are possible, as
    for a birthday and a plan, nobody can tell.
    """
    year = int(digits)
    if len(digits) == _YEAR_DIGITS:
        if FIRST_YEAR <= year <= LAST_YEAR:
            return year
        return Reason.OTHER_CALENDAR if year in _OTHER_YEARS else Reason.IMPOSSIBLE_DATE
    if len(digits) != 2:  # noqa: PLR2004 -- digits of a year
        return Reason.NOT_A_DATE
    if scene.today is None:
        return Reason.YEAR_UNCLEAR
    ahead = (year - scene.today.year) % 100
    if ahead <= _SOON:
        return scene.today.year + ahead
    return Reason.YEAR_UNCLEAR if ahead < _LATER else scene.today.year + ahead - 100


def _yearless(month: int, number: str, scene: _Scene, weekdays: tuple[int, ...]) -> _Outcome:
    """The date of a day and month, where only one year is possible.

    A weekday leaves one of the last and the next such day; the form's rules may leave only days
    to come, of which people mean the next, or only one day at all.
    """
    day, today = int(number), scene.today
    if len(number) > 2:  # noqa: PLR2004 -- digits of a day
        return Reason.NOT_A_DATE
    if isinstance(_made(_LEAP_YEAR, month, day), Reason):
        return Reason.IMPOSSIBLE_DATE
    if today is None:
        return Reason.YEAR_MISSING
    years = range(today.year - 2 * _LEAP_YEARS, today.year + 2 * _LEAP_YEARS + 1)
    days = [made for year in years if not isinstance(made := _made(year, month, day), Reason)]
    past = [made for made in days if made < today][-2:]
    coming = [made for made in days if made >= today][:2]
    if weekdays:
        near = (_on(past[-1], weekdays), _on(coming[0], weekdays))
        return _settled(near) if any(map(_is_reason, near)) else Reason.YEAR_MISSING
    possible = [made for made in (*past, *coming) if scene.fits is not None and scene.fits(made)]
    if possible == coming:
        return coming[0]
    return possible[0] if possible in ([past[-1]], [coming[0]]) else Reason.YEAR_MISSING


def _is_reason(outcome: _Outcome) -> bool:
    return isinstance(outcome, Reason)
