import socket
import traceback
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from markupsafe import Markup
from pydantic import SecretStr

from bot.chat.http import (
    GONE,
    TOO_LONG,
    ApiError,
    ApiUnreachable,
    TelegramHttp,
    proxy_for,
)
from bot.chat.ready import Stationery
from bot.delivery.models import Written
from bot.delivery.outcomes import Answer
from bot.message import Document, Message
from bot.sandbox import Sandbox
from bot.sandbox.files import Upload
from tests.support.people import Town

SECRET = "123456789:AAsecretsecretsecretsecretsecret00"


def whole(error: BaseException) -> str:
    """Everything an error could show anybody."""
    return "".join(traceback.format_exception(error, chain=True)) + repr(error)


@pytest.fixture
async def odd_server() -> AsyncIterator[str]:
    """A server that answers as no Bot API should."""

    async def answer(request: web.Request) -> web.StreamResponse:  # noqa: PLR0911 -- odd in many ways
        match request.path.rpartition("/")[2]:
            case "noJson":
                return web.Response(text="<html>Bad gateway</html>", status=502)
            case "getFile":
                way = (await request.json())["file_id"]
                return web.json_response({"ok": True, "result": {"file_path": f"way/{way}"}})
            case "longer":  # than getFile says
                return web.Response(body=bytes(5000))
            case "gone":
                return web.Response(status=404)
            case "failing":
                return web.Response(status=502)
            case "broken":
                response = web.StreamResponse(headers={"Content-Length": "500"})
                await response.prepare(request)
                await response.write(b"the beginning")
                assert request.transport is not None
                request.transport.abort()
                return response
            case "failure":
                return web.json_response({"ok": False, "description": "oops"}, status=500)
            case _:
                raise web.HTTPFound("http://[")

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        await web.SockSite(runner, listening).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        await runner.cleanup()


@pytest.fixture
def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://api.example.org", "http://proxy.example.org:3128"),
        ("http://127.0.0.1:8420", None),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, url: str, proxy: str | None
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example.org:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert proxy_for(url) == proxy


async def test_a_call_returns_its_result(http: TelegramHttp, sandbox: Sandbox) -> None:
    me = await http.call("getMe", {})
    assert (me["is_bot"], me["username"]) == (True, "baobab_demo_bot")


async def test_a_refusal_carries_its_code_and_words(http: TelegramHttp) -> None:
    with pytest.raises(ApiError) as refusal:
        await http.call("sendMessage", {"chat_id": 1, "text": "Hello"})
    error = refusal.value
    assert (error.code, error.description) == (400, "Bad Request: chat not found")
    assert str(error) == "the Bot API refused the call (400)"


async def test_a_flood_wait_says_how_long(http: TelegramHttp, town: Town) -> None:
    await town.ask("POST", "/faults", json={"kind": "429", "method": "getMe", "retry_after": 7})
    with pytest.raises(ApiError) as refusal:
        await http.call("getMe", {})
    assert (refusal.value.code, refusal.value.retry_after) == (429, 7)


@pytest.mark.parametrize("fault", ["drop", "drop_after", "5xx"])
async def test_no_whole_answer_is_its_own_error(http: TelegramHttp, town: Town, fault: str) -> None:
    await town.ask("POST", "/faults", json={"kind": fault, "method": "getMe"})
    with pytest.raises(ApiUnreachable):
        await http.call("getMe", {})
    assert (await http.call("getMe", {}))["is_bot"] is True


@pytest.mark.parametrize("method", ["noJson", "failure", "redirect"])
async def test_the_token_is_in_no_error(odd_server: str, method: str) -> None:
    http = TelegramHttp(odd_server, SecretStr(SECRET))
    with pytest.raises(ApiUnreachable) as unreachable:
        await http.call(method, {})
    await http.close()
    assert SECRET not in whole(unreachable.value)


async def test_the_bytes_of_a_file_are_fetched(
    http: TelegramHttp, sandbox: Sandbox, town: Town
) -> None:
    amina = await town.person("Amina")
    sent = sandbox.people.file(amina.id, Upload("a form.xlsx", b"bytes of it"))
    file_id = sent["document"]["file_id"]
    assert await http.fetch(file_id, 11) == b"bytes of it"
    with pytest.raises(ApiError) as too_long:
        await http.fetch(file_id, 10)
    assert too_long.value.code == TOO_LONG
    with pytest.raises(ApiError) as unknown:
        await http.fetch("nothing", 10)
    assert (unknown.value.code, unknown.value.description) == (400, "Bad Request: invalid file_id")


@pytest.mark.parametrize("way", ["longer", "gone", "broken", "failing"])
async def test_a_file_that_does_not_come_is_an_error_without_the_token(
    odd_server: str, way: str
) -> None:
    http = TelegramHttp(odd_server, SecretStr(SECRET))
    with pytest.raises((ApiError, ApiUnreachable)) as error:
        await http.fetch(way, 1000)
    await http.close()
    codes = {"longer": TOO_LONG, "gone": GONE}
    assert getattr(error.value, "code", None) == codes.get(way)
    assert SECRET not in whole(error.value)


async def test_the_token_is_in_no_error_of_a_closed_port(closed_port: str) -> None:
    http = TelegramHttp(closed_port, SecretStr(SECRET))
    with pytest.raises(ApiUnreachable) as unreachable:
        await http.call("getMe", {})
    await http.close()
    assert SECRET not in whole(unreachable.value)


async def test_a_document_is_posted_like_any_message(http: TelegramHttp, town: Town) -> None:
    amina = await town.person("Amina")
    await town.ask("POST", f"/people/{amina.id}/say", json={"text": "/start"})
    document = Document("plan.ics", b"BEGIN", "text/calendar")
    plan = Written(Message(Markup("Plan"), document=document))
    ready = Stationery().ready(plan, amina.id, 0)
    sent = await http.post(ready)
    await amina.look()
    assert sent == Answer(200, message_id=amina.last.id)
    assert [each.name for each in amina.documents] == ["plan.ics"]

    words = "Bad Request: group chat was upgraded to a supergroup chat"
    moved = {"kind": "refuse", "description": words, "parameters": {"migrate_to_chat_id": -1001}}
    for fault in (moved, {"kind": "429", "retry_after": 3}, {"kind": "5xx", "status": 503}):
        await town.ask("POST", "/faults", json=fault)
    assert [await http.post(ready) for _ in range(3)] == [
        Answer(400, description=words, moved_to=-1001),
        Answer(429, description="Too Many Requests: retry after 3", retry_after=3),
        Answer(503, description="Bad Gateway"),
    ]
