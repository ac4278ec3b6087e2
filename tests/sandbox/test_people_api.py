"""The people-side API over HTTP: who is let in, and what each address does."""

from typing import Any, cast

import aiohttp
import pytest

from bot.clock import Clock
from bot.sandbox import Control, Demo, Sandbox
from bot.sandbox.people_api import TOKEN_HEADER
from tests.sandbox.conftest import WireBot
from tests.support.people import Town

Session = aiohttp.ClientSession


async def status(session: Session, url: str, **headers: str) -> int:
    async with session.get(
        url, headers={name.replace("_", "-"): v for name, v in headers.items()}
    ) as answer:
        return answer.status


async def test_without_the_control_token_nobody_is_let_in(
    session: Session, sandbox: Sandbox
) -> None:
    for path in ("/people", "/log", "/events", "/", "/file/x", "/nowhere"):
        assert await status(session, sandbox.url + path) == 403
        assert await status(session, f"{sandbox.url}{path}?token=wrong") == 403
    assert await status(session, f"{sandbox.url}/people?token={sandbox.control_token}") == 200


async def test_other_names_and_other_sites_are_kept_out(session: Session, sandbox: Sandbox) -> None:
    url = f"{sandbox.url}/people?token={sandbox.control_token}"
    port = sandbox.port
    assert await status(session, url, Host=f"localhost:{port}") == 200
    assert await status(session, url, Host=f"evil.example:{port}") == 403
    assert await status(session, url, Host="127.0.0.1:1") == 403
    assert await status(session, url, Origin=sandbox.url) == 200
    assert await status(session, url, Origin="https://evil.example") == 403
    assert await status(session, url, Origin="null") == 403
    assert await status(session, f"{sandbox.url}/page/index.html", Host="evil.example") == 403


async def test_the_page_may_load_nothing_from_elsewhere(session: Session, sandbox: Sandbox) -> None:
    async with session.get(sandbox.page_url) as answer:
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert policy[:3] == [
            "default-src 'self'",
            "img-src 'self' blob:",
            "media-src 'self' blob:",
        ]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def refusal(town: Town, method: str, path: str, **more: Any) -> str:
    with pytest.raises(AssertionError) as caught:
        await town.ask(method, path, **more)
    return str(caught.value).partition(": ")[2].partition("\n")[0]


async def test_refusals_are_in_plain_words(town: Town, amina: int, stranger: int) -> None:
    async def post(path: str, **body: Any) -> str:
        return await refusal(town, "POST", path, json=body)

    me = f"/people/{amina}"
    assert await post("/people") == "first_name: Field required"
    assert await post("/people/1/say", text="x") == "There is no person with the number 1."
    assert await post(f"{me}/say", text="  ") == "A message needs some text."
    assert await post(f"{me}/say", text="x" * 4097) == "A message has at most 4096 characters."
    assert await post(f"{me}/say", text="x", bot="no") == "There is no bot called no."
    assert await post(f"{me}/open", payload="a b") == (
        "A link carries 1 to 64 letters (A to Z), digits, _ or -."
    )
    assert await post(f"{me}/tap", message_id=0, data="x") == "There is no message 0 in this chat."
    assert await post("/clock", seconds=-1) == (
        "seconds: Input should be greater than or equal to 0"
    )
    assert await post("/demo/controls/x") == "There is no such button."
    assert await refusal(town, "GET", "/nowhere") == "There is nothing at this address."
    assert await refusal(town, "PUT", "/people") == "That cannot be done here."
    assert await refusal(town, "GET", "/log?after=x") == '"after" is a whole number.'
    assert await refusal(town, "DELETE", "/faults/9") == "There is no such fault."
    assert await refusal(town, "GET", "/file/none") == "There is no such file."


async def test_a_person_is_made_shown_and_changed(town: Town) -> None:
    about = {"first_name": "Amina", "username": "amina", "language_code": "so", "role": "resident"}
    person = await town.ask("POST", "/people", json=about)
    assert person == {
        "id": person["id"],
        "last_name": "",
        "blocked": False,
        "deactivated": False,
        **about,
    }
    changed = await town.ask("PATCH", f"/people/{person['id']}", json={"language_code": "ar"})
    assert changed == {**person, "language_code": "ar"}
    assert await town.ask("GET", "/people") == [changed]
    assert await town.ask("GET", f"/people/{person['id']}") == changed


async def test_who_has_blocked_the_bot_says_nothing_to_it(town: Town, amina: int) -> None:
    blocked = await town.ask("POST", f"/people/{amina}/block", json={})
    assert blocked["blocked"] is True
    assert await refusal(town, "POST", f"/people/{amina}/say", json={"text": "x"}) == (
        "This person has blocked the bot. Unblock it first."
    )
    assert (await town.ask("POST", f"/people/{amina}/unblock", json={}))["blocked"] is False
    gone = await town.ask("POST", f"/people/{amina}/deactivate", json={})
    assert gone["deactivated"] is True


async def test_a_person_s_own_text_only_can_be_edited(town: Town, bot: WireBot, amina: int) -> None:
    sent = (await bot.call("sendMessage", chat_id=amina, text="x")).result["message_id"]
    body = {"message_id": sent, "text": "y"}
    assert await refusal(town, "POST", f"/people/{amina}/edit", json=body) == (
        "A person can only change a text that they wrote themselves."
    )


