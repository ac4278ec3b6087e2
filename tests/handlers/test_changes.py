"""What people with a place hear when an event changes, and what becomes of open cards."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.app import Baobab
from bot.clock import LONDON
from bot.delivery.store import DeliveryStore
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.events.importing.result import Series
from bot.events.models import Event, EventDraft, EventStatus
from bot.events.open_cards import OpenCards
from bot.people.service import People
from tests.handlers.conftest import both_databases
from tests.support.events import draft, going, hold, in_days
from tests.support.people import Resident, Seen, Town

SECOND = timedelta(seconds=1)
ASKED = ["I'm coming", "Cancel my place", "Calendar file", "Open the event"]


async def change(baobab: Baobab, *drafts: EventDraft, series: Iterable[Series] = ()) -> None:
    """Import what a file says now, and wait until everybody knows."""
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        for number, each in enumerate(drafts):
            await EventCatalogue(work).take_in([each], now - SECOND + number * SECOND / 10, series)
    await baobab.idle()


@pytest.fixture
def as_it_was(baobab: Baobab) -> EventDraft:
    """The file before it changed."""
    return draft(baobab.house.clock.now())


@pytest.fixture
async def event(baobab: Baobab, as_it_was: EventDraft) -> Event:
    """The event that will change."""
    return (await hold(baobab, as_it_was))[0]


async def books(person: Resident, event: Event) -> None:
    await person.opens(f"e{event.id}")
    await person.taps("Book")


@pytest.fixture
async def booked(amina: Resident, event: Event) -> Resident:
    """Somebody with a place."""
    await books(amina, event)
    return amina


async def news(person: Resident, since: int) -> list[Seen]:
    """What the bot has said after a message."""
    await person.look()
    return [each for each in person.messages if each.id > since and not each.mine]


def day_of(event: EventDraft | Event) -> str:
    starts_at = event.starts_at.astimezone(LONDON)
    return f"{starts_at:%A} {starts_at.day} {starts_at:%B %Y (%d/%m/%Y)}"


def time_of(event: EventDraft | Event) -> str:
    starts_at, ends_at = (each.astimezone(LONDON) for each in (event.starts_at, event.ends_at))
    return f"{day_of(event)}, {starts_at:%H:%M} to {ends_at:%H:%M}, UK time"


async def ends(baobab: Baobab, person: Resident, kind: str) -> list[tuple[str, str]]:
    """State and reason of everything of a kind that somebody was owed."""
    async with baobab.house.database.reading() as work:
        known = await People(work).find(person.id)
        assert known is not None
        rows = await DeliveryStore(work).of_person(known.id)
    return [(row["state"], row["reason"]) for row in rows if row["kind"] == kind]


@both_databases
async def test_everybody_with_a_place_is_told_once_from_what_to_what(
    town: Town, baobab: Baobab, booked: Resident, event: Event, as_it_was: EventDraft
) -> None:
    bilal, chan, dina = [await town.person(name, language_code="en") for name in "BCD"]
    for each in (bilal, chan, dina):
        await each.says("/start")
        await each.taps("English")
    await books(bilal, event)
    await books(chan, event)
    await chan.taps("Undo")
    people = (booked, bilal, chan, dina)
    last = {each.id: each.messages[-1].id for each in people}

    now = baobab.house.clock.now()
    moved = replace(
        as_it_was,
        starts_at=in_days(now, 8, 14),
        ends_at=in_days(now, 8, 17),
        venue="Another hall",
        outcode="NW10",
    )
    await change(baobab, moved)
    await change(baobab, moved)
    await town.forward(timedelta(minutes=1))

    for each in (booked, bilal):
        [said] = await news(each, last[each.id])
        assert said.text == (
            "An event that you booked has changed.\n\n"
            "Brent health day\n\n"
            f"New time: {time_of(moved)}\n"
            f"Before: {time_of(event)}\n"
            "New place: Another hall, Brent, NW10\n"
            "Before: Sample hall, Brent, HA9\n\n"
            "Are you still coming?"
        )
        assert said.buttons == ASKED
    assert await news(chan, last[chan.id]) == await news(dina, last[dina.id]) == []


@pytest.mark.parametrize(
    ("changes", "heading", "facts", "buttons"),
    [
        (
            {"venue": "Another hall"},
            "An event that you booked has changed.",
            ["New place: Another hall, Brent, HA9", "Before: Sample hall, Brent, HA9"],
            ASKED,
        ),
        (
            {"online_link": "https://example.org/join"},
            "An event that you booked has changed.",
            [
                "Where: Sample hall, Brent, HA9",
                "The link to join is new.",
                "Online: Join here: https://example.org/join",
            ],
            ASKED,
        ),
        (
            {"venue": "", "borough": None, "outcode": ""},
            "An event that you booked has changed.",
            ["New place: The place is not known yet.", "Before: Sample hall, Brent, HA9"],
            ASKED,
        ),
        (
            {"status": EventStatus.POSTPONED},
            "Postponed: an event that you booked will be on another date.",
            ["Where: Sample hall, Brent, HA9"],
            ["Cancel my place", "My bookings"],
        ),
    ],
    ids=["place", "link", "no place", "postponed"],
)
async def test_each_change_is_said_in_its_own_words(  # noqa: PLR0917 -- a table's row
    baobab: Baobab,
    booked: Resident,
    event: Event,
    as_it_was: EventDraft,
    changes: dict[str, Any],
    heading: str,
    facts: list[str],
    buttons: list[str],
) -> None:
    last = booked.messages[-1].id
    await change(baobab, replace(as_it_was, **changes))
    [said] = await news(booked, last)
    blocks = said.text.split("\n\n")
    assert blocks[:2] == [heading, "Brent health day"]
    assert blocks[2].split("\n") == [f"When: {time_of(event)}", *facts]
    assert said.buttons == buttons


async def test_a_link_that_is_gone_is_said(
    baobab: Baobab, amina: Resident, as_it_was: EventDraft
) -> None:
    online = replace(as_it_was, online_link="https://example.org/join")
    [event] = await hold(baobab, online)
    await books(amina, event)
    last = amina.messages[-1].id
    await change(baobab, as_it_was)
    [said] = await news(amina, last)
    assert "You cannot join from home any more." in said.text.split("\n")


async def test_a_cancelled_event_says_when_it_was_to_be_and_may_happen_after_all(
    baobab: Baobab, booked: Resident, event: Event, as_it_was: EventDraft
) -> None:
    last = booked.messages[-1].id
    await change(baobab, replace(as_it_was, status=EventStatus.CANCELLED))
    [said] = await news(booked, last)
    assert said.text == (
        "Cancelled: an event that you booked will not happen.\n\n"
        "Brent health day\n\n"
        f"It was to be: {time_of(event)}\n\n"
        "Your place ends. You do not need to do anything."
    )
    assert said.buttons == ["Find events", "My bookings"]

    await change(baobab, as_it_was)
    [again] = await news(booked, said.id)
    assert again.text.split("\n")[0] == (
        "Good news: an event that you booked will happen after all."
    )
    assert again.buttons == ASKED


async def test_a_date_that_a_series_does_not_list_any_more_is_cancelled(
    baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    first, second = (draft(now, f"circle/202610{10 + day}", day) for day in (10, 11))
    [_, event] = await hold(baobab, first, second)
    await books(amina, event)
    last = amina.messages[-1].id
    await change(baobab, first, series=[Series("circle", now + timedelta(days=30))])
    [said] = await news(amina, last)
    assert said.text.split("\n")[0] == "Cancelled: an event that you booked will not happen."


async def test_two_changes_before_anybody_is_told_are_one(
    baobab: Baobab, booked: Resident, event: Event, as_it_was: EventDraft
) -> None:
    last = booked.messages[-1].id
    now = baobab.house.clock.now()
    moved = replace(as_it_was, starts_at=in_days(now, 9, 10), ends_at=in_days(now, 9, 12))
    await change(baobab, moved, replace(moved, venue="Third hall"))
    [said] = await news(booked, last)
    assert said.text.split("\n")[4:8] == [
        f"New time: {time_of(moved)}",
        f"Before: {time_of(event)}",
        "New place: Third hall, Brent, HA9",
        "Before: Sample hall, Brent, HA9",
    ]


async def test_what_is_changed_back_before_anybody_is_told_is_not_told(
    baobab: Baobab, booked: Resident, as_it_was: EventDraft
) -> None:
    last = booked.messages[-1].id
    await change(baobab, replace(as_it_was, venue="Another hall"), as_it_was)
    assert await news(booked, last) == []
    assert await ends(baobab, booked, "change") == [("skipped", "nothing to say")]


async def test_what_is_changed_back_later_is_told(
    baobab: Baobab, booked: Resident, as_it_was: EventDraft
) -> None:
    last = booked.messages[-1].id
    await change(baobab, replace(as_it_was, venue="Another hall"))
    await change(baobab, as_it_was)
    _, said = await news(booked, last)
    assert said.text.split("\n")[5:7] == [
        "New place: Sample hall, Brent, HA9",
        "Before: Another hall, Brent, HA9",
    ]


async def test_what_is_over_is_told_nobody(
    town: Town, baobab: Baobab, booked: Resident, as_it_was: EventDraft
) -> None:
    await town.forward(timedelta(days=9))
    await booked.look()
    last = booked.messages[-1].id
    await change(baobab, replace(as_it_was, venue="Another hall"))
    assert await news(booked, last) == []
    assert await ends(baobab, booked, "change") == await ends(baobab, booked, "card") == []


async def test_whoever_has_stopped_is_told_nothing(
    baobab: Baobab, booked: Resident, as_it_was: EventDraft
) -> None:
    await booked.says("/stop")
    await booked.taps("Stop messages")
    before, last = booked.messages, booked.messages[-1].id
    await change(baobab, replace(as_it_was, venue="Another hall"))
    assert await news(booked, last) == []
    assert booked.messages == before


async def test_whoever_gives_the_place_back_just_before_is_not_told(
    baobab: Baobab, booked: Resident, event: Event, as_it_was: EventDraft
) -> None:
    last = booked.messages[-1].id
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        person = await People(work).find(booked.id)
        assert person is not None
        await EventCatalogue(work).take_in([replace(as_it_was, venue="Another hall")], now)
        await BookingDesk(work).cancel(event.id, person.id, now)
    await baobab.idle()
    assert await news(booked, last) == []
    assert await ends(baobab, booked, "change") == [("skipped", "not going")]


@pytest.mark.parametrize(("hour", "silent"), [(9, False), (19, False), (20, True), (3, True)])
async def test_people_are_not_woken(  # noqa: PLR0917 -- a table's row
    town: Town,
    baobab: Baobab,
    booked: Resident,
    as_it_was: EventDraft,
    hour: int,
    silent: bool,  # noqa: FBT001 -- a table's row
) -> None:
    await town.forward(in_days(baobab.house.clock.now(), 1, hour) - baobab.house.clock.now())
    await change(baobab, replace(as_it_was, venue="Another hall"))
    log = await town.ask("GET", "/log")
    [told] = [
        call["params"]
        for call in log
        if "An event that you booked has changed." in str(call["params"].get("text"))
    ]
    assert told.get("disable_notification", False) is silent


async def test_every_open_card_is_brought_up_to_date(
    town: Town, baobab: Baobab, booked: Resident, event: Event, as_it_was: EventDraft
) -> None:
    screen = booked.last  # asks about needs; the booked screen is above it
    await booked.opens(f"e{event.id}")
    by_link = booked.last
    await booked.says("/events")
    await booked.taps("1. Brent health day")
    from_list = booked.last
    bilal = await town.newcomer("Bilal")
    await bilal.opens(f"e{event.id}")
    await baobab.handling.put_away()
    count = len(booked.messages)

    await change(baobab, replace(as_it_was, description={"en": "Bring a friend."}))

    await booked.look()
    cards = [each for each in booked.messages if "Bring a friend." in each.text]
    assert [each.text.split("\n")[0] for each in cards] == ["You have a place."] * 3
    assert {by_link.id, from_list.id} < {each.id for each in cards}
    assert screen.id not in {each.id for each in cards}
    assert len(booked.messages) == count
    await bilal.look()
    assert "Bring a friend." in bilal.last.text
    assert bilal.last.buttons[0] == "Book"
    assert await ends(baobab, booked, "change") == []
    assert await ends(baobab, booked, "card") == [("sent", "")] * 3


async def test_a_message_that_shows_something_else_by_now_is_left_alone(
    town: Town, baobab: Baobab, amina: Resident, event: Event, as_it_was: EventDraft
) -> None:
    await amina.opens(f"e{event.id}")
    await baobab.handling.put_away()
    await amina.taps("Back to the list")
    shown = amina.last
    await change(baobab, replace(as_it_was, description={"en": "Bring a friend."}))
    await amina.look()
    assert amina.last == shown
    assert await ends(baobab, amina, "card") == []


async def test_a_card_that_is_replaced_just_before_is_left_alone(
    baobab: Baobab, amina: Resident, event: Event, as_it_was: EventDraft
) -> None:
    await amina.opens(f"e{event.id}")
    await baobab.handling.put_away()
    shown = amina.last
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        person = await People(work).find(amina.id)
        assert person is not None
        changed = replace(as_it_was, description={"en": "Bring a friend."})
        await EventCatalogue(work).take_in([changed], now)
        await OpenCards(work).note(person.id, {shown.id: None}, now)
    await baobab.idle()
    await amina.look()
    assert amina.last == shown
    assert await ends(baobab, amina, "card") == [("skipped", "message gone")]


@both_databases
async def test_i_am_coming_twice_is_once(
    baobab: Baobab, booked: Resident, as_it_was: EventDraft
) -> None:
    await change(baobab, replace(as_it_was, venue="Another hall"))
    await booked.look()
    said = booked.last
    data = said.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await booked.taps("I'm coming")
    answered = booked.last
    assert answered.id == said.id
    assert answered.text.split("\n")[0] == "Thank you. We look forward to seeing you."
    await booked.presses(said.id, data)
    assert booked.last == answered


@both_databases
async def test_a_place_is_given_back_from_the_news_once(
    baobab: Baobab, booked: Resident, event: Event, as_it_was: EventDraft
) -> None:
    await change(baobab, replace(as_it_was, venue="Another hall"))
    await booked.look()
    said = booked.last
    [[coming, back], *_] = said.raw["reply_markup"]["inline_keyboard"]
    await booked.presses(said.id, back["callback_data"])
    gave_back = booked.last
    assert gave_back.text.split("\n")[0] == "You gave back your place at Brent health day."
    assert await going(baobab, event) == 0
    await booked.presses(said.id, back["callback_data"])
    assert booked.last == gave_back
    assert await going(baobab, event) == 0
    await booked.presses(said.id, coming["callback_data"])
    assert booked.last.text.split("\n")[0] == "You have no place at Brent health day any more."
    assert await going(baobab, event) == 0


async def test_buttons_of_old_news_are_answered_kindly(
    town: Town, baobab: Baobab, booked: Resident, event: Event, as_it_was: EventDraft
) -> None:
    await change(baobab, replace(as_it_was, venue="Another hall"))
    await booked.look()
    said = booked.last
    [[coming, back], *_] = said.raw["reply_markup"]["inline_keyboard"]
    await town.forward(timedelta(days=7))
    await booked.presses(said.id, coming["callback_data"])
    late = next(each for each in booked.messages if each.id == said.id)
    assert late.text == "Brent health day has begun, so your place stays as it is."
    await booked.presses(said.id, back["callback_data"])
    late = next(each for each in booked.messages if each.id == said.id)
    assert late.text == "Brent health day has begun, so your place stays as it is."
    assert await going(baobab, event) == 1


async def test_nobody_can_come_to_what_is_cancelled_by_now(
    baobab: Baobab, booked: Resident, as_it_was: EventDraft
) -> None:
    await change(baobab, replace(as_it_was, venue="Another hall"))
    await booked.look()
    said = booked.last
    await change(baobab, replace(as_it_was, status=EventStatus.CANCELLED))
    [[coming, back], *_] = said.raw["reply_markup"]["inline_keyboard"]
    await booked.presses(said.id, coming["callback_data"])
    answered = next(each for each in booked.messages if each.id == said.id)
    assert answered.text == "Sorry, Brent health day is cancelled. It will not happen."
    await booked.presses(said.id, back["callback_data"])
    answered = next(each for each in booked.messages if each.id == said.id)
    assert answered.text == "You gave back your place at Brent health day."
    assert answered.buttons == ["My bookings", "Find events"]
