"""When broadcasts may leave: in hours in which people do not mind."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(9), time(18)
SUNDAY_OPENS = time(12)
SUNDAY = 6


def _opens(day: datetime) -> time:
    return SUNDAY_OPENS if day.weekday() == SUNDAY else OPENS


def is_open(now: datetime, zone: ZoneInfo) -> bool:
    """Whether broadcasts may leave now, by the wall clock of the zone."""
    wall = now.astimezone(zone)
    return _opens(wall) <= wall.time() < CLOSES


def next_open(now: datetime, zone: ZoneInfo) -> datetime:
    """The first moment from now on at which broadcasts may leave; now, if they may now."""
    if is_open(now, zone):
        return now
    wall = now.astimezone(zone)
    if wall.time() >= CLOSES:
        wall += timedelta(days=1)
    return datetime.combine(wall.date(), _opens(wall), zone)


def next_close(now: datetime, zone: ZoneInfo) -> datetime:
    """The end of the hours that are open now, or that open next."""
    wall = next_open(now, zone).astimezone(zone)
    return datetime.combine(wall.date(), CLOSES, zone)
