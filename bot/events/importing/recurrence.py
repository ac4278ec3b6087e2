"""Repeating events of a calendar, written out as single dates within bounds."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice, takewhile
from typing import Any

import recurring_ical_events
from dateutil.rrule import rrule, rrulestr  # type: ignore[import-untyped]  # icalendar's, no stubs
from icalendar import Calendar, Event
from icalendar.prop import vRecur

from bot.events.importing import limits
from bot.events.importing.calendar_properties import moment_of, start_of, values_of

_SEARCH_YEAR = 9960  # a rule is tried on the last years that dates have: 40, and then it ends
_CLOCK_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND")
_NATURAL = {
    "DAILY": {"BYMONTH"},
    "WEEKLY": {"BYDAY"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"},
}
_ODD_RULE = 100_000  # days' work: such a rule may search in vain until the year 9999
_WORK = {"DAILY": 1, "WEEKLY": 4, "MONTHLY": 10, "YEARLY": 10}  # days walked for one day's work


class RuleProblem(ValueError):
    """Dates cannot be written out; the message is a plain sentence."""


class Expansion:
    """Writes out the repeating events of one file, as long as it does not ask too much.

    Args:
        now: dates that are over by then are passed over; aware.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.horizon = now + limits.HORIZON
        self._work_left = limits.ICS_WORK
        self._series_left = limits.ICS_SERIES

    def dates_of(self, components: Sequence[Event]) -> list[Event]:
        """The single dates, up to the horizon, of the events that share a UID, soonest first.

        Each has a RECURRENCE-ID. There may be more of them than `limits.OCCURRENCES`.

        Raises:
            RuleProblem: a rule is broken, never happens or asks too much.
        """
        self._series_left -= 1
        if self._series_left < 0:
            raise RuleProblem(f"The file has more than {limits.ICS_SERIES} repeating events.")
        calendar = Calendar()
        for component in components:
            copy = component.copy()
            if rules := values_of(copy, "RRULE"):
                copy["RRULE"] = [self._bounded(rule, start_of(copy)) for rule in rules]
            calendar.add_component(copy)
        try:
            query = recurring_ical_events.of(calendar, components=["VEVENT"])
            dates = query.between(self.now, self.horizon)
            return sorted(dates, key=lambda each: moment_of(start_of(each)))
        # What the library raises for broken input is not listed anywhere.
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
            raise RuleProblem("The dates of this repeating event cannot be worked out.") from error

    def _bounded(self, rule: vRecur, start: date) -> vRecur:
        """The rule with an UNTIL no later than the horizon instead of its COUNT or UNTIL."""
        frequency = str(_value(rule, "FREQ", "")).upper()
        filters = {name for name in rule if name.startswith("BY")}
        clock_times = 1
        for name in _CLOCK_PARTS:
            clock_times *= len(_values(rule, name)) or 1
        if frequency not in _NATURAL or clock_times > limits.CLOCK_RULE_VALUES:
            raise RuleProblem("This event repeats by a rule that is not understood here.")
        interval = int(_value(rule, "INTERVAL", 1))
        if interval < 1:
            raise RuleProblem("This event repeats every 0 days, which means nothing.")
        local_start = _naive(start)
        days = max(0, (self.horizon.replace(tzinfo=None) - local_start).days)
        self._work_left -= days // _WORK[frequency]
        if interval > 1 and not filters <= _NATURAL[frequency] - {"BYMONTH"}:
            self._work_left -= _ODD_RULE
        if self._work_left < 0:
            raise RuleProblem(
                "The repeating events of this file began too long ago to work out their dates. "
                "Export it from this year on."
            )
        plain = vRecur({k: v for k, v in rule.items() if k not in {"COUNT", "UNTIL"}})
        self._refuse_never(plain, local_start)
        bounded = vRecur(plain)
        bounded["UNTIL"] = [self._last(rule, plain, start, local_start)]
        return bounded

    def _refuse_never(self, plain: vRecur, local_start: datetime) -> None:
        each_time = vRecur({name: value for name, value in plain.items() if name != "INTERVAL"})
        late = local_start.replace(year=_SEARCH_YEAR, month=1, day=1)
        if next(iter(_walk(each_time, late)), None) is None:
            raise RuleProblem("This event repeats by a rule that never comes true.")

    def _last(self, rule: vRecur, plain: vRecur, start: date, local_start: datetime) -> date:
        """When the rule ends: at its own end or at the horizon, as UNTIL wants it written."""
        horizon = self.horizon.replace(tzinfo=None) + timedelta(days=1)
        last = horizon
        if until := _value(rule, "UNTIL", None):
            zoned = isinstance(until, datetime) and until.tzinfo is not None
            local = until.astimezone(_zone(start)) if zoned else until
            last = min(last, _naive(local, time.max if not isinstance(until, datetime) else None))
        if count := _value(rule, "COUNT", None):
            dates = takewhile(lambda each: each <= horizon, _walk(plain, local_start))
            last = min(last, max(islice(dates, int(count)), default=horizon))
        if not isinstance(start, datetime):
            return last.date()
        if start.tzinfo is None:
            return last.replace(microsecond=0)
        return last.replace(tzinfo=start.tzinfo, microsecond=0).astimezone(UTC)


def repeats(component: Event) -> bool:
    """Whether an event stands for several dates, or for one of several."""
    return any(name in component for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _walk(rule: vRecur, start: datetime) -> rrule:
    walked = rrulestr(rule.to_ical().decode(), dtstart=start)  # type: ignore[no-untyped-call]  # a gap
    if not isinstance(walked, rrule):
        raise RuleProblem("This event repeats by a rule that is not understood here.")
    return walked


def _naive(moment: date, at: time | None = None) -> datetime:
    """What clocks show at a moment; for a day, the beginning or the given time."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, at or time())


def _zone(start: date) -> tzinfo | None:
    return start.tzinfo if isinstance(start, datetime) else UTC


def _values(rule: vRecur, name: str) -> list[Any]:
    values: Any = rule.get(name, [])
    return values if isinstance(values, list) else [values]


def _value(rule: vRecur, name: str, default: Any) -> Any:
    values = _values(rule, name)
    return values[0] if values else default
