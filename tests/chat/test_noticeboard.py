"""What is posted in groups, on its way through the whole bot."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from markupsafe import Markup

from bot.app import Baobab
from bot.broadcasts.leaving import Leaving
from bot.chat.routes import Routes
from bot.clock import Clock
from bot.config import Settings
from bot.db import Work
from bot.db.work import sqlite_path
from bot.delivery.models import Mailing, Reason, Skip, Written
from bot.delivery.outcomes import put_back
from bot.delivery.posts.models import Post
from bot.delivery.posts.service import Posts
from bot.delivery.posts.store import PostStore
from bot.delivery.store import DeliveryStore
from bot.errors import DatabaseBusy
from bot.groups.models import GroupKind
from bot.groups.service import Groups
from bot.groups.store import GroupStore
from bot.message import Message
from handlers import groups as handlers_of_groups
from tests.chat.conftest import both_databases
from tests.support.groups import Assembly, assembled
from tests.support.people import Town
from tests.support.post import NEWS, mailing

if TYPE_CHECKING:
    from bot.db.sqlite import SqliteDatabase

HOUR = timedelta(hours=1)
PATIENCE = 30  # seconds; a hang fails here
UNLOCKED = 0.5  # seconds until the database can be written in again


@dataclass
class Crier:
    """A renderer that says the name of the mailing, and the language of the group."""

    skip: Reason | None = None
    before: Callable[[], Awaitable[None]] | None = None
    cried: list[str] = field(default_factory=list)

    async def write(
        self, work: Work, mailing: Mailing, post: Post, now: datetime
    ) -> Written | Skip:
        """See PostRenderer."""
        assert post.group is not None
        self.cried.append(mailing.name)
        if self.before is not None:
            await self.before()
        if self.skip is not None:
            return Skip(self.skip)
        return Written(Message(Markup("{} {}").format(mailing.name, post.group.language)))


@dataclass
class Square:
    """A running bot that posts, and groups."""

    baobab: Baobab
    town: Town
    crier: Crier

    async def group(self, title: str, *, supergroup: bool = False) -> Assembly:
        """A group that the bot is in, and that gets news."""
        owner = await self.town.person("Amina")
        group = await assembled(self.town, title, owner, supergroup=supergroup)
        await group.lets_the_bot_in()
        async with self.baobab.house.database.work() as work:
            kept = await Groups(work).of_chat(group.id)
            assert kept is not None
            await GroupStore(work).set_kind(kept.id, GroupKind.THINK_TANK, None)
        return group

    async def number(self, group: Assembly) -> int:
        """A group's number of ours."""
        async with self.baobab.house.database.reading() as work:
            kept = await GroupStore(work).of_chat(group.id)
        assert kept is not None
        return kept.id

    async def owe(self, name: str, *groups: Assembly, **changes: Any) -> int:
        """Owe a mailing to groups; its number."""
        now = self.baobab.house.clock.now()
        numbers = [await self.number(group) for group in groups]
        async with self.baobab.house.database.work() as work:
            due = {"due_at": now} | changes
            number = await DeliveryStore(work).add(mailing(name, **due), now)
            assert number is not None
            assert await PostStore(work).owe_to(number, numbers) == len(groups)
            assert await PostStore(work).owe_to(number, numbers) == 0
        return number

    async def counts(self, number: int) -> list[tuple[str, str, int]]:
        """How the posts of a mailing stand."""
        async with self.baobab.house.database.reading() as work:
            return [(str(a), b, c) for a, b, c in await PostStore(work).counts(number)]

    async def read(self, group: Assembly) -> list[str]:
        """What the bot has posted in a group, but for its first words."""
        await self.baobab.idle()
        await group.look()
        return [text for text in group.from_bot if not text.startswith("Thank you")]


def only_groups(routes: Routes) -> None:
    handlers_of_groups.register(routes)


@pytest.fixture
async def square(settings: Settings, clock: Clock, town: Town) -> AsyncIterator[Square]:
    crier = Crier()
    baobab = Baobab(settings, clock, only_groups, post_renderers=lambda _: {NEWS: crier})
    async with baobab:

        async def quiet() -> None:
            await town.sandbox.until_fetched()
            await baobab.idle()

        town.quiet = quiet
        yield Square(baobab, town, crier)


