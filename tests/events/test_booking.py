import asyncio
import contextlib
import random
from datetime import timedelta
from typing import Any

import pytest

from bot.db import Database
from bot.errors import (
    BookingNotFound,
    EventCancelled,
    EventFull,
    EventNotFound,
    EventOver,
    Overtaken,
)
from bot.events.booking import Booked, BookingDesk
from bot.events.models import Booking, BookingState, EventStatus
from bot.events.store import BookingStore
from tests.events.conftest import NOW, Town, draft
from tests.support.databases import fresh_postgresql, opened


async def book(db: Database, event_id: int, person_id: int, source: str = "") -> Booked:
    """Book as the bot does: whoever was overtaken looks again."""
    while True:
        with contextlib.suppress(Overtaken):
            async with db.work() as work:
                return await BookingDesk(work).book(event_id, person_id, NOW, source)


async def booking_of(town: Town, event_id: int, person_id: int) -> Booking | None:
    async with town.db.reading() as work:
        return await BookingStore(work).get(event_id, person_id)


async def test_a_booking_takes_one_place_and_remembers_where_it_came_from(town: Town) -> None:
    [event] = await town.events(draft(capacity=20))
    amina = await town.person()

    booked = await book(town.db, event.id, amina, "poster")

    assert booked.event.going == 1
    assert booked.event.places_left == 19
    assert not booked.was_already
    assert await booking_of(town, event.id, amina) == Booking(
        1, event.id, amina, BookingState.GOING, NOW, "poster"
    )


async def test_a_double_tap_takes_one_place(town: Town) -> None:
    [event] = await town.events(draft(capacity=20))
    amina = await town.person()

    first, second = await asyncio.gather(
        book(town.db, event.id, amina), book(town.db, event.id, amina)
    )

    assert sorted([first.was_already, second.was_already]) == [False, True]
    assert (await town.event("expo")).going == await town.going(event.id) == 1


async def test_whoever_has_a_place_keeps_it_when_the_event_is_full(town: Town) -> None:
    [event] = await town.events(draft(capacity=1))
    amina, yusuf = await town.people(2)
    await book(town.db, event.id, amina)

    assert (await book(town.db, event.id, amina)).was_already
    with pytest.raises(EventFull):
        await book(town.db, event.id, yusuf)


async def test_of_200_people_at_once_20_get_the_20_places(town: Town) -> None:
    [event] = await town.events(draft(capacity=20))
    people = await town.people(200)

    async def tries(person_id: int) -> bool:
        try:
            await book(town.db, event.id, person_id)
        except EventFull:
            return False
        return True

    outcomes = await asyncio.gather(*(tries(person_id) for person_id in people))

    assert sum(outcomes) == 20
    assert (await town.event("expo")).going == await town.going(event.id) == 20


@pytest.mark.postgresql
@pytest.mark.parametrize("who", ["another", "the same"])
async def test_of_two_who_see_the_same_last_place_one_is_overtaken_and_sees_that_it_is_gone(
    who: str,
) -> None:
    async with opened(await fresh_postgresql()) as db:
        town = Town(db)
        [event] = await town.events(draft(capacity=1 if who == "another" else 2))
        amina, yusuf = await town.people(2)
        second = yusuf if who == "another" else amina

        with pytest.raises(Overtaken):
            async with db.work() as work:
                await BookingDesk(work).book(event.id, second, NOW)
                await book(db, event.id, amina)

        assert (await town.event("expo")).going == await town.going(event.id) == 1
        if who == "another":
            with pytest.raises(EventFull):
                await book(db, event.id, second)
        else:
            assert (await book(db, event.id, second)).was_already


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "change", [{"status": EventStatus.CANCELLED}, {"starts_at": NOW - timedelta(minutes=1)}]
)
async def test_a_place_that_was_seen_is_not_taken_once_the_event_is_off(
    change: dict[str, Any],
) -> None:
    async with opened(await fresh_postgresql()) as db:
        town = Town(db)
        [event] = await town.events(draft())
        amina = await town.person()

        with pytest.raises(Overtaken):
            async with db.work() as work:
                await BookingDesk(work).book(event.id, amina, NOW)
                await town.events(draft(**change))

        assert (await town.event("expo")).going == await town.going(event.id) == 0


async def test_a_storm_of_booking_and_cancelling_keeps_the_count(town: Town) -> None:
    [event] = await town.events(draft(capacity=5))
    people = await town.people(8)
    choices = random.Random(7)  # noqa: S311 -- the same storm each time, not a secret

    async def changes_their_mind(person_id: int) -> None:
        for _ in range(12):
            with contextlib.suppress(Overtaken):  # then all of it is undone
                async with town.db.work() as work:
                    desk = BookingDesk(work)
                    try:
                        if choices.random() < 0.6:
                            await desk.book(event.id, person_id, NOW)
                        else:
                            await desk.cancel(event.id, person_id, NOW)
                    except (EventFull, BookingNotFound):
                        pass  # what it raises, it has not changed anything for; the work goes on

    await asyncio.gather(*(changes_their_mind(each) for each in people for _ in range(2)))

    going = (await town.event("expo")).going
    assert going == await town.going(event.id)
    assert 0 <= going <= 5


