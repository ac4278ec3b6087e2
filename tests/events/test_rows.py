from dataclasses import replace

import pytest

from bot.events import rows
from bot.events.booking import BookingDesk
from bot.events.models import EventStatus
from bot.events.store import EventStore
from tests.events.conftest import FULL, NOW, Town, draft


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_remembered", {})


async def test_an_event_that_did_not_change_is_read_once(town: Town) -> None:
    (first,) = await town.events(FULL)
    assert await town.event("full") is first


async def test_places_taken_are_looked_at_each_time(town: Town) -> None:
    (event,) = await town.events(draft(capacity=2))
    for going, person in enumerate(await town.people(2), 1):
        async with town.db.work() as work:
            await BookingDesk(work).book(event.id, person, NOW)
        now = await town.event("expo")
        assert (now.going, now.places_left) == (going, 2 - going)


async def test_a_changed_file_changes_the_event(town: Town) -> None:
    await town.events(FULL)
    changed = replace(FULL, venue="Another hall", sequence=5)
    (event,) = await town.events(changed)
    assert (event.venue, event.sequence, event.revision) == ("Another hall", 5, 1)
    (event,) = await town.events(replace(changed, sequence=6))
    assert (event.venue, event.sequence, event.revision) == ("Another hall", 6, 1)


async def test_what_was_rolled_back_is_forgotten(town: Town) -> None:
    (event,) = await town.events(draft(capacity=2))
    person = await town.person()
    with pytest.raises(RuntimeError):
        async with town.db.work() as work:
            booked = await BookingDesk(work).book(event.id, person, NOW)
            assert booked.event.going == 1
            raise RuntimeError
    assert (await town.event("expo")).going == 0


async def test_a_cancelled_event_is_never_taken_for_what_it_was(town: Town) -> None:
    (event,) = await town.events(FULL)
    async with town.db.work() as work:
        await EventStore(work).cancel(event.id, NOW)
    cancelled = await town.event("full")
    assert (cancelled.status, cancelled.fingerprint) == (EventStatus.CANCELLED, "")
    (back,) = await town.events(FULL)
    assert (back.status, back.revision) == (EventStatus.POSTPONED, 2)


async def test_only_so_many_events_are_remembered(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST", 2)
    await town.events(*(draft(uid, venue=uid) for uid in ("a", "b", "c")))
    for uid in ("a", "b", "c"):
        assert (await town.event(uid)).venue == uid
    assert len(rows._remembered) <= 2
