"""Broadcasts that are posted in groups as well."""

import asyncio

import pytest

from bot.app import Baobab
from bot.broadcasts.models import Stage
from bot.broadcasts.store import BroadcastStore
from bot.delivery.models import State
from bot.delivery.posts.store import PostStore
from bot.people.models import Role
from tests.handlers.conftest import both_databases
from tests.sandbox.test_media import PNG
from tests.support.broadcasts import (
    MINUTE,
    TUESDAY,
    approves,
    give,
    move_to,
    news_of,
    residents,
    staff,
    stage,
    take,
    writes,
)
from tests.support.events import draft, hold
from tests.support.groups import Assembly, assembled
from tests.support.people import Resident, Town

pytestmark = pytest.mark.usefixtures("in_the_morning")
PATIENCE = 30  # seconds; a hang fails here


async def think_tank(town: Town, volunteer: Resident, *others: Resident) -> Assembly:
    """A group of the Think Tank, called Brent friends."""
    group = await assembled(town, "Brent friends", volunteer, *others)
    await group.lets_the_bot_in()
    await group.says(volunteer, "/thisgroup@baobab_demo_bot")
    await group.taps(volunteer, "Think Tank")
    return group


async def posts_in_the_group(volunteer: Resident) -> None:
    """Tick the group, and go on to the last look."""
    await volunteer.taps("Post it in groups, too")
    await volunteer.taps("☐ Brent friends")
    await volunteer.taps("Back to the broadcast")
    assert "Posted in 1 group:\n– Brent friends\n" in volunteer.last.text
    await volunteer.taps("Send it")


async def ended(volunteer: Resident) -> str:
    """What they were told last of how a broadcast has ended."""
    await volunteer.look()
    return [each.text for each in volunteer.messages if "A broadcast has been" in each.text][-1]


async def in_groups(baobab: Baobab, number: int = 1) -> dict[State, int]:
    """How the posts of a broadcast stand."""
    async with baobab.house.database.reading() as work:
        broadcast = await BroadcastStore(work).get(number)
        assert broadcast is not None
        counts = await PostStore(work).counts(broadcast.mailing_id or 0)
    return {state: posts for state, _, posts in counts}


