"""What is looked at once more when a broadcast begins or leaves, and when things cross."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import Baobab
from bot.broadcasts.amending import Amending
from bot.broadcasts.audience import Audience
from bot.broadcasts.beginning import Beginning
from bot.broadcasts.drafting import Drafts
from bot.broadcasts.models import Broadcast, Stage
from bot.broadcasts.running import Running
from bot.broadcasts.sending import Sending
from bot.broadcasts.store import BroadcastStore
from bot.clock import LONDON
from bot.events.booking import BookingDesk
from bot.people.models import Role
from bot.people.service import People
from tests.handlers.conftest import both_databases
from tests.support.broadcasts import (
    DAY,
    MINUTE,
    STOPPED,
    approves,
    asks,
    give,
    news_of,
    residents,
    staff,
    stage,
    take,
    writes,
)
from tests.support.events import draft, hold
from tests.support.people import Resident, Town

pytestmark = pytest.mark.usefixtures("in_the_morning")
HOUR = timedelta(hours=1)
Change = Callable[[Broadcast], Broadcast]


async def number_of(baobab: Baobab, person: Resident) -> int:
    """Our number of somebody."""
    async with baobab.house.database.reading() as work:
        found = await People(work).find(person.id)
    assert found is not None
    return found.id


async def found(baobab: Baobab, number: int = 1) -> Broadcast:
    async with baobab.house.database.reading() as work:
        broadcast = await BroadcastStore(work).get(number)
    assert broadcast is not None
    return broadcast


async def sends(baobab: Baobab, person: Resident, text: str, change: Change) -> None:
    """Write one that goes to few people, with something special about it, and send it."""
    who, now = await number_of(baobab, person), baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        drafts = Drafts(work, who)
        written = await drafts.write(await drafts.begin(now), "en", text, now)
        changed = await drafts.change(written, change(written), now)
        await Sending(work, who, LONDON).send(changed.id, changed.revision, now)


async def chooses_a_time(volunteer: Resident, time: str, again: str = "No, only once") -> None:
    await volunteer.taps("When")
    await volunteer.taps("Choose a time")
    await volunteer.says(time)
    await volunteer.taps(again)
    await volunteer.taps("Back to the broadcast")


async def sends_later(volunteer: Resident, text: str, again: str = "No, only once") -> None:
    """Write one for the next day, 17:30, and send it."""
    await writes(volunteer, text)
    await chooses_a_time(volunteer, "tomorrow 17:30", again)
    await volunteer.taps("Send it")
    await volunteer.taps("Send it at its time")


@both_databases
async def test_what_is_withdrawn_as_it_begins_does_not_begin_and_can_be_sent_again(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    await sends_later(grace, "Hello.")
    due, at = await found(baobab), (await found(baobab)).begins_at
    assert at is not None
    await grace.taps("Back to the broadcast")
    await grace.taps("Change the broadcast")
    async with baobab.house.database.work() as work:
        await Beginning(work, LONDON).begin(due, at)
    assert await stage(baobab) is Stage.DRAFT
    assert await news_of(amina) == []
    await grace.taps("Send it")
    await grace.taps("Send it at its time")
    await town.forward(DAY + 7 * HOUR + 35 * MINUTE)
    assert await stage(baobab) is Stage.DONE
    assert await news_of(amina) == [f"Hello.\n\n{STOPPED}"]


@both_databases
async def test_what_is_withdrawn_as_it_is_approved_stays_a_draft(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await staff(town, baobab, "Kofi", Role.ORGANISER)
    await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    seen = await found(baobab)
    await grace.taps("Back to the broadcast")
    await grace.taps("Change the broadcast")
    async with baobab.house.database.work() as work:
        store = BroadcastStore(work)
        assert await store.ask(seen, Stage.SCHEDULED, seen.asked_by, None, 2) is None
        assert await store.send_back(seen, "Too long.") is None
    assert await stage(baobab) is Stage.DRAFT


@both_databases
async def test_whoever_asked_and_approved_hear_that_somebody_changed_it(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    esi = await staff(town, baobab, "Esi", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    await writes(grace, "Hello.")
    await chooses_a_time(grace, "tomorrow 17:30")
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    await approves(kofi)
    await town.forward(11 * MINUTE)
    await esi.look()
    await esi.presses(esi.last.id, "bc:write:1:fr")
    assert "If you change it now, it is a draft again" in esi.last.text
    await esi.says("Bonjour.")
    said = (
        "A broadcast is a draft again.\n\nIt begins: Hello.\n\nSomebody has changed it or taken it "
        "back. It goes out only if somebody sends it again."
    )
    for person in (grace, kofi):
        await person.look()
        assert person.last.text == said
    assert esi.last.text.startswith("Text\n")
    await town.forward(2 * DAY)
    assert await news_of(amina) == []


async def test_one_that_is_on_its_way_is_not_deleted_by_a_late_press(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await residents(baobab, town, ["en"])
    await writes(grace, "Hello.")
    await kofi.says("/broadcast")
    await kofi.taps("Draft: Hello.")
    await kofi.taps("Delete the draft")
    await chooses_a_time(grace, "tomorrow 17:30")
    await grace.taps("Send it")
    await grace.taps("Send it at its time")
    await kofi.taps("Yes, delete it")
    assert kofi.answers[-1]["text"] == "This has changed meanwhile. Here is how it is now."
    assert await stage(baobab) is Stage.SCHEDULED


@both_databases
async def test_a_series_keeps_its_time_though_one_of_it_was_late(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"])
    await sends_later(grace, "Our circle meets.", "Every week")
    wanted = (await found(baobab)).send_at
    assert wanted is not None
    for late in (1, 16):  # the bot was off until after the hours, and then it was night
        async with baobab.house.database.work() as work:
            await Running(work, LONDON).plan(wanted + late * HOUR)
    again = await found(baobab, 2)
    assert (again.stage, again.send_at) == (Stage.SCHEDULED, wanted + 7 * DAY)


@both_databases
async def test_a_series_ends_though_a_text_of_the_next_one_was_checked(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"])
    me, now = await number_of(baobab, grace), baobab.house.clock.now()
    await sends_later(grace, "Our circle meets.", "Every week")
    async with baobab.house.database.work() as work:
        begins = (await found(baobab)).begins_at
        assert begins is not None
        await Running(work, LONDON).plan(begins)
        store = BroadcastStore(work)
        again = await store.get(2)
        assert again is not None
        texts = {"en": replace(again.texts["en"], reviewed_by=me)}
        await store.review(replace(again, texts=texts))
        await Sending(work, me, LONDON).stop(1, now)
    assert await stage(baobab, 2) is Stage.DRAFT


async def test_many_small_ones_of_a_newcomer_for_one_moment_keep_to_the_limit(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"] * 18)
    later = baobab.house.clock.now() + DAY
    for number in range(6):
        text = f"{'abcdef'[number] * 40}"
        await sends(baobab, grace, text, lambda each: replace(each, send_at=later))
    async with baobab.house.database.work() as work:
        await Running(work, LONDON).plan(later)
        begun = [await BroadcastStore(work).get(number) for number in range(1, 7)]
    assert [(each.stage, each.people) for each in begun if each is not None] == [
        *[(Stage.SENDING, 18)] * 5,
        (Stage.WAITING, 0),
    ]


async def test_what_was_urgent_waits_once_its_sender_may_not_say_so_any_more(
    town: Town, baobab: Baobab
) -> None:
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER, Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    now = baobab.house.clock.now()
    night = now + 17 * HOUR
    urgent: Change = lambda each: replace(each, urgent="Heat", send_at=night)  # noqa: E731 -- short
    await sends(baobab, kofi, "It will be hot.", urgent)
    await take(baobab, kofi, Role.ORGANISER)
    await town.forward(night - now + MINUTE)
    assert await stage(baobab) is Stage.DRAFT
    assert await news_of(amina) == []
    await kofi.look()
    assert kofi.last.text.startswith("A broadcast could not begin.")


@both_databases
async def test_whoever_gave_up_their_place_or_role_gets_nothing_about_it(
    town: Town, baobab: Baobab
) -> None:
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    ben = await staff(town, baobab, "Ben", Role.ANALYST)
    [amina] = await residents(baobab, town, ["en"], news=False)
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=9))
    me, her = [await number_of(baobab, each) for each in (kofi, amina)]
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        await BookingDesk(work).book(event.id, her, now)
    before = len(await news_of(ben))
    audiences = (
        Audience(booked=frozenset({event.id})),
        Audience(roles=frozenset({Role.ANALYST})),
    )
    later = now + HOUR
    for number, audience in enumerate(audiences, 1):
        change: Change = lambda each, to=audience: replace(each, audience=to, send_at=later)  # noqa: E731 -- short
        await sends(baobab, kofi, f"{number} for you alone.", change)
    async with baobab.house.database.work() as work:
        await Running(work, LONDON).plan(later)
        for number in (1, 2):
            await Sending(work, me, LONDON).pause(number, later)
    assert [(await found(baobab, number)).people for number in (1, 2)] == [1, 1]
    async with baobab.house.database.work() as work:
        await BookingDesk(work).cancel(event.id, her, now)
    await take(baobab, ben, Role.ANALYST)
    async with baobab.house.database.work() as work:
        for number in (1, 2):
            await Sending(work, me, LONDON).resume(number, later)
    await town.forward(HOUR + MINUTE)
    assert [each for each in await news_of(amina) if "for you alone" in each] == []
    assert len(await news_of(ben)) == before
    for number, why in ((1, "gave up their place"), (2, "do not have the role any more")):
        await kofi.look()
        await kofi.presses(kofi.last.id, f"bc:show:{number}")
        assert f"Left out: 1\n– {why}: 1" in kofi.last.text


async def test_more_leaves_and_is_taken_back_only_by_who_may_write_wherever_it_goes(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    esi = await staff(town, baobab, "Esi")
    await give(baobab, esi, Role.VOLUNTEER, borough="brent")
    [amina] = await residents(baobab, town, ["en"])
    await writes(grace, "Hello.")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await esi.presses(esi.last.id, "bc:recall:1")
    assert esi.last.text.startswith("You cannot do this with your role.")
    assert await news_of(amina) == [f"Hello.\n\n{STOPPED}"]
    async with baobab.house.database.work() as work:
        await Amending(work, await number_of(baobab, grace)).take_back(1, baobab.house.clock.now())
    assert await stage(baobab) is Stage.RECALLING


async def test_where_nobody_can_approve_it_says_so(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    assert grace.last.text == (
        "Nobody else can approve this now.\n\nNothing is sent before somebody does. Please ask an "
        "administrator to give somebody a role for it, then press the button again."
    )


async def test_the_correction_of_a_volunteer_for_one_borough_takes_the_place_of_their_own(
    town: Town, baobab: Baobab
) -> None:
    esi = await staff(town, baobab, "Esi")
    await give(baobab, esi, Role.VOLUNTEER, borough="brent")
    [amina] = await residents(baobab, town, ["en"])
    await writes(esi, "Doors open at 11.")
    await esi.taps("Send it")
    await esi.taps("Send it now")
    await esi.says("/broadcast")
    await esi.taps("Sent before")
    await esi.taps("Sent: Doors open at 11.")
    await esi.taps("Correct it")
    await esi.taps("Text")
    await esi.taps("English: written")
    await esi.says("Doors open at 12.")
    await esi.taps("Back to the broadcast")
    await esi.taps("Send it")
    await esi.taps("Send it now")
    [said] = [each for each in await news_of(amina) if "Doors" in each]
    assert said.startswith("Correction.")
    assert "Doors open at 12." in said


@both_databases
async def test_word_of_an_end_that_a_recall_overtakes_is_not_said(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await writes(grace, "Hello.")
    me, now = await number_of(baobab, grace), baobab.house.clock.now()
    async with baobab.house.database.work() as work:  # nothing leaves before its end
        await Sending(work, me, LONDON).send(1, 1, now)
        running = Running(work, LONDON)
        await running.plan(now)
        begun = await BroadcastStore(work).get(1)
        assert begun is not None
        assert (await running.finish(begun, now)).broadcast.stage is Stage.DONE
        await Amending(work, me).take_back(1, now)
    await town.forward(MINUTE)
    assert await stage(baobab) is Stage.RECALLED
    await grace.look()
    said = [each.text.split("\n")[0] for each in grace.messages if "A broadcast has" in each.text]
    assert said == ["A broadcast has been taken back."]
