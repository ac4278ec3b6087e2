from datetime import UTC, datetime, timedelta

from bot.chat.inbox import REMEMBER, Arrived, Inbox, Meta
from bot.chat.outgoing import Call
from bot.db import Database

NOW = datetime(2026, 10, 17, 12, tzinfo=UTC)
FIRST = Arrived(11, 7, '{"update_id":11}')
SECOND = Arrived(12, 8, '{"update_id":12}')
HELLO = [Call("sendMessage", {"chat_id": 7, "text": "Hello"})]


async def test_an_update_is_kept_once(db: Database) -> None:
    async with db.work() as work:
        assert await Inbox(work).put([FIRST, SECOND, FIRST], NOW) == [FIRST, SECOND]
    async with db.work() as work:
        assert await Inbox(work).put([SECOND, Arrived(13, 7, "{}")], NOW) == [Arrived(13, 7, "{}")]


async def test_an_update_that_was_handled_and_removed_is_still_known(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work)
        await inbox.put([FIRST], NOW)
        await inbox.claim(11)
        await inbox.handled(11, [])
        assert await inbox.depth() == 0
        assert await inbox.put([FIRST], NOW) == []


async def test_only_one_takes_an_update(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work)
        await inbox.put([FIRST], NOW)
        assert await inbox.claim(11)
        await inbox.handled(11, HELLO)
    async with db.work() as work:
        assert not await Inbox(work).claim(11)


async def test_an_answer_stays_until_it_is_sent_and_what_was_said_does_not(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work)
        await inbox.put([FIRST, SECOND], NOW)
        await inbox.claim(11)
        await inbox.handled(11, HELLO)
        left = await inbox.left_over(NOW + timedelta(seconds=1))
    assert [(each.update_id, each.body) for each in left] == [(11, ""), (12, '{"update_id":12}')]
    assert Call.many_from_json(left[0].replies or "") == HELLO
    async with db.work() as work:
        inbox = Inbox(work)
        await inbox.sent([11])
        assert await inbox.left_over(NOW + timedelta(seconds=1)) == [SECOND]


async def test_numbers_are_forgotten_when_telegram_repeats_no_more(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work)
        await inbox.put([FIRST], NOW)
        await inbox.claim(11)
        await inbox.handled(11, [])
        await inbox.tidy(NOW + REMEMBER + timedelta(seconds=1))
        assert await inbox.put([FIRST], NOW) == [FIRST]


async def test_a_persons_updates_can_be_erased_but_for_the_one_in_hand(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work)
        await inbox.put([FIRST, SECOND, Arrived(13, 7, "{}")], NOW)
        assert await inbox.held_about(7) == {"updates_in_hand": 2}
        await inbox.forget(7, but=13)
        assert await inbox.held_about(7) == {"updates_in_hand": 1}
        assert await inbox.depth() == 2


async def test_facts_are_kept_by_name(db: Database) -> None:
    async with db.work() as work:
        meta = Meta(work)
        assert await meta.get("menus") is None
        await meta.set("menus", "a")
        await meta.set("menus", "b")
        assert await meta.get("menus") == "b"
