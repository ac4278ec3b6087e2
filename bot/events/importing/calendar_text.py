"""A calendar file as text, looked at line by line before anything interprets it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.events.importing import limits
from bot.events.importing.result import Problems, refused

_EXPORT_AGAIN = "Export the calendar again as .ics and try that file."
_NEWLINE = re.compile(r"\r\n|\n|\r")
_TOO_OFTEN = re.compile(r"[:;]FREQ=(?:SECONDLY|MINUTELY|HOURLY)\b", re.IGNORECASE)
_ZONE_RULE = re.compile(r"[:;]FREQ=(?:YEARLY|MONTHLY)\b", re.IGNORECASE)
_MOST = {
    "VEVENT": (limits.ROWS, "events"),
    "VTIMEZONE": (limits.ICS_ZONES, "time zones"),
    "dates": (limits.ICS_DATES, "single dates"),
}


@dataclass(frozen=True, slots=True)
class CalendarText:
    """A calendar file that is safe to interpret.

    Attributes:
        text: the file, in Unicode, with the line ends of RFC 5545.
        events: the number of the line on which each VEVENT begins, in the file's order.
    """

    text: str
    events: tuple[int, ...]


def look_through(content: bytes) -> CalendarText:
    """Decode a calendar file and check its shape and size.

    Raises:
        ImportRefused: it is not UTF-8, no calendar, or asks for too much work.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refused(
            f"Line {line}: the letters cannot be read, because the file is not UTF-8. "
            f"{_EXPORT_AGAIN}"
        ) from None
    problems = Problems()
    events = tuple(_checked(text, problems))
    problems.refuse_if_any()
    return CalendarText(_NEWLINE.sub("\r\n", text), events)


def _checked(text: str, problems: Problems) -> Iterator[int]:
    """Check the structure; yields the number of each line that begins an event."""
    inside: list[str] = []
    counts: Counter[str] = Counter()
    for number, line in unfolded(text):
        if len(line) > limits.ICS_LINE:
            raise refused(f"Line {number} is far too long. {_EXPORT_AGAIN}")
        name, _, value = line.partition(":")
        name, value = name.strip().upper(), value.strip().upper()
        _check_structure(number, name, value, inside)
        if name == "BEGIN":
            inside.append(value)
            counts[value] += 1
            if value == "VEVENT":
                yield number
        elif name == "END":
            inside.pop()
        else:
            counts["dates"] += _check_dates(number, line, inside[-1], problems)
    if inside:
        raise refused(f"The file stops inside {inside[-1]}: its end is missing. {_EXPORT_AGAIN}")
    for counted, (most, what) in _MOST.items():
        if counts[counted] > most:
            raise refused(
                f"The file has {counts[counted]:,} {what}; {most:,} fit. Export fewer at a time."
            )


def _check_structure(number: int, name: str, value: str, inside: list[str]) -> None:
    if not inside and (name != "BEGIN" or value != "VCALENDAR"):
        raise refused(_not_a_calendar(number, value if name == "BEGIN" else ""))
    if name == "BEGIN" and len(inside) == limits.ICS_DEPTH:
        raise refused(f"Line {number}: too many parts inside each other. {_EXPORT_AGAIN}")
    if name == "END" and inside[-1] != value:
        raise refused(f"Line {number}: “END:{value[:60]}” ends nothing. {_EXPORT_AGAIN}")


def _check_dates(number: int, line: str, inside: str, problems: Problems) -> int:
    """Look at a line that may name dates; how many single dates it names."""
    if line[:5].upper() == "RRULE":
        if _TOO_OFTEN.search(line):
            problems.add(
                f"Line {number}: this repeats more often than once a day, which is not for events."
            )
        elif inside in {"STANDARD", "DAYLIGHT"} and not _ZONE_RULE.search(line):
            problems.add(f"Line {number}: a time zone cannot change its clocks by this rule.")
    return line.count(",") + 1 if line[:6].upper() in {"RDATE;", "RDATE:", "EXDATE"} else 0


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """The content lines with the number of the line on which each begins (RFC 5545, 3.1)."""
    begun, parts = 0, list[str]()
    for number, line in enumerate(_NEWLINE.split(text), start=1):
        if line[:1] in {" ", "\t"} and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield begun, "".join(parts)
        begun, parts = number, [line] if line.strip() else []
    if parts:
        yield begun, "".join(parts)


def _not_a_calendar(number: int, value: str) -> str:
    if value == "VEVENT":
        return (
            f"Line {number}: this event does not stand inside a calendar. A calendar file begins "
            f"with BEGIN:VCALENDAR. {_EXPORT_AGAIN}"
        )
    return f"Line {number}: this is no calendar, which begins with BEGIN:VCALENDAR. {_EXPORT_AGAIN}"
