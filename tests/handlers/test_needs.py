"""What people need to take part: asked once, kept sealed, theirs to change."""

from datetime import timedelta

import pytest

from bot.app import Baobab
from bot.events.models import AccessFact
from bot.people.needs_form import NeedsDesk
from bot.people.service import People
from tests.handlers.conftest import Traces, both_databases
from tests.support.events import draft, hold
from tests.support.people import Resident, Town


@pytest.fixture
async def booked(town: Town, baobab: Baobab, amina: Resident) -> Resident:
    """Amina, who has just booked an event for the first time; two more wait for her."""
    now = baobab.house.clock.now()
    offered = frozenset({AccessFact.BSL, AccessFact.STEP_FREE})
    await hold(
        baobab, *(draft(now, f"e{n}", n + 1, title={"en": f"Day {n}"}, access=offered)
                  for n in range(3))
    )  # fmt: skip
    await book(amina, 1)
    return amina


async def book(amina: Resident, number: int) -> None:
    await amina.says("/events")
    await amina.taps(f"…{number}. ")
    await amina.taps("Book")


async def kept(baobab: Baobab, amina: Resident) -> tuple[set[str], str, str] | None:
    async with baobab.house.database.work() as work:
        person = await People(work).greet(amina.id, baobab.house.clock.now())
        needs = await NeedsDesk(work, baobab.house.vault).known(person.id)
    return (set(needs.keys), needs.interpreter, needs.note) if needs else None


@both_databases
async def test_the_first_booking_asks_and_everything_told_is_kept(
    town: Town, baobab: Baobab, booked: Resident
) -> None:
    first = booked.last
    assert first.text.split("\n")[0] == "Do you need anything to take part in events?"
    assert first.buttons == ["No, nothing", "Yes", "I would rather not say"]

    await booked.taps("Yes")
    await booked.taps("British Sign Language")
    await booked.taps("Hearing loop")
    assert booked.last.id == first.id
    assert booked.last.buttons == [
        "British Sign Language: yes", "Lip speaker", "Hearing loop: yes", "Large print",
        "Easy Read", "Audio", "Done", "Back",
    ]  # fmt: skip
    await booked.taps("Done")
    await booked.taps("Interpreter")
    await booked.taps("Something else")
    await booked.taps("Done")
    await booked.says("Soomaali")
    await booked.says("A chair near the door <please>")
    assert booked.last.text.split("\n")[:6] == [
        "Shall we keep this for your bookings?",
        "",
        "To see, hear or read: British Sign Language, Hearing loop",
        "On the day: Interpreter, Something else",
        "Interpreter: Soomaali",
        "Something else: A chair near the door <please>",
    ]
    assert await kept(baobab, booked) is None
    await booked.taps("Yes, keep it")

    assert booked.last.text == (
        "Thank you. We keep this for your bookings:\n\n"
        "• British Sign Language\n"
        "• Hearing loop\n"
        "• Interpreter: Soomaali\n"
        "• A chair near the door <please>\n\n"
        "Day 0 does not say that it has: Hearing loop, Interpreter.\n"
        "Please ask the organisers before you come. They may be able to help.\n\n"
        "You keep your place.\n\n"
        "You can change or delete it at any time in /bookings."
    )
    assert booked.last.rows == [["My bookings"], ["Change it"], ["Delete it"], ["Go to the start"]]
    assert await kept(baobab, booked) == (
        {"bsl", "hearing_loop", "interpreter", "other"},
        "Soomaali",
        "A chair near the door <please>",
    )


@pytest.mark.parametrize("answer", ["No, nothing", "I would rather not say"])
async def test_whoever_needs_nothing_or_does_not_say_is_not_asked_again(
    town: Town, baobab: Baobab, booked: Resident, answer: str
) -> None:
    await booked.taps(answer)

    assert booked.last.text == (
        "Thank you. We keep nothing about this, and we will not ask again.\n"
        "You can tell us later in /bookings."
    )
    assert booked.last.rows == [["My bookings"], ["Go to the start"]]
    messages = len(booked.messages)
    await book(booked, 2)
    assert len(booked.messages) == messages + 2  # what she said, and the card with its booking
    assert await kept(baobab, booked) is None


async def test_whoever_leaves_the_question_open_is_not_asked_again(
    town: Town, booked: Resident
) -> None:
    messages = len(booked.messages)

    await book(booked, 2)

    assert len(booked.messages) == messages + 2


@pytest.fixture
async def known(booked: Resident) -> Resident:
    """Amina, who has told that she needs no steps."""
    await booked.taps("Yes")
    await booked.taps("None of these")
    await booked.taps("Step-free access")
    await booked.taps("Done")
    await booked.taps("Yes, keep it")
    return booked


