"""Booking a place and giving it back, as people do it."""

import asyncio
from collections import Counter
from datetime import timedelta

from bot.app import Baobab
from bot.events.models import EventStatus
from tests.handlers.conftest import both_databases
from tests.support.events import book_for_strangers, draft, going, hold, in_days
from tests.support.people import Resident, Town


async def open_card(amina: Resident) -> None:
    await amina.says("/events")
    await amina.taps("1. Brent health day")


@both_databases
async def test_one_tap_books_and_undo_gives_the_place_back(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now()))
    await open_card(amina)
    card = amina.last

    await amina.taps("Book")

    booked = next(each for each in amina.messages if each.id == card.id)
    assert booked.text.split("\n")[0] == "You have a place."
    assert booked.buttons == [
        "Yes, remind me", "No reminders",
        "Undo", "Calendar file", "My bookings", "Back to the event",
    ]  # fmt: skip
    assert await going(baobab, event) == 1
    await amina.taps("Undo")
    undone = next(each for each in amina.messages if each.id == card.id)
    assert undone.text.split("\n")[0] == "You gave back your place at Brent health day."
    assert await going(baobab, event) == 0
    await amina.taps("Book again")
    assert await going(baobab, event) == 1


async def test_a_double_tap_books_once_and_asks_once(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now()))
    await open_card(amina)
    card = amina.last
    data = card.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await amina.taps("Book")
    asked = len(amina.messages)

    await amina.presses(card.id, data)

    assert amina.toasts == ["You already have a place."]
    assert await going(baobab, event) == 1
    assert len(amina.messages) == asked


@both_databases
async def test_of_many_who_press_at_once_as_many_get_a_place_as_there_are(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now(), capacity=3))
    people = [amina, *[await town.person(f"Person {number}") for number in range(9)]]
    for person in people[1:]:
        await person.says("/start")
        await person.taps("English")
        await person.taps("Brent")
    for person in people:
        await open_card(person)

    await asyncio.gather(*(person.taps("Book") for person in people))

    for person in people:
        await person.look()
    told = Counter(
        line
        for person in people
        for message in person.messages
        if (line := message.text.split("\n")[0])
        in {"You have a place.", "Sorry, all places at Brent health day are taken."}
    )
    assert told == {
        "You have a place.": 3,
        "Sorry, all places at Brent health day are taken.": 7,
    }
    assert await going(baobab, event) == 3


async def test_the_last_place_goes_to_whoever_was_first(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now(), capacity=1))
    await open_card(amina)
    await book_for_strangers(baobab, event, 1)

    await amina.taps("Book")

    assert amina.last.text == (
        "Sorry, all places at Brent health day are taken.\n\n"
        "Somebody may cancel, so look again later. Or choose another event."
    )
    assert amina.last.buttons == ["Find events", "Back to the event"]


async def test_a_place_that_somebody_took_meanwhile_cannot_be_had_back(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now(), capacity=1))
    await open_card(amina)
    await amina.taps("Book")
    await amina.taps("Undo")
    await book_for_strangers(baobab, event, 1)

    await amina.taps("Book again")

    assert "Sorry, all places at Brent health day are taken." in amina.screen


async def test_what_has_begun_is_settled(town: Town, baobab: Baobab, amina: Resident) -> None:
    now = baobab.house.clock.now()
    await hold(baobab, draft(now, starts_at=in_days(now, 1), ends_at=in_days(now, 1, 23)))
    await open_card(amina)
    await amina.taps("Book")
    await amina.says("/bookings")
    begins = in_days(now, 1) - baobab.house.clock.now()
    await town.forward(begins + timedelta(minutes=1))

    await amina.taps("Cancel 1")

    assert amina.last.text == "Brent health day has begun, so your place stays as it is."


async def test_a_cancelled_event_cannot_be_booked(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    await hold(baobab, draft(now), draft(now, "other"))
    await open_card(amina)
    await hold(baobab, draft(now, "other"))
    await cancel_event(baobab)

    await amina.taps("Book")

    assert amina.last.text == "Sorry, Brent health day is cancelled. It will not happen."


async def cancel_event(baobab: Baobab) -> None:
    now = baobab.house.clock.now()
    cancelled = draft(now, status=EventStatus.CANCELLED, sequence=1)
    async with baobab.house.database.work() as work:
        from bot.events.catalogue import EventCatalogue

        await EventCatalogue(work).take_in([cancelled], now)


async def test_my_bookings_are_in_order_of_date_and_cancelled_with_one_tap(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    events = await hold(
        baobab, *(draft(now, f"e{n}", 9 - n, title={"en": f"Day {n}"}) for n in range(4))
    )
    for event in events:
        await amina.opens(f"e{event.id}")
        await amina.taps("Book")

    await amina.says("/bookings")

    assert amina.last.buttons == [
        "1. Day 3", "Cancel 1", "2. Day 2", "Cancel 2",
        "Later ▶", "What I need to take part", "Back",
    ]  # fmt: skip
    await amina.taps("Later ▶")
    assert amina.last.buttons[:4] == ["3. Day 1", "Cancel 3", "4. Day 0", "Cancel 4"]
    await amina.taps("Cancel 4")
    assert [await going(baobab, event) for event in events] == [0, 1, 1, 1]
    await amina.taps("My bookings")
    assert [label for label in amina.last.buttons if label.startswith("Cancel")] == [
        "Cancel 1", "Cancel 2", "Cancel 3",
    ]  # fmt: skip
    await amina.taps("1. Day 3")
    assert amina.last.buttons[0] == "Cancel my place"


async def test_no_bookings_lead_to_events(town: Town, baobab: Baobab, amina: Resident) -> None:
    await hold(baobab, draft(baobab.house.clock.now()))
    await amina.says("/bookings")

    await amina.taps("Find events")

    assert "1. Brent health day" in amina.last.buttons
