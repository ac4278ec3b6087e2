"""What stands in one cell of a table, as people in Britain write it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple

from bot.clock import LONDON
from bot.events.importing.wording import one_line
from bot.people.folding import western_digits

Cell = str | int | float | bool | date | time | timedelta | None  # a datetime is a date, too

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[ t]00:00(?::00)?)?"),
    re.compile(_WEEKDAY + r"(?P<d>\d{1,2})([/.-])(?P<m>\d{1,2})\3(?P<y>\d{4}|\d{2})"),
    re.compile(
        _WEEKDAY + r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>[a-z]{3,9})\.?,?"
        r"[\s-]+(?P<y>\d{4}|\d{2})"
    ),
    re.compile(
        _WEEKDAY + r"(?P<month>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})"
    ),
)
_NO_YEAR = re.compile(_WEEKDAY + r"\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+[a-z]{3,9}")
_COUNTED = re.compile(r"\+\s*(?P<days>\d{1,3})(?:\s+(?P<weekday>[a-z]+day))?")
_TIME = re.compile(
    r"(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?(?::(?P<s>\d{2}))?\s*(?:(?P<half>[ap])\.?m\.?)?"
    r"(?:\s*(?P<zone>gmt|bst|uk time))?"
)
_FOUR_DIGITS = re.compile(r"(?P<h>[01]\d|2[0-4])(?P<m>[0-5]\d)(?P<s>)(?P<half>)(?P<zone>)")
_DOUBTFUL_HOURS = range(1, 8)  # "2:30" may be at night or after lunch; "02:30" and "9:30" are plain
_NOON = 12
_CENTURY = 2000
_YEARS = range(2000, 2101)
_OFFSETS = {"gmt": 0, "bst": 1}

_DATE_HELP = "Write it as 17/10/2026, 17 October 2026 or 2026-10-17."
_TIME_HELP = "Write it as 14:00 or 2pm."


class CellProblem(ValueError):
    """A cell cannot be read; the message is a plain sentence that says what to do."""


class WallTime(NamedTuple):
    """A time on the clock, and the offset from UTC in hours if it was written ("BST")."""

    time: time
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How cells are read.

    Attributes:
        counted_from: the day that "+12 Saturday" counts from; None: such dates are refused.
    """

    counted_from: date | None = None


