"""What will be sent when, to how many: for volunteers and operators."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.db import Work
from bot.delivery.store import DeliveryStore, Waiting
from bot.events.changes import CARD, CHANGE
from bot.events.store import EventStore
from bot.reminders.leads import BEFORE, NONE, Lead, nearer
from bot.reminders.planner import LOOK_BACK, REMINDER, THANKS, occasions
from bot.reminders.store import ReminderStore

AHEAD = timedelta(days=90)
"""Events that begin later than this are not looked at."""
ABOUT_EVENTS = frozenset({REMINDER, THANKS, CHANGE, CARD})
"""Kinds of mailings whose subjects are numbers of events."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that will be sent.

    Attributes:
        at: when.
        kind: of the mailing: "reminder", "thanks", "change", "card", …
        lead: of a reminder; NONE for anything else.
        event_id: 0 where it is about no event.
        title: of the event, by language code, or how it begins; empty where nothing tells.
        people: to how many, as things stand.
        owed: it is due already, and is leaving now or was put off.
        groups: in how many groups it is posted as well.
        fewest: below this it is not said to how many: it might tell of somebody.
    """

    at: datetime
    kind: str
    lead: Lead
    event_id: int
    title: Mapping[str, str]
    people: int
    owed: bool = False
    groups: int = 0
    fewest: int = 0


class Outlook:
    """Looks ahead, and changes nothing."""

    def __init__(self, work: Work, zone: ZoneInfo) -> None:
        self._reminders = ReminderStore(work)
        self._deliveries = DeliveryStore(work)
        self._events = EventStore(work)
        self._zone = zone

    async def coming(self, now: datetime) -> list[Coming]:
        """Everything that will be sent as far as can be known now, soonest first."""
        found = [*await self._owed(now), *await self._planned(now)]
        return sorted(found, key=lambda each: (each.at, each.event_id, each.kind))

    async def _owed(self, now: datetime) -> list[Coming]:
        waiting = [_of_an_event(each) for each in await self._deliveries.waiting(now)]
        events = await self._events.get_many({each.subject for each in waiting})
        titles = {event.id: event.title for event in events}
        return [
            Coming(
                each.due_at,
                each.kind,
                Lead(each.details.get("lead", 0)),
                each.subject,
                titles.get(each.subject, {}),
                each.people,
                owed=True,
            )
            for each in waiting
        ]

    async def _planned(self, now: datetime) -> list[Coming]:
        events = await self._reminders.times(now - LOOK_BACK, now + AHEAD)
        known = await self._reminders.planned(each.event_id for each in events)
        wanted = await self._reminders.wanted(each.event_id for each in events)
        found = []
        for times in events:
            all_of_them = list(occasions(times, now, self._zone))
            for occasion in all_of_them:
                if occasion.mailing.name in known or occasion.at <= now:
                    continue
                same = NONE  # leads nearer to the event that come at this very moment instead
                if occasion.lead in BEFORE:
                    for other in all_of_them:
                        if other.at == occasion.at and other.lead in nearer(occasion.lead):
                            same |= other.lead
                people = sum(
                    count
                    for event_id, leads, count in wanted
                    if event_id == times.event_id and occasion.lead in leads and not leads & same
                )
                if people:
                    found.append(
                        Coming(
                            occasion.at,
                            occasion.mailing.kind,
                            occasion.lead,
                            times.event_id,
                            times.title,
                            people,
                        )
                    )
        return found


def _of_an_event(each: Waiting) -> Waiting:
    """The same, about no event where its subject is something else."""
    return each if each.kind in ABOUT_EVENTS else replace(each, subject=0)
