"""Reminders, as people get them."""

import asyncio
import re
from datetime import datetime, timedelta

import orjson
import pytest
from markupsafe import Markup

from bot.app import Baobab
from bot.config import HOME
from bot.events.models import Position
from bot.i18n import LANGUAGES, Catalogues, Translator
from bot.reminders.feedback import Feedback
from bot.reminders.store import FeedbackStore
from tests.handlers.conftest import Traces, both_databases
from tests.support.events import draft, going, hold
from tests.support.people import Resident, Town

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
CATALOGUES = Catalogues(HOME / "locales")
TALK = {"en": "Diabetes talk"}


async def until(town: Town, baobab: Baobab, moment: datetime) -> None:
    """Move the time to a moment."""
    await town.forward(moment - baobab.house.clock.now())


async def book(amina: Resident, number: int) -> None:
    await amina.opens(f"e{number}")
    await amina.taps("Book")


def visible(text: Markup) -> str:
    """A text as it is seen: without tags, and with every space as it is."""
    return re.sub("<[^>]*>", "", text)


async def book_in(person: Resident, number: int, t: Translator) -> None:
    await person.opens(f"e{number}")
    await person.taps(t.plain("Book"))


def sent(person: Resident) -> list[str]:
    """First lines of what the bot has said."""
    return [each.text.split("\n")[0] for each in person.messages if not each.mine]


@both_databases
async def test_every_reminder_comes_at_its_time(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await book(amina, event.id)
    await amina.taps("Yes, remind me")
    said = len(sent(amina))

    for before, words in (
        (7 * DAY, "Your event is in 7 days."),
        (DAY, "Your event is tomorrow."),
        (2 * HOUR, "Your event is today, at 11:00."),
    ):
        await until(town, baobab, event.starts_at - before - MINUTE)
        await amina.look()
        assert len(sent(amina)) == said
        await town.forward(2 * MINUTE)
        await amina.look()
        said += 1
        assert len(sent(amina)) == said
        assert sent(amina)[-1] == words
    await until(town, baobab, event.ends_at + HOUR + MINUTE)
    await amina.look()
    assert sent(amina)[said:] == ["Thank you for booking Brent health day."]
    await amina.taps("Good")
    assert amina.last.text == "Thank you. Your answer is counted."


async def test_a_clock_that_jumps_is_noticed_at_once(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    """A machine that slept, or a demo that moved the time, has seen no next moment coming."""
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=30))
    await book(amina, event.id)
    await amina.taps("Yes, remind me")
    ahead = event.starts_at - 7 * DAY + MINUTE - baobab.house.clock.now()
    await town.ask("POST", "/clock", json={"seconds": ahead.total_seconds()})
    async with asyncio.timeout(20):  # less than the time between two looks at the plans
        while sent(amina)[-1] != "Your event is in 7 days.":
            await amina.look()


async def comes(town: Town, baobab: Baobab, person: Resident, moment: datetime) -> list[str]:
    """Move the time to a moment; the first lines of what the person has heard since."""
    before = len(sent(person))
    await until(town, baobab, moment)
    await person.look()
    return sent(person)[before:]


