"""What happens to a broadcast, and to people, while it leaves at a pace that can be watched."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.app import Baobab
from bot.broadcasts.models import Broadcast, Stage
from bot.broadcasts.running import Running
from bot.broadcasts.store import BroadcastStore
from bot.clock import LONDON
from bot.config import Settings
from bot.delivery.models import State
from bot.delivery.store import DeliveryStore
from bot.people.models import Role
from bot.sandbox import Sandbox
from tests.handlers.conftest import both_databases
from tests.support.broadcasts import (
    DAY,
    MINUTE,
    STOPPED,
    TUESDAY,
    approves,
    asks,
    move_to,
    news_of,
    residents,
    staff,
    stage,
    writes,
)
from tests.support.people import Resident, Town

PACE = 12  # messages a second
PATIENCE = 30  # seconds; a hang fails here
FEW = 18  # people, who need no second person
SAID = f"Hello.\n\n{STOPPED}"
Counts = dict[tuple[str, str], int]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The same, slowed down."""
    return settings.model_copy(update={"messages_per_second": PACE})


@pytest.fixture
async def town(sandbox: Sandbox, baobab: Baobab) -> AsyncIterator[Town]:
    """People who wait for answers, and not for all that is owed to everybody."""

    async def answered() -> None:
        await sandbox.until_fetched()
        await baobab.turnstile.idle()

    async with Town(sandbox, answered) as town:
        await move_to(town, baobab, TUESDAY, 10)
        yield town


async def found(baobab: Baobab, number: int = 1) -> Broadcast:
    async with baobab.house.database.reading() as work:
        broadcast = await BroadcastStore(work).get(number)
    assert broadcast is not None
    return broadcast


async def screens(baobab: Baobab, number: int = 1) -> list[tuple[int, int]]:
    async with baobab.house.database.reading() as work:
        return await BroadcastStore(work).screens(number)


async def counts(baobab: Baobab) -> Counts:
    """How the deliveries of the broadcast stand."""
    number = (await found(baobab)).mailing_id or 0
    async with baobab.house.database.reading() as work:
        return {
            (each.state, each.reason): each.people
            for each in await DeliveryStore(work).counts(number)
        }


async def until_sent(baobab: Baobab, least: int) -> None:
    """Wait until so many have got it."""
    async with asyncio.timeout(PATIENCE):
        while (await counts(baobab)).get((State.SENT, ""), 0) < least:  # noqa: ASYNC110 -- it leaves by itself
            await asyncio.sleep(0.01)


async def begins(grace: Resident, baobab: Baobab, people: int = FEW) -> None:
    """Send it, and look at how far it has come once the first have got it."""
    await writes(grace, "Hello.")
    await grace.taps("Send it")
    assert f"It goes to {people} people." in grace.last.text
    await grace.taps("Send it now")
    await until_sent(baobab, 3)
    await baobab.progress_bars.tick()
    await grace.look()


async def landed(baobab: Baobab) -> None:
    """Wait until nothing is in the air, and nothing else can leave."""
    await baobab.postman.idle()
    assert (State.CLAIMED, "") not in await counts(baobab)


async def reached(people: list[Resident]) -> list[int]:
    return [len(await news_of(each)) for each in people]


