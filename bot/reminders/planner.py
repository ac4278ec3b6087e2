"""Owes reminders when they are due.

Nothing is planned ahead: at each look, the moments follow from the events as they are then. So an
event that moves takes all its reminders along, however many people booked it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import to_micros
from bot.db import Work
from bot.delivery.models import Lane, Mailing
from bot.delivery.store import DeliveryStore
from bot.reminders.leads import BEFORE, LONGEST, NONE, Lead, moment_after, moment_of
from bot.reminders.store import ReminderStore, Times

REMINDER, THANKS = "reminder", "thanks"
LOOK_BACK = timedelta(days=8)
"""How long after an event the question how it was is still sent, after a long time away, and what
was missed is still noted."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A moment at which something is to be said about an event.

    Attributes:
        nearer: leads that are due as well by now and come later than this one.
    """

    times: Times
    lead: Lead
    at: datetime
    nearer: Lead = NONE

    @property
    def mailing(self) -> Mailing:
        """What is owed. Its name holds the event's time: at another time it is owed anew."""
        times = self.times
        kind = THANKS if self.lead is Lead.AFTER else REMINDER
        starts_at, ends_at = to_micros(times.starts_at), to_micros(times.ends_at)
        details: dict[str, Any] = {
            "lead": int(self.lead),
            "starts_at": starts_at,
            "ends_at": ends_at,
        }
        after = self.lead is Lead.AFTER
        return Mailing(
            name=f"{kind}:{times.event_id}:{int(self.lead)}:{ends_at if after else starts_at}",
            kind=kind,
            subject=times.event_id,
            lane=Lane.NOTICE,
            due_at=self.at,
            not_after=times.ends_at + LOOK_BACK if after else times.starts_at,
            details=details,
        )


class Planner:
    """Looks at the events and owes what has become due."""

    def __init__(self, work: Work, zone: ZoneInfo) -> None:
        self._reminders = ReminderStore(work)
        self._deliveries = DeliveryStore(work)
        self._zone = zone

    async def plan(self, now: datetime) -> datetime | None:
        """Owe every reminder that is due and was not owed before; twice is the same as once.

        Returns:
            When the next one will be due, as things stand; None where none is within two days.
        """
        events = await self._reminders.times(now - LOOK_BACK, now + LONGEST)
        known = await self._reminders.planned(each.event_id for each in events)
        upcoming = []
        for times in events:
            for occasion in occasions(times, now, self._zone):
                if occasion.at > now:
                    upcoming.append(occasion.at)
                elif occasion.mailing.name not in known:
                    await self._owe(occasion, now)
        return min(upcoming, default=None)

    async def _owe(self, occasion: Occasion, now: datetime) -> None:
        number = await self._deliveries.add(occasion.mailing, now)
        if number is not None:
            await self._reminders.owe(number, occasion.lead, occasion.nearer, now)


def occasions(times: Times, now: datetime, zone: ZoneInfo) -> Iterator[Occasion]:
    """All that is to be said about an event, in the order in which it is due.

    What would have been due before the event had its present time is left out: people have been
    told then of the time itself.
    """
    found = [(lead, moment_of(lead, times.starts_at, zone)) for lead in BEFORE]
    for index, (lead, at) in enumerate(found):
        passed = NONE
        for other, then in found[index + 1 :]:
            passed |= other if then <= now else NONE
        if at > times.timed_at:
            yield Occasion(times, lead, at, passed)
    yield Occasion(times, Lead.AFTER, moment_after(times.ends_at, zone))
