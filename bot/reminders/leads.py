"""How long before an event a reminder comes, and at which moment that is."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from enum import IntFlag
from zoneinfo import ZoneInfo

EARLIEST, LATEST = time(8), time(20)
"""Between these hours reminders come, in the organisation's wall time."""
AFTER_THE_END = timedelta(hours=1)


class Lead(IntFlag):
    """When before an event, or after it. What a person chose is several of these together.

    The numbers are kept in the database: never give one another meaning.
    """

    FORTNIGHT = 1
    WEEK = 2
    THREE_DAYS = 4
    DAY = 8
    TWO_HOURS = 16
    HOUR = 32
    AFTER = 64


NONE = Lead(0)
USUAL = Lead.WEEK | Lead.DAY | Lead.TWO_HOURS | Lead.AFTER
"""What people get who agree to reminders and choose nothing else."""
DAYS = {Lead.FORTNIGHT: 14, Lead.WEEK: 7, Lead.THREE_DAYS: 3, Lead.DAY: 1}
HOURS = {Lead.TWO_HOURS: 2, Lead.HOUR: 1}
BEFORE = (*DAYS, *HOURS)
"""The leads before an event, the longest first."""
LONGEST = timedelta(days=max(DAYS.values()) + 2)
"""No reminder comes longer before its event than this."""


def moment_of(lead: Lead, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """When a reminder before an event is due.

    Days are counted on the wall clock: a day before 10:00 is 10:00, also when the clocks change in
    between. Hours are real hours. What falls into the night is moved earlier, so that it still
    comes before the event.

    Args:
        lead: one of BEFORE.
        starts_at: of the event; aware.
        zone: in whose wall time people sleep.
    """
    if lead in DAYS:
        wall = starts_at.astimezone(zone) - timedelta(days=DAYS[lead])
    else:
        wall = (starts_at - timedelta(hours=HOURS[lead])).astimezone(zone)
    if wall.time() < EARLIEST:
        wall = _at(wall - timedelta(days=1), LATEST)
    elif wall.time() > LATEST:
        wall = _at(wall, LATEST)
    return _utc(wall)


def moment_after(ends_at: datetime, zone: ZoneInfo) -> datetime:
    """When the question how an event was is due: soon after its end, in waking hours."""
    wall = (ends_at + AFTER_THE_END).astimezone(zone)
    if wall.time() > LATEST:
        wall = _at(wall + timedelta(days=1), EARLIEST)
    elif wall.time() < EARLIEST:
        wall = _at(wall, EARLIEST)
    return _utc(wall)


def moments(leads: Lead, starts_at: datetime, zone: ZoneInfo) -> Iterator[tuple[Lead, datetime]]:
    """The reminders before an event, in the order in which they come.

    Of two that come at the same moment, because both were moved out of the night, only the one
    nearer to the event comes.
    """
    found = [(lead, moment_of(lead, starts_at, zone)) for lead in BEFORE if lead in leads]
    for (lead, at), (_, then) in zip(found, [*found, (NONE, None)][1:], strict=True):
        if at != then:
            yield lead, at


def nearer(lead: Lead) -> Lead:
    """All leads that come after this one, nearer to the event."""
    found = NONE
    for each in BEFORE[BEFORE.index(lead) + 1 :]:
        found |= each
    return found


def _at(wall: datetime, hour: time) -> datetime:
    return wall.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0, fold=0)


def _utc(wall: datetime) -> datetime:
    return wall.astimezone(UTC)
