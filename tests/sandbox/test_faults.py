"""Trouble on demand."""

import asyncio
from typing import Any, cast

import aiohttp
import pytest

from bot.clock import Clock
from bot.sandbox import Flood, Sandbox
from tests.sandbox.conftest import WireBot
from tests.support.people import Town


async def fault(town: Town, **about: object) -> dict[str, object]:
    made: dict[str, object] = await town.ask("POST", "/faults", json=about)
    return made


async def test_429_names_the_seconds_in_body_and_header(
    town: Town, bot: WireBot, amina: int
) -> None:
    await fault(town, kind="429", retry_after=7)
    answer = await bot.call("sendMessage", chat_id=amina, text="x")
    assert answer.status == 429
    assert answer.headers["Retry-After"] == "7"
    assert answer.body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert (await bot.call("sendMessage", chat_id=amina, text="x")).status == 200


async def test_a_fault_strikes_only_its_method_and_chat(
    town: Town, bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    other = sandbox.people.add(first_name="Other")["id"]
    sandbox.people.say(other, "/start")
    await fault(town, kind="5xx", method="sendMessage", chat_id=amina, times=None)
    assert (await bot.call("getMe")).status == 200
    assert (await bot.call("sendMessage", chat_id=other, text="x")).status == 200
    refused = (502, "Bad Gateway")
    assert (await bot.call("sendMessage", chat_id=amina, text="x")).refusal == refused
    assert (await bot.form("sendMessage", chat_id=amina, text="x")).refusal == refused
    (kept,) = await town.ask("GET", "/faults")
    await town.ask("DELETE", f"/faults/{kept['id']}")
    assert (await bot.call("sendMessage", chat_id=amina, text="x")).status == 200


async def test_a_refusal_has_the_words_it_was_given(town: Town, bot: WireBot, amina: int) -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    moved = {"migrate_to_chat_id": -1001}
    await fault(town, kind="refuse", error_code=400, description=words, parameters=moved)
    await fault(town, kind="refuse", error_code=403, description="Forbidden: no")
    answer = await bot.call("sendMessage", chat_id=amina, text="x")
    assert answer.status == 400
    assert "Retry-After" not in answer.headers
    assert answer.body == {
        "ok": False,
        "error_code": 400,
        "description": words,
        "parameters": moved,
    }
    answer = await bot.call("sendMessage", chat_id=amina, text="x")
    assert answer.body == {"ok": False, "error_code": 403, "description": "Forbidden: no"}
    assert [call["error"] for call in await town.ask("GET", "/log")] == [words, "Forbidden: no"]
    assert (await bot.call("sendMessage", chat_id=amina, text="x")).status == 200


async def test_all_faults_are_removed_at_once(town: Town, bot: WireBot) -> None:
    await fault(town, kind="5xx", status=500, times=None)
    assert (await bot.call("getMe")).refusal == (500, "Internal Server Error")
    await town.ask("DELETE", "/faults")
    assert await town.ask("GET", "/faults") == []
    assert (await bot.call("getMe")).status == 200


@pytest.mark.parametrize(("kind", "took_effect"), [("drop", False), ("drop_after", True)])
async def test_a_dropped_connection_leaves_the_bot_in_the_dark(  # noqa: PLR0917 -- fixtures
    town: Town,
    bot: WireBot,
    sandbox: Sandbox,
    amina: int,
    kind: str,
    took_effect: bool,  # noqa: FBT001 -- a table's row
) -> None:
    await fault(town, kind=kind)
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("sendMessage", chat_id=amina, text="x")
    texts = [message["text"] for message in sandbox.people.chat(amina)]
    assert ("x" in texts) is took_effect


async def test_the_log_says_which_fault_struck_a_call(
    town: Town, bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    for kind in ("429", "5xx", "drop", "drop_after"):
        await fault(town, kind=kind, method="sendMessage")
    made = [one["id"] for one in await town.ask("GET", "/faults")]
    for text in "ab":
        await bot.call("sendMessage", chat_id=amina, text=text)
    for text in "cd":
        with pytest.raises(aiohttp.ClientConnectionError):
            await bot.call("sendMessage", chat_id=amina, text=text)
    await bot.call("sendMessage", chat_id=amina, text="e")
    calls = [
        (call["params"]["text"], call["ok"], call.get("fault"))
        for call in await town.ask("GET", "/log")
        if call["method"] == "sendMessage"
    ]
    assert calls == [
        *zip("abcd", (False, False, False, True), made, strict=True),
        ("e", True, None),
    ]


async def test_a_bot_that_does_not_wait_for_a_slow_answer_is_in_the_log(
    town: Town, bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    made = await fault(town, kind="slow", method="sendMessage", seconds=60)
    call = asyncio.create_task(bot.call("sendMessage", chat_id=amina, text="x"))
    while await town.ask("GET", "/faults"):  # noqa: ASYNC110 -- the server is at work
        await asyncio.sleep(0.01)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    while not (log := await town.ask("GET", "/log")):  # noqa: ASYNC110 -- the server is at work
        await asyncio.sleep(0.01)
    assert [(one["ok"], one["error"], one["fault"]) for one in log] == [
        (False, "the bot went away", made["id"])
    ]
    assert [message["text"] for message in sandbox.people.chat(amina)] == ["/start"]


async def test_a_slow_answer_holds_up_nobody_else(town: Town, bot: WireBot, amina: int) -> None:
    await fault(town, kind="slow", method="sendMessage", seconds=0.2)
    loop = asyncio.get_running_loop()
    started = loop.time()
    slow = asyncio.create_task(bot.call("sendMessage", chat_id=amina, text="x"))
    await asyncio.sleep(0.05)
    assert (await bot.call("getMe")).status == 200
    assert not slow.done()
    assert (await slow).status == 200
    assert round(loop.time() - started, 3) >= 0.2


async def test_a_slow_poll_is_still_a_poll(
    town: Town, bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    await fault(town, kind="slow", method="getUpdates", seconds=0.01)
    sandbox.people.say(amina, "hello")
    assert len(await bot.updates()) == 1


async def test_sending_rates_are_kept_if_wished(
    clock: Clock, session: aiohttp.ClientSession
) -> None:
    sandbox = Sandbox(clock=clock, flood=Flood(per_chat=1, chat_burst=2))
    await sandbox.start()
    person = sandbox.people.add(first_name="Amina")["id"]
    sandbox.people.say(person, "/start")
    bot = WireBot(session, sandbox)
    answers = [await bot.call("sendMessage", chat_id=person, text="x") for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[2].body["parameters"] == {"retry_after": 1}
    await sandbox.stop()


async def test_a_mistake_of_the_sandbox_itself_is_told_loudly(
    bot: WireBot, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.bot.profile = cast("Any", None)
    answer = await bot.call("getMyCommands")
    assert answer.refusal == (500, "Internal Server Error: the sandbox made a mistake")
    assert [record.getMessage() for record in caplog.records] == [
        "the sandbox failed to answer a call"
    ]
    assert sandbox.token not in caplog.text
