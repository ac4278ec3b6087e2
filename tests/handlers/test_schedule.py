"""What volunteers see of what will be sent, and of what people answered."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.app import Baobab
from bot.clock import LONDON
from bot.delivery.models import BROADCAST, Lane, Mailing, Reason, Settled, State
from bot.delivery.store import DeliveryStore
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.events.models import Event, EventStatus
from bot.people.models import Role
from bot.people.service import People
from bot.reminders.choices import ReminderChoices
from bot.reminders.feedback import FEWEST, Feedback
from bot.reminders.leads import NONE, USUAL, Lead
from tests.handlers.conftest import both_databases
from tests.support.broadcasts import TUESDAY, move_to, residents, writes
from tests.support.events import draft, hold, in_days
from tests.support.people import Resident, Town
from tests.support.roles import give_role, take_role

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
KIND = (
    "Only our volunteers and organisers can see this.\n\nDo you help at our events? Then ask the "
    "people who organise them for an invite."
)
NOBODY = "Nothing waits to be sent. Reminders stand here once people book and want them."


@pytest.fixture
async def grace(town: Town, baobab: Baobab) -> Resident:
    """A volunteer."""
    grace = await town.newcomer("Grace")
    await give_role(baobab, grace, Role.VOLUNTEER)
    return grace


Crowd = Callable[..., Awaitable[list[int]]]


@pytest.fixture
def crowd(baobab: Baobab) -> Crowd:
    """Lets people who never wrote to the bot book an event and want reminders; their numbers.

    Where something is to reach people, they must be residents, or want none.
    """
    count = 0

    async def book(event: Event, number: int, leads: Lead = USUAL) -> list[int]:
        nonlocal count
        now = baobab.house.clock.now()
        people = []
        async with baobab.house.database.work() as work:
            for _ in range(number):
                count += 1
                person = await People(work).greet(20_000_000 + count, now)
                await BookingDesk(work).book(event.id, person.id, now)
                await ReminderChoices(work).choose(person.id, leads, "en", now)
                people.append(person.id)
        return people

    return book


def day(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y} ({local:%d/%m/%Y})"


def told(person: Resident) -> str:
    """The newest message without its second line, which says what time it is."""
    text = person.last.text
    return re.sub(r"\nNow it is [^\n]*, \d\d:\d\d, UK time\.", "", text)


async def test_whoever_has_no_role_gets_a_kind_answer(amina: Resident) -> None:
    await amina.says("/schedule")
    assert amina.last.text == KIND
    assert amina.last.buttons == ["Go to the start"]
    for data in ("schedule", "schedule:2", "schedule:events:1", "schedule:event:1:1"):
        await amina.presses(amina.last.id, data)
        assert amina.last.text == KIND


async def test_nothing_is_ahead(town: Town, baobab: Baobab, grace: Resident) -> None:
    await grace.says("/schedule")
    now = baobab.house.clock.now()
    assert grace.last.text.split("\n")[:1] == ["What will be sent"]
    assert re.fullmatch(
        rf"Now it is {re.escape(day(now))}, \d\d:\d\d, UK time\.", grace.last.text.split("\n")[1]
    )
    assert told(grace) == f"What will be sent\n\n{NOBODY}"
    assert grace.last.rows == [["Update", "Answers about events"], ["Go to the start"]]


@both_databases
async def test_what_is_ahead_is_shown_by_day_with_how_many(
    town: Town, baobab: Baobab, grace: Resident, crowd: Crowd
) -> None:
    now = baobab.house.clock.now()
    fair = {"title": {"en": "Fair & <checks>"}, "starts_at": in_days(now, 9, 14)}
    first, second = await hold(
        baobab,
        draft(now, days=9),
        draft(now, "fair", ends_at=in_days(now, 9, 15), **fair),
    )
    await crowd(first, 3)
    await crowd(second, 1)
    await grace.says("/schedule")
    week, before = first.starts_at - 7 * DAY, first.starts_at - DAY
    assert told(grace) == (
        "What will be sent\n\n"
        f"{day(week)}\n"
        "• 11:00: Reminder (7 days before), to 3 people\nBrent health day\n"
        "• 14:00: Reminder (7 days before), to 1 person\nFair & <checks>\n\n"
        f"{day(before)}\n"
        "• 11:00: Reminder (1 day before), to 3 people\nBrent health day\n"
        "• 14:00: Reminder (1 day before), to 1 person\nFair & <checks>\n\n"
        f"{day(first.starts_at)}\n"
        "• 09:00: Reminder (2 hours before), to 3 people\nBrent health day\n"
        "• 12:00: Reminder (2 hours before), to 1 person\nFair & <checks>\n\n"
        "The numbers can still change, when people book or cancel.\n\n"
        "Page 1 of 2."
    )
    assert grace.last.rows[0] == ["Later ▶"]
    await grace.taps("Later ▶")
    assert told(grace) == (
        "What will be sent\n\n"
        f"{day(first.starts_at)}\n"
        "• 16:00: Thanks, and the question how it was, to 1 person\nFair & <checks>\n"
        "• 17:00: Thanks, and the question how it was, to 3 people\nBrent health day\n\n"
        "The numbers can still change, when people book or cancel.\n\n"
        "Page 2 of 2."
    )
    assert grace.last.rows[0] == ["Earlier ◀"]
    await grace.presses(grace.last.id, "schedule:99")
    assert "Page 2 of 2." in grace.last.text
    await grace.taps("Earlier ◀")
    assert "Page 1 of 2." in grace.last.text


async def test_broadcasts_are_ahead_too_and_none_is_taken_for_an_event(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await move_to(town, baobab, TUESDAY, 10)
    # Its number is that of a broadcast.
    await hold(baobab, draft(baobab.house.clock.now(), days=99))
    await residents(baobab, town, ["en", "so"])
    await writes(grace, "We meet on Saturday.")
    await grace.taps("When")
    await grace.taps("Choose a time")
    tomorrow = baobab.house.clock.now().astimezone(LONDON) + DAY
    await grace.says(f"{tomorrow:%d/%m/%Y} 11:30")
    await grace.taps("No, only once")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Send it at its time")
    await grace.says("/schedule")
    assert told(grace).split("\n\n")[1] == (
        f"{day(tomorrow)}\n• 11:30: Broadcast, to fewer than 5 people\nWe meet on Saturday."
    )
    async with baobab.house.database.work() as work:
        now = baobab.house.clock.now()
        owed = Mailing("m", BROADCAST, 1, Lane.BROADCAST, now + DAY, now + 2 * DAY)
        number = await DeliveryStore(work).add(owed, now)
        assert number is not None
        await DeliveryStore(work).owe_to(number, [1])
    await grace.taps("Update")
    assert "Brent health day" not in grace.last.text


async def test_update_shows_what_has_changed_in_the_same_place(
    town: Town, baobab: Baobab, grace: Resident, crowd: Crowd
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now()))
    await grace.says("/schedule")
    seen = len(grace.messages)
    await grace.taps("Update")
    assert NOBODY in grace.last.text
    await crowd(event, 2)
    await grace.taps("Update")
    assert "Reminder (1 day before), to 2 people" in grace.last.text
    assert len(grace.messages) == seen


async def test_a_role_that_is_taken_away_ends_at_the_next_tap(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.says("/start")
    assert "schedule" in await grace.commands()
    await grace.says("/schedule")
    await take_role(baobab, grace, Role.VOLUNTEER)
    await grace.taps("Answers about events")
    assert grace.last.text == KIND
    assert "schedule" not in await grace.commands()
    await grace.taps("Go to the start")
    assert "What will be sent" not in grace.last.buttons


async def settle(baobab: Baobab, event: Event, people: list[int], *ends: Any) -> None:
    """Let a change of an event be owed to people and end in these ways, one after another."""
    house = baobab.house
    async with house.database.work() as work:
        store = DeliveryStore(work)
        mailing = mailing_about(event, house.clock.now())
        number = await store.add(mailing, house.clock.now())
        assert number is not None
        await store.owe_to(number, people)
        claimed = await store.claim(mailing.lane, house.clock.now(), len(people), "a test")
        ended = [
            Settled(delivery.id, state, reason)
            for delivery, (state, reason) in zip(claimed, ends, strict=True)
        ]
        await store.settle(ended, "a test", house.clock.now())


def mailing_about(event: Event, due_at: datetime, kind: str = "change") -> Mailing:
    return Mailing(f"{kind}:{due_at}", kind, event.id, Lane.NOTICE, due_at, event.ends_at)


async def test_what_was_not_delivered_is_said_with_the_reason(
    town: Town, baobab: Baobab, grace: Resident, crowd: Crowd
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=100))
    people = await crowd(event, 5)
    await settle(
        baobab, event, people,
        (State.FAILED, Reason.CHAT_NOT_FOUND), (State.FAILED, Reason.CHAT_NOT_FOUND),
        (State.FAILED, Reason.GAVE_UP), (State.UNKNOWN, Reason.NO_ANSWER),
        (State.SKIPPED, Reason.STOPPED),
    )  # fmt: skip
    await grace.says("/schedule")
    assert told(grace) == (
        f"What will be sent\n\n{NOBODY}\n\n"
        "Not delivered\n"
        "• 2 messages: the chat is not there any more\n"
        "• 1 message: Telegram had trouble for too long\n\n"
        "Not known\n"
        "Nobody knows whether these arrived. So I do not send them again.\n"
        "• 1 message: Telegram did not say whether it took it"
    )


async def test_what_is_late_and_what_leaves_now_come_first(
    town: Town, baobab: Baobab, grace: Resident, crowd: Crowd
) -> None:
    house = baobab.house
    [event] = await hold(baobab, draft(house.clock.now(), days=100))
    people = await crowd(event, 2)
    await baobab.postman.close()  # nothing leaves any more
    now = house.clock.now()
    async with house.database.work() as work:
        store = DeliveryStore(work)
        for kind, due_at in (("change", now - timedelta(hours=2)), ("change", now - MINUTE)):
            number = await store.add(mailing_about(event, due_at, kind), now)
            assert number is not None
            await store.owe_to(number, people)
    await grace.says("/schedule")
    late, leaving = now - timedelta(hours=2), now - MINUTE
    hours = f"{late.astimezone(LONDON):%H:%M}", f"{leaving.astimezone(LONDON):%H:%M}"
    assert told(grace) == (
        "What will be sent\n\n"
        "Late\n"
        "These should have left already. They leave when they can.\n"
        f"• {day(late)}, {hours[0]}: News of a change, to 2 people\nBrent health day\n\n"
        "Leaving now\n"
        f"• {hours[1]}: News of a change, to 2 people\nBrent health day\n\n"
        "The numbers can still change, when people book or cancel."
    )


@both_databases
async def test_answers_about_an_event_are_counted(
    town: Town, baobab: Baobab, grace: Resident, amina: Resident, crowd: Crowd
) -> None:
    house = baobab.house
    [event] = await hold(baobab, draft(house.clock.now(), days=3))
    await grace.says("/schedule")
    await grace.taps("Answers about events")
    assert grace.last.text == "Answers about events\n\nNobody has booked an event yet."
    first, _ = await crowd(event, 2, NONE)
    ben = await town.newcomer("Ben")
    for resident in (amina, ben):
        await resident.opens(f"e{event.id}")
        await resident.taps("Book")
        await resident.taps("Yes, remind me")
    await grace.taps("What will be sent")
    await grace.taps("Answers about events")
    when = f"{day(event.starts_at)}, 11:00 to 16:00, UK time"
    assert grace.last.text == f"Answers about events\n\n1. Brent health day\n{when}"
    await grace.taps("1. Brent health day")
    heading = f"Brent health day\n{when}\n\n"
    asking = "I ask people from 1 day before on, if they want reminders."
    assert grace.last.text == (
        heading + "4 people have a place.\n"
        "• 0 people said: I am coming.\n"
        "• 0 people were asked and have not answered.\n"
        "• 4 people were not asked.\n\n"
        f"0 people gave up their place.\n\n{asking}"
    )
    assert grace.last.rows == [["Update", "Back"], ["What will be sent"]]

    await town.forward(event.starts_at - DAY + MINUTE - house.clock.now())
    await amina.look()
    await amina.taps("I'm coming")
    async with house.database.work() as work:
        await BookingDesk(work).cancel(event.id, first, house.clock.now())
    await grace.taps("Update")
    assert grace.last.text == (
        heading + "3 people have a place.\n"
        "• 1 person said: I am coming.\n"
        "• 1 person was asked and has not answered.\n"
        "• 1 person was not asked.\n\n"
        f"1 person gave up their place.\n\n{asking}"
    )
    await grace.taps("Back")
    assert grace.last.text.startswith("Answers about events")


async def test_how_it_was_is_said_from_ten_answers_on(
    town: Town, baobab: Baobab, grace: Resident, crowd: Crowd
) -> None:
    house = baobab.house
    [event] = await hold(baobab, draft(house.clock.now(), days=3))
    people = await crowd(event, FEWEST, NONE)

    async def answer(person: int, said: str) -> None:
        async with house.database.work() as work:
            await Feedback(work).give(person, event.id, said)

    await grace.says("/schedule")
    await grace.presses(grace.last.id, f"schedule:event:{event.id}:1")
    assert "How was it?" not in grace.last.text  # it is still to come
    await town.forward(event.ends_at + MINUTE - house.clock.now())
    for person in people[1:]:
        await answer(person, "good")
    await grace.taps("Update")
    assert grace.last.text.endswith(
        "How was it?\nFewer than 10 people have answered. That is too few to say."
    )
    await answer(people[0], "bad")
    await grace.taps("Update")
    assert grace.last.text.endswith(
        "How was it?\n• Good: 9\n• All right: 0\n• Not good: 1\n• I was not there: 0"
    )


async def test_events_to_come_stand_before_those_that_are_over(
    town: Town, baobab: Baobab, grace: Resident, crowd: Crowd
) -> None:
    house = baobab.house
    now = house.clock.now()
    drafts = [
        draft(now, f"expo-{days}", days, title={"en": f"Day {days}"})
        for days in (2, 3, 5, 6, 7, 8, 9)
    ]
    for event in await hold(baobab, *drafts):
        await crowd(event, 1, NONE)
    await town.forward(4 * DAY)
    await grace.says("/schedule")
    await grace.taps("Answers about events")
    titles = [f"{number}. Day {days}" for number, days in enumerate((5, 6, 7, 8, 9), 1)]
    assert grace.last.buttons == [*titles, "Next page ▶", "What will be sent", "Go to the start"]
    await grace.taps("Next page ▶")
    assert grace.last.buttons[:3] == ["1. Day 3", "2. Day 2", "Previous page ◀"]
    await grace.taps("2. Day 2")
    await grace.taps("Back")
    assert "Page 2 of 2." in grace.last.text
    await grace.presses(grace.last.id, "schedule:event:999999:1")
    assert "1. Day 5" in grace.last.buttons


async def test_a_cancelled_event_says_so(
    town: Town, baobab: Baobab, grace: Resident, amina: Resident
) -> None:
    house = baobab.house
    planned = draft(house.clock.now())
    [event] = await hold(baobab, planned)
    await amina.opens(f"e{event.id}")
    await amina.taps("Book")
    async with house.database.work() as work:
        cancelled = replace(planned, status=EventStatus.CANCELLED)
        await EventCatalogue(work).take_in([cancelled], house.clock.now())
    await grace.says("/schedule")
    await grace.presses(grace.last.id, f"schedule:event:{event.id}:1")
    assert grace.last.text.startswith("Brent health day\nCancelled. It will not happen.\n")


async def test_no_name_of_a_person_is_on_any_screen(
    town: Town, baobab: Baobab, grace: Resident, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now()))
    await amina.opens(f"e{event.id}")
    await amina.taps("Book")
    await amina.taps("Yes, remind me")
    await grace.says("/schedule")
    await grace.taps("Answers about events")
    await grace.taps("1. Brent health day")
    assert "Amina" not in grace.screen
    assert str(amina.id) not in grace.screen
