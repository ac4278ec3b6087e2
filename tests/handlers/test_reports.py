"""What analysts read: what came of broadcasts, and nothing else."""

import pytest

from bot.app import Baobab
from bot.broadcasts.amending import Amending
from bot.broadcasts.crowd import CrowdStore
from bot.broadcasts.drafting import Drafts, with_link
from bot.broadcasts.models import Link, LinkKind, Mark, Stage
from bot.broadcasts.reports import Reports
from bot.broadcasts.running import Running
from bot.broadcasts.sending import Sending
from bot.chat.retention import forget_old
from bot.events.booking import BookingDesk
from bot.people.models import Role
from bot.people.service import People
from tests.handlers.conftest import both_databases
from tests.support.broadcasts import DAY, MINUTE, residents, staff, stage, take, writes
from tests.support.events import draft, hold
from tests.support.people import Town

pytestmark = pytest.mark.usefixtures("in_the_morning")


async def test_an_analyst_reads_reports_and_does_nothing_else(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    ben = await staff(town, baobab, "Ben", Role.ANALYST)
    await residents(baobab, town, ["en"] * 5 + ["so"])
    await ben.says("/reports")
    assert ben.last.text == (
        "Results of broadcasts\n\n"
        "You see numbers only. Nobody can see who got a message, or what they did.\n\n"
        "There is none yet."
    )
    for number in range(7):
        await writes(grace, f"{number}{'abcdefg'[number] * 40}")
        await grace.taps("Send it")
        await grace.taps("Send it now")
        await town.forward(7 * DAY)
    await writes(grace, "A draft.")
    await ben.says("/reports")
    assert ben.last.buttons[0] == f"Sent: 6{'g' * 28}…"
    assert ben.last.buttons[6:] == ["More", "Go to the start"]
    await ben.taps("More")
    assert ben.last.buttons == [f"Sent: 0{'a' * 28}…", "Back", "Go to the start"]
    await ben.taps(f"Sent: 0{'a' * 28}…")
    assert "Sent: 6 of 6\nWaiting: 0" in ben.last.text
    assert ben.last.text.split("\n\n")[3:5] == [
        (
            "By language\nEnglish: reached 5, all else fewer than 5\n"
            "any other language: reached fewer than 5"
        ),
        "By borough\nBrent: reached 6, all else fewer than 5\nanywhere else: reached fewer than 5",
    ]
    assert ben.last.buttons == ["All reports"]
    screen = ben.last.id
    for forged in ("bc:show:1", "bc:recall:1", "bc:correct:1", "bc:new"):
        await ben.presses(screen, forged)
        assert ben.last.text.startswith("You cannot do this with your role.")
    await ben.presses(screen, "reports:show:8")  # the draft
    assert ben.answers[-1]["text"] == "This broadcast is not there any more."
    assert await stage(baobab) is Stage.DONE
    await ben.taps("Go to the start")
    await ben.taps("All reports")
    await take(baobab, ben, Role.ANALYST)
    await ben.taps("More")
    assert ben.last.text.startswith("You cannot do this with your role.")
    assert "reports" not in await ben.commands()


@both_databases
async def test_of_old_broadcasts_it_says_that_the_numbers_are_gone(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"] * 2)
    await writes(grace, "Hello.")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    keep = baobab.house.content.organisation.keep_days
    await town.forward(DAY * (keep.bookings + 10))
    async with baobab.house.database.work() as work:
        await forget_old(work, baobab.house.vault, keep, baobab.house.clock.now())
    gone = "It was for 2 people. I do not keep the other numbers for so long."
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Sent: Hello.")
    assert grace.last.text == f"Hello.\n\nState: Sent\n\n{gone}"
    await grace.taps("See the report")
    assert grace.last.text == f"Report: Hello.\n\n{gone}"


async def test_one_taken_back_before_anybody_had_it_is_not_old(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"] * 2)
    await writes(grace, "Hello.")
    now, zone = baobab.house.clock.now(), baobab.house.zone
    async with baobab.house.database.work() as work:  # nothing leaves before its end
        found = await People(work).find(grace.id)
        assert found is not None
        await Sending(work, found.id, zone).send(1, 1, now)
        await Running(work, zone).plan(now)
        await Amending(work, found.id).take_back(1, now)
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Taken back: Hello.")
    assert "Taken back: 0 of 0\nWaiting: 0" in grace.last.text


@both_databases
async def test_what_people_did_whom_it_never_reached_is_no_outcome_of_it(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    crowd = await residents(baobab, town, ["en"] * 3)
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await writes(grace, "We meet.")
    now, zone = baobab.house.clock.now(), baobab.house.zone
    async with baobab.house.database.work() as work:  # nothing leaves before its end
        author, *people = [(await People(work).greet(each.id, now)).id for each in (grace, *crowd)]
        drafts = Drafts(work, author)
        shows = with_link(await drafts.get(1), Link(LinkKind.EVENT, str(event.id)))
        written = await drafts.change(await drafts.get(1), shows, now)
        await Sending(work, author, zone).send(1, written.revision, now)
        await Running(work, zone).plan(now)
        await Sending(work, author, zone).stop(1, now)
    for each in people:
        async with baobab.house.database.work() as work:
            await BookingDesk(work).book(event.id, each, now)
            await CrowdStore(work).mark(1, each, Mark.OPENED, now)
            await CrowdStore(work).mark(1, each, Mark.STOPPED, now)
    async with baobab.house.database.reading() as work:
        read = await Reports(work, author, zone).read(1, now)
    assert read.progress.total == 3
    assert read.outcomes == ()


async def test_a_report_tells_by_language_and_borough_all_that_came_of_it(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    crowd = await residents(baobab, town, ["en"] * 9 + ["so"] * 4)
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await writes(grace, "We meet.")
    await grace.taps("Buttons")
    await grace.taps("Add an event")
    await grace.taps("…Brent health day")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await town.forward(MINUTE)
    for number, each in enumerate(crowd[:9]):
        now = baobab.house.clock.now()
        async with baobab.house.database.work() as work:
            person = (await People(work).greet(each.id, now)).id
            await CrowdStore(work).mark(1, person, Mark.OPENED, now)
            if number < 8:
                await BookingDesk(work).book(event.id, person, now)
            if number < 6:
                await CrowdStore(work).mark(1, person, Mark.STOPPED, now)
            if number < 5:
                await People(work).blocked(person, now)
    await town.forward(10 * DAY)
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Sent: We meet.")
    await grace.taps("See the report")
    assert grace.last.text.split("\n\n")[2:] == [
        (
            "Reached: 13\nOpened what it shows: 9\nBooked: 8\nHad a place when it was over: 8\n"
            "Stopped news or messages because of it: 6\nBlocked the bot since: 5"
        ),
        (
            "By language\nEnglish: reached 9, opened 9, booked 8, had a place at the end 8, "
            "stopped 6, blocked 5\nany other language: reached fewer than 5"
        ),
        (
            "By borough\nBrent: reached 13, opened 9, booked 8, had a place at the end 8, "
            "stopped 6, blocked 5\nanywhere else: reached fewer than 5"
        ),
        "Numbers under 5 of what people did are not shown, so that nobody can be told from them.",
    ]
