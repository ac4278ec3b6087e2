"""What organisers see of what the people of an event need: the promise of the question kept."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from bot.app import Baobab
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.events.models import Event, EventStatus
from bot.people.acts import Acts
from bot.people.models import Act, Group, Purpose, Role
from bot.people.needs_form import OTHER_LENGTH, WORDING
from bot.people.service import AccessNeeds, Consents, People
from bot.people.vault import Vault
from tests.handlers.conftest import Traces, both_databases
from tests.support.events import draft, hold
from tests.support.people import Resident, Town
from tests.support.roles import give_role, take_role

BUTTON = "What people need"
CONFIDENTIAL = "Only organisers see this. Please use it to prepare, and pass it on to nobody else."
NOBODY = (
    "Nobody with a place has told us that they need something. This can still change: please look "
    "again shortly before the event."
)
TOO_OLD = "This button is too old. Nothing has changed. Please choose here."
MINUTE = timedelta(minutes=1)
NOTE = "A chair near the door <please>"


async def somebody(town: Town, baobab: Baobab, name: str, role: Role, *place: str) -> Resident:
    """Somebody who reads English and has a role, in a borough and for a group if they are named."""
    person = await town.newcomer(name)
    await give_role(baobab, person, role, *place)
    return person


@pytest.fixture
async def grace(town: Town, baobab: Baobab) -> Resident:
    """An organiser for Brent."""
    return await somebody(town, baobab, "Grace", Role.ORGANISER, "brent")


@pytest.fixture
async def event(baobab: Baobab) -> Event:
    """An event in Brent, in a week."""
    [event] = await hold(baobab, draft(baobab.house.clock.now()))
    return event


async def tell(
    baobab: Baobab,
    event: Event,
    number: int,
    keys: Iterable[str],
    *,
    note: str = "",
    interpreter: str = "",
    vault: Vault | None = None,
) -> int:
    """Let a person who never wrote to the bot book and have told what they need; their number."""
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        person = await People(work).greet(30_000_000 + number, now)
        await BookingDesk(work).book(event.id, person.id, now)
        await Consents(work).give(person.id, Purpose.NEEDS, WORDING, "en", now)
        await AccessNeeds(work, vault or baobab.house.vault).remember_needs(
            person.id, keys, note, now, interpreter=interpreter
        )
    return person.id


async def book_and_tell(amina: Resident, event: Event) -> None:
    """Amina books and says, with the buttons, that she needs four things."""
    await amina.opens(f"e{event.id}")
    await amina.taps("Book")
    await amina.taps("Yes")
    await amina.taps("British Sign Language")
    await amina.taps("Done")
    await amina.taps("Step-free access")
    await amina.taps("Interpreter")
    await amina.taps("Something else")
    await amina.taps("Done")
    await amina.says("Soomaali")
    await amina.says(NOTE)
    await amina.taps("Yes, keep it")


async def open_event(person: Resident) -> None:
    await person.says("/schedule")
    await person.taps("Answers about events")
    await person.taps("1. Brent health day")


async def looks(baobab: Baobab) -> int:
    """How many looks are in the log."""
    async with baobab.house.database.reading() as work:
        return sum(each.act is Act.NEEDS_SEEN for each in (await Acts(work).page(1)).acts)


def below_the_heading(person: Resident) -> str:
    heading, _, rest = person.last.text.partition("\n\n")
    lines = heading.split("\n")
    assert lines[:2] == [BUTTON, "Brent health day"]
    assert re.fullmatch(r".*, 11:00 to 16:00, UK time", lines[2])
    return rest


@both_databases
async def test_an_organiser_sees_what_to_prepare_and_nobody_s_name(
    town: Town, baobab: Baobab, grace: Resident, amina: Resident, event: Event
) -> None:
    await book_and_tell(amina, event)
    await tell(baobab, event, 1, ["bsl", "interpreter"], interpreter=" soomaali ")
    await tell(baobab, event, 2, ["interpreter"], interpreter="Français")
    await tell(baobab, event, 3, ["interpreter", "other"], note="a  quiet\nbus stop")
    with structlog.testing.capture_logs() as logs:
        await open_event(grace)
        assert grace.last.rows == [[BUTTON], ["Update", "Back"], ["What will be sent"]]
        await grace.taps(BUTTON)

    assert below_the_heading(grace) == (
        f"{CONFIDENTIAL}\n\n"
        "4 people with a place told us what they need.\n\n"
        "• British Sign Language: 2\n"
        "• Step-free access: 1\n"
        "• Interpreter: 4\n"
        "• Something else: 2\n\n"
        "Interpreter\n"
        "• Français: 1\n"
        "• Soomaali: 2\n"
        "• Language not said: 1\n\n"
        "In their own words\n"
        "• a quiet bus stop\n"
        f"• {NOTE}"
    )
    assert grace.last.rows == [["Update", "Back"], ["What will be sent"]]
    assert "Amina" not in grace.last.text
    assert str(amina.id) not in grace.last.text
    assert NOTE not in str(logs)
    await grace.taps("Back")
    assert grace.last.buttons[0] == BUTTON
    assert NOTE not in grace.screen


@both_databases
async def test_every_look_is_noted_without_what_was_seen(
    baobab: Baobab, grace: Resident, amina: Resident, event: Event, traces: Traces
) -> None:
    await book_and_tell(amina, event)
    await open_event(grace)
    assert await looks(baobab) == 0
    await grace.taps(BUTTON)
    await grace.taps("Update")

    async with baobab.house.database.reading() as work:
        her = await People(work).find(grace.id)
        assert her is not None
        noted = await Acts(work).of(her.id)
    own = [each for each in noted if each.actor == her.id]
    assert [(each.act, each.subject, dict(each.details)) for each in own] == [
        (Act.NEEDS_SEEN, f"event {event.id}", {})
    ] * 2
    assert [await traces("near the door"), await traces("Soomaali")] == [[], []]
    admin = await somebody(grace.town, baobab, "Kofi", Role.ADMIN)
    await admin.says("/log")
    admin.sees(f"person {her.id}: looked at what people need for event {event.id}")


@both_databases
@pytest.mark.parametrize(
    "role",
    [
        (Role.VOLUNTEER, "brent", ""),
        (Role.ORGANISER, "harrow", ""),
        (Role.ORGANISER, "brent", Group.CIRCLES),
        (Role.ORGANISER, "", Group.THINK_TANK),
    ],
)
async def test_whoever_has_the_right_elsewhere_or_not_at_all_sees_nothing(
    town: Town, baobab: Baobab, event: Event, role: tuple[Role, str, str]
) -> None:
    await tell(baobab, event, 1, ["other"], note=NOTE)
    ben = await somebody(town, baobab, "Ben", *role)
    await open_event(ben)
    assert ben.last.rows == [["Update", "Back"], ["What will be sent"]]
    answers = ben.last.text
    await ben.presses(ben.last.id, f"schedule:needs:{event.id}:1:1")
    assert (ben.last.text, ben.toasts) == (answers, [TOO_OLD])
    assert await looks(baobab) == 0


async def test_a_resident_who_forges_the_button_gets_a_kind_answer(
    baobab: Baobab, amina: Resident, event: Event
) -> None:
    await tell(baobab, event, 1, ["other"], note=NOTE)
    await amina.presses(amina.last.id, f"schedule:needs:{event.id}:1:1")
    assert amina.last.text.startswith("Only our volunteers and organisers can see this.")
    assert await looks(baobab) == 0


async def test_a_role_that_is_taken_away_ends_at_the_next_press(
    baobab: Baobab, grace: Resident, event: Event
) -> None:
    await tell(baobab, event, 1, ["other"], note=NOTE)
    await open_event(grace)
    await grace.taps(BUTTON)
    await take_role(baobab, grace, Role.ORGANISER)
    await grace.taps("Update")
    assert grace.last.text.startswith("Only our volunteers and organisers can see this.")
    assert await looks(baobab) == 1


async def test_what_is_everywhere_is_for_those_whose_role_is_everywhere(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    [online] = await hold(baobab, draft(baobab.house.clock.now(), borough=None))
    await tell(baobab, online, 1, ["bsl"])
    await open_event(grace)
    assert BUTTON not in grace.last.buttons
    for name, role in (("Kofi", Role.ADMIN), ("Zahra", Role.ORGANISER)):
        person = await somebody(town, baobab, name, role)
        await open_event(person)
        await person.taps(BUTTON)
        assert "• British Sign Language: 1" in person.last.text


@both_databases
async def test_whoever_gives_back_the_place_or_the_consent_is_not_shown(
    town: Town, baobab: Baobab, grace: Resident, amina: Resident, event: Event
) -> None:
    await book_and_tell(amina, event)
    took_back = await tell(baobab, event, 1, ["audio"])
    async with baobab.house.database.work() as work:
        await Consents(work).withdraw(took_back, Purpose.NEEDS, baobab.house.clock.now())
    await open_event(grace)
    await grace.taps(BUTTON)
    assert "1 person with a place told us what they need." in grace.last.text
    assert "Audio" not in grace.last.text

    await amina.says("/bookings")
    await amina.taps("Cancel 1")
    await grace.taps("Update")
    assert below_the_heading(grace) == f"{CONFIDENTIAL}\n\n{NOBODY}"


@both_databases
async def test_what_is_deleted_is_not_shown(
    town: Town, baobab: Baobab, grace: Resident, amina: Resident, event: Event
) -> None:
    await book_and_tell(amina, event)
    await amina.taps("Delete it")
    await open_event(grace)
    await grace.taps(BUTTON)
    assert below_the_heading(grace) == f"{CONFIDENTIAL}\n\n{NOBODY}"

    await amina.taps("Tell what I need")
    await amina.taps("Yes")
    await amina.taps("Audio")
    await amina.taps("Done")
    await amina.taps("None of these")
    await amina.taps("Yes, keep it")
    await grace.taps("Update")
    assert "• Audio: 1" in grace.last.text
    await amina.says("/delete")
    await amina.taps("Delete everything")
    await grace.taps("Update")
    assert below_the_heading(grace) == f"{CONFIDENTIAL}\n\n{NOBODY}"


async def test_what_cannot_be_read_is_counted(
    town: Town, baobab: Baobab, grace: Resident, event: Event
) -> None:
    lost = Vault(b"l" * 32)
    await tell(baobab, event, 1, ["bsl"], vault=lost)
    await open_event(grace)
    await grace.taps(BUTTON)
    unreadable = "told us what I cannot read: the key to it is lost. Please tell the people who run"
    assert below_the_heading(grace) == f"{CONFIDENTIAL}\n\n1 person {unreadable} this bot."

    await tell(baobab, event, 2, ["bsl"], vault=lost)
    await tell(baobab, event, 3, ["seating"])
    await grace.taps("Update")
    assert below_the_heading(grace) == (
        f"{CONFIDENTIAL}\n\n1 person with a place told us what they need.\n\n"
        f"2 people {unreadable} this bot.\n\n• Places to sit: 1"
    )


@pytest.mark.parametrize("ends", ["over", "cancelled"])
async def test_when_nothing_is_left_to_prepare_nothing_is_shown(
    baobab: Baobab, grace: Resident, amina: Resident, event: Event, ends: str
) -> None:
    await book_and_tell(amina, event)
    await open_event(grace)
    await grace.taps(BUTTON)
    assert NOTE in grace.last.text
    if ends == "over":
        await grace.town.forward(event.ends_at + MINUTE - baobab.house.clock.now())
    else:
        async with baobab.house.database.work() as work:
            now = baobab.house.clock.now()
            cancelled = replace(draft(now), status=EventStatus.CANCELLED)
            await EventCatalogue(work).take_in([cancelled], now)
    await grace.taps("Update")
    assert grace.last.rows == [["Update", "Back"], ["What will be sent"]]
    assert NOTE not in grace.last.text
    assert grace.toasts == [TOO_OLD]


async def test_long_notes_go_on_over_pages(
    town: Town, baobab: Baobab, grace: Resident, event: Event
) -> None:
    notes = [f"{number:02} & {'words ' * 200}"[:OTHER_LENGTH].strip() for number in range(15)]
    for number, note in enumerate(reversed(notes)):
        await tell(baobab, event, number, ["other"], note=note)
    await open_event(grace)
    await grace.taps(BUTTON)
    seen = []
    for page in (1, 2, 3):
        assert f"Page {page} of 3." in grace.last.text
        assert "In their own words" in grace.last.text
        seen += re.findall(r"^• (\d\d .*)$", grace.last.text, re.MULTILINE)
        await grace.taps("Next page ▶" if page < 3 else "Previous page ◀")
    assert seen == notes
    assert "Page 2 of 3." in grace.last.text
    await grace.presses(grace.last.id, f"schedule:needs:{event.id}:1:99")
    assert "Page 3 of 3." in grace.last.text


async def test_an_event_that_is_gone_leads_to_the_list(grace: Resident, event: Event) -> None:
    await grace.says("/schedule")
    await grace.presses(grace.last.id, "schedule:needs:999999:1:1")
    assert grace.last.text.startswith("Answers about events")
    assert grace.toasts == [TOO_OLD]


@pytest.mark.parametrize(
    ("name", "code"), [("Soomaali", "so"), ("العربية", "ar"), ("Français", "fr")]
)
async def test_it_is_said_in_the_reader_s_language(
    baobab: Baobab, grace: Resident, event: Event, name: str, code: str
) -> None:
    await tell(baobab, event, 1, ["other"], note=NOTE)
    await grace.says("/language")
    await grace.taps(name)
    t = baobab.house.catalogues.translator(code)
    await grace.says("/schedule")
    await grace.presses(grace.last.id, f"schedule:event:{event.id}:1")
    await grace.taps(t.plain(BUTTON))
    assert t.plain(BUTTON) != BUTTON
    assert t.plain(CONFIDENTIAL) in grace.last.text
    assert NOTE in grace.last.text
