"""What is owed, on its way through the whole bot to people's chats."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import Clock, from_micros
from bot.config import Settings
from bot.delivery.models import Lane, Reason
from bot.delivery.store import DeliveryStore
from bot.people.service import People
from tests.chat.conftest import both_databases
from tests.support.people import Town
from tests.support.post import DAY, PostOffice, Reporter, mailing, open_office

SENT = ("sent", "", 1)


@both_databases
async def test_everybody_hears_what_they_are_owed_once(office: PostOffice) -> None:
    amina, bilal = people = await office.people("Amina", "Bilal")
    await office.tell((mailing("One"), people), (mailing("Two"), [bilal]))
    assert await office.heard(amina) == ["One"]
    assert await office.heard(bilal) == ["One", "Two"]
    [row] = await office.rows(amina)
    assert row.end == SENT
    assert row.message_id == amina.last.id
    assert row.claimed_by is None
    await office.baobab.idle()
    assert await office.tried() == ["One", "One", "Two"]


async def test_what_is_due_later_leaves_when_the_time_comes(office: PostOffice) -> None:
    [amina] = await office.people("Amina")
    await office.tell((mailing("Later", due_at=office.now + timedelta(hours=1)), [amina]))
    assert await office.heard(amina) == []
    await office.town.forward(timedelta(hours=1))
    assert await office.heard(amina) == ["Later"]


async def test_notices_go_before_what_was_due_long_before(office: PostOffice) -> None:
    people = await office.people("Amina", "Bilal", "Chan", "Dina")
    earlier = office.now - timedelta(hours=1)
    update = mailing("Update", lane=Lane.BROADCAST, due_at=earlier)
    await office.tell((update, people[:2]), (mailing("Notice"), people[2:]))
    assert await office.tried() == ["Notice", "Notice", "Update", "Update"]


async def test_notices_come_between_many_updates(
    settings: Settings, clock: Clock, town: Town
) -> None:
    paced = settings.model_copy(update={"messages_per_second": 30})
    async with open_office(paced, clock, town, Reporter()) as office:
        people = await office.people(*(f"P{number}" for number in range(12)))
        await office.owe((mailing("Update", lane=Lane.BROADCAST), people[:11]))
        await office.until_tried("Update")
        await office.owe((mailing("Notice"), people[11:]))
        before = len(await office.tried())
        await office.until(*people, state="sent")
        tried = await office.tried()
        # What was claimed before it came goes first, and that is little.
        assert tried.index("Notice") <= before + 2 * office.baobab.carriers._pacer.pace.at_once
        assert sorted(tried) == ["Notice", *["Update"] * 11]


async def test_a_flood_stops_its_own_lane_for_as_long_as_it_says(office: PostOffice) -> None:
    amina, bilal, chan = await office.people("Amina", "Bilal", "Chan")
    await office.fault("429", chat_id=amina.id, retry_after=2)
    loop = asyncio.get_running_loop()
    began = loop.time()
    update = mailing("Update", lane=Lane.BROADCAST)
    await office.tell((update, [amina]))
    [row] = await office.rows(amina)
    assert row.end == ("due", "", 0)
    await office.tell((mailing("Notice"), [bilal]), (mailing("U2", lane=Lane.BROADCAST), [chan]))
    assert await office.heard(bilal) == ["Notice"]
    await chan.says("/help")
    assert len(await office.heard(chan)) == 1
    assert await office.ends(chan) == [("due", "", 0)]
    assert loop.time() - began < 2
    await office.until(amina, bilal, chan, state="sent")
    assert round(loop.time() - began, 3) >= 2
    assert await office.ends(amina) == await office.ends(chan) == [SENT]


async def test_a_flood_of_notices_lets_updates_go(office: PostOffice) -> None:
    amina, bilal = await office.people("Amina", "Bilal")
    await office.fault("429", chat_id=amina.id, retry_after=30)
    await office.tell((mailing("Notice"), [amina]))
    await office.tell((mailing("Update", lane=Lane.BROADCAST), [bilal]))
    assert await office.ends(amina) == [("due", "", 0)]
    assert await office.heard(bilal) == ["Update"]


@both_databases
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Forbidden: bot was blocked by the user", "blocked"),
        ("Forbidden: user is deactivated", "deactivated"),
    ],
)
async def test_whoever_is_gone_is_owed_nothing_more(
    office: PostOffice, words: str, reason: str
) -> None:
    amina, bilal = people = await office.people("Amina", "Bilal")
    await office.owe((mailing("Later", due_at=office.now + timedelta(hours=1)), people))
    await office.refuse(amina, 403, words)
    await office.tell((mailing("Now"), people))
    assert await office.ends(amina) == [("skipped", reason, 0), ("skipped", reason, 1)]
    assert not await office.wants_messages(amina)
    await office.tell((mailing("More"), people))
    assert await office.ends(amina) == [
        ("skipped", reason, 0), ("skipped", reason, 1), ("skipped", "blocked", 1),
    ]  # fmt: skip
    assert await office.tried() == ["Now", "Now", "More"]
    assert await office.heard(bilal) == ["Now", "More"]


@pytest.mark.parametrize(
    ("code", "words", "reason"),
    [
        (400, "Bad Request: chat not found", "chat not found"),
        (403, "Forbidden: bot can't initiate conversation with a user", "never started"),
        (400, "Bad Request: not enough rights to send text messages to the chat", "no rights"),
        (403, "Forbidden: bot was kicked from the group chat", "no rights"),
        (400, "Bad Request: message is too long", "refused"),
    ],
)
async def test_nothing_else_keeps_later_messages_from_anybody(
    office: PostOffice, code: int, words: str, reason: str
) -> None:
    [amina] = await office.people("Amina")
    await office.refuse(amina, code, words)
    await office.tell((mailing("Now"), [amina]))
    await office.tell((mailing("More"), [amina]))
    assert await office.ends(amina) == [("failed", reason, 1), SENT]
    assert await office.wants_messages(amina)
    assert await office.heard(amina) == ["More"]


async def test_a_refusal_that_quotes_the_message_is_logged_without_it(
    office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    [amina] = await office.people("Amina")
    await office.refuse(amina, 400, 'Bad Request: wrong HTML in "private words"')
    await office.tell((mailing("private words"), [amina]))
    said = capsys.readouterr().out
    assert "a delivery was refused" in said
    assert "private words" not in said


@both_databases
async def test_a_group_that_moved_hears_it_in_its_new_place(office: PostOffice) -> None:
    old, new = await office.people("Old", "New")
    async with office.baobab.house.database.work() as work:  # nobody here knows the new place yet
        await People(work).moved(await office.number(new), -1)
    await office.refuse(
        old, 400, "Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=new.id,
    )  # fmt: skip
    await office.tell((mailing("Moved"), [old]))
    assert await office.heard(old) == []
    assert await office.heard(new) == ["Moved"]
    assert await office.ends(new) == [("sent", "", 2)]


async def test_a_group_whose_new_place_is_taken_is_given_up(office: PostOffice) -> None:
    old, new = await office.people("Old", "New")
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    for _ in range(10):
        await office.refuse(old, 400, words, migrate_to_chat_id=new.id)
    await office.tell((mailing("Moved"), [old]))
    assert await office.ends(old) == [("failed", "tried too often", 8)]
    assert await office.heard(new) == []


@both_databases
@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_that_fails_is_tried_again_later(office: PostOffice, status: int) -> None:
    [amina] = await office.people("Amina")
    await office.fault("5xx", status=status)
    before = office.now
    await office.tell((mailing("Now"), [amina]))
    [row] = await office.rows(amina)
    assert row.end == ("retry", "", 1)
    assert timedelta(seconds=8) <= row.due_at - before <= timedelta(seconds=13)
    await office.town.forward(timedelta(seconds=13))
    assert await office.ends(amina) == [("sent", "", 2)]
    assert await office.heard(amina) == ["Now"]


async def test_a_server_that_fails_for_hours_is_given_up(office: PostOffice) -> None:
    [amina] = await office.people("Amina")
    await office.fault("5xx", times=None)
    await office.owe((mailing("Now"), [amina]))
    for _ in range(8):
        await office.town.forward(timedelta(seconds=2200))
    assert await office.ends(amina) == [("failed", "tried too often", 8)]
    assert await office.tried() == ["Now"] * 8


@pytest.mark.parametrize(("kind", "heard"), [("drop", []), ("drop_after", ["Now"])])
async def test_what_may_have_arrived_is_never_sent_again(
    office: PostOffice, kind: str, heard: list[str]
) -> None:
    [amina] = await office.people("Amina")
    await office.fault(kind)
    await office.tell((mailing("Now"), [amina]))
    await office.town.forward(DAY)
    assert await office.ends(amina) == [("unknown", "no answer", 1)]
    assert await office.heard(amina) == heard


async def test_a_gateway_that_gave_up_waiting_may_have_passed_it_on(office: PostOffice) -> None:
    [amina] = await office.people("Amina")
    await office.fault("5xx", status=504)
    await office.tell((mailing("Now"), [amina]))
    assert await office.ends(amina) == [("unknown", "no answer", 1)]


async def test_what_comes_too_late_is_missed(office: PostOffice) -> None:
    [amina] = await office.people("Amina")
    now = office.now
    late = mailing("Late", due_at=now - DAY, not_after=now - timedelta(seconds=1))
    await office.tell((late, [amina]))
    assert await office.ends(amina) == [("skipped", "missed", 1)]
    assert await office.heard(amina) == []


async def test_what_is_not_to_be_said_is_kept_with_its_reason(office: PostOffice) -> None:
    [amina] = await office.people("Amina")
    office.reporter.skips["Now"] = Reason.MOVED
    await office.tell((mailing("Now"), [amina]))
    assert await office.ends(amina) == [("skipped", "moved", 1)]
    assert await office.heard(amina) == []


async def test_a_mailing_that_cannot_be_written_fails_alone_and_without_its_words_in_the_log(
    office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    people = await office.people("Amina", "Bilal")

    async def fails() -> None:
        raise ValueError("private words")

    office.reporter.before["Bad"] = fails
    await office.tell((mailing("Bad"), people), (mailing("Good", due_at=office.now), people))
    await office.baobab.idle()
    for each in people:
        assert await office.ends(each) == [("failed", "could not be written", 1), SENT]
        assert await office.heard(each) == ["Good"]
    said = capsys.readouterr().out
    assert "a mailing could not be written" in said
    assert "private words" not in said


async def test_a_mailing_that_nobody_writes_fails_alone(
    office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    amina, bilal = await office.people("Amina", "Bilal")
    strange = mailing("Strange", kind="of a later version")
    await office.tell((strange, [amina]), (mailing("Good"), [bilal]))
    assert await office.ends(amina) == [("failed", "could not be written", 1)]
    assert await office.heard(bilal) == ["Good"]
    assert "nobody writes mailings of this kind" in capsys.readouterr().out


async def test_a_message_that_cannot_be_made_ready_fails_alone(
    office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    amina, bilal = await office.people("Amina", "Bilal")
    bad = mailing("Bad", details={"button": "x" * 100})
    await office.tell((bad, [amina]), (mailing("Good"), [bilal]))
    assert await office.ends(amina) == [("failed", "could not be written", 1)]
    assert await office.heard(bilal) == ["Good"]


async def test_a_second_message_to_a_chat_waits_its_second(
    settings: Settings, clock: Clock, town: Town
) -> None:
    paced = settings.model_copy(update={"messages_per_chat_per_second": 4})
    async with open_office(paced, clock, town, Reporter()) as office:
        amina, bilal = await office.people("Amina", "Bilal")
        loop = asyncio.get_running_loop()
        began = loop.time()
        await office.tell((mailing("One"), [amina]), (mailing("Two"), [amina, bilal]))
        await office.until(amina, bilal, state="sent")
        assert await office.tried() == ["One", "Two", "Two"]
        assert round(loop.time() - began, 3) >= 0.25
        assert await office.ends(amina) == [SENT, SENT]


async def test_whoever_pays_for_speed_says_so(settings: Settings, clock: Clock, town: Town) -> None:
    paying = settings.model_copy(update={"paid_messages": True})
    async with open_office(paying, clock, town, Reporter()) as office:
        [amina] = await office.people("Amina")
        await office.tell((mailing("Now"), [amina]))
        [call] = (await town.ask("GET", "/log"))[office._seen :]
        assert call["params"]["allow_paid_broadcast"] is True


async def test_a_message_counts_as_sent_when_it_left_and_not_when_that_was_noted(
    office: PostOffice, clock: Clock
) -> None:
    [amina] = await office.people("Amina")
    await office.fault("slow", chat_id=amina.id, seconds=0.2)
    sent_at = clock.now()
    await office.owe((mailing("Now"), [amina]))
    await office.until_flying(1)
    while office.baobab.carriers.flying:  # noqa: ASYNC110 -- the very moment matters
        await asyncio.sleep(0)
    clock.forward(timedelta(days=1))
    await office.until(amina, state="sent")
    async with office.baobab.house.database.reading() as work:
        person = await People(work).find(amina.id)
        assert person is not None
        [row] = await DeliveryStore(work).of_person(person.id)
    assert from_micros(row["settled_at"]) - sent_at < timedelta(hours=1)


async def test_what_is_owed_of_a_mailing_that_is_paused_or_stopped_does_not_leave(
    office: PostOffice,
) -> None:
    amina, bilal = await office.people("Amina", "Bilal")
    await office.tell((mailing("Paused"), []), (mailing("Stopped"), []))
    numbers = [await office.number(each) for each in (amina, bilal)]
    async with office.baobab.house.database.work() as work:
        store = DeliveryStore(work)
        paused, off = [(await store.named(name) or mailing()).id for name in ("Paused", "Stopped")]
        await store.pause(paused)
        await store.call_off(off, office.now)
        # As if it had been put back while that was written down.
        await store.owe_to(paused, numbers[:1])
        await store.owe_to(off, numbers[1:])
    await office.baobab.idle()
    assert await office.ends(amina) == [("held", "", 0)]
    assert await office.ends(bilal) == [("skipped", "called off", 0)]
    assert await office.tried() == []
    async with office.baobab.house.database.work() as work:
        await DeliveryStore(work).resume(paused)
    await office.baobab.idle()
    assert await office.heard(amina) == ["Paused"]
