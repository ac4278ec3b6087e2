"""Calendars: events from .ics files (RFC 5545 and, for online links, RFC 7986)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Event
from icalendar.parser import Contentline
from icalendar.prop import vDDDTypes

from bot.clock import LONDON
from bot.events.importing import limits
from bot.events.importing.calendar_event import EventReader
from bot.events.importing.calendar_properties import (
    broken_of,
    moment_of,
    number_of,
    start_of,
    text_of,
    time_of,
    values_of,
)
from bot.events.importing.calendar_text import CalendarText, look_through, unfolded
from bot.events.importing.recurrence import Expansion, RuleProblem, repeats
from bot.events.importing.result import ImportedFile, Problems, Series, refused
from bot.events.models import EventDraft
from bot.people.boroughs import Boroughs

_NOTES_SHOWN = 50
_YEARS = range(1970, 2201)
# What cannot be guessed or left out when it is broken.
_NEEDED = frozenset({"UID", "DTSTART", "DTEND", "DURATION", "SEQUENCE", "RRULE", "RDATE", "EXDATE"})
_NEEDED |= {"RECURRENCE-ID"}


def read_calendar(content: bytes, now: datetime, boroughs: Boroughs) -> ImportedFile:
    """Read the events of a calendar file.

    Repeating events become single ones, from now on to `limits.HORIZON` ahead; the uid of each
    is the UID, "/" and the time of its RECURRENCE-ID in UTC.

    Raises:
        ImportRefused: the file, or an event in it, is wrong.
    """
    look = look_through(content)
    problems = Problems()
    entries = list(_entries(look, problems))
    if not entries and not problems:
        raise refused("The calendar holds no events.")
    intake = _Intake(now, boroughs, problems)
    groups: defaultdict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.uid].append(entry)
    for group in groups.values():
        intake.add(group)
    problems.refuse_if_any()
    return intake.result()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A VEVENT with what its calendar says about it.

    Attributes:
        where: how people find it in the file.
        called_off: the file cancels it without describing it again.
    """

    component: Event
    uid: str
    where: str
    called_off: bool

    @property
    def sequence(self) -> int:
        return max(0, number_of(self.component, "SEQUENCE"))


def _entries(look: CalendarText, problems: Problems) -> Iterator[_Entry]:
    lines = iter(look.events)
    for calendar in _calendars(look.text):
        cancels = text_of(calendar, "METHOD").upper() == "CANCEL"
        zone = _zone_of(calendar)
        for component in calendar.walk("VEVENT"):
            line = f"Line {next(lines, 1)}"
            uid = text_of(component, "UID")
            where = f"{line} (UID {uid[:60]})" if uid else line
            broken = sorted(_NEEDED.intersection(broken_of(component)))
            if broken:
                problems.add(f"{where}: {', '.join(broken)} cannot be read.")
            if not uid:
                problems.add(
                    f"{where}: this event has no UID, so a later file could not update it. "
                    "Ask for a calendar file whose events have one."
                )
            elif len(uid) > limits.UID:
                problems.add(f"{where}: the UID is longer than {limits.UID} characters.")
            elif not broken and isinstance(component, Event):
                if cancels:
                    component["STATUS"] = "CANCELLED"
                bare = "DTSTART" not in component or not text_of(component, "SUMMARY")
                called_off = bare and text_of(component, "STATUS").upper() == "CANCELLED"
                if "DTSTART" not in component and not called_off:
                    problems.add(f"{where}: this event does not say when it starts (DTSTART).")
                    continue
                if _settle_times(component, zone, where, problems):
                    yield _Entry(component, uid, where, called_off)


def _calendars(text: str) -> list[Calendar]:
    try:
        found = Calendar.from_ical(text, multiple=True)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        raise refused(_broken_line(text)) from error
    return list(found)


def _broken_line(text: str) -> str:
    for number, line in unfolded(text):
        try:
            Contentline(line).parts()  # type: ignore[no-untyped-call]  # the library's gap
        except ValueError:
            return f"Line {number} of the calendar cannot be read: “{line[:60]}”."
    return "The calendar cannot be read. Export it again as .ics and try that file."


