import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.chat.http import TelegramHttp
from bot.chat.outgoing import Call
from bot.chat.sender import Sender
from bot.delivery.pacing import Pace, Pacer
from bot.sandbox import Sandbox
from tests.support.people import Resident, Town


@pytest.fixture
async def amina(town: Town) -> Resident:
    amina = await town.person("Amina")
    await town.ask("POST", f"/people/{amina.id}/say", json={"text": "/start"})
    return amina


@pytest.fixture
def gone() -> list[int]:
    return []


@pytest.fixture
def sender(http: TelegramHttp, gone: list[int]) -> Sender:
    async def blocked(chat: int) -> None:
        gone.append(chat)

    return Sender(http, blocked, apology, Pacer(Pace()), first_pause=0.01)


async def apology(chat: int) -> Call:
    return Call("sendMessage", {"chat_id": chat, "text": "Sorry"})


def hello(person: Resident, text: str = "Hello") -> Call:
    return Call("sendMessage", {"chat_id": person.id, "text": text})


async def heard(person: Resident) -> list[str]:
    await person.look()
    return [message.text for message in person.messages if not message.mine]


async def test_calls_are_made_in_order(sender: Sender, amina: Resident) -> None:
    assert await sender.deliver([hello(amina, "One"), hello(amina, "Two")])
    assert await heard(amina) == ["One", "Two"]


async def test_a_dropped_connection_is_tried_again(
    sender: Sender, town: Town, amina: Resident
) -> None:
    fault = {"kind": "drop", "method": "sendMessage", "times": 2}
    await town.ask("POST", "/faults", json=fault)
    assert await sender.deliver([hello(amina)])
    assert await heard(amina) == ["Hello"]


async def test_a_flood_wait_is_waited_for(sender: Sender, town: Town, amina: Resident) -> None:
    fault = {"kind": "429", "method": "sendMessage", "retry_after": 1}
    await town.ask("POST", "/faults", json=fault)
    assert await sender.deliver([hello(amina)])
    assert await heard(amina) == ["Hello"]


async def test_what_cannot_be_sent_now_is_still_owed(
    sender: Sender, sandbox: Sandbox, amina: Resident
) -> None:
    await sandbox.stop()
    assert not await sender.deliver([hello(amina)])


async def test_a_person_who_blocked_the_bot_is_told_of(
    sender: Sender, amina: Resident, gone: list[int]
) -> None:
    await amina.town.ask("POST", f"/people/{amina.id}/block", json={})
    assert await sender.deliver([hello(amina)])
    assert gone == [amina.id]


async def test_a_message_that_is_gone_is_said_anew(sender: Sender, amina: Resident) -> None:
    edit = {"chat_id": amina.id, "message_id": 999, "text": "Hello"}
    assert await sender.deliver([Call("editMessageText", edit)])
    assert await heard(amina) == ["Hello"]


async def test_an_edit_that_changes_nothing_is_no_error(sender: Sender, amina: Resident) -> None:
    await sender.deliver([hello(amina)])
    await amina.look()
    edit = {"chat_id": amina.id, "message_id": amina.last.id, "text": "Hello"}
    assert await sender.deliver([Call("editMessageText", edit), hello(amina, "Next")])
    assert await heard(amina) == ["Hello", "Next"]


async def test_a_refused_call_does_not_keep_the_next_from_leaving(
    sender: Sender, amina: Resident
) -> None:
    wrong = Call("sendMessage", {"chat_id": amina.id, "text": "<b>", "parse_mode": "HTML"})
    late = Call("answerCallbackQuery", {"callback_query_id": "1"})
    assert await sender.deliver([wrong, late, hello(amina)])
    assert await heard(amina) == ["Hello", "Sorry"]


async def test_nobody_is_left_alone_with_messages_that_telegram_refuses(
    sender: Sender, amina: Resident
) -> None:
    wrong = Call("sendMessage", {"chat_id": amina.id, "text": "<b>", "parse_mode": "HTML"})
    assert await sender.deliver([wrong, wrong])
    assert await heard(amina) == ["Sorry"]


async def test_a_chat_that_does_not_exist_is_no_reason_to_try_again(sender: Sender) -> None:
    assert await sender.deliver([Call("sendMessage", {"chat_id": 5, "text": "Hello"})])


async def test_what_is_forbidden_beside_a_chat_blocks_nobody(gone: list[int]) -> None:
    async def forbid(_request: web.Request) -> web.Response:
        return web.json_response({"ok": False, "description": "Forbidden"}, status=403)

    async def blocked(chat: int) -> None:
        gone.append(chat)

    app = web.Application()
    app.router.add_post("/{path:.*}", forbid)
    async with TestServer(app) as server:
        http = TelegramHttp(f"http://127.0.0.1:{server.port}", SecretStr("123456:x"))
        assert await Sender(http, blocked, apology, Pacer(Pace())).deliver(
            [Call("setMyName", {"name": "B"})]
        )
        await http.close()
    assert gone == []


async def test_answers_wait_for_a_new_token_when_the_old_one_was_revoked(
    sandbox: Sandbox, amina: Resident
) -> None:
    async def blocked(chat: int) -> None:
        raise AssertionError(chat)

    revoked = TelegramHttp(sandbox.url, SecretStr("123456:revoked"))
    assert not await Sender(revoked, blocked, apology, Pacer(Pace())).deliver([hello(amina)])
    await revoked.close()


async def test_a_message_does_not_wait_for_the_answer_to_a_tap(
    sender: Sender, town: Town, amina: Resident
) -> None:
    fault = {"kind": "5xx", "method": "answerCallbackQuery", "times": None}
    await town.ask("POST", "/faults", json=fault)
    tap = Call("answerCallbackQuery", {"callback_query_id": "1"})
    assert not await sender.deliver([tap, hello(amina, "One"), hello(amina, "Two")])
    assert await heard(amina) == ["One", "Two"]


async def test_the_answer_to_a_tap_does_not_wait_for_a_message(
    sender: Sender, town: Town, amina: Resident
) -> None:
    await town.ask("POST", "/faults", json={"kind": "5xx", "method": "sendMessage", "times": None})
    tap = Call("answerCallbackQuery", {"callback_query_id": "1"})
    assert not await sender.deliver([hello(amina), tap])
    log = await town.ask("GET", "/log")
    assert [call["method"] for call in log].count("answerCallbackQuery") == 1
