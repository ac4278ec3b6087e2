"""When a broadcast that is sent again and again is sent next."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.broadcasts.models import Broadcast, Repeats

FOUR_WEEKS: Final = 4  # every month has as many of each weekday


def next_time(broadcast: Broadcast, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the same is sent again, at the same time on the wall; None for never.

    Every month means on the same weekday of the month, such as every second Monday; what is on a
    fifth one is on every last one.
    """
    if broadcast.send_at is None or broadcast.repeats is Repeats.NEVER:
        return None
    from dateutil.rrule import (  # type: ignore[import-untyped]  # few broadcasts repeat
        MONTHLY,
        WEEKLY,
        rrule,
        weekday,
    )

    first = broadcast.send_at.astimezone(zone).replace(tzinfo=None)
    if broadcast.repeats is Repeats.WEEKLY:
        rule = rrule(WEEKLY, dtstart=first)
    else:
        week = (first.day - 1) // 7 + 1
        on = weekday(first.weekday(), week if week <= FOUR_WEEKS else -1)
        rule = rrule(MONTHLY, dtstart=first, byweekday=on)
    since = max(first, now.astimezone(zone).replace(tzinfo=None))
    later: datetime = rule.after(since)
    return later.replace(tzinfo=zone)
