"""Delivery to a webhook, on a real server of the test's own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.clock import Clock
from bot.sandbox import Sandbox
from bot.sandbox.calls import Call
from bot.sandbox.receiving import delete_webhook
from tests.sandbox.conftest import WireBot


class Hook:
    """A webhook that notes what it gets and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers: Callable[[dict[str, Any]], web.Response] = lambda _: web.Response()
        self.gate = asyncio.Event()
        self.gate.set()
        self.news = asyncio.Condition()
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.got.append(update)
        async with self.news:
            self.news.notify_all()
        await self.gate.wait()
        return self.answers(update)

    async def until(self, count: int) -> list[dict[str, Any]]:
        """What it got, once there are `count`."""
        async with self.news:
            await self.news.wait_for(lambda: len(self.got) >= count)
        return self.got

    @property
    def texts(self) -> list[str]:
        return [update.get("message", {}).get("text", "tap") for update in self.got]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    hook.url = f"http://{host}:{port}/hook"
    yield hook
    hook.gate.set()
    await runner.cleanup()


async def failed(sandbox: Sandbox, times: int) -> None:
    """Until delivery has failed so often."""
    sender = sandbox.bot.webhook
    assert sender is not None
    while sender.error.failures < times:  # noqa: ASYNC110 -- no event tells of it
        await asyncio.sleep(0)


async def test_what_waits_and_what_comes_is_posted_with_the_secret(
    bot: WireBot, sandbox: Sandbox, amina: int, hook: Hook
) -> None:
    sandbox.people.say(amina, "before")
    await bot.call("setWebhook", url=hook.url, secret_token="s3cret")
    sandbox.people.say(amina, "after")
    await hook.until(2)
    await sandbox.until_fetched()
    assert hook.texts == ["before", "after"]
    assert hook.secrets == ["s3cret", "s3cret"]


async def test_plain_http_to_this_machine_is_allowed_and_labelled(bot: WireBot, hook: Hook) -> None:
    answer = await bot.call("setWebhook", url=hook.url)
    label = "the sandbox allows plain http to loopback; Telegram needs https"
    assert answer.body == {"ok": True, "result": True, "description": f"Webhook was set ({label})"}
    again = await bot.call("setWebhook", url=hook.url)
    assert again.body["description"] == f"Webhook is already set ({label})"
    gone = await bot.call("deleteWebhook")
    assert gone.body["description"] == "Webhook was deleted"
    assert (await bot.call("deleteWebhook")).body["description"] == "Webhook is already deleted"


async def test_one_chat_waits_for_its_turn_and_others_go_on(
    bot: WireBot, sandbox: Sandbox, amina: int, hook: Hook
) -> None:
    other = sandbox.people.add(first_name="Other")["id"]
    hook.gate.clear()
    await bot.call("setWebhook", url=hook.url)
    sandbox.people.say(amina, "first")
    sandbox.people.say(amina, "second")
    sandbox.people.say(other, "other")
    await hook.until(2)
    assert sorted(hook.texts) == ["first", "other"]
    hook.gate.set()
    await hook.until(3)
    assert hook.texts[2] == "second"


async def test_a_tap_can_overtake_a_message_of_the_same_person(
    bot: WireBot, sandbox: Sandbox, amina: int, hook: Hook
) -> None:
    sent = (await bot.call("sendMessage", chat_id=amina, text="x")).result["message_id"]
    hook.gate.clear()
    await bot.call("setWebhook", url=hook.url)
    sandbox.people.say(amina, "first")
    sandbox.people.say(amina, "second")
    sandbox.people.tap(amina, sent, data="x")
    await hook.until(2)
    assert sorted(hook.texts) == ["first", "tap"]


async def test_no_more_connections_than_allowed(bot: WireBot, sandbox: Sandbox, hook: Hook) -> None:
    hook.gate.clear()
    await bot.call("setWebhook", url=hook.url, max_connections=2)
    for number in range(5):
        person = sandbox.people.add(first_name=f"P{number}")["id"]
        sandbox.people.say(person, "x")
    await hook.until(2)
    await bot.call("getMe")
    assert len(hook.got) == 2
    hook.gate.set()
    await hook.until(5)