def _zone_of(calendar: Calendar) -> ZoneInfo:
    """The zone of times that name none: the calendar's own, or London."""
    try:
        return ZoneInfo(text_of(calendar, "X-WR-TIMEZONE") or LONDON.key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return LONDON


def _settle_times(component: Event, zone: tzinfo, where: str, problems: Problems) -> bool:
    """Give times without a zone one; False when a time names a zone nobody describes."""
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        if name not in component:
            continue
        moment = time_of(component, name)
        if moment is None or isinstance(component[name], list):
            problems.add(f"{where}: {name} is there twice or is no time.")
            return False
        if moment.year not in _YEARS:
            problems.add(f"{where}: {name} is in the year {moment.year}.")
            return False
        if isinstance(moment, datetime) and moment.tzinfo is None:
            parameters = values_of(component, name)[0].params
            if named := str(parameters.get("TZID", "")):
                problems.add(f"{where}: nobody knows the time zone “{named[:60]}” of {name}.")
                return False
            settled = vDDDTypes(moment.replace(tzinfo=zone))
            settled.params.update(parameters)
            component[name] = settled
    return True


@dataclass
class _Intake:
    """Turns the events of one calendar file into drafts."""

    now: datetime
    boroughs: Boroughs
    problems: Problems
    drafts: dict[str, EventDraft] = field(default_factory=dict)
    series: list[Series] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._expansion = Expansion(self.now)

    def add(self, group: list[_Entry]) -> None:
        """Take in all that the file says about one UID."""
        uid = group[0].uid
        sequence = max(entry.sequence for entry in group)
        for entry in group:
            if entry.called_off:
                # The dates it leaves out are what it calls off.
                recurrence = _recurrence(entry.component)
                which = f"{uid}/{recurrence}" if recurrence else uid
                self.series.append(Series(which, self._expansion.horizon, sequence))
        told = [entry for entry in group if not entry.called_off]
        if any(repeats(entry.component) for entry in told):
            self._add_dates(uid, told, sequence)
        elif told:
            latest = max(told, key=lambda entry: entry.sequence)
            self._add_draft(latest, latest.component, uid, latest.sequence)
            self.series.append(Series(uid, self._expansion.horizon, sequence))

    def _add_dates(self, uid: str, group: list[_Entry], sequence: int) -> None:
        by_recurrence = {_recurrence(entry.component): entry for entry in reversed(group)}
        main = by_recurrence.get(None)
        first = main or group[0]
        try:
            dates = self._expansion.dates_of([entry.component for entry in group])
        except RuleProblem as problem:
            self.problems.add(f"{first.where}: {problem}")
            return
        until = self._expansion.horizon
        if len(dates) > limits.OCCURRENCES:
            dates = dates[: limits.OCCURRENCES]
            until = moment_of(start_of(dates[-1]))
            self._note(f"{first.where}: only its next {limits.OCCURRENCES} dates were taken.")
        if not dates:
            self._note(f"{first.where}: all dates of this event are over; none was taken.")
        for each in dates:
            recurrence = _recurrence(each)
            entry = by_recurrence.get(recurrence) or first
            # A date that is told of apart need not repeat the SEQUENCE of all.
            newest = max(entry.sequence, first.sequence if main else 0)
            self._add_draft(entry, each, f"{uid}/{recurrence}", newest)
        if main is not None:
            self.series.append(Series(uid, until, sequence))

    def _add_draft(self, entry: _Entry, component: Event, uid: str, sequence: int) -> None:
        if text_of(component, "CLASS").upper() in {"PRIVATE", "CONFIDENTIAL"}:
            self._note(f"{entry.where}: this event is marked as private and was left out.")
            return
        reader = EventReader(component, entry.where, self.boroughs, self.problems)
        draft = reader.draft(uid)
        for note in reader.notes:
            self._note(f"{entry.where}: {note}")
        if draft is not None:
            self.drafts[uid] = replace(draft, sequence=sequence)
            if draft.ends_at <= self.now:
                self._note(f"{entry.where}: this event is over; nobody will see it in lists.")

    def _note(self, sentence: str) -> None:
        self.notes.setdefault(sentence)

    def result(self) -> ImportedFile:
        """What the file gave."""
        notes = list(self.notes)
        if (more := len(notes) - _NOTES_SHOWN) > 0:
            notes = [*notes[:_NOTES_SHOWN], f"There are {more} more notes like these."]
        return ImportedFile(tuple(self.drafts.values()), tuple(notes), tuple(self.series))


def _recurrence(component: Event) -> str | None:
    """A date of a series as its uid names it, the same whatever zone a file writes it in."""
    moment = time_of(component, "RECURRENCE-ID")
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{moment:%Y%m%d}"
