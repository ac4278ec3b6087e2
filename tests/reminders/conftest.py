"""People with places at events, for the room of reminders alone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.clock import LONDON
from bot.db import Database, Work
from bot.delivery.store import QUERIES
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.events.models import EventDraft, EventKind
from bot.people.service import People
from bot.reminders.choices import ReminderChoices
from bot.reminders.leads import USUAL, Lead
from bot.reminders.planner import Planner

BOOKED_AT = datetime(2026, 11, 1, 12, tzinfo=LONDON)
STARTS_AT = datetime(2026, 12, 12, 11, tzinfo=LONDON)


def event_at(starts_at: datetime = STARTS_AT, uid: str = "expo", **changes: object) -> EventDraft:
    """An event of five hours in Brent."""
    draft = EventDraft(
        uid,
        EventKind.EXPO,
        {"en": "Brent health day"},
        starts_at,
        starts_at + timedelta(hours=5),
        borough="brent",
    )
    return replace(draft, **changes)  # type: ignore[arg-type]  # fields of EventDraft


@dataclass(frozen=True)
class Owed:
    """A delivery as the database holds it."""

    person: int
    kind: str
    event: int
    state: str
    reason: str


class Village:
    """People, events and what they are owed, in one transaction."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.people = 0

    async def hold(self, *drafts: EventDraft, now: datetime = BOOKED_AT) -> None:
        """Take events in."""
        await EventCatalogue(self.work).take_in(drafts, now)

    async def person(self, leads: Lead | None = USUAL) -> int:
        """Somebody new who wants these reminders."""
        self.people += 1
        person = await People(self.work).greet(self.people, BOOKED_AT)
        if leads is not None:
            await ReminderChoices(self.work).choose(person.id, leads, "en", BOOKED_AT)
        return person.id

    async def books(self, person: int, event: int = 1, at: datetime = BOOKED_AT) -> None:
        """Take a place."""
        await BookingDesk(self.work).book(event, person, at)

    async def plan(self, now: datetime) -> datetime | None:
        """Look at what is due."""
        return await Planner(self.work, LONDON).plan(now)

    async def owed(self) -> list[Owed]:
        """All deliveries, in the order in which they were owed."""
        found = []
        for person in range(1, self.people + 1):
            rows = await self.work.runner(QUERIES).deliveries_of(person_id=person)
            found += [
                Owed(person, row["kind"], row["subject"], row["state"], row["reason"])
                for row in rows
            ]
        return found


@pytest.fixture
async def village(db: Database) -> AsyncIterator[Village]:
    """Everything in one transaction on each database."""
    async with db.work() as work:
        yield Village(work)