async def test_the_clock_is_read_and_moved(town: Town, clock: Clock) -> None:
    assert (await town.ask("GET", "/clock"))["offset"] == 0
    moved = await town.ask("POST", "/clock", json={"seconds": 3600})
    assert moved["offset"] == clock.offset.total_seconds() == 3600


async def test_the_log_shows_calls_without_secrets(
    town: Town, bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    await bot.call("getMe")
    await bot.form("sendDocument", chat_id=amina, document=("a.txt", b"12345"))
    await bot.call("setWebhook", url="http://127.0.0.1:1/", secret_token="s3cret")
    await bot.call("sendMessage", chat_id=amina)
    log = await town.ask("GET", "/log?after=1")
    assert [(one["n"], one["method"], one["ok"]) for one in log] == [
        (2, "sendDocument", True),
        (3, "setWebhook", True),
        (4, "sendMessage", False),
    ]
    assert log[0]["params"] == {"chat_id": str(amina), "document": "file a.txt, 5 bytes"}
    assert log[1]["params"] == {"url": "http://127.0.0.1:1/"}
    assert log[2]["error"] == "Bad Request: message text is empty"
    assert sandbox.token not in str(log)


async def test_the_log_is_bounded(clock: Clock, session: Session) -> None:
    sandbox = Sandbox(clock=clock, log_size=2)
    await sandbox.start()
    bot = WireBot(session, sandbox)
    for _ in range(3):
        await bot.call("getMe")
    assert [one["n"] for one in sandbox.log.after(0)] == [2, 3]
    await sandbox.stop()


async def test_the_bots_are_listed_without_tokens(town: Town, sandbox: Sandbox, amina: int) -> None:
    sandbox.people.say(amina, "x")
    bot = {"username": "baobab_demo_bot", "token_set": True, "pending_updates": 1, "webhook": ""}
    assert await town.ask("GET", "/bots") == [bot]


async def test_two_bots_have_chats_of_their_own(clock: Clock, session: Session) -> None:
    sandbox = Sandbox(clock=clock, tokens={"1:a": "one_bot", "2:b": "two_bot"})
    await sandbox.start()
    async with Town(sandbox, quiet=nothing) as town:
        person = await town.person("Amina")
        body = {"text": "hello", "bot": "two_bot"}
        await town.ask("POST", f"/people/{person.id}/say", json=body)
        assert await town.ask("GET", f"/people/{person.id}/chat?bot=one_bot") == []
        (seen,) = await town.ask("GET", f"/people/{person.id}/chat?bot=two_bot")
        assert seen["text"] == "hello"
    one = await WireBot(session, sandbox).call("sendMessage", chat_id=person.id, text="x")
    assert one.status == 403
    await sandbox.stop()


async def nothing() -> None:
    """No bot listens."""


async def test_files_are_shown_only_if_they_are_harmless(
    session: Session, bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    page = ("<x>é.html", b"<script>alert(1)</script>")
    document = (await bot.form("sendDocument", chat_id=amina, document=page)).result["document"]
    headers = {TOKEN_HEADER: sandbox.control_token}
    async with session.get(f"{sandbox.url}/file/{document['file_id']}", headers=headers) as answer:
        assert await answer.read() == page[1]
        assert answer.headers["Content-Disposition"] == (
            "attachment; filename*=UTF-8''%3Cx%3E%C3%A9.html"
        )
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


async def test_the_demo_s_settings_and_buttons(clock: Clock) -> None:
    async def unplug() -> str:
        return "The bot is off."

    demo = Demo(
        title="Baobab",
        hints=["Try: /start"],
        controls=[Control("unplug", "Pull the plug", unplug)],
    )
    sandbox = Sandbox(clock=clock, demo=demo)
    await sandbox.start()
    async with Town(sandbox) as town:
        person = await town.person("Amina")
        demo.people.append(person.id)
        assert await town.ask("GET", "/demo") == {
            "title": "Baobab",
            "people": [person.id],
            "hints": ["Try: /start"],
            "controls": [{"id": "unplug", "label": "Pull the plug"}],
        }
        assert await town.ask("POST", "/demo/controls/unplug") == {"said": "The bot is off."}
        assert await town.ask("GET", "/demo/next") == {"at": None, "label": "No message is ahead."}
        moment = clock.now()
        demo.next_due = lambda: (moment, "a reminder")
        due = {"at": moment.isoformat(), "label": "a reminder"}
        assert await town.ask("GET", "/demo/next") == due
    await sandbox.stop()


async def test_a_mistake_of_the_sandbox_itself_is_logged_without_the_token(
    session: Session, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.world.people = cast("Any", None)
    async with session.get(f"{sandbox.url}/people?token={sandbox.control_token}") as answer:
        assert answer.status == 500
        assert await answer.json() == {"error": "The sandbox made a mistake. Please report it."}
    assert [record.getMessage() for record in caplog.records] == ["the sandbox failed at /people"]
    assert sandbox.control_token not in caplog.text
