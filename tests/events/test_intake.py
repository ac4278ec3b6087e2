from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import EventNotFound
from bot.events.booking import BookingDesk
from bot.events.browse import Filters
from bot.events.catalogue import EventCatalogue
from bot.events.importing.result import Series
from bot.events.intake import TakenIn
from bot.events.models import EventStatus
from tests.events.conftest import FULL, NOW, Town, draft


async def test_an_event_comes_back_as_it_went_in(town: Town) -> None:
    [event] = await town.events(FULL)

    assert {name: getattr(event, name) for name in FULL.__dataclass_fields__} == {
        name: getattr(FULL, name) for name in FULL.__dataclass_fields__
    }
    assert (event.going, event.revision) == (0, 0)


async def test_no_event_has_an_unknown_number(town: Town) -> None:
    async with town.db.reading() as work:
        with pytest.raises(EventNotFound):
            await EventCatalogue(work).get(1)


async def test_taking_a_file_in_again_changes_nothing(town: Town) -> None:
    async with town.db.work() as work:
        catalogue = EventCatalogue(work)
        assert await catalogue.take_in([FULL, draft()], NOW) == TakenIn(new=2)
        assert await catalogue.take_in([FULL, draft()], NOW) == TakenIn(unchanged=2)
    assert [row["revision"] for row in await town.rows()] == [0, 0]


async def test_a_changed_event_is_updated_and_its_bookings_survive(town: Town) -> None:
    [event] = await town.events(FULL)
    amina = await town.person()
    async with town.db.work() as work:
        await BookingDesk(work).book(event.id, amina, NOW)
    changed = replace(FULL, venue="Another sample hall", activities=FULL.activities[1:], capacity=0)

    async with town.db.work() as work:
        assert await EventCatalogue(work).take_in([changed], NOW) == TakenIn(changed=1)

    event = await town.event("full")
    assert (event.venue, event.activities) == ("Another sample hall", FULL.activities[1:])
    assert (event.going, event.revision, event.places_left) == (1, 1, 0)
    assert await town.going(event.id) == 1


async def test_an_older_sequence_is_passed_over_and_a_newer_one_remembered(town: Town) -> None:
    await town.events(FULL)
    old = replace(FULL, sequence=3, venue="Old hall")
    newer = replace(FULL, sequence=6)
    between = replace(FULL, sequence=5, venue="Old hall")

    async with town.db.work() as work:
        catalogue = EventCatalogue(work)
        assert await catalogue.take_in([old], NOW) == TakenIn(older=1)
        assert await catalogue.take_in([newer], NOW) == TakenIn(unchanged=1)
        assert await catalogue.take_in([between], NOW) == TakenIn(older=1)
    event = await town.event("full")
    assert (event.venue, event.sequence, event.revision) == (FULL.venue, 6, 0)


async def test_dates_that_a_series_lists_no_more_are_cancelled(town: Town) -> None:
    dates = [
        draft(f"talks/202610{day}T100000Z", starts_at=datetime(2026, 10, day, 10, tzinfo=UTC))
        for day in (13, 15, 22, 29)
    ]
    other = draft("talks/of another kind")
    await town.events(*dates, other, replace(dates[2], uid="talks/20261022T110000Z", sequence=2))
    listed = Series("talks", until=datetime(2026, 10, 25, tzinfo=UTC), sequence=1)

    async with town.db.work() as work:
        taken = await EventCatalogue(work).take_in([dates[1]], NOW, [listed])
    assert taken == TakenIn(unchanged=1, withdrawn=1)
    assert (await town.event(dates[2].uid)).status is EventStatus.CANCELLED
    assert await town.found(Filters()) == [
        "talks/20261015T100000Z",
        "talks/of another kind",
        "talks/20261022T110000Z",
        "talks/20261029T100000Z",
    ]

    async with town.db.work() as work:  # and the file lists it again
        assert await EventCatalogue(work).take_in([dates[2]], NOW) == TakenIn(changed=1)
    assert (await town.event(dates[2].uid)).status is EventStatus.PLANNED
