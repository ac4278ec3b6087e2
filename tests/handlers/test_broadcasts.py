"""Broadcasts, from the first word of a draft to the last chat."""

import re
from dataclasses import astuple, replace

import pytest

from bot.app import Baobab
from bot.broadcasts.approval import reckon
from bot.broadcasts.crowd import CrowdStore, Outcome
from bot.broadcasts.models import Stage
from bot.broadcasts.store import BroadcastStore
from bot.clock import LONDON
from bot.events.booking import BookingDesk
from bot.events.models import EventStatus
from bot.people.following import Following
from bot.people.models import FollowKind, Group, Role, Scope
from bot.people.roles import Roles
from bot.people.service import People
from bot.reminders.choices import ReminderChoices
from bot.reminders.leads import USUAL
from tests.handlers.conftest import both_databases
from tests.handlers.test_changes import change
from tests.sandbox.test_media import PNG
from tests.support.broadcasts import (
    DAY,
    MINUTE,
    STOPPED,
    SUNDAY,
    TUESDAY,
    approves,
    asks,
    move_to,
    news_of,
    residents,
    staff,
    stage,
    take,
    uses,
    writes,
)
from tests.support.events import draft, hold
from tests.support.people import Town
from tests.support.roles import number_of

pytestmark = pytest.mark.usefixtures("in_the_morning")
UNSAID = (
    "Left out:\n– stopped messages, blocked the bot, do not want news, got enough messages this "
    "week: fewer than 5 for each reason"
)


async def outcome(baobab: Baobab) -> Outcome:
    """What came of the first broadcast, among all, as the numbers are before they are shown."""
    async with baobab.house.database.reading() as work:
        found = await CrowdStore(work).outcome(1, [1], baobab.house.clock.now())
    sums = [sum(column) for column in zip(*(astuple(each)[2:] for each in found), strict=True)]
    return Outcome("", "", *sums)


async def left_out(baobab: Baobab, number: int) -> dict[str, int]:
    """Why some would not get a draft, and how many, as the numbers are before they are shown."""
    async with baobab.house.database.reading() as work:
        draft = await BroadcastStore(work).get(number)
        assert draft is not None
        now = baobab.house.clock.now()
        return (await reckon(CrowdStore(work), draft, Scope(), now)).left_out