@both_databases
async def test_a_mailing_is_posted_once_in_each_group(square: Square) -> None:
    tank, brent = await square.group("Tank"), await square.group("Brent")
    first = await square.owe("One", tank, brent)
    later = square.baobab.house.clock.now() + HOUR
    second = await square.owe("Two", brent, due_at=later)
    assert await square.read(tank) == ["One en"]
    assert await square.read(brent) == ["One en"]
    assert await square.counts(second) == [("due", "", 1)]
    await square.town.forward(HOUR)
    assert await square.read(brent) == ["One en", "Two en"]
    assert await square.counts(first) == [("sent", "", 2)]
    async with square.baobab.house.database.work() as work:
        again = await DeliveryStore(work).add(mailing("Three", due_at=later), later)
        assert again is not None
        assert await PostStore(work).owe_again(again, first) == 2
        await PostStore(work).claim(later, 2, "somebody who is gone")
        assert await PostStore(work).lose("us", later) == 2  # a change is done again
    assert await square.read(tank) == ["Three en"], "it took the place of what it follows"
    assert await square.read(brent) == ["Three en", "Two en"]


@both_databases
async def test_a_group_that_moved_is_followed_and_told_once(square: Square) -> None:
    old = await square.group("Tank")
    new = await square.group("Tank", supergroup=True)  # as the bot may hear of it first
    moved = {
        "kind": "refuse",
        "method": "sendMessage",
        "chat_id": old.id,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
        "times": None,
    }
    await square.town.ask("POST", "/faults", json=moved)
    number = await square.owe("One", old)
    kept = await square.number(old)
    assert await square.read(new) == ["One en"]
    assert await square.read(old) == []
    assert await square.number(new) == kept
    assert await square.counts(number) == [("sent", "", 1)]
    third = await square.group("Other")
    both = await square.owe("Two", new, third)
    assert await square.read(new) == ["One en", "Two en"]
    assert await square.counts(both) == [("sent", "", 2)]


async def test_a_group_that_had_the_news_under_both_numbers_has_it_once(square: Square) -> None:
    old, new = await square.group("Tank"), await square.group("Tank", supergroup=True)
    later = square.baobab.house.clock.now() + HOUR
    number = await square.owe("One", old, new, due_at=later)
    await old.upgrades()  # the sandbox gives it a third number; the bot hears of it
    async with square.baobab.house.database.work() as work:
        await Posts(work).moved(old.id, new.id, "Tank", later)
    await square.town.forward(HOUR)
    assert await square.read(new) == ["One en"]
    assert await square.counts(number) == [("sent", "", 1)]


async def test_a_group_that_put_the_bot_out_gets_nothing_more(square: Square) -> None:
    group = await square.group("Tank")
    later = square.baobab.house.clock.now() + HOUR
    number = await square.owe("One", group, due_at=later)
    await group.puts_the_bot_out()
    assert await square.counts(number) == [("skipped", "no rights", 1)]
    other = await square.group("Other")
    refused = {
        "kind": "refuse",
        "method": "sendMessage",
        "error_code": 403,
        "description": "Forbidden: bot was kicked from the group chat",
    }
    await square.town.ask("POST", "/faults", json=refused)
    number = await square.owe("Two", other)
    assert await square.read(other) == []
    assert await square.counts(number) == [("failed", "no rights", 1)]
    async with square.baobab.house.database.reading() as work:
        assert await Groups(work).of_chat(other.id) is None


async def test_what_nobody_knows_of_is_not_posted_again(square: Square) -> None:
    group = await square.group("Tank")
    lost = {"kind": "drop_after", "method": "sendMessage"}
    await square.town.ask("POST", "/faults", json=lost)
    number = await square.owe("One", group)
    assert await square.read(group) == ["One en"]
    assert await square.counts(number) == [("unknown", "no answer", 1)]
    # The process before died with one in its hands, and with a change of what is there already.
    now = square.baobab.house.clock.now()
    second = await square.owe("Two", group, due_at=now + HOUR)
    async with square.baobab.house.database.work() as work:
        [post] = await PostStore(work).claim(now + HOUR, 1, "somebody else")
        assert await PostStore(work).lose("us", now) == 1
    assert await square.counts(second) == [("unknown", "crash", 1)]
    assert post.group is not None
    await square.town.forward(HOUR)
    assert await square.read(group) == ["One en"]


async def test_a_flood_wait_and_a_pause_hold_posts_back(square: Square) -> None:
    group = await square.group("Tank")
    flood = {"kind": "429", "method": "sendMessage", "retry_after": 3600}
    await square.town.ask("POST", "/faults", json=flood)
    number = await square.owe("One", group)
    assert await square.read(group) == []
    assert await square.counts(number) == [("due", "", 1)]
    async with square.baobab.house.database.work() as work:
        await PostStore(work).pause(number)
    assert await square.counts(number) == [("held", "", 1)]
    async with square.baobab.house.database.work() as work:
        await PostStore(work).resume(number)
        await PostStore(work).call_off(number, square.baobab.house.clock.now())
    assert await square.counts(number) == [("skipped", "called off", 1)]