async def test_a_failure_is_tried_again_at_once_and_then_after_2_4_8_seconds(
    bot: WireBot, sandbox: Sandbox, clock: Clock, amina: int, hook: Hook
) -> None:
    hook.answers = lambda _: web.Response(status=500)
    await bot.call("setWebhook", url=hook.url)
    sandbox.people.say(amina, "first")
    sandbox.people.say(amina, "second")
    for failures, pause in enumerate([2, 4, 8], 2):
        await failed(sandbox, failures)
        assert len(hook.got) == failures
        clock.forward(timedelta(seconds=pause))
    await failed(sandbox, 5)
    info = (await bot.call("getWebhookInfo")).result
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )
    assert (info["pending_update_count"], info["url"]) == (2, hook.url)
    hook.answers = lambda _: web.Response()
    clock.forward(timedelta(seconds=120))
    await hook.until(7)
    await sandbox.until_fetched()
    assert hook.texts == ["first"] * 6 + ["second"]


async def test_a_wish_to_wait_is_honoured(
    bot: WireBot, sandbox: Sandbox, clock: Clock, amina: int, hook: Hook
) -> None:
    hook.answers = lambda _: web.Response(status=429, headers={"Retry-After": "100"})
    await bot.call("setWebhook", url=hook.url)
    sandbox.people.say(amina, "x")
    await failed(sandbox, 1)
    clock.forward(timedelta(seconds=90))
    await asyncio.sleep(0.1)  # two looks at the clock
    assert len(hook.got) == 1
    clock.forward(timedelta(seconds=11))
    await failed(sandbox, 2)
    assert len(hook.got) == 2


async def test_what_is_too_old_is_dropped(
    bot: WireBot, sandbox: Sandbox, clock: Clock, amina: int
) -> None:
    await bot.call("setWebhook", url="http://127.0.0.1:1/")
    sandbox.people.say(amina, "x")
    await failed(sandbox, 1)
    info = (await bot.call("getWebhookInfo")).result
    assert info["last_error_message"] == "Connection refused"
    clock.forward(timedelta(hours=25))
    await sandbox.until_fetched()
    assert (await bot.call("getWebhookInfo")).result["pending_update_count"] == 0


async def test_an_answer_can_carry_a_call(
    bot: WireBot, sandbox: Sandbox, amina: int, hook: Hook
) -> None:
    reply = {"method": "sendMessage", "chat_id": amina, "text": "hello back"}
    hook.answers = lambda _: web.json_response(reply)
    await bot.call("setWebhook", url=hook.url)
    sandbox.people.say(amina, "hello")
    await sandbox.until_fetched()
    assert sandbox.people.chat(amina)[-1]["text"] == "hello back"


async def test_deleting_the_webhook_goes_back_to_polling(
    bot: WireBot, sandbox: Sandbox, amina: int, hook: Hook
) -> None:
    hook.gate.clear()
    await bot.call("setWebhook", url=hook.url)
    sandbox.people.say(amina, "x")
    await hook.until(1)
    await bot.call("deleteWebhook")
    assert len(await bot.updates()) == 1


async def test_pending_updates_can_be_dropped(
    bot: WireBot, sandbox: Sandbox, amina: int, hook: Hook
) -> None:
    sandbox.people.say(amina, "x")
    await bot.call("setWebhook", url=hook.url, drop_pending_updates=True)
    assert (await bot.call("getWebhookInfo")).result["pending_update_count"] == 0


async def test_a_bot_that_goes_away_while_it_ends_its_webhook_leaves_nothing_open(
    bot: WireBot, sandbox: Sandbox, amina: int, hook: Hook
) -> None:
    hook.gate.clear()
    await bot.call("setWebhook", url=hook.url)
    sandbox.people.say(amina, "hello")
    await hook.until(1)
    sender = sandbox.bot.webhook
    assert sender is not None
    ending = asyncio.create_task(delete_webhook(Call(sandbox.world, sandbox.bot, {})))
    await asyncio.sleep(0)
    ending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await ending
    while not sender._session.closed:  # noqa: ASYNC110 -- no event tells of it
        await asyncio.sleep(0)