@both_databases
async def test_what_people_do_while_it_is_paused_counts_when_it_goes_on(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    crowd = await residents(baobab, town, ["en"] * FEW)
    await begins(grace, baobab)
    await grace.taps("Pause")
    assert await stage(baobab) is Stage.PAUSED
    await landed(baobab)
    before = await reached(crowd)
    assert 3 <= sum(before) < FEW
    assert await counts(baobab) == {
        (State.SENT, ""): sum(before),
        (State.HELD, ""): FEW - sum(before),
    }
    await baobab.progress_bars.tick()
    await grace.look()
    assert f"Sent: {sum(before)} of {FEW}\nWaiting: {FEW - sum(before)}" in grace.last.text
    without = [each for each, has in zip(crowd, before, strict=True) if not has]
    stops, changes, withdraws = without[:3]
    await stops.says("STOP")
    await stops.taps("Stop messages")
    await changes.says("Soomaali")
    await changes.taps("Soomaali")
    await withdraws.says("/news")
    await withdraws.taps("Stop news")
    heard = {each: len(await news_of(each)) for each in (stops, changes, withdraws)}
    await grace.taps("Go on")
    await baobab.idle()
    assert await stage(baobab) is Stage.DONE
    assert await counts(baobab) == {
        (State.SENT, ""): FEW - 2,
        (State.SKIPPED, "stopped"): 1,
        (State.SKIPPED, "not wanted"): 1,
    }
    others = [each for each in crowd if each not in heard]
    assert [await news_of(each) for each in others] == [[SAID]] * (FEW - 3)
    [said] = (await news_of(changes))[heard[changes] :]
    t = baobab.house.catalogues.translator("so")
    english = t.plain("This update is in English. We do not have it in your language yet.")
    assert said.startswith(f"Hello.\n\n{english}\n\n")
    assert [len(await news_of(each)) - heard[each] for each in (stops, withdraws)] == [0, 0]
    await grace.look()
    [progress] = [each.text for each in grace.messages if "100%" in each.text]
    assert progress.split("\n\n")[3] == (
        f"Sent: {FEW - 2} of {FEW}\nWaiting: 0\nLeft out: 2\n"
        "– do not want news: 1\n– stopped messages: 1"
    )


@both_databases
async def test_of_two_who_press_pause_and_stop_at_once_both_are_answered_and_it_stops(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    esi = await staff(town, baobab, "Esi", Role.VOLUNTEER)
    crowd = await residents(baobab, town, ["en"] * FEW)
    await begins(grace, baobab)
    await esi.says("/broadcast")
    await esi.taps("Sent before")
    await esi.taps("Leaving now: Hello.")
    await esi.taps("Stop")
    # What it asks stays on the screen, however far the sending comes.
    await until_sent(baobab, 5)
    await baobab.progress_bars.tick()
    await esi.look()
    assert "Stop this broadcast?" in esi.last.text
    await asyncio.gather(grace.presses(grace.last.id, "bc:pause:1"), esi.taps("Yes, stop it"))
    assert [len(each.answers) > 0 for each in (grace, esi)] == [True, True]
    await landed(baobab)
    assert await stage(baobab) is Stage.STOPPED
    got = await reached(crowd)
    assert sum(got) < FEW
    assert max(got) == 1
    assert await counts(baobab) == {
        (State.SENT, ""): sum(got),
        (State.SKIPPED, "called off"): FEW - sum(got),
    }
    # What was in the air when it was stopped is counted where its end is shown.
    await baobab.progress_bars.tick()
    await esi.look()
    assert (
        f"Sent: {sum(got)} of {FEW}\nWaiting: 0\nLeft out: {FEW - sum(got)}\n"
        f"– the broadcast was stopped: {FEW - sum(got)}"
    ) in esi.last.text
    assert await screens(baobab) == []
    for verb in ("resume", "pause", "stopped"):
        await grace.presses(grace.last.id, f"bc:{verb}:1")
        assert grace.answers[-1]["text"] == "This has changed meanwhile. Here is how it is now."
    await baobab.postman.idle()
    assert await reached(crowd) == got


@both_databases
async def test_what_is_taken_back_while_it_leaves_is_gone_from_every_chat(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    crowd = await residents(baobab, town, ["en"] * FEW)
    # One message is on its way for long, and arrives only after it was taken back.
    slow = {"kind": "slow", "method": "sendMessage", "chat_id": crowd[1].id, "seconds": 1.5}
    await town.ask("POST", "/faults", json=slow)
    await begins(grace, baobab)
    await grace.taps("Take it back")
    await grace.taps("Yes, take it back")
    assert await stage(baobab) is Stage.RECALLING
    assert (await counts(baobab)).get((State.CLAIMED, ""), 0) > 0
    async with asyncio.timeout(PATIENCE):
        while await stage(baobab) is not Stage.RECALLED:
            await baobab.idle()
    assert await reached(crowd) == [0] * FEW
    broadcast = await found(baobab)
    ended = await counts(baobab)
    sent = ended.pop((State.SENT, ""))
    assert sent >= 3
    assert ended == {(State.SKIPPED, "called off"): FEW - sent}
    async with baobab.house.database.reading() as work:
        recalled = await Running(work, baobab.house.zone).progress(broadcast)
    assert [(each.state, each.people) for each in recalled.counts] == [(State.SENT, sent)]
    await grace.look()
    [told] = [each.text for each in grace.messages if "100%" in each.text]
    assert f"Taken back: {sent} of {sent}\nWaiting: 0" in told


async def test_one_that_is_taken_back_as_it_ends_is_taken_back(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    await writes(grace, "Hello.")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await until_sent(baobab, 1)
    as_it_ended = await found(baobab)
    await grace.presses(grace.last.id, "bc:recall:1")
    async with baobab.house.database.work() as work:  # it looked just before, and comes after
        await Running(work, baobab.house.zone).finish(as_it_ended, baobab.house.clock.now())
    assert await stage(baobab) is Stage.RECALLING
    await baobab.idle()
    assert await stage(baobab) is Stage.RECALLED
    assert await news_of(amina) == []


@both_databases
async def test_whoever_asked_for_it_sees_it_leave_and_so_does_whoever_approved_it(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    asked = grace.last.id
    await baobab.postman.idle()
    await approves(kofi)
    approved = kofi.last.id
    assert len(await screens(baobab)) == 2
    await baobab.idle()
    await baobab.progress_bars.tick()
    for person, number in ((grace, asked), (kofi, approved)):
        await person.look()
        [shown] = [each.text for each in person.messages if each.id == number]
        assert "Sent: 21 of 21\nWaiting: 0" in shown
    assert await screens(baobab) == []
    await grace.presses(asked, "bc:page:0")
    await baobab.progress_bars.tick()
    await grace.look()
    [shown] = [each.text for each in grace.messages if each.id == asked]
    assert shown.startswith("Broadcasts\n")


async def test_one_that_is_deleted_is_shown_nowhere(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    [seen] = await screens(baobab)
    await grace.says("/broadcast")
    await grace.taps("Waits for a second person: Hello.")
    assert await screens(baobab) == [seen]
    await grace.taps("Change the broadcast")
    await grace.taps("Delete the draft")
    await grace.taps("Yes, delete it")
    assert await screens(baobab) == []


async def test_how_it_ended_is_shown_though_telegram_refuses_for_a_while(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    await baobab.postman.idle()
    await approves(kofi)
    await town.ask("POST", "/faults", json={"kind": "429", "method": "editMessageText", "times": 2})
    await baobab.idle()
    assert await stage(baobab) is Stage.DONE
    await baobab.progress_bars.tick()
    await baobab.progress_bars.tick()
    await kofi.look()
    [progress] = [each.text for each in kofi.messages if "100%" in each.text]
    assert "Sent: 21 of 21\nWaiting: 0" in progress
    assert await screens(baobab) == []


async def test_outside_the_hours_it_says_until_when_it_rests(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    crowd = await residents(baobab, town, ["en"] * FEW)
    await begins(grace, baobab)
    await town.forward(8 * 60 * MINUTE)
    await baobab.idle()
    await landed(baobab)
    resting = await reached(crowd)
    assert sum(resting) < FEW
    await baobab.progress_bars.tick()
    await grace.look()
    opens = (baobab.house.clock.now() + DAY).astimezone(LONDON)
    state = f"State: it rests, and goes on by itself: {opens:%A} {opens.day} "
    [rests] = [each.text for each in grace.messages if state in each.text]
    assert rests.split("\n\n")[1].endswith(", 09:00, UK time")
    assert "left" not in rests.split("Waiting")[1]


@both_databases
async def test_one_paused_by_hand_goes_on_with_no_morning(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    crowd = await residents(baobab, town, ["en"] * FEW)
    await begins(grace, baobab)
    await asyncio.gather(grace.taps("Pause"), town.forward(8 * 60 * MINUTE))
    await landed(baobab)
    before = await reached(crowd)
    assert sum(before) < FEW
    await town.forward(16 * 60 * MINUTE)
    await baobab.idle()
    assert await stage(baobab) is Stage.PAUSED
    assert await reached(crowd) == before
    await grace.taps("Go on")
    await baobab.idle()
    assert await stage(baobab) is Stage.DONE
    assert await reached(crowd) == [1] * FEW


async def test_one_that_is_paused_when_nothing_is_left_comes_to_its_end(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    crowd = await residents(baobab, town, ["en"] * FEW)
    await begins(grace, baobab)
    await grace.taps("Pause")
    await landed(baobab)
    for each, has in zip(crowd, await reached(crowd), strict=True):
        if not has:
            await each.says("STOP")
            await each.taps("Stop messages")
    await baobab.progress_bars.tick()
    assert await stage(baobab) is Stage.DONE
    await grace.presses(grace.last.id, "bc:resume:1")
    assert grace.answers[-1]["text"] == "This has changed meanwhile. Here is how it is now."