def text_in(cell: Cell) -> str:
    """The cell as one line of text; "" for an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return one_line(str(cell))


def date_in(cell: Cell, reading: Reading) -> date:
    """The day a cell names.

    Raises:
        CellProblem: it names none, or one that does not exist.
    """
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise CellProblem(
                f"“{text_in(cell)}” holds a time as well. Put the time under “start”."
            )
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = western_digits(text_in(cell)).casefold()
    if counted := _COUNTED.fullmatch(text):
        return _counted_day(text, counted, reading)
    if _NO_YEAR.fullmatch(text):
        raise CellProblem(f"“{text_in(cell)}” has no year. {_DATE_HELP}")
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _DATES)), None)
    parts = match.groupdict() if match else {}
    month = _MONTHS.get(parts["month"]) if "month" in parts else int(parts.get("m", 0))
    if not match or not month:
        raise CellProblem(f"“{text_in(cell)}” is not a date. {_DATE_HELP}")
    year = int(parts["y"])
    if len(parts["y"]) == len("26"):
        year += _CENTURY
    return _day(text_in(cell), year, month, int(parts["d"]), match)


def _day(text: str, year: int, month: int, day: int, match: re.Match[str]) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        first = "The day comes first, then the month. " if month > 12 >= day else ""  # noqa: PLR2004 -- months
        raise CellProblem(f"There is no such day as “{text}”. {first}{_DATE_HELP}") from None
    if year not in _YEARS:
        raise CellProblem(f"“{text}” is in the year {year}. Is that right? {_DATE_HELP}")
    weekday = match[1] if match.re is not _DATES[0] else None
    if weekday and not WEEKDAYS[found.weekday()].startswith(weekday):
        raise CellProblem(
            f"“{text}”: that day is a {WEEKDAYS[found.weekday()].capitalize()}. "
            "Put the date or the weekday right."
        )
    return found


def _counted_day(text: str, match: re.Match[str], reading: Reading) -> date:
    if reading.counted_from is None:
        raise CellProblem(f"“{text}” counts from today, which only sample files may. {_DATE_HELP}")
    day = reading.counted_from + timedelta(days=int(match["days"]))
    if weekday := match["weekday"]:
        if weekday not in WEEKDAYS:
            raise CellProblem(f"“{weekday}” is not a day of the week.")
        day += timedelta(days=(WEEKDAYS.index(weekday) - day.weekday()) % 7)
    return day


def time_in(cell: Cell) -> WallTime:
    """The time on the clock that a cell names.

    Raises:
        CellProblem: it names none, or it could be two times of the day.
    """
    if isinstance(cell, datetime):
        return WallTime(cell.time().replace(second=0, microsecond=0))
    if isinstance(cell, time):
        return WallTime(cell.replace(second=0, microsecond=0))
    if isinstance(cell, float) and 0 < cell < 1:  # how spreadsheets hold a time: part of a day
        cell = timedelta(days=cell)
    if isinstance(cell, timedelta):
        minutes = round(cell / timedelta(minutes=1))
        if 0 <= minutes < 24 * 60:
            return WallTime(time(*divmod(minutes, 60)))
    return _written_time(text_in(cell))


def _written_time(shown: str) -> WallTime:
    text = western_digits(shown).casefold()
    if text in {"noon", "midday", "12 noon"}:
        return WallTime(time(_NOON))
    match = _TIME.fullmatch(text) or _FOUR_DIGITS.fullmatch(text)
    if not match:
        raise CellProblem(f"“{shown}” is not a time. {_TIME_HELP}")
    hour, minute, half = int(match["h"]), int(match["m"] or 0), match["half"]
    if half:
        if not 1 <= hour <= _NOON:
            raise CellProblem(f"“{shown}” is not a time. {_TIME_HELP}")
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    elif not match["m"] or (hour in _DOUBTFUL_HOURS and not text.startswith("0")):
        raise CellProblem(
            f"“{shown}”: is that in the morning or the afternoon? Write 02:30 or 14:30, 2am or 2pm."
        )
    try:
        found = time(hour, minute)
    except ValueError:
        raise CellProblem(f"“{shown}” is not a time. {_TIME_HELP}") from None
    return WallTime(found, _OFFSETS.get(match["zone"] or ""))


def london_moment(day: date, wall: WallTime) -> datetime:
    """The moment in UTC at which the clocks in London show this.

    Raises:
        CellProblem: they never do, or they do twice, because the clocks change that night.
    """
    shown = f"{wall.time:%H:%M} on {day.day} {day:%B %Y}"
    if wall.offset is not None:
        zone = timezone(timedelta(hours=wall.offset))
        moment = datetime.combine(day, wall.time, zone)
        if moment.astimezone(LONDON).replace(tzinfo=None) != moment.replace(tzinfo=None):
            name = "BST" if wall.offset else "GMT"
            raise CellProblem(f"{shown}: clocks in London do not show {name} then. Leave it out.")
        return moment.astimezone(UTC)
    early = datetime.combine(day, wall.time, LONDON)
    late = early.replace(fold=1)
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    if early.astimezone(UTC) < late.astimezone(UTC):
        raise CellProblem(
            f"{shown} happens twice, because the clocks go back that night. "
            f"Write {wall.time:%H:%M} BST for the first or {wall.time:%H:%M} GMT for the second."
        )
    raise CellProblem(
        f"{shown} does not exist, because the clocks go forward that night. Choose another time."
    )


def whole_number_in(cell: Cell, lowest: int, highest: int) -> int:
    """The whole number in a cell.

    Raises:
        CellProblem: there is none, or it is not between the two.
    """
    text = western_digits(text_in(cell)).replace(",", "").replace(" ", "")
    if not text.isascii() or not text.isdigit() or not lowest <= int(text[:12]) <= highest:
        raise CellProblem(
            f"“{text_in(cell)}” is not a whole number from {lowest:,} to {highest:,}."
        )
    return int(text)


def degrees_in(cell: Cell, limit: int) -> float:
    """The latitude or longitude in a cell, in degrees.

    Raises:
        CellProblem: there is no number, or it is beyond `limit` either way.
    """
    text = western_digits(text_in(cell)).replace("−", "-")
    if not re.fullmatch(r"[+-]?\d{1,3}(\.\d{1,17})?", text) or abs(float(text)) > limit:
        raise CellProblem(f"“{text_in(cell)}” is not a number of degrees such as 51.5586.")
    return float(text)


def items_in(cell: Cell) -> list[str]:
    """What a cell lists, parted by commas, semicolons or new lines."""
    text = "" if cell is None else str(cell)
    return [item for part in re.split(r"[,;\n|]", text) if (item := one_line(part))]
