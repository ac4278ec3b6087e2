"""What is owed when something comes between: trouble, a stop, an end."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.clock import Clock
from bot.config import Settings
from bot.db.work import sqlite_path
from bot.delivery.lease import Lease
from bot.delivery.models import Lane
from bot.delivery.store import DeliveryStore
from bot.errors import DatabaseBusy
from bot.people.service import People
from bot.sandbox import Sandbox
from tests.chat.conftest import both_databases
from tests.support.databases import opened
from tests.support.people import Town
from tests.support.post import DAY, PostOffice, Reporter, mailing, open_office

if TYPE_CHECKING:
    from bot.db.sqlite import SqliteDatabase

SENT = ("sent", "", 1)


async def test_nothing_is_lost_while_telegram_cannot_be_reached(
    office: PostOffice, sandbox: Sandbox
) -> None:
    people = await office.people(*(f"P{number}" for number in range(20)))
    await sandbox.stop()
    await office.owe((mailing("Now"), people))
    await office.baobab.postman.idle()
    assert [await office.ends(each) for each in people] == [[("due", "", 0)]] * 20
    loop = asyncio.get_running_loop()
    began = loop.time()
    await sandbox.start()
    await office.until(*people, state="sent")
    assert loop.time() - began < 10
    assert [await office.ends(each) for each in people] == [[SENT]] * 20
    assert await office.tried() == ["Now"] * 20


async def test_a_token_that_is_not_known_any_more_loses_nothing(
    office: PostOffice, sandbox: Sandbox
) -> None:
    [amina] = await office.people("Amina")
    bot = sandbox.world.bots.pop(sandbox.token)
    await office.owe((mailing("Now"), [amina]))
    await office.baobab.postman.idle()
    assert await office.ends(amina) == [("due", "", 0)]
    sandbox.world.bots[bot.token] = bot
    await office.until(amina, state="sent")
    assert await office.ends(amina) == [SENT]


async def test_an_answer_that_nobody_understands_is_no_answer(
    settings: Settings, clock: Clock, town: Town
) -> None:
    """Whatever stands between us and Telegram may say anything."""
    nonsense = ["[]", "null", '{"ok": true}', '{"ok": true, "result": {}}', "<html>", ""]

    async def pass_on(request: web.Request) -> web.Response:
        body = await request.read()
        if b"Now" in body:
            return web.Response(text=nonsense.pop())
        url = f"{town.sandbox.url}{request.path}"
        async with session.post(url, data=body, headers=request.headers) as answer:
            return web.Response(body=await answer.read(), status=answer.status)

    between = web.Application()
    between.router.add_post("/{path:.*}", pass_on)
    async with ClientSession() as session, TestServer(between) as server:
        near = settings.model_copy(update={"api_url": f"http://127.0.0.1:{server.port}"})
        async with open_office(near, clock, town, Reporter()) as office:
            people = await office.people(*"ABCDEF")
            await office.tell((mailing("Now"), people))
            assert [await office.ends(each) for each in people] == [
                [("unknown", "no answer", 1)]
            ] * 6
            await office.tell((mailing("More"), people))
            assert [await office.heard(each) for each in people] == [["More"]] * 6


@both_databases
async def test_somebody_who_stops_between_claim_and_sending_gets_nothing(
    office: PostOffice,
) -> None:
    amina, bilal = people = await office.people("Amina", "Bilal")

    async def amina_stops() -> None:
        await office.town.ask("POST", f"/people/{amina.id}/say", json={"text": "/stop"})
        await office.baobab.turnstile.idle()
        await office.town.sandbox.until_fetched()
        await office.baobab.turnstile.idle()
        await amina.look()
        screen = amina.last.id
        body = {"message_id": screen, "data": "stop"}
        await office.town.ask("POST", f"/people/{amina.id}/tap", json=body)
        await office.town.sandbox.until_fetched()
        await office.baobab.turnstile.idle()

    office.reporter.before["Now"] = amina_stops
    await office.tell((mailing("Now"), people))
    assert not await office.wants_messages(amina)
    assert await office.ends(amina) == [("skipped", "stopped", 1)]
    assert "Now" not in await office.heard(amina)
    assert await office.heard(bilal) == ["Now"]


async def test_somebody_who_stops_while_others_are_served_gets_nothing(
    settings: Settings, clock: Clock, town: Town
) -> None:
    """Two are claimed at a time; the second waits for the pace."""
    slow = settings.model_copy(update={"messages_per_second": 1})
    async with open_office(slow, clock, town, Reporter()) as office:
        amina, bilal = await office.people("Amina", "Bilal")
        await office.owe((mailing("Now"), [amina, bilal]))
        await office.until_tried("Now")
        number = await office.number(bilal)
        async with office.baobab.house.database.work() as work:
            await People(work).stop(number, office.now)
        office.baobab.carriers.hush(number)
        await office.baobab.idle()
        assert await office.tried() == ["Now"]
        [[state, reason, _]] = await office.ends(bilal)
        assert (state, reason) == ("skipped", "stopped")


async def test_somebody_who_stopped_before_is_owed_nothing(office: PostOffice) -> None:
    [amina] = await office.people("Amina")
    async with office.baobab.house.database.work() as work:
        await People(work).stop(await office.number(amina), office.now)
    await office.tell((mailing("Now"), [amina]))
    assert await office.ends(amina) == [("skipped", "stopped", 1)]
    assert await office.heard(amina) == []


@both_databases
async def test_somebody_who_is_erased_in_between_hears_nothing_and_holds_up_nobody(
    office: PostOffice,
) -> None:
    amina, bilal = await office.people("Amina", "Bilal")

    async def amina_is_erased() -> None:
        await office.erase(amina)

    office.reporter.before["Now"] = amina_is_erased
    await office.tell((mailing("Now"), [amina, bilal]))
    await office.tell((mailing("More"), [bilal]))
    assert "Now" not in await office.heard(amina)
    assert await office.heard(bilal) == ["Now", "More"]
    assert await office.ends(bilal) == [SENT, SENT]


async def test_somebody_who_is_erased_and_blocks_the_bot_holds_up_nobody(
    office: PostOffice,
) -> None:
    amina, bilal = await office.people("Amina", "Bilal")
    await office.fault("slow", chat_id=amina.id, seconds=0.2)
    await office.owe((mailing("Now"), [amina]))
    await office.until_flying(1)
    office.town.sandbox.bot.chats[amina.id].blocked = True
    await office.erase(amina)
    await office.baobab.idle()
    await office.tell((mailing("More"), [bilal]))
    assert await office.heard(bilal) == ["More"]


async def test_a_plan_that_fails_holds_up_nothing_that_is_owed_already(
    office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fails(_now: datetime) -> None:
        raise ValueError("private words")

    [amina] = await office.people("Amina")
    office.baobab.postman._plan = fails
    await office.tell((mailing("Now"), [amina]))
    assert await office.ends(amina) == [SENT]
    said = capsys.readouterr().out
    assert "what is due could not be planned" in said
    assert "private words" not in said


@both_databases
async def test_a_database_that_is_busy_while_it_is_written_loses_nothing(
    office: PostOffice,
) -> None:
    people = await office.people("Amina", "Bilal")
    busy = iter([True])

    async def is_busy() -> None:
        if next(busy, False):
            raise DatabaseBusy("for a moment")

    office.reporter.before["Now"] = is_busy
    await office.owe((mailing("Now"), people))
    await office.until(*people, state="sent")
    assert [await office.ends(each) for each in people] == [[SENT], [SENT]]
    assert await office.tried() == ["Now", "Now"]


async def test_a_database_that_is_locked_while_it_is_noted_loses_nothing(
    office: PostOffice, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    amina, bilal = await office.people("Amina", "Bilal")
    database = cast("SqliteDatabase", office.baobab.house.database)
    database._patience = 0
    await office.fault("slow", chat_id=amina.id, seconds=0.1)
    await office.owe((mailing("Now"), [amina]))
    await office.until_flying(1)
    with closing(sqlite3.connect(sqlite_path(settings.database_url))) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        said = ""
        while "the database is busy; what is owed waits" not in said:
            await asyncio.sleep(0)
            said += capsys.readouterr().out
        assert (await office.ends(amina))[0][0] == "claimed"
        other.execute("ROLLBACK")
    await office.until(amina, state="sent")
    await office.tell((mailing("More"), [bilal]))
    assert await office.tried() == ["Now", "More"]
    assert await office.ends(amina) == await office.ends(bilal) == [SENT]


async def test_nobody_waits_for_somebody_else_s_slow_answer(office: PostOffice) -> None:
    slow, quick = await office.people("Slow", "Quick")
    others = await office.people("A", "B", "C")
    for each in (slow, *others):
        await office.fault("slow", chat_id=each.id, seconds=1)
    await office.owe((mailing("Slow"), [slow, *others]))
    await office.until_flying(4)
    await office.owe((mailing("Quick"), [quick]))
    office.baobab.postman.ring()
    await office.until_tried("Slow")
    assert (await office.tried())[0] == "Quick"
    await office.baobab.idle()


@both_databases
async def test_what_was_not_tried_is_put_back_at_the_end_and_sent_by_the_next(
    settings: Settings, clock: Clock, town: Town
) -> None:
    paced = settings.model_copy(update={"messages_per_second": 20})
    async with open_office(paced, clock, town, Reporter()) as office:
        people = await office.people(*(f"P{number}" for number in range(12)))
        await office.owe((mailing("Now"), people))
        await office.until_tried("Now")
    tried = await office.tried()
    assert 1 <= len(tried) < 12
    async with open_office(settings, clock, town, Reporter()) as again:
        again._seen = office._seen
        await again.baobab.idle()
        assert [await again.ends(each) for each in people] == [[SENT]] * 12
        assert await again.tried() == ["Now"] * 12


async def test_what_is_under_way_at_the_end_is_noted(
    settings: Settings, clock: Clock, town: Town
) -> None:
    async with open_office(settings, clock, town, Reporter()) as office:
        [amina] = await office.people("Amina")
        await office.fault("slow", seconds=0.1)
        await office.owe((mailing("Now"), [amina]))
        office.baobab.postman.ring()
        await office.until_flying(1)
    async with open_office(settings, clock, town, Reporter()) as office:
        await office.baobab.idle()
        assert await office.ends(amina) == [SENT]
        assert await office.heard(amina) == ["Now"]


@both_databases
async def test_an_end_while_it_is_written_loses_nothing(
    settings: Settings, clock: Clock, town: Town
) -> None:
    writes = asyncio.Event()

    async def for_ever() -> None:
        writes.set()
        await asyncio.Event().wait()

    async with open_office(settings, clock, town, Reporter()) as office:
        [amina] = await office.people("Amina")
        office.reporter.before["Now"] = for_ever
        await office.owe((mailing("Now"), [amina]))
        await writes.wait()
    async with open_office(settings, clock, town, Reporter()) as office:
        await office.baobab.idle()
        assert await office.ends(amina) == [SENT]


@both_databases
async def test_what_a_crash_left_in_the_middle_is_unknown_and_told_of(
    settings: Settings, clock: Clock, town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_office(settings, clock, town, Reporter()) as office:
        amina, bilal = people = await office.people("Amina", "Bilal")
        database = office.baobab.house.database
        await office.owe((mailing("Now", due_at=office.now + DAY), people))
        async with database.work() as work:
            then = office.now + DAY  # nothing is due yet, so this bot leaves it alone
            taken = await DeliveryStore(work).claim(Lane.NOTICE, then, 1, "elsewhere:1:a")
    assert [each.person_id for each in taken] == [1]
    clock.forward(DAY)
    async with open_office(settings, clock, town, Reporter()) as office:
        await office.baobab.idle()
        assert await office.ends(amina) == [("unknown", "crash", 1)]
        assert await office.ends(bilal) == [SENT]
        assert "deliveries are unknown after a crash" in capsys.readouterr().out


async def test_a_bot_that_ends_leaves_the_right_to_deliver_to_anybody(
    settings: Settings, clock: Clock, town: Town
) -> None:
    other = Lease("delivery", "another-machine:1:a")
    async with (
        open_office(settings, clock, town, Reporter()) as office,
        office.baobab.house.database.work() as work,
    ):
        assert not await other.take(work, clock.now())
    async with opened(settings.database_url) as database, database.work() as work:
        assert await other.take(work, clock.now())


@both_databases
async def test_two_share_a_database_and_one_delivers(
    settings: Settings, clock: Clock, town: Town
) -> None:
    async with open_office(settings, clock, town, Reporter()) as first:
        [amina] = await first.people("Amina")
        await first.tell((mailing("One"), [amina]))
        async with first.baobab.house.database.work() as work:
            await Lease("delivery", first.baobab.duty.lease.holder).end(work)
            assert await Lease("delivery", "elsewhere:1:a").take(work, first.now)
        await first.baobab.duty.keep()
        await first.tell((mailing("Two"), [amina]))
        assert await first.ends(amina) == [SENT, ("due", "", 0)]
        clock.forward(timedelta(seconds=7))
        await first.baobab.duty.keep()
        await first.baobab.idle()
        assert await first.heard(amina) == ["One", "Two"]
