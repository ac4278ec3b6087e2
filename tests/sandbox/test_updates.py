"""How getUpdates hands out what people did."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.sandbox import Sandbox
from bot.sandbox.updates import NEW_WEBHOOK, OTHER_POLL, WEBHOOK_ACTIVE
from tests.sandbox.conftest import WireBot


@pytest.fixture
def said(sandbox: Sandbox, amina: int) -> list[int]:
    """Five texts, "1" to "5", that wait for the bot; their update_ids."""
    for number in range(1, 6):
        sandbox.people.say(amina, str(number))
    return list(sandbox.bot.updates._pending)


async def texts(bot: WireBot, **parameters: int) -> list[str]:
    return [update["message"]["text"] for update in await bot.updates(**parameters)]


async def test_the_first_number_is_large_and_numbers_rise_by_one(said: list[int]) -> None:
    assert said[0] >= 100_000_000
    assert said == list(range(said[0], said[0] + 5))


async def test_the_same_offset_delivers_again(bot: WireBot, said: list[int]) -> None:
    assert await texts(bot) == ["1", "2", "3", "4", "5"]
    assert await texts(bot, offset=said[2]) == ["3", "4", "5"]
    assert await texts(bot, offset=said[2]) == ["3", "4", "5"]


async def test_an_offset_forgets_what_lies_before_it(bot: WireBot, said: list[int]) -> None:
    await texts(bot, offset=said[3])
    assert await texts(bot, offset=said[0]) == ["4", "5"]


async def test_a_negative_offset_keeps_only_the_last(bot: WireBot, said: list[int]) -> None:
    assert await texts(bot, offset=-2) == ["4", "5"]
    assert await texts(bot) == ["4", "5"]


async def test_an_offset_far_past_the_end_is_ignored(bot: WireBot, said: list[int]) -> None:
    assert await texts(bot, offset=said[-1] + 100) == ["1", "2", "3", "4", "5"]
    assert await texts(bot, offset=said[-1] + 1) == []


@pytest.mark.parametrize(("limit", "count"), [(-1, 1), (0, 1), (2, 2), (1000, 5)])
async def test_the_limit_is_brought_into_its_range(
    bot: WireBot, said: list[int], limit: int, count: int
) -> None:
    assert len(await texts(bot, limit=limit)) == count


async def test_a_waiting_poll_is_answered_by_what_comes(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    poll = asyncio.create_task(bot.updates(timeout=50))
    await waiting(sandbox)
    sandbox.people.say(amina, "hello")
    (update,) = await poll
    assert update["message"]["text"] == "hello"


async def waiting(sandbox: Sandbox) -> None:
    """Until a poll waits."""
    while sandbox.bot.updates._poll is None:  # noqa: ASYNC110 -- no event tells of it
        await asyncio.sleep(0)


async def test_the_earlier_waiting_poll_dies(bot: WireBot, sandbox: Sandbox, amina: int) -> None:
    first = asyncio.create_task(bot.call("getUpdates", timeout=50))
    await waiting(sandbox)
    second = asyncio.create_task(bot.call("getUpdates", timeout=50))
    assert (await first).refusal == (409, OTHER_POLL)
    sandbox.people.say(amina, "hello")
    assert [update["message"]["text"] for update in (await second).result] == ["hello"]


async def test_a_poll_that_is_answered_at_once_displaces_nobody(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    first = asyncio.create_task(bot.updates(timeout=50))
    await waiting(sandbox)
    assert await bot.updates() == []
    sandbox.people.say(amina, "hello")
    assert len(await first) == 1


async def test_a_second_conflict_soon_after_is_answered_late(
    bot: WireBot, sandbox: Sandbox
) -> None:
    sandbox.bot.updates.conflict_pause = 0.2
    await bot.call("setWebhook", url="http://127.0.0.1:1/")
    loop = asyncio.get_running_loop()
    started = loop.time()
    assert (await bot.call("getUpdates")).refusal == (409, WEBHOOK_ACTIVE)
    assert (await bot.call("getUpdates")).refusal == (409, WEBHOOK_ACTIVE)
    assert round(loop.time() - started, 3) >= 0.2


async def test_setting_a_webhook_ends_a_waiting_poll(bot: WireBot, sandbox: Sandbox) -> None:
    poll = asyncio.create_task(bot.call("getUpdates", timeout=50))
    await waiting(sandbox)
    await bot.call("setWebhook", url="http://127.0.0.1:1/")
    assert (await poll).refusal == (409, NEW_WEBHOOK)


async def test_a_bot_that_hangs_up_loses_nothing(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    poll = asyncio.create_task(bot.updates(timeout=50))
    await waiting(sandbox)
    poll.cancel()
    while sandbox.bot.updates._poll is not None:  # noqa: ASYNC110 -- no event tells of it
        await asyncio.sleep(0)
    sandbox.people.say(amina, "hello")
    assert await texts(bot, timeout=50) == ["hello"]


async def test_messages_wait_a_day_and_taps_150_seconds(
    bot: WireBot, sandbox: Sandbox, clock: Clock, amina: int
) -> None:
    sent = (await bot.call("sendMessage", chat_id=amina, text="x")).result["message_id"]
    sandbox.people.say(amina, "hello")
    sandbox.people.tap(amina, sent, data="x")
    clock.forward(timedelta(seconds=149))
    assert len(await bot.updates()) == 2
    clock.forward(timedelta(seconds=2))
    assert await texts(bot) == ["hello"]
    clock.forward(timedelta(hours=24))
    assert await bot.updates() == []


async def test_after_a_quiet_week_numbers_start_anew(
    bot: WireBot, sandbox: Sandbox, clock: Clock, amina: int, said: list[int]
) -> None:
    await bot.updates(offset=said[-1] + 1)
    clock.forward(timedelta(days=8))
    sandbox.people.say(amina, "hello")
    (update,) = await bot.updates()
    assert update["update_id"] != said[-1] + 1


async def test_only_kinds_that_were_asked_for_are_kept(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    await bot.updates(allowed_updates=["callback_query", "nonsense"])
    sandbox.people.say(amina, "not asked for")
    await bot.updates(allowed_updates=[])
    sandbox.people.say(amina, "by default")
    await bot.updates()
    sandbox.people.say(amina, "as before")
    assert await texts(bot) == ["by default", "as before"]


async def test_an_edit_is_told_only_if_something_changed(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    message = sandbox.people.say(amina, "two places")["message_id"]
    sandbox.people.edit(amina, message, "two places")
    sandbox.people.edit(amina, message, "three places")
    first, second = await bot.updates()
    assert first["message"]["text"] == "two places"
    assert second["edited_message"]["text"] == "three places"
    assert second["edited_message"]["edit_date"] >= second["edited_message"]["date"]


async def test_blocking_and_unblocking_are_told(bot: WireBot, sandbox: Sandbox, amina: int) -> None:
    sandbox.people.block(amina)
    sandbox.people.unblock(amina)
    block, unblock, start = await bot.updates()
    me = (await bot.call("getMe")).result
    me = {name: me[name] for name in ("id", "is_bot", "first_name", "username")}
    member = {"status": "member", "user": me}
    kicked = {"status": "kicked", "user": me, "until_date": 0}
    change = block["my_chat_member"]
    assert (change["old_chat_member"], change["new_chat_member"]) == (member, kicked)
    assert change["from"]["id"] == change["chat"]["id"] == amina
    change = unblock["my_chat_member"]
    assert (change["old_chat_member"], change["new_chat_member"]) == (kicked, member)
    assert start["message"]["text"] == "/start"


async def test_one_can_wait_until_everything_is_fetched(
    bot: WireBot, sandbox: Sandbox, said: list[int]
) -> None:
    fetched = asyncio.create_task(sandbox.until_fetched())
    await bot.updates()
    assert not fetched.done()
    await bot.updates(offset=said[-1] + 1)
    await fetched