async def test_a_flood_wait_holds_for_all_groups_at_once(square: Square) -> None:
    groups = [await square.group(f"Tank {number}") for number in range(3)]
    flood = {"kind": "429", "method": "sendMessage", "retry_after": 3600}
    await square.town.ask("POST", "/faults", json=flood)
    number = await square.owe("One", *groups)
    assert [await square.read(group) for group in groups] == [[], [], []]
    assert await square.counts(number) == [("due", "", 3)]


@both_databases
@pytest.mark.parametrize("ends", [("held", ""), ("skipped", "called off")])
async def test_what_is_in_hand_when_it_is_held_is_not_posted(
    square: Square, ends: tuple[str, str]
) -> None:
    groups = [await square.group(f"Tank {number}") for number in range(3)]
    later = square.baobab.house.clock.now() + HOUR
    number = await square.owe("One", *groups, due_at=later)

    async def holds() -> None:
        square.crier.before = None
        async with square.baobab.house.database.work() as work:
            leaving = Leaving(work)
            if ends[0] == "held":
                await leaving.pause(number)
            else:
                await leaving.call_off(number, later)

    square.crier.before = holds
    await square.town.forward(HOUR)
    assert await square.read(groups[0]) == ["One en"]  # it was being written already
    assert [await square.read(group) for group in groups[1:]] == [[], []]
    assert sorted(await square.counts(number)) == sorted([("sent", "", 1), (*ends, 2)])


async def test_nothing_sticks_in_hand_while_the_database_is_busy(
    square: Square, settings: Settings
) -> None:
    group, other = await square.group("Tank"), await square.group("Other")
    later = square.baobab.house.clock.now() + HOUR
    number = await square.owe("One", group, other, due_at=later)
    cast("SqliteDatabase", square.baobab.house.database)._patience = 0
    with closing(sqlite3.connect(sqlite_path(settings.database_url), timeout=1)) as elsewhere:

        async def locks() -> None:
            square.crier.before = None
            elsewhere.execute("BEGIN IMMEDIATE")
            asyncio.get_running_loop().call_later(UNLOCKED, elsewhere.rollback)
            raise DatabaseBusy

        square.crier.before = locks
        await square.town.ask("POST", "/clock", json={"seconds": HOUR.total_seconds()})
        async with asyncio.timeout(PATIENCE):
            while await square.counts(number) != [("sent", "", 2)]:  # noqa: ASYNC110 -- it goes by itself
                await asyncio.sleep(0.05)
    assert await square.read(group) == ["One en"]
    assert await square.read(other) == ["One en"]


async def test_the_renderer_has_the_last_word(square: Square) -> None:
    group = await square.group("Tank")
    square.crier.skip = Reason.OVER
    number = await square.owe("One", group)
    assert await square.read(group) == []
    assert await square.counts(number) == [("skipped", "over", 1)]
    assert square.crier.cried == ["One"]


async def test_a_flood_wait_holds_back_the_groups_that_come_after(square: Square) -> None:
    groups = [await square.group(f"Tank {number}") for number in range(4)]
    flood = {"kind": "429", "method": "sendMessage", "retry_after": 3600}
    await square.town.ask("POST", "/faults", json=flood)
    number = await square.owe("One", *groups)
    assert [await square.read(group) for group in groups] == [[], [], [], []]
    assert await square.counts(number) == [("due", "", 4)]


async def test_what_comes_back_to_a_stopped_mailing_is_over(square: Square) -> None:
    group = await square.group("Tank")
    now = square.baobab.house.clock.now()
    number = await square.owe("One", group, due_at=now + HOUR)
    async with square.baobab.house.database.work() as work:
        posts = PostStore(work)
        [taken] = await posts.claim(now + HOUR, 9, "somebody")
        await Leaving(work).call_off(number, now)
        await posts.settle(put_back(taken.delivery), "somebody", now)
    assert await square.counts(number) == [("skipped", "called off", 1)]


async def test_what_was_taken_before_a_pause_is_put_back(square: Square) -> None:
    group = await square.group("Tank")
    now = square.baobab.house.clock.now()
    number = await square.owe("One", group, due_at=now + HOUR)
    board = square.baobab.noticeboard
    async with square.baobab.house.database.work() as work:
        [taken] = await PostStore(work).claim(now + HOUR, 9, "somebody")
        await Leaving(work).pause(number)
        assert await board._written(work, taken, now) == put_back(taken.delivery)
