"""Whom a change is owed to, on both databases."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.db import Database
from bot.delivery.models import Lane, Settled, State
from bot.delivery.store import DeliveryStore
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.events.changes import Changes, Told
from bot.events.importing.result import Series
from bot.events.models import EventStatus
from bot.events.store import BookingStore
from bot.people.service import People
from tests.events.conftest import FULL, NOW, Town, draft, london

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


class Village:
    """People with places at an event, and what they are owed."""

    def __init__(self, db: Database) -> None:
        self.town = Town(db)
        self.db = db

    async def booked(self, number: int, event_id: int = 1) -> list[int]:
        """That many new people with places."""
        people = await self.town.people(number)
        async with self.db.work() as work:
            for each in people:
                await BookingDesk(work).book(event_id, each, NOW)
        return people

    async def owed(self, *people: int) -> list[tuple[int, str, str]]:
        """Who is owed what, and how it stands."""
        async with self.db.reading() as work:
            return [
                (each, row["kind"], row["state"])
                for each in people
                for row in await DeliveryStore(work).of_person(each)
            ]

    async def told(self, state: State = State.SENT) -> None:
        """Everything that is due has left."""
        async with self.db.work() as work:
            store = DeliveryStore(work)
            claimed = await store.claim(Lane.NOTICE, NOW + DAY, 100, "me")
            await store.settle([Settled(each.id, state) for each in claimed], "me", NOW)


@pytest.fixture
def village(db: Database) -> Village:
    """On SQLite, then on PostgreSQL."""
    return Village(db)


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": london("2026-10-17 12:00"), "ends_at": london("2026-10-17 16:00")},
        {"ends_at": london("2026-10-17 15:00")},
        {"venue": "Another hall"},
        {"borough": "harrow"},
        {"outcode": "HA1"},
        {"online_link": "https://example.org/join"},
        {"status": EventStatus.POSTPONED},
        {"status": EventStatus.CANCELLED},
    ],
    ids=" ".join,
)
async def test_what_people_rely_on_is_told(village: Village, changes: dict[str, Any]) -> None:
    await village.town.events(draft())
    first, second = await village.booked(2)
    await village.town.events(draft(**changes), now=NOW + SECOND)
    assert await village.owed(first, second) == [
        (first, "change", "due"),
        (second, "change", "due"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": {"en": "Another name"}},
        {"description": {"en": "More words."}},
        {"capacity": 50},
        {"organisation": "Sample community group 4"},
        {"languages": frozenset({"so"})},
        {"sequence": 3},
    ],
    ids=" ".join,
)
async def test_what_nobody_relies_on_is_told_nobody(
    village: Village, changes: dict[str, Any]
) -> None:
    await village.town.events(draft())
    people = await village.booked(1)
    await village.town.events(draft(**changes), now=NOW + SECOND)
    assert await village.owed(*people) == []


async def test_only_who_has_a_place_and_hears_messages_is_owed_it(village: Village) -> None:
    await village.town.events(draft(), draft("other"))
    goes, gave_back, stopped = await village.booked(3)
    elsewhere = await village.booked(1, 2)
    async with village.db.work() as work:
        await BookingDesk(work).cancel(1, gave_back, NOW)
        await People(work).stop(stopped, NOW)
    await village.town.events(draft(venue="Another hall"), draft("other"), now=NOW + SECOND)
    owed = await village.owed(goes, gave_back, stopped, *elsewhere)
    assert owed == [(goes, "change", "due")]


async def test_whoever_waits_to_be_told_waits_once(village: Village) -> None:
    await village.town.events(draft())
    [early] = await village.booked(1)
    await village.town.events(draft(venue="Second hall"), now=NOW + SECOND)
    [late] = await village.booked(1)
    await village.town.events(draft(venue="Third hall"), now=NOW + 2 * SECOND)
    assert await village.owed(early, late) == [(early, "change", "due"), (late, "change", "due")]
    await village.told()
    await village.town.events(draft(venue="Fourth hall"), now=NOW + 3 * SECOND)
    assert await village.owed(early, late) == [
        (early, "change", "sent"),
        (early, "change", "due"),
        (late, "change", "sent"),
        (late, "change", "due"),
    ]


async def test_a_file_read_twice_tells_once(village: Village) -> None:
    await village.town.events(draft())
    people = await village.booked(1)
    for seconds in (1, 2):
        await village.town.events(draft(venue="Another hall"), now=NOW + seconds * SECOND)
    assert await village.owed(*people) == [(people[0], "change", "due")]


@pytest.mark.parametrize(
    ("now", "owed"), [("2026-10-17 15:59", ["change"]), ("2026-10-17 16:00", [])]
)
async def test_what_is_over_is_told_nobody(village: Village, now: str, owed: list[str]) -> None:
    await village.town.events(draft())
    [person] = await village.booked(1)
    await village.town.events(draft(venue="Another hall"), now=london(now))
    assert [kind for _, kind, _ in await village.owed(person)] == owed


async def test_what_seemed_over_and_is_not_is_told(village: Village) -> None:
    await village.town.events(draft())
    [person] = await village.booked(1)
    later = draft(starts_at=london("2026-10-24 11:00"))
    await village.town.events(later, now=london("2026-10-18 09:00"))
    assert await village.owed(person) == [(person, "change", "due")]


async def test_dates_that_a_series_does_not_list_any_more_are_told(village: Village) -> None:
    first, second = (draft(f"circle/2026101{day}", starts_at=london(f"2026-10-1{day} 11:00"))
                     for day in (7, 8))  # fmt: skip
    await village.town.events(first, second)
    stays, goes = *await village.booked(1, 1), *await village.booked(1, 2)
    async with village.db.work() as work:
        series = [Series("circle", NOW + 30 * DAY)]
        await EventCatalogue(work).take_in([first], NOW + SECOND, series)
        await EventCatalogue(work).take_in([first], NOW + 2 * SECOND, series)
    assert await village.owed(stays, goes) == [(goes, "change", "due")]


async def test_whoever_said_that_they_come_is_asked_again(village: Village) -> None:
    await village.town.events(draft())
    [person] = await village.booked(1)

    async def confirmed() -> datetime | None:
        async with village.db.reading() as work:
            booking = await BookingStore(work).get(1, person)
        assert booking is not None
        return booking.confirmed_at

    async with village.db.work() as work:
        await BookingDesk(work).confirm(1, person, NOW)
    await village.town.events(draft(description={"en": "More."}), now=NOW + SECOND)
    assert await confirmed() == NOW
    await village.town.events(draft(venue="Another hall"), now=NOW + 2 * SECOND)
    assert await confirmed() is None


async def test_how_it_was_survives_the_database(village: Village) -> None:
    [event] = await village.town.events(FULL)
    was = Told.of_draft(event)
    async with village.db.work() as work:
        await Changes(work).tell(event.id, was, was.cancelled(), NOW)
        kept = await DeliveryStore(work).named(f"change:{event.id}:{int(NOW.timestamp())}000000")
    assert kept is not None
    assert Told.of_details(kept.details) == was
    assert (kept.due_at, kept.not_after) == (NOW, event.ends_at)
    assert was.cancelled() != was
    assert was.cancelled().place == was.place
    assert was.cancelled().span == was.span