async def test_cancelling_frees_the_place_at_once_and_twice_frees_it_once(town: Town) -> None:
    [event] = await town.events(draft(capacity=1))
    amina, yusuf = await town.people(2)
    await book(town.db, event.id, amina)

    async with town.db.work() as work:
        cancelled = await BookingDesk(work).cancel(event.id, amina, NOW)
    async with town.db.work() as work:
        again = await BookingDesk(work).cancel(event.id, amina, NOW)

    assert (cancelled.event.going, cancelled.was_already) == (0, False)
    assert cancelled.booking.state is BookingState.CANCELLED
    assert (again.event.going, again.was_already) == (0, True)
    assert not (await book(town.db, event.id, yusuf)).was_already


async def test_undo_is_booking_again(town: Town) -> None:
    [event] = await town.events(draft(capacity=3))
    amina = await town.person()
    await book(town.db, event.id, amina, "poster")
    async with town.db.work() as work:
        await BookingDesk(work).confirm(event.id, amina, NOW)
    async with town.db.work() as work:
        await BookingDesk(work).cancel(event.id, amina, NOW)

    again = await book(town.db, event.id, amina)

    assert await booking_of(town, event.id, amina) == Booking(
        1, event.id, amina, BookingState.GOING, NOW, ""
    )
    assert again.event.going == await town.going(event.id) == 1


async def test_what_cannot_be_booked_says_why_and_changes_nothing(town: Town) -> None:
    over, off, begun = await town.events(
        draft("over", starts_at=NOW - timedelta(days=1)),
        draft("off", status=EventStatus.CANCELLED),
        draft("begun", starts_at=NOW),
    )
    amina = await town.person()

    for event_id, error in (
        (over.id, EventOver),
        (begun.id, EventOver),
        (off.id, EventCancelled),
        (10**6, EventNotFound),
    ):
        with pytest.raises(error):
            await book(town.db, event_id, amina)
    assert [row["going"] for row in await town.rows()] == [0, 0, 0]


async def test_what_cannot_be_cancelled_says_why(town: Town) -> None:
    [event] = await town.events(draft())
    amina, yusuf = await town.people(2)
    await book(town.db, event.id, amina)

    async with town.db.work() as work:
        desk = BookingDesk(work)
        with pytest.raises(EventNotFound):
            await desk.cancel(10**6, amina, NOW)
        with pytest.raises(BookingNotFound):
            await desk.cancel(event.id, yusuf, NOW)
        with pytest.raises(EventOver):
            await desk.cancel(event.id, amina, event.starts_at)
    assert (await town.event("expo")).going == await town.going(event.id) == 1


async def test_an_event_without_a_limit_takes_everybody(town: Town) -> None:
    [event] = await town.events(draft(capacity=None))
    for person_id in await town.people(3):
        booked = await book(town.db, event.id, person_id)

    assert (booked.event.going, booked.event.places_left) == (3, None)


async def test_my_bookings_are_those_to_come_soonest_first_with_cancelled_events(
    town: Town,
) -> None:
    later, sooner, dropped, off = await town.events(
        draft("later", starts_at=NOW + timedelta(days=9)),
        draft("sooner", starts_at=NOW + timedelta(days=1)),
        draft("dropped"),
        draft("off", starts_at=NOW + timedelta(days=2)),
    )
    amina, yusuf = await town.people(2)
    for event in (later, sooner, dropped, off):
        await book(town.db, event.id, amina)
    await town.events(draft("off", starts_at=NOW + timedelta(days=2), status=EventStatus.CANCELLED))

    async with town.db.work() as work:
        desk = BookingDesk(work)
        await desk.cancel(dropped.id, amina, NOW)
        mine = await desk.mine(amina, NOW)
        assert await desk.mine(yusuf, NOW) == []
        assert [event.uid for _, event in await desk.mine(amina, sooner.ends_at)] == [
            "off",
            "later",
        ]

    assert [(booking.event_id, event.status.value) for booking, event in mine] == [
        (sooner.id, "planned"),
        (off.id, "cancelled"),
        (later.id, "planned"),
    ]


async def test_what_is_held_about_a_person_is_all_of_it_and_forgetting_leaves_none(
    town: Town,
) -> None:
    past, ahead = await town.events(
        draft("past", starts_at=NOW + timedelta(days=1)),
        draft("ahead", title={"en": "Sample talk"}, starts_at=NOW + timedelta(days=9)),
    )
    amina, yusuf = await town.people(2)
    for person_id in (amina, yusuf):
        await book(town.db, past.id, person_id, "poster")
        await book(town.db, ahead.id, person_id)
    later = NOW + timedelta(days=2)

    async with town.db.work() as work:
        desk = BookingDesk(work)
        held = await desk.held_about(amina)
        await desk.forget(amina, later)
        assert await desk.held_about(amina) == {"bookings": []}
        assert len((await desk.held_about(yusuf))["bookings"]) == 2

    assert held == {
        "bookings": [
            {
                "event": "Sample health expo",
                "starts_at": "2026-10-15T09:00:00+00:00",
                "state": "going",
                "booked_at": "2026-10-14T09:00:00+00:00",
                "source": "poster",
            },
            {
                "event": "Sample talk",
                "starts_at": "2026-10-23T09:00:00+00:00",
                "state": "going",
                "booked_at": "2026-10-14T09:00:00+00:00",
                "source": "",
            },
        ]
    }
    # The place ahead is free for others; the past event keeps the number who had booked.
    assert [row["going"] for row in await town.rows()] == [2, 1]