async def test_it_is_posted_in_groups_and_taken_back_there(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    [amina] = await residents(baobab, town, ["en"])
    group = await think_tank(town, grace, amina)
    await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await writes(grace, "We meet on Saturday.")
    await grace.taps("Buttons")
    await grace.taps("Add an event")
    await grace.taps("…Brent health day")
    await grace.taps("Back to the broadcast")
    await posts_in_the_group(grace)
    assert "It goes into groups, so a second person reads it first." in grace.last.text
    assert "Send it now" not in grace.last.buttons
    await grace.taps("Ask a second person")
    assert await stage(baobab) is Stage.WAITING
    await group.look()
    assert "We meet on Saturday." not in group.from_bot
    await approves(kofi)
    await group.look()
    assert group.messages[-1].text == "We meet on Saturday."
    assert group.messages[-1].buttons == ["See the event"]
    await group.taps(amina, "See the event")
    assert "Brent health day" in amina.last.text
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Sent: We meet on Saturday.")
    await grace.taps("Take it back")
    await grace.taps("Yes, take it back")
    await group.look()
    assert "We meet on Saturday." not in [each.text for each in group.messages]
    assert "Taken back in groups: 1 of 1" in await ended(grace)


async def test_a_group_gets_nothing_when_its_second_person_is_one_no_more(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    group = await think_tank(town, grace)
    await writes(grace, "We meet on Saturday.")
    await posts_in_the_group(grace)
    await grace.taps("Ask a second person")
    await move_to(town, baobab, TUESDAY, 18, 30)
    await approves(kofi)
    assert await stage(baobab) is Stage.SCHEDULED
    await grace.says("/schedule")
    said = "• 09:00: Broadcast, to fewer than 5 people\nPosted in 1 group\nWe meet on Saturday."
    assert grace.last.text.split("\n\n")[1].endswith(said)
    await take(baobab, kofi, Role.ORGANISER)
    await town.forward(15 * 60 * MINUTE)
    assert await stage(baobab) is Stage.WAITING
    await group.look()
    assert "We meet on Saturday." not in group.from_bot


async def test_why_a_group_did_not_get_it_is_shown(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    group = await think_tank(town, grace)
    muted = {
        "kind": "refuse",
        "method": "sendMessage",
        "chat_id": group.id,
        "error_code": 400,
        "description": "Bad Request: not enough rights to send text messages to the chat",
    }
    await town.ask("POST", "/faults", json=muted)
    await writes(grace, "We meet on Saturday.")
    await posts_in_the_group(grace)
    await grace.taps("Ask a second person")
    await approves(kofi)
    why = "In groups: 0 of 1\n– the bot may not write there: 1"
    assert why in await ended(grace)
    await grace.taps("See the report")
    assert why in grace.last.text


async def test_what_lands_in_a_group_after_it_was_taken_back_is_taken_back_too(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    group = await think_tank(town, grace)
    await writes(grace, "We meet on Saturday.")
    await posts_in_the_group(grace)
    slow = {"kind": "slow", "method": "sendMessage", "chat_id": group.id, "seconds": 1.5}
    await town.ask("POST", "/faults", json=slow)
    await grace.taps("Ask a second person")

    async def answered() -> None:
        await town.sandbox.until_fetched()
        await baobab.turnstile.idle()

    quiet, town.quiet = town.quiet, answered
    await approves(kofi)
    async with asyncio.timeout(PATIENCE):
        while not (await in_groups(baobab)).get(State.CLAIMED):
            await baobab.postman.idle()
    await grace.presses(grace.last.id, "bc:recall:1")
    await baobab.progress_bars.tick()
    assert await stage(baobab) is Stage.RECALLING
    town.quiet = quiet
    async with asyncio.timeout(PATIENCE):
        while await stage(baobab) is not Stage.RECALLED:
            await baobab.idle()
    await group.look()
    assert "We meet on Saturday." not in group.from_bot


@both_databases
async def test_a_correction_comes_once_in_a_group(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    group = await think_tank(town, grace)
    await writes(grace, "Doors open at 11.")
    await posts_in_the_group(grace)
    await grace.taps("Ask a second person")
    await approves(kofi)
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Sent: Doors open at 11.")
    await grace.taps("Correct it")
    assert "Posted in 1 group:\n– Brent friends\n" in grace.last.text
    await grace.taps("Text")
    await grace.taps("English: written")
    await grace.says("Doors open at 12.")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    await approves(kofi)
    await group.look()
    assert [each for each in group.from_bot if "Doors" in each] == [
        "Correction. This takes the place of what I sent you before.\n\nDoors open at 12."
    ]


async def test_an_album_in_a_group_is_taken_back_whole(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    group = await think_tank(town, grace)
    await writes(grace, "Come and see.")
    await grace.taps("Pictures and files")
    await grace.sends_file("a.png", PNG, kind="photo")
    await grace.sends_file("b.png", PNG, kind="photo")
    await grace.taps("Done")
    await posts_in_the_group(grace)
    await grace.taps("Ask a second person")
    await approves(kofi)
    await group.look()
    assert ["media_group_id" in each.raw for each in group.messages[-2:]] == [True, True]
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Sent: Come and see.")
    await grace.taps("Take it back")
    await grace.taps("Yes, take it back")
    await group.look()
    assert [each for each in group.messages if "media_group_id" in each.raw] == []


async def corrects(volunteer: Resident, text: str) -> None:
    """Open what was sent, and write a correction of it."""
    await volunteer.says("/broadcast")
    await volunteer.taps("Sent before")
    await volunteer.taps("Sent: Doors open at 11.")
    await volunteer.taps("Correct it")
    await volunteer.taps("Text")
    await volunteer.taps("English: written")
    await volunteer.says(text)
    await volunteer.taps("Back to the broadcast")


async def test_a_correction_with_no_group_ticked_leaves_groups_as_they_are(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    [amina] = await residents(baobab, town, ["en"])
    group = await think_tank(town, grace)
    await writes(grace, "Doors open at 11.")
    await posts_in_the_group(grace)
    await grace.taps("Ask a second person")
    await approves(kofi)
    await corrects(grace, "Doors open at 12.")
    await grace.taps("Post it in groups, too")
    await grace.taps("☑ Brent friends")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    correction = "Correction. This takes the place of what I sent you before.\n\nDoors open at 12."
    assert await news_of(amina) == [f"{correction}\n\nTo stop all messages, send STOP."]
    await group.look()
    assert [each for each in group.from_bot if "Doors" in each] == ["Doors open at 11."]


async def test_one_like_another_goes_into_the_same_groups(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    esi = await staff(town, baobab, "Esi")
    await give(baobab, esi, Role.VOLUNTEER, borough="brent")
    await think_tank(town, grace)
    await writes(grace, "We meet on Saturday.")
    await posts_in_the_group(grace)
    await grace.taps("Back to the broadcast")
    await grace.taps("More")
    await grace.taps("Write a new one like this")
    assert "Posted in 1 group:\n– Brent friends\n" in grace.last.text
    # Not in those for which somebody has no role.
    await town.forward(11 * MINUTE)
    await esi.presses(esi.last.id, "bc:like:1")
    assert "We meet on Saturday." in esi.last.text
    assert "Posted in" not in esi.last.text


async def test_in_how_many_groups_it_is_deleted_is_said_before(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await think_tank(town, grace)
    await writes(grace, "We meet on Saturday.")
    await posts_in_the_group(grace)
    await grace.taps("Ask a second person")
    await kofi.look()
    await kofi.taps("Read it")
    await kofi.taps("Check and approve")
    assert "Posted in 1 group:\n– Brent friends\n" in kofi.last.text
    await kofi.taps("Approve it")
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Sent: We meet on Saturday.")
    await grace.taps("Take it back")
    assert grace.last.text == (
        "Take this broadcast back?\n\nI delete it in 1 group. People there may have read it.\n\n"
        "Whoever has not got it does not get it any more. This cannot be undone."
    )


async def test_a_correction_leaves_groups_as_they_are_that_are_not_ticked(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    brent = await think_tank(town, grace)
    other = await assembled(town, "Other friends", grace)
    await other.lets_the_bot_in()
    await other.says(grace, "/thisgroup@baobab_demo_bot")
    await other.taps(grace, "Think Tank")
    await writes(grace, "Doors open at 11.")
    await grace.taps("Post it in groups, too")
    await grace.taps("☐ Brent friends")
    await grace.taps("☐ Other friends")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    await approves(kofi)
    await corrects(grace, "Doors open at 12.")
    await grace.taps("Post it in groups, too")
    await grace.taps("☑ Other friends")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    await approves(kofi)
    correction = "Correction. This takes the place of what I sent you before.\n\nDoors open at 12."
    for group, said in ((brent, correction), (other, "Doors open at 11.")):
        await group.look()
        assert [each for each in group.from_bot if "Doors" in each] == [said]


async def test_groups_for_which_the_role_of_the_sender_is_not_are_named_as_such(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    esi = await staff(town, baobab, "Esi")
    await give(baobab, esi, Role.VOLUNTEER, borough="brent")
    await think_tank(town, grace)
    await writes(grace, "We meet on Saturday.")
    await posts_in_the_group(grace)
    await esi.says("/broadcast")
    await esi.taps("Draft: We meet on Saturday.")
    assert "Posted in 1 group" not in esi.last.text
    assert (
        "Not posted in 1 other group: the role of whoever sends it is not for it." in esi.last.text
    )
