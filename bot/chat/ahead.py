"""Everything that the bot will send by itself, whoever or whatever planned it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.broadcasts import wording
from bot.broadcasts.running import Running
from bot.broadcasts.views.desk import FEW
from bot.db import Work
from bot.delivery.models import BROADCAST
from bot.reminders.leads import NONE
from bot.reminders.outlook import Coming, Outlook


async def coming(work: Work, zone: ZoneInfo, now: datetime) -> list[Coming]:
    """All of it as far as can be known now, soonest first.

    Args:
        work: to read in.
        zone: in whose wall time people think.
        now: the time.
    """
    found = [*await Outlook(work, zone).coming(now), *await _scheduled(work, zone, now)]
    return sorted(found, key=lambda each: each.at)


async def _scheduled(work: Work, zone: ZoneInfo, now: datetime) -> list[Coming]:
    return [
        Coming(
            max(broadcast.begins_at or now, now),
            BROADCAST,
            NONE,
            0,
            {code: wording.first_line(text.html) for code, text in broadcast.texts.items()},
            people,
            groups=len(broadcast.posts),
            fewest=FEW,
        )
        for broadcast, people in await Running(work, zone).scheduled(now)
    ]