async def test_a_reminder_says_what_matters_and_offers_what_helps(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    place = Position(51.56, -0.28)
    now = baobab.house.clock.now()
    [event] = await hold(baobab, draft(now, days=9, position=place))
    await book(amina, event.id)
    await amina.taps("Yes, remind me")
    await comes(town, baobab, amina, event.starts_at - DAY)

    t = CATALOGUES.translator("en")
    day = t.date(event.starts_at.date())
    assert amina.last.text == (
        "Your event is tomorrow.\n\n"
        "Brent health day\n"
        f"When: {day}, 11:00 to 16:00, UK time\n"
        "Where: Sample hall, Brent, HA9\n\n"
        "Are you still coming?"
    )
    assert amina.last.rows == [
        ["I'm coming", "I can't come"],
        ["Directions", "Calendar file"],
        ["My bookings"],
        ["No more reminders"],
    ]
    await amina.taps("Directions")
    assert amina.messages[-1].raw["venue"]["title"] == "Brent health day"
    await amina.taps("Calendar file")
    assert [file.name for file in amina.documents] == [f"baobab-{event.id}.ics"]
    await amina.taps("I'm coming")
    amina.sees("Thank you. We look forward to seeing you.")
    assert await comes(town, baobab, amina, event.starts_at - 2 * HOUR) == [
        "Your event is today, at 11:00."
    ]
    amina.sees("You told us that you are coming.")
    assert amina.last.rows[0] == ["I can't come"]


@both_databases
async def test_who_cannot_come_gives_the_place_back_with_one_tap(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await book(amina, event.id)
    await amina.taps("Yes, remind me")
    await comes(town, baobab, amina, event.starts_at - DAY)
    reminder = amina.last

    await amina.taps("I can't come")

    assert await going(baobab, event) == 0
    amina.sees("You gave back your place at Brent health day.")
    await amina.presses(reminder.id, f"cannot:{event.id}")
    assert await going(baobab, event) == 0
    await amina.presses(reminder.id, f"coming:{event.id}")
    amina.sees("You have no place at Brent health day any more.")
    assert await comes(town, baobab, amina, event.ends_at + 2 * DAY) == []


async def test_events_of_one_day_are_reminded_of_together(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    first = draft(now, days=9)
    start = first.starts_at + 3 * HOUR
    events = await hold(baobab, first, draft(now, "talk", title=TALK, starts_at=start, days=9))
    await book(amina, events[0].id)
    await amina.taps("Yes, remind me")
    await book(amina, events[1].id)

    first_day = first.starts_at - DAY
    assert await comes(town, baobab, amina, first_day) == ["You have 2 events tomorrow."]
    assert amina.last.rows[:2] == [
        ["1. I'm coming", "1. I can't come"],
        ["2. I'm coming", "2. I can't come"],
    ]
    assert await comes(town, baobab, amina, first_day + 4 * HOUR) == []

    await amina.taps("1. I'm coming")
    assert amina.last.rows[:2] == [["1. I can't come"], ["2. I'm coming", "2. I can't come"]]
    await amina.taps("2. I can't come")
    assert [await going(baobab, event) for event in events] == [1, 0]
    amina.sees("You gave back your place at Diabetes talk.")
    amina.sees("Your event is tomorrow.")


async def test_hours_before_each_event_of_a_day_has_its_own_reminder(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    first = draft(now, days=9)
    later = first.starts_at + 3 * HOUR
    close = first.starts_at + HOUR / 2
    events = await hold(
        baobab,
        first,
        draft(now, "close", title=TALK, starts_at=close, days=9),
        draft(now, "later", title={"en": "Blood pressure talk"}, starts_at=later, days=9),
    )
    for event in events:
        await book(amina, event.id)
        if event is events[0]:
            await amina.taps("Yes, remind me")
    await comes(town, baobab, amina, first.starts_at - 3 * HOUR)

    assert await comes(town, baobab, amina, first.starts_at - 2 * HOUR) == [
        "You have 3 events today."
    ]
    assert await comes(town, baobab, amina, close - 2 * HOUR) == []
    assert await comes(town, baobab, amina, later - 2 * HOUR) == ["Your event is today, at 14:00."]


async def test_a_late_booking_hears_at_once_what_a_reminder_would_have_said(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    first, second = await hold(baobab, draft(now, days=9), draft(now, "two", days=20))
    await book(amina, second.id)
    await amina.taps("Yes, remind me")
    await until(town, baobab, first.starts_at - 3 * HOUR)

    await book(amina, first.id)

    amina.sees("Your event is today, at 11:00.")
    t = CATALOGUES.translator("en")
    amina.sees(f"I remind you:\n• {t.date(first.starts_at.date())}, 09:00")
    assert await comes(town, baobab, amina, first.starts_at - 2 * HOUR - MINUTE) == []
    assert len(await comes(town, baobab, amina, first.starts_at - 2 * HOUR)) == 1


async def test_so_late_that_nothing_will_come_is_said(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    [event] = await hold(baobab, draft(now, days=9))
    await amina.says("/reminders")
    await amina.taps("1 day before")
    await until(town, baobab, event.starts_at - HOUR)
    await book(amina, event.id)
    amina.sees("No reminder will come, because the event is so soon.")


async def test_no_answer_and_no_mean_no_reminders(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    [event, other] = await hold(baobab, draft(now, days=9), draft(now, "other", days=30))
    await book(amina, event.id)
    assert await comes(town, baobab, amina, event.ends_at + 2 * HOUR) == []
    await book(amina, other.id)
    await amina.taps("No reminders")
    amina.sees("You get no reminders.")
    assert "Undo" in amina.last.buttons or "Undo" in [button.label for button in amina.buttons]
    assert await comes(town, baobab, amina, other.ends_at + 2 * HOUR) == []


async def test_reminders_end_with_one_tap_and_come_back_when_chosen(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    [event] = await hold(baobab, draft(now, days=9))
    await book(amina, event.id)
    await amina.taps("Yes, remind me")
    await comes(town, baobab, amina, event.starts_at - 7 * DAY)
    reminder = amina.last

    await amina.taps("No more reminders")

    assert amina.toasts[-1] == "You get no more reminders."
    assert reminder.id in {each.id for each in amina.messages}
    amina.sees("You get no reminders.")
    assert await comes(town, baobab, amina, event.starts_at - 3 * HOUR) == []
    await amina.taps("2 hours before")
    await amina.taps("2 hours before: yes")
    await amina.taps("2 hours before")
    amina.sees("You have chosen:\n• 2 hours before")
    assert len(await comes(town, baobab, amina, event.starts_at - 2 * HOUR)) == 1
    assert await comes(town, baobab, amina, event.ends_at + 2 * HOUR) == []


async def test_pressing_a_choice_twice_is_pressing_it_once(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await amina.says("/reminders")
    screen = amina.last.id
    for _ in range(2):
        await amina.presses(screen, "remind:8:1")
        assert "1 day before: yes" in amina.last.buttons
    for data in ("remind:3:1", "remind:5000:1", "remind:x", "remind"):
        await amina.presses(screen, data)
        assert amina.last.buttons.count("1 day before: yes") == 1
    assert amina.last.buttons.count("No reminders") == 1


@both_databases
async def test_who_stops_hears_nothing_more(town: Town, baobab: Baobab, amina: Resident) -> None:
    now = baobab.house.clock.now()
    [event] = await hold(baobab, draft(now, days=9))
    await book(amina, event.id)
    await amina.taps("Yes, remind me")
    await amina.says("STOP")
    await amina.taps("Stop messages")
    await amina.says("/reminders")
    amina.sees("Messages are stopped, so no reminders come now.")
    assert await comes(town, baobab, amina, event.starts_at - DAY) == []
    await amina.taps("Start messages again")
    assert len(await comes(town, baobab, amina, event.starts_at - 2 * HOUR)) == 1


async def test_how_it_was_is_counted_once_and_not_kept_with_the_person(
    town: Town, baobab: Baobab, amina: Resident, traces: Traces
) -> None:
    now = baobab.house.clock.now()
    [event] = await hold(baobab, draft(now, days=9))
    await book(amina, event.id)
    await amina.taps("Yes, remind me")
    await comes(town, baobab, amina, event.ends_at + 2 * HOUR)
    amina.sees("I only count the answers. I do not keep who said what.")
    question = amina.last.id

    await amina.taps("Not good")
    await amina.presses(question, f"how:{event.id}:good")

    amina.sees("You have answered before, so nothing has changed. Thank you.")
    async with baobab.house.database.reading() as work:
        assert await FeedbackStore(work).counts(event.id) == {"bad": 1}
        assert await Feedback(work).counts(event.id) is None
    # The count alone holds the answer.
    assert [place for place in await traces("bad") if not place.startswith(".")] == ["feedback"]
    await amina.presses(question, "how:99:good")
    await amina.presses(question, f"how:{event.id}:wonderful")
    async with baobab.house.database.reading() as work:
        assert await FeedbackStore(work).counts(event.id) == {"bad": 1}


async def test_my_data_tells_of_reminders_and_delete_erases_them(
    town: Town, baobab: Baobab, amina: Resident, traces: Traces
) -> None:
    now = baobab.house.clock.now()
    [event] = await hold(baobab, draft(now, days=9))
    await book(amina, event.id)
    await amina.taps("Yes, remind me")
    await comes(town, baobab, amina, event.starts_at - 7 * DAY)
    await amina.says("/mydata")
    held = orjson.loads(await town.bytes_of(amina.documents[-1]))
    assert held["reminders"] == ["week", "day", "two_hours", "after"]
    assert [(each["about"], each["state"]) for each in held["messages_sent_by_the_bot"]] == [
        ("reminder", "sent")
    ]
    assert [each["purpose"] for each in held["consents"]] == ["reminders"]
    await amina.says("/delete")
    await amina.taps("Delete everything")
    assert await traces(amina.id) == []
    assert await comes(town, baobab, amina, event.ends_at + 2 * HOUR) == []


@both_databases
@pytest.mark.parametrize("code", LANGUAGES)
async def test_reminders_speak_every_language(town: Town, baobab: Baobab, code: str) -> None:
    t = CATALOGUES.translator(code)
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=9))
    person = await town.person("Amina", language_code=code)
    await person.says("/start")
    await person.taps(t.name)
    await book_in(person, event.id, t)
    await person.taps(t.plain("Yes, remind me"))
    await comes(town, baobab, person, event.starts_at - DAY)
    person.sees(visible(t("<b>Your event is tomorrow.</b>")))
    person.sees(visible(t("Are you still coming?")))
    await person.taps(t.plain("I'm coming"))
    person.sees(visible(t("<b>Thank you. We look forward to seeing you.</b>")))
    await comes(town, baobab, person, event.ends_at + 2 * HOUR)
    await person.taps(t.plain("All right"))
    person.sees(visible(t("<b>Thank you.</b> Your answer is counted.")))


async def test_a_change_of_language_is_heard_in_the_next_reminder(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await book(amina, event.id)
    await amina.taps("Yes, remind me")
    await amina.says("/language")
    await amina.taps("Français")
    t = CATALOGUES.translator("fr")
    assert await comes(town, baobab, amina, event.starts_at - DAY) == [
        visible(t("<b>Your event is tomorrow.</b>"))
    ]


async def test_a_reminder_from_before_the_other_event_moved_is_no_reminder_of_this_day(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    early = draft(now, "early", days=9, title=TALK)
    first, other = await hold(baobab, early, draft(now, days=12))
    await book(amina, first.id)
    await amina.taps("Yes, remind me")
    await book(amina, other.id)
    assert await comes(town, baobab, amina, first.starts_at - DAY + MINUTE)
    later = {"starts_at": other.starts_at + 2 * HOUR, "ends_at": other.ends_at + 2 * HOUR}
    await hold(baobab, draft(now, "early", title=TALK, sequence=1, **later), draft(now, days=12))
    await town.quiet()
    await amina.look()
    assert await comes(town, baobab, amina, other.starts_at - DAY) == [
        "You have 2 events tomorrow."
    ]
    assert await comes(town, baobab, amina, other.starts_at - DAY + 3 * HOUR) == []
