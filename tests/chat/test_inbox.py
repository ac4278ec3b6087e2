from datetime import UTC, datetime, timedelta

from bot.chat.inbox import ENOUGH, REMEMBER, Arrived, Inbox, Meta
from bot.chat.outgoing import Call
from bot.db import Database, load_queries
from bot.people.vault import Vault

RAW = load_queries(__file__)
VAULT = Vault(bytes(32))
A_MINUTE = timedelta(minutes=1)
NOW = datetime(2026, 10, 17, 12, tzinfo=UTC)
FIRST = Arrived(11, 7, '{"update_id":11}')
SECOND = Arrived(12, 8, '{"update_id":12}')
HELLO = [Call("sendMessage", {"chat_id": 7, "text": "Hello"})]


async def test_an_update_is_kept_once(db: Database) -> None:
    async with db.work() as work:
        assert await Inbox(work, VAULT).put([FIRST, SECOND, FIRST], NOW) == [FIRST, SECOND]
    async with db.work() as work:
        assert await Inbox(work, VAULT).put([SECOND, Arrived(13, 7, "{}")], NOW) == [
            Arrived(13, 7, "{}")
        ]


async def test_an_update_that_was_handled_and_removed_is_still_known(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work, VAULT)
        await inbox.put([FIRST], NOW)
        await inbox.claim(11)
        await inbox.handled(FIRST, [], NOW)
        assert await inbox.depth() == 0
        assert await inbox.put([FIRST], NOW) == []


async def test_only_one_takes_an_update(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work, VAULT)
        await inbox.put([FIRST], NOW)
        assert await inbox.claim(11)
        await inbox.handled(FIRST, HELLO, NOW)
    async with db.work() as work:
        assert not await Inbox(work, VAULT).claim(11)


async def test_an_answer_stays_until_it_is_sent_and_what_was_said_does_not(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work, VAULT)
        await inbox.put([FIRST, SECOND], NOW)
        await inbox.claim(11)
        await inbox.handled(FIRST, HELLO, NOW)
        left = await inbox.take_up(A_MINUTE, NOW + 2 * A_MINUTE)
    assert [(each.update_id, each.body) for each in left] == [(11, ""), (12, '{"update_id":12}')]
    assert Call.many_from_json(left[0].replies or "") == HELLO
    async with db.work() as work:
        inbox = Inbox(work, VAULT)
        await inbox.sent([11])
        assert await inbox.take_up(A_MINUTE, NOW + 4 * A_MINUTE) == [SECOND]


async def test_nothing_that_is_said_can_be_read_without_the_key(db: Database) -> None:
    said, answered = "I need a hearing loop", "We keep: hearing loop"
    update = Arrived(11, 7, said)
    async with db.work() as work:
        inbox = Inbox(work, VAULT)
        await inbox.put([update, SECOND], NOW)
        assert said not in str([dict(row) for row in await work.runner(RAW).all_updates()])
        await inbox.claim(11)
        await inbox.handled(update, [Call("sendMessage", {"text": answered})], NOW)
        assert answered not in str([dict(row) for row in await work.runner(RAW).all_updates()])
        assert await Inbox(work, Vault(b"1" * 32)).take_up(-A_MINUTE, NOW) == []


async def test_what_somebody_works_on_is_not_taken_up(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work, VAULT)
        await inbox.put([FIRST, SECOND], NOW)
        later = NOW + 2 * A_MINUTE
        await inbox.hold([FIRST.update_id], later)
        assert await inbox.take_up(A_MINUTE, later) == [SECOND]
        assert await inbox.take_up(A_MINUTE, later) == []
        assert await inbox.take_up(A_MINUTE, later + 2 * A_MINUTE) == [FIRST, SECOND]


async def test_a_clock_that_was_put_back_hides_nothing(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work, VAULT)
        await inbox.put([FIRST], NOW)
        assert await inbox.take_up(A_MINUTE, NOW - timedelta(hours=1)) == [FIRST]


async def test_what_never_succeeds_is_given_up_in_the_end(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work, VAULT)
        await inbox.put([FIRST], NOW)
        for _ in range(ENOUGH):
            assert await inbox.take_up(-A_MINUTE, NOW) == [FIRST]
        assert await inbox.take_up(-A_MINUTE, NOW) == []
        assert await inbox.depth() == 0


async def test_numbers_are_forgotten_when_telegram_repeats_no_more(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work, VAULT)
        await inbox.put([FIRST], NOW)
        await inbox.claim(11)
        await inbox.handled(FIRST, [], NOW)
        await inbox.tidy(NOW + REMEMBER + timedelta(seconds=1))
        assert await inbox.put([FIRST], NOW) == [FIRST]


async def test_a_persons_updates_can_be_erased_but_for_the_one_in_hand(db: Database) -> None:
    async with db.work() as work:
        inbox = Inbox(work, VAULT)
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
