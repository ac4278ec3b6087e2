from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import LONDON
from bot.config import HOME
from bot.db import Database, load_queries
from bot.events.browse import Filters
from bot.events.catalogue import EventCatalogue
from bot.events.models import (
    AccessFact,
    Activity,
    ActivityKind,
    Event,
    EventDraft,
    EventKind,
    EventStatus,
    Position,
)
from bot.people.boroughs import Boroughs

QUERIES = load_queries(__file__)
NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)  # a Wednesday, eleven days before the clocks change
SAMPLES = HOME.parent / "shared" / "samples"  # beside the checkout, where there are any


def london(text: str) -> datetime:
    """A moment written as wall time in London: "2026-10-17 11:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def draft(uid: str = "expo", **changes: Any) -> EventDraft:
    """A plain event, three days ahead of NOW."""
    facts: dict[str, Any] = {
        "kind": EventKind.EXPO,
        "title": {"en": "Sample health expo"},
        "starts_at": london("2026-10-17 11:00"),
    } | changes
    facts.setdefault("ends_at", facts["starts_at"] + timedelta(hours=5))
    return EventDraft(uid=uid, **facts)


FULL = draft(
    "full",
    title={"en": "Sample health expo", "ar": "معرض صحي تجريبي"},
    description={"en": "A sample."},
    venue="Sample hall, Brent",
    borough="brent",
    outcode="HA9",
    position=Position(51.5586, -0.2678),
    online_link="https://example.org/join",
    organisation="Sample community group 3",
    topics=("blood pressure", "diabetes"),
    capacity=300,
    access=frozenset({AccessFact.BSL, AccessFact.STEP_FREE}),
    languages=frozenset({"en", "so"}),
    status=EventStatus.POSTPONED,
    sequence=4,
    sample=True,
    activities=(
        Activity(
            "checks",
            ActivityKind.HEALTH_CHECK,
            {"en": "Blood pressure check"},
            {"en": "Ten minutes."},
            "Sample clinic",
            london("2026-10-17 11:30"),
            london("2026-10-17 15:00"),
            21,
            10,
        ),
        Activity("stall", ActivityKind.STALL, {"en": "Sample stall"}),
    ),
)


class Town:
    """A database with events and people in it."""

    def __init__(self, db: Database) -> None:
        self.db = db

    async def events(self, *drafts: EventDraft, now: datetime = NOW) -> list[Event]:
        """Take events in; they come back as they are held, in the same order."""
        async with self.db.work() as work:
            await EventCatalogue(work).take_in(drafts, now)
        return [await self.event(each.uid) for each in drafts]

    async def event(self, uid: str) -> Event:
        async with self.db.reading() as work:
            rows = await work.runner(QUERIES).all_events()
            ids = {row["uid"]: row["id"] for row in rows}
            return await EventCatalogue(work).get(ids[uid])

    async def found(self, filters: Filters, now: datetime = NOW) -> list[str]:
        """Uids of what a person finds with these filters."""
        async with self.db.reading() as work:
            page = await EventCatalogue(work).upcoming(filters, now, page_size=50)
            return [event.uid for event in page.events]

    async def people(self, number: int) -> list[int]:
        """That many new people; their ids."""
        async with self.db.work() as work:
            run = work.runner(QUERIES)
            before: Sequence[Any] = await run.people_ids()
            await run.add_people(
                [
                    {"telegram_id": 1000 + len(before) + each, "created_at": 0}
                    for each in range(number)
                ]
            )
            return [row["id"] for row in await run.people_ids()][len(before) :]

    async def person(self) -> int:
        return (await self.people(1))[0]

    async def going(self, event_id: int) -> int:
        """How many bookings of an event stand, counted one by one."""
        async with self.db.reading() as work:
            counted: int = await work.runner(QUERIES).bookings_going(event_id=event_id)
            return counted

    async def rows(self) -> Sequence[Any]:
        async with self.db.reading() as work:
            rows: Sequence[Any] = await work.runner(QUERIES).all_events()
            return rows


@pytest.fixture
def town(db: Database) -> Town:
    """A migrated, empty database to put events and people in: SQLite, then PostgreSQL."""
    return Town(db)


@pytest.fixture(scope="session")
def boroughs() -> Boroughs:
    """The real boroughs of the content folder."""
    return Boroughs.read(HOME / "content")