async def test_a_later_booking_asks_whether_it_still_holds(
    town: Town, baobab: Baobab, known: Resident
) -> None:
    await book(known, 2)

    assert known.last.text == (
        "You told us what you need to take part:\n\n• Step-free access\n\nIs this still right?"
    )
    assert known.last.buttons == ["Yes, it is right", "Change it", "Delete it"]
    await known.taps("Yes, it is right")
    assert known.last.text.split("\n")[0] == "Thank you. We keep this for your bookings:"
    assert await kept(baobab, known) == ({"step_free"}, "", "")


async def test_needs_can_be_changed_from_my_bookings(
    town: Town, baobab: Baobab, known: Resident
) -> None:
    await known.says("/bookings")
    await known.taps("What I need to take part")
    await known.taps("Change it")
    await known.taps("Audio")
    await known.taps("Done")
    await known.taps("Change: On the day")
    await known.taps("Step-free access: yes")
    await known.taps("Quiet space")
    await known.taps("Done")
    await known.taps("Yes, keep it")

    assert await kept(baobab, known) == ({"audio", "quiet_space"}, "", "")


async def test_needs_can_be_deleted_with_one_tap(
    town: Town, baobab: Baobab, known: Resident
) -> None:
    await known.taps("Delete it")

    assert known.last.text == "We deleted what you told us about your needs."
    assert await kept(baobab, known) is None
    await known.taps("Tell what I need")
    assert known.last.text.split("\n")[0] == "Do you need anything to take part in events?"
    await known.says("/mydata")
    held = (await town.bytes_of(known.documents[-1])).decode()
    assert '"given": false' in held


async def test_no_at_the_end_keeps_nothing(town: Town, baobab: Baobab, booked: Resident) -> None:
    await booked.taps("Yes")
    await booked.taps("Audio")
    await booked.taps("Done")
    await booked.taps("None of these")

    await booked.taps("No, delete it")

    assert booked.last.text == "We deleted what you told us about your needs."
    assert await kept(baobab, booked) is None


async def test_a_button_of_an_earlier_question_changes_nothing(
    town: Town, baobab: Baobab, booked: Resident
) -> None:
    first = booked.last
    old = first.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await booked.taps("Yes")
    question = booked.last

    await booked.presses(first.id, old)

    assert booked.toasts == ["This button is from an earlier question. Here is where we are."]
    assert booked.last == question


@pytest.mark.parametrize("data", ["need", "need:1", "need:1:fly", "need:1:pick:x", "need:x:done"])
async def test_a_forged_button_changes_nothing(
    town: Town, baobab: Baobab, booked: Resident, data: str
) -> None:
    await booked.presses(booked.last.id, data)

    assert booked.last.buttons == ["No, nothing", "Yes", "I would rather not say"]


async def test_choices_can_be_typed(town: Town, baobab: Baobab, booked: Resident) -> None:
    await booked.says("yes")
    await booked.says("hearing loop, 6")
    await booked.taps("Done")
    await booked.says("3")
    await booked.taps("Done")
    await booked.taps("Yes, keep it")

    assert await kept(baobab, booked) == ({"hearing_loop", "audio", "seating"}, "", "")


async def test_words_that_are_no_choice_are_a_search_as_ever(town: Town, booked: Resident) -> None:
    await booked.says("blood pressure")

    assert booked.last.text.split("\n")[0] == "Events with “blood pressure”"


async def test_an_hour_later_typed_words_are_a_search_again(
    town: Town, baobab: Baobab, booked: Resident
) -> None:
    await booked.taps("Yes")
    await booked.taps("None of these")
    await booked.taps("Something else")
    await booked.taps("Done")
    await town.forward(timedelta(hours=2))

    await booked.says("blood pressure")

    assert booked.last.text.split("\n")[0] == "Events with “blood pressure”"
    await booked.taps("Skip")
    assert "Shall we keep this for your bookings?" in booked.screen


async def test_what_is_told_is_unreadable_in_the_database(
    town: Town, booked: Resident, traces: Traces
) -> None:
    await booked.taps("Yes")
    await booked.taps("None of these")
    await booked.taps("Something else")
    await booked.taps("Done")
    await booked.says("A chair near the window")
    halfway = await traces("near the window")
    await booked.taps("Yes, keep it")
    at_the_end = await traces("near the window")

    assert (halfway, at_the_end) == ([], [])


async def test_consent_stands_in_english_too_where_nobody_checked_the_translation(
    town: Town, baobab: Baobab
) -> None:
    await hold(baobab, draft(baobab.house.clock.now()))
    yusuf = await town.person("Yusuf", language_code="ar")
    await yusuf.says("/start")
    await yusuf.taps("العربية")
    await yusuf.taps("Brent")
    await yusuf.says("/events")
    await yusuf.taps("…Brent health day")
    t = baobab.house.catalogues.translator("ar")
    await yusuf.taps(t.plain("Book"))

    assert t.is_machine
    lines = yusuf.last.text.split("\n")
    assert lines[lines.index("English") + 2] == "Do you need anything to take part in events?"