@both_databases
async def test_a_broadcast_reaches_people_in_their_languages_and_is_taken_back(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    english, somali, arabic, french = await residents(baobab, town, ["en", "so", "ar", "fr"])
    [silent] = await residents(baobab, town, ["en"], news=False)
    crowd = await residents(baobab, town, ["en"] * 18)

    await writes(grace, "The clinic in Brent is open on Saturday.")
    await grace.taps("Text")
    await grace.taps("Soomaali: write it")
    await grace.says("Rugta caafimaadka ee Brent waa furan tahay Sabtida.")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    assert "It goes to 22 people." in grace.last.text
    await grace.taps("Ask a second person")
    assert grace.last.text.startswith("I have asked for a second person.")
    assert await news_of(english) == []

    await kofi.look()
    assert kofi.last.text.startswith("A broadcast waits for a second person.")
    await kofi.taps("Read it")
    await kofi.taps("Check and approve")
    await kofi.taps("Approve it")
    assert await stage(baobab) is Stage.DONE
    [said] = await news_of(english)
    assert said == f"The clinic in Brent is open on Saturday.\n\n{STOPPED}"
    [said] = await news_of(somali)
    assert said.startswith("Rugta caafimaadka ee Brent waa furan tahay Sabtida.\n\n")
    for person in (arabic, french):
        [said] = await news_of(person)
        assert said.startswith("The clinic in Brent is open on Saturday.\n\n")
        assert len(said.split("\n\n")) == 3  # the text, the note that it is in English, how to stop
    assert await news_of(silent) == []
    assert [len(await news_of(each)) for each in crowd] == [1] * 18

    await grace.look()
    assert grace.last.text.split("\n")[0] == "A broadcast has been sent."
    assert "Sent: 22 of 22" in grace.last.text
    await grace.taps("Back to the broadcast")
    await english.says("STOP")
    await english.taps("Stop messages")  # what is taken away is no message to anybody
    await grace.taps("Take it back")
    await grace.taps("Yes, take it back")
    assert await stage(baobab) is Stage.RECALLED
    for person in (somali, arabic, french, *crowd):
        assert await news_of(person) == []
    await english.look()
    assert "The clinic in Brent is open" not in english.screen


async def test_to_few_people_it_goes_at_once(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    await writes(grace, "Hello.")
    await grace.taps("Send it")
    assert "It goes to fewer than 5 people." in grace.last.text
    await grace.taps("Send it now")
    assert await news_of(amina) == [f"Hello.\n\n{STOPPED}"]
    # The very screen on which it was sent has become its progress.
    [progress] = [each for each in grace.messages if "Sent: 1 of 1" in each.text][:1]
    assert "████████████████████ 100%" in progress.text
    button = "bc:send:1:1"
    await grace.presses(progress.id, button)
    assert await news_of(amina) == [f"Hello.\n\n{STOPPED}"]


async def test_a_second_person_approves_what_they_saw(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    crowd = await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    await grace.taps("Back to the broadcast")
    assert "Check and approve" not in grace.last.buttons
    await grace.presses(grace.last.id, "bc:approve:1:1")
    assert grace.answers[-1]["text"] == (
        "A second person has to do this. You wrote it or asked for it."
    )
    await kofi.look()
    await kofi.taps("Read it")
    await kofi.taps("Check and approve")
    await grace.taps("Change the broadcast")
    await grace.taps("Text")
    await grace.taps("English: written")
    await grace.says("Good morning.")
    await kofi.taps("Approve it")
    assert kofi.answers[-1]["text"] == "This has changed meanwhile. Here is how it is now."
    assert await stage(baobab) is Stage.DRAFT
    assert [await news_of(each) for each in crowd] == [[]] * 21


async def test_whoever_lost_the_role_approves_nothing(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    esi = await staff(town, baobab, "Esi", Role.ORGANISER)
    crowd = await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    await kofi.look()
    await kofi.taps("Read it")
    await take(baobab, kofi, Role.ORGANISER)
    await kofi.taps("Check and approve")
    assert kofi.last.text.startswith("You cannot do this with your role.")
    # An approval for tomorrow is of no use once its giver has no role any more.
    await grace.taps("Back to the broadcast")
    await grace.taps("Change the broadcast")
    await grace.taps("When")
    await grace.taps("Choose a time")
    tomorrow = (baobab.house.clock.now() + DAY).astimezone(LONDON).date()
    await grace.says(f"{tomorrow:%d/%m/%Y} 11:00")
    await grace.taps("No, only once")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    await approves(esi)
    assert await stage(baobab) is Stage.SCHEDULED
    await take(baobab, esi, Role.ORGANISER)
    await town.forward(DAY + 61 * MINUTE)
    assert await stage(baobab) is Stage.WAITING
    assert [await news_of(each) for each in crowd] == [[]] * 21


async def outcomes(baobab: Baobab, number: int = 1, event: int = 1) -> list[Outcome]:
    """What came of a broadcast about an event, to the very person."""
    async with baobab.house.database.reading() as work:
        return await CrowdStore(work).outcome(number, [event], baobab.house.clock.now())


@both_databases
async def test_only_what_people_do_who_got_it_is_counted(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    got, missed = await residents(baobab, town, ["en"] * 2)
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=9))
    block = {"kind": "refuse", "method": "sendMessage", "chat_id": missed.id, "error_code": 400,
             "description": "Bad Request: chat not found"}  # fmt: skip
    await writes(grace, "Come to our health day.")
    await town.ask("POST", "/faults", json=block)
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await town.forward(MINUTE)
    async with baobab.house.database.work() as work:
        now = baobab.house.clock.now()
        for person in (got, missed):
            known = await People(work).greet(person.id, now)
            await BookingDesk(work).book(event.id, known.id, now)
    assert await outcomes(baobab) == [Outcome("en", "brent", 1, 0, 1, 0, 0, 0)]


async def test_news_is_counted_opened_and_stopped(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    amina, bilal, chan = await residents(baobab, town, ["en", "ar", "en"])
    await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await writes(grace, "Come to our health day.")
    await grace.taps("Buttons")
    await grace.taps("Add an event")
    await grace.taps("…Brent health day")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await amina.look()
    assert amina.last.buttons == ["See the event", "Stop news"]
    await amina.taps("See the event")
    await amina.taps("See the event")
    await amina.taps("Book")
    await bilal.look()
    await bilal.taps(bilal.last.buttons[-1])  # stop news, in Arabic
    await chan.says("STOP")
    await chan.taps("Stop messages")
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Sent: Come to our health day.")
    await grace.taps("See the report")
    assert grace.last.text.split("\n\n")[2] == (
        "Reached: 3\nOpened what it shows: fewer than 5\nBooked: fewer than 5\n"
        "Had a place when it was over: fewer than 5\n"
        "Stopped news or messages because of it: fewer than 5\nBlocked the bot since: fewer than 5"
    )
    assert grace.last.text.split("\n\n")[3] == (  # nothing by language or borough
        "Numbers under 5 of what people did are not shown, so that nobody can be told from them."
    )
    assert await outcome(baobab) == Outcome("", "", 3, 1, 1, 0, 2, 0)
    await town.forward(10 * DAY)
    assert await outcome(baobab) == Outcome("", "", 3, 1, 1, 1, 2, 0)
    # Whoever stopped news gets no more of it, and the others do.
    before = {person: len(await news_of(person)) for person in (amina, bilal, chan)}
    await move_to(town, baobab, TUESDAY, 10)
    await writes(grace, "See you.")
    await grace.taps("Send it")
    assert grace.last.text.split("\n\n")[2:4] == ["It goes to fewer than 5 people.", UNSAID]
    assert await left_out(baobab, 2) == {"not wanted": 2, "stopped": 1}  # one is Grace
    await grace.taps("Send it now")
    assert [len(await news_of(each)) - before[each] for each in (amina, bilal, chan)][1:] == [0, 0]
    assert (await news_of(amina))[-1].startswith("See you.")


async def test_at_night_and_on_sunday_morning_it_waits(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER, Role.ORGANISER)
    [amina] = await residents(baobab, town, ["en"])
    await move_to(town, baobab, TUESDAY, 18, 30)
    await writes(grace, "Hello.")
    assert "These are quiet hours." in grace.last.text
    await grace.taps("Send it")
    await grace.taps("Send it now")
    assert await stage(baobab) is Stage.SCHEDULED
    await town.forward(14 * 60 * MINUTE)
    assert await news_of(amina) == []
    await town.forward(31 * MINUTE)
    assert await news_of(amina) == [f"Hello.\n\n{STOPPED}"]
    await move_to(town, baobab, SUNDAY, 10)
    await writes(grace, "Water is cut off.")
    await grace.taps("More")
    await grace.taps("It is urgent")
    await grace.says("People need water.")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    assert len(await news_of(amina)) == 2
    # Without a reason it would have waited until noon.
    await writes(grace, "Another thing.")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await town.forward(119 * MINUTE)
    assert len(await news_of(amina)) == 2
    await town.forward(2 * MINUTE)
    assert len(await news_of(amina)) == 3


async def test_nobody_gets_more_than_three_in_a_week(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    for number in range(3):
        await writes(grace, f"{number}: {'abc'[number] * 30}")
        await grace.taps("Send it")
        await grace.taps("Send it now")
    assert len(await news_of(amina)) == 3
    await writes(grace, "One more thing.")
    await grace.taps("Send it")
    assert "It goes to fewer than 5 people." in grace.last.text
    assert grace.last.text.split("\n\n")[3] == UNSAID
    assert await left_out(baobab, 4) == {"not wanted": 1, "enough for now": 1}  # one is Grace
    await town.forward(7 * DAY + MINUTE)
    await grace.taps("Back to the broadcast")
    assert "It goes to fewer than 5 people." in grace.last.text


async def test_a_new_volunteer_has_a_limit(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"] * 101)
    await writes(grace, "Hello.")
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    assert grace.answers[-1]["text"] == (
        "You are new here, so you can write to 100 people a day. Today it was 0. An organiser can "
        "lift this limit."
    )
    assert await stage(baobab) is Stage.DRAFT
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await kofi.says("/broadcast")
    await kofi.taps("Draft: Hello.")
    await kofi.taps("Lift its writer's limit")
    assert "Lift its writer's limit" not in kofi.last.buttons
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    assert await stage(baobab) is Stage.WAITING


@both_databases
async def test_the_limit_of_whoever_sends_what_another_wrote_is_lifted(
    town: Town, baobab: Baobab
) -> None:
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"] * 101)
    await writes(kofi, "Hello.")
    await kofi.taps("All broadcasts")
    await kofi.taps("Draft: Hello.")
    assert [each for each in kofi.last.buttons if "limit" in each] == []
    await grace.says("/broadcast")
    await grace.taps("Draft: Hello.")
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    assert await stage(baobab) is Stage.DRAFT
    await kofi.taps("All broadcasts")
    await kofi.taps("Draft: Hello.")
    assert [each for each in kofi.last.buttons if "limit" in each] == ["Lift its sender's limit"]
    await kofi.taps("Lift its sender's limit")
    assert kofi.answers[-1]["text"] == "They can write to as many people as others now."
    assert [each for each in kofi.last.buttons if "limit" in each] == []
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    assert await stage(baobab) is Stage.WAITING


async def test_a_limit_is_lifted_of_the_person_for_whom_the_button_was_shown(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    esi = await staff(town, baobab, "Esi", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await writes(grace, "Hello.")
    await kofi.says("/broadcast")
    await kofi.taps("Draft: Hello.")
    await town.forward(11 * MINUTE)
    await esi.says("/broadcast")
    await esi.taps("Draft: Hello.")
    await esi.taps("Text")
    await esi.taps("English: written")
    await esi.says("Good morning.")
    await kofi.taps("Lift its writer's limit")
    assert kofi.answers[-1]["text"] == "They can write to as many people as others now."
    numbers = [await number_of(baobab, each) for each in (grace, esi)]
    async with baobab.house.database.reading() as work:
        assert [await CrowdStore(work).is_trusted(each) for each in numbers] == [True, False]
    assert "Lift its writer's limit" in kofi.last.buttons  # of the one who wrote it last
    await take(baobab, esi, Role.VOLUNTEER)
    await kofi.taps("Lift its writer's limit")
    assert kofi.answers[-1]["text"] == "This has changed meanwhile. Here is how it is now."
    assert "Lift its writer's limit" not in kofi.last.buttons
    await kofi.presses(kofi.last.id, f"bc:lift:1:{numbers[0]}")
    assert kofi.answers[-1]["text"] == "This has changed meanwhile. Here is how it is now."
    async with baobab.house.database.reading() as work:
        assert [await CrowdStore(work).is_trusted(each) for each in numbers] == [True, False]


async def test_after_two_days_a_correction_is_a_message_of_its_own(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    await writes(grace, "Doors open at 11.")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await town.forward(2 * DAY)
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Sent: Doors open at 11.")
    assert "Take it back" not in grace.last.buttons
    await grace.presses(grace.last.id, "bc:recall:1")
    assert grace.answers[-1]["text"].startswith("This is too late: Telegram deletes messages")
    await grace.taps("Correct it")
    await grace.taps("Text")
    await grace.taps("English: written")
    await grace.says("Doors open at 12.")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    assert await news_of(amina) == [
        f"Doors open at 11.\n\n{STOPPED}",
        (
            "Correction. This takes the place of what I sent you before.\n\nDoors open at 12.\n\n"
            "To stop all messages, send STOP."
        ),
    ]


async def test_it_is_sent_again_every_week(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    await writes(grace, "Our circle meets today.")
    await grace.taps("When")
    await grace.taps("Choose a time")
    await grace.says("tomorrow 10:30")
    await grace.taps("Every week")
    await grace.taps("Back to the broadcast")
    assert "It is sent again every week." in grace.last.text
    await grace.taps("Send it")
    await grace.taps("Send it at its time")
    for weeks in range(3):
        await town.forward(DAY + 31 * MINUTE if not weeks else 7 * DAY)
        assert len(await news_of(amina)) == weeks + 1
    await grace.says("/broadcast")
    await grace.taps("Begins by itself: Our circle meets today.")
    await grace.taps("Change the broadcast")
    await grace.taps("Delete the draft")
    await grace.taps("Yes, delete it")
    await town.forward(7 * DAY)
    assert len(await news_of(amina)) == 3


async def test_a_series_that_is_stopped_or_taken_back_goes_on_no_more(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    await writes(grace, "Our circle meets today.")
    await grace.taps("When")
    await grace.taps("Choose a time")
    await grace.says("tomorrow 10:30")
    await grace.taps("Every week")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Send it at its time")
    await town.forward(DAY + 31 * MINUTE)
    assert [await stage(baobab, number) for number in (1, 2)] == [Stage.DONE, Stage.SCHEDULED]
    await grace.look()
    await grace.taps("Back to the broadcast")
    await grace.taps("Take it back")
    assert "It is not sent again by itself either: the next one becomes a draft." in grace.last.text
    await grace.taps("Yes, take it back")
    assert [await stage(baobab, number) for number in (1, 2)] == [Stage.RECALLED, Stage.DRAFT]
    await town.forward(7 * DAY)
    assert await news_of(amina) == []


async def test_what_invites_to_a_cancelled_event_does_not_begin(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    planned = draft(baobab.house.clock.now(), days=9)
    await hold(baobab, planned)
    await writes(grace, "Come.")
    await grace.taps("Buttons")
    await grace.taps("Add an event")
    await grace.taps("…Brent health day")
    await grace.taps("Back to the broadcast")
    await grace.taps("When")
    await grace.taps("Choose a time")
    await grace.says("tomorrow 10:30")
    await grace.taps("No, only once")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Send it at its time")
    await change(baobab, replace(planned, status=EventStatus.CANCELLED))
    await town.forward(DAY + 31 * MINUTE)
    assert await stage(baobab) is Stage.DRAFT
    assert await news_of(amina) == []
    await grace.look()
    assert grace.last.text == (
        "A broadcast could not begin.\n\nIt begins: Come.\n\nIt is a draft again. Perhaps what it "
        "shows is over, or whoever asked for it cannot send it any more."
    )
    await grace.taps("Read it")
    assert "State: Draft" in grace.last.text


async def test_a_correction_for_fewer_leaves_the_messages_of_the_others(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    english, somali = await residents(baobab, town, ["en", "so"])
    await writes(grace, "Doors open at 11.")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await grace.look()
    await grace.taps("Back to the broadcast")
    await grace.taps("Correct it")
    await grace.taps("Text")
    await grace.taps("English: written")
    await grace.says("Doors open at 12.")
    await grace.taps("Back to the broadcast")
    await grace.taps("For whom")
    await grace.taps("Languages")
    await grace.taps("☐ Soomaali")
    await grace.taps("Done")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    assert "It goes to fewer than 5 people." in grace.last.text
    await grace.taps("Send it now")
    assert await news_of(english) == [f"Doors open at 11.\n\n{STOPPED}"]
    assert len(await news_of(somali)) == 2


async def test_whoever_has_no_such_role_sees_nothing(town: Town, baobab: Baobab) -> None:
    [amina] = await residents(baobab, town, ["en"])
    kind = (
        "You cannot do this with your role.\n\nShould you be able to? Then ask the people who run "
        "this bot."
    )
    await amina.says("/broadcast")
    assert amina.last.text == kind
    await amina.presses(amina.last.id, "bc:new")
    assert amina.last.text == kind
    await amina.presses(amina.last.id, "bc:send:1:1")
    assert amina.last.text == kind


@both_databases
async def test_pictures_become_an_album_and_links(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await writes(grace, "Come and see.")
    await grace.taps("Pictures and files")
    await grace.sends_file("a.png", PNG, kind="photo")
    assert grace.last.text.startswith("I have it.")
    await grace.sends_file("notes.pdf", b"%PDF-1.4", kind="document")
    assert grace.last.text.startswith("This does not go together with what is there.")
    await grace.sends_file("b.png", PNG, kind="photo")
    await grace.taps("Done")
    await grace.taps("Buttons")
    await grace.taps("Add an event")
    await grace.taps("…Brent health day")
    await grace.taps("Add a web page")
    await grace.says("example")
    assert grace.last.text.startswith("This is no whole web address.")
    await grace.says("https://example.org/more")
    await grace.says("Read more")
    await grace.taps("Back to the broadcast")
    assert "Several pictures have no buttons." in grace.last.text
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await amina.look()
    first, second = amina.messages[-2:]
    assert first.raw["media_group_id"] == second.raw["media_group_id"]
    assert first.raw["caption"] == (
        "Come and see.\n\nSee the event\nRead more\n\nTo stop news, send /news. To stop all "
        "messages, send STOP."
    )
    links = [each["url"] for each in first.raw["caption_entities"] if each["type"] == "text_link"]
    assert links == ["https://t.me/baobab_demo_bot?start=b1-0", "https://example.org/more"]
    await amina.opens("b1-0")
    assert "Brent health day" in amina.last.text
    assert event.id == 1
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Sent: Come and see.")
    await grace.taps("Take it back")
    await grace.taps("Yes, take it back")
    await amina.look()
    assert [each for each in amina.messages if "media_group_id" in each.raw] == []


@both_databases
async def test_a_role_for_a_group_in_a_borough_reaches_those_who_are_both(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace")
    now = baobab.house.clock.now()
    both, brent, harrow, neither = await residents(baobab, town, ["en"] * 4)
    async with baobab.house.database.work() as work:
        found = await People(work).greet(grace.id, now)
        await Roles(work).give(found.id, Role.VOLUNTEER, now, "brent", Group.THINK_TANK)
        for person, place, is_in in (
            (both, "brent", True), (brent, "brent", False), (harrow, "harrow", True),
            (neither, "harrow", False),
        ):  # fmt: skip
            known = await People(work).greet(person.id, now)
            await People(work).choose_place(known.id, place)
            if is_in:
                await Following(work).choose(
                    known.id, FollowKind.GROUP, Group.THINK_TANK.value, chosen=True
                )
    await writes(grace, "Hello.")
    await grace.taps("Send it")
    assert "It goes to fewer than 5 people." in grace.last.text
    await grace.taps("Send it now")
    sent = [await news_of(each) for each in (both, brent, harrow, neither)]
    assert sent == [[f"Hello.\n\n{STOPPED}"], [], [], []]


async def test_a_broadcast_keeps_nobody_from_a_reminder(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=2))  # as the broadcast: 1
    async with baobab.house.database.work() as work:
        now = baobab.house.clock.now()
        known = await People(work).greet(amina.id, now)
        await BookingDesk(work).book(event.id, known.id, now)
        await ReminderChoices(work).choose(known.id, USUAL, "en", now)
    await move_to(town, baobab, event.starts_at.astimezone(LONDON).weekday() - 1, 9, 30)
    await writes(grace, "Hello.")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await town.forward(event.starts_at - DAY + MINUTE - baobab.house.clock.now())
    assert [each.splitlines()[0] for each in await news_of(amina)] == [
        "Hello.",
        "Your event is tomorrow.",
    ]


async def test_whoever_stops_messages_while_it_is_taken_back_keeps_none_of_it(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    await writes(grace, "Hello.")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await town.ask("POST", "/faults", json={"kind": "5xx", "method": "deleteMessage", "times": 1})
    await grace.presses(grace.last.id, "bc:recall:1")
    await amina.says("STOP")
    await amina.taps("Stop messages")
    await town.forward(MINUTE)
    await baobab.idle()
    await amina.look()
    assert "Hello." not in amina.screen


async def test_the_log_says_who_did_what(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ADMIN)
    await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    await grace.taps("Back to the broadcast")
    await grace.taps("Change the broadcast")
    await grace.taps("Text")
    await grace.taps("Français: write it")
    await grace.says("Bonjour.")
    await uses(baobab, kofi, "fr")
    await kofi.presses(kofi.last.id, "bc:review:1:2:fr")
    await uses(baobab, kofi, "en")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    await approves(kofi)
    await writes(grace, "A mistake.")
    await grace.taps("Delete the draft")
    await grace.taps("Yes, delete it")
    await kofi.says("/log")
    found = re.findall(r"• 10:00, ([^:]+): (.*broadcast \d.*)", kofi.last.text)
    assert found == [
        ("person 1", "deleted the draft of broadcast 2"),
        ("the computer that runs the bot", "began to send broadcast 1"),
        ("you", "approved broadcast 1"),
        ("person 1", "asked for broadcast 1 to be sent"),
        ("you", "checked a text of broadcast 1"),
        ("person 1", "made broadcast 1 a draft again"),
        ("person 1", "asked for broadcast 1 to be sent"),
    ]


@both_databases
async def test_a_second_person_asks_for_a_change(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    crowd = await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    await kofi.look()
    await kofi.taps("Read it")
    await kofi.taps("Check and approve")
    await kofi.taps("Ask for a change")
    assert kofi.last.text == (
        "What should be changed before it goes out? I tell whoever asked for it."
    )
    await kofi.says("Please say where & when.")
    assert kofi.last.text.startswith("I pass it on.")
    assert await stage(baobab) is Stage.DRAFT
    await grace.look()
    assert grace.last.text == (
        "A second person asks for a change of a broadcast.\n\nIt begins: Hello.\n\n"
        "They say: Please say where & when.\n\nIt is a draft again. Nothing has been sent."
    )
    await grace.taps("Change the broadcast")  # at once: the other one has not taken it up
    assert "A second person asks: Please say where & when." in grace.last.text
    await grace.taps("Text")
    await grace.taps("English: written")
    await grace.says("Saturday at 10, in Brent.")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    await approves(kofi)
    assert await stage(baobab) is Stage.DONE
    assert [await news_of(each) for each in crowd] == [
        [f"Saturday at 10, in Brent.\n\n{STOPPED}"]
    ] * 21
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Sent: Saturday at 10, in Brent.")
    assert "A second person" not in grace.last.text


async def test_only_a_second_person_asks_for_a_change_and_of_what_they_saw(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    await grace.presses(grace.last.id, "bc:sendback:1:1")
    assert grace.answers[-1]["text"] == (
        "A second person has to do this. You wrote it or asked for it."
    )
    await kofi.look()
    await kofi.taps("Read it")
    await kofi.taps("Check and approve")
    await kofi.taps("Ask for a change")
    await grace.taps("Change the broadcast")
    await kofi.says("Too long.")
    assert kofi.last.text == "This has changed meanwhile. Here is how it is now."
    await kofi.taps("Back to the broadcast")
    assert "A second person asks" not in kofi.last.text
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    await kofi.look()
    await kofi.taps("Read it")
    await kofi.taps("Check and approve")
    await kofi.taps("Ask for a change")
    await take(baobab, kofi, Role.ORGANISER)
    await kofi.says("Too long.")
    assert kofi.last.text.startswith("You cannot do this with your role.")
    assert await stage(baobab) is Stage.WAITING
