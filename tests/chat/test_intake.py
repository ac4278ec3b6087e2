"""Updates from Telegram to their answers, fetched and pushed alike."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from markupsafe import Markup
from pydantic import SecretStr

from bot.app import Baobab
from bot.chat.context import Turn
from bot.chat.handling import OFTEN
from bot.chat.inbox import Arrived, Inbox, Meta
from bot.chat.intake import LONGEST_LINE
from bot.chat.outgoing import Call
from bot.chat.routes import Routes
from bot.chat.webhook import PATH, SECRET_HEADER
from bot.clock import Clock
from bot.config import Settings, read_settings
from bot.errors import DatabaseBusy, Overtaken, SettingsProblem
from bot.message import Message
from bot.people.vault import Vault
from bot.sandbox import Sandbox
from tests.support import counting_bot
from tests.support.databases import fresh_sqlite, opened
from tests.support.people import Resident, Town

SECRET = "a-secret-of-the-test"
KEY = SecretStr("A" * 43 + "=")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@pytest.fixture(params=["polling", "webhook"])
async def settings(request: pytest.FixtureRequest, sandbox: Sandbox, tmp_path: Path) -> Settings:
    settings = Settings(
        token=SecretStr(sandbox.token),
        api_url=sandbox.url,
        database_url=await fresh_sqlite(tmp_path),
        secret_key=KEY,
    )
    if request.param == "polling":
        return settings
    port = free_port()
    return settings.model_copy(
        update={
            "webhook_url": f"http://127.0.0.1:{port}",
            "webhook_secret": SecretStr(SECRET),
            "listen": f"127.0.0.1:{port}",
        }
    )


@pytest.fixture
async def start(
    sandbox: Sandbox, town: Town, settings: Settings, clock: Clock
) -> AsyncIterator[Callable[[Callable[[Routes], None]], Awaitable[Baobab]]]:
    """Starts the bot with handlers of the test's own."""
    running: list[Baobab] = []

    async def begin(register: Callable[[Routes], None]) -> Baobab:
        baobab = await Baobab(settings, clock, register).__aenter__()
        running.append(baobab)

        async def quiet() -> None:
            await sandbox.until_fetched()
            await baobab.idle()

        town.quiet = quiet
        return baobab

    yield begin
    for baobab in running:
        await baobab.__aexit__()


Start = Callable[[Callable[[Routes], None]], Awaitable[Baobab]]


def update_of(person_id: int, update_id: float, text: str) -> dict[str, Any]:
    """An update as Telegram sends it."""
    message = {
        "message_id": update_id,
        "date": 1,
        "from": {"id": person_id, "is_bot": False, "first_name": "A"},
        "chat": {"id": person_id, "type": "private"},
        "text": text,
    }
    return {"update_id": update_id, "message": message}


async def heard(baobab: Baobab, person: Resident) -> str | None:
    async with baobab.house.database.reading() as work:
        return await Meta(work).get(str(person.id))


async def test_updates_are_heard_in_order_and_answered(start: Start, town: Town) -> None:
    baobab = await start(counting_bot.register)
    amina = await town.person("Amina")
    for word in ("one", "two", "three"):
        await amina.says(word)
    assert await heard(baobab, amina) == "one two three "
    assert [message.text for message in amina.messages if not message.mine] == [
        "one",
        "two",
        "three",
    ]
    await baobab.handling.put_away()
    assert await baobab.depth() == 0


async def test_what_came_while_the_bot_was_down_is_heard_when_it_is_back(
    start: Start, town: Town
) -> None:
    amina = await town.person("Amina")
    await town.ask("POST", f"/people/{amina.id}/say", json={"text": "early"})
    baobab = await start(counting_bot.register)
    await amina.says("late")
    assert await heard(baobab, amina) == "early late "


async def test_what_a_crash_left_in_the_inbox_is_dealt_with_first(
    start: Start, town: Town, settings: Settings, clock: Clock
) -> None:
    amina = await town.person("Amina")
    await town.ask("POST", f"/people/{amina.id}/say", json={"text": "/start"})
    unhandled = update_of(amina.id, 1, "kept")
    owed = Call("sendMessage", {"chat_id": amina.id, "text": "owed from before"})
    async with opened(settings.database_url) as database, database.work() as work:
        inbox = Inbox(work, Vault.of(settings))
        answered = Arrived(2, amina.id, "{}")
        batch = [answered, Arrived(1, amina.id, orjson.dumps(unhandled).decode())]
        await inbox.put(batch, clock.now())
        await inbox.claim(2)
        await inbox.handled(answered, [owed], clock.now())
    baobab = await start(counting_bot.register)
    await amina.says("new")
    assert await heard(baobab, amina) == "kept /start new "
    assert [message.text for message in amina.messages if not message.mine] == [
        "kept",
        "owed from before",
        "/start",
        "new",
    ]


async def test_a_failing_handler_gives_an_apology_and_holds_up_nothing(
    start: Start, town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fail(turn: Turn) -> None:
        await Meta(turn.work).set("half", "written")
        if turn.text == "bad secret words":
            raise ZeroDivisionError(turn.text)
        turn.reply(Message(Markup("fine")))

    baobab = await start(lambda routes: routes.any_message(fail))
    amina = await town.person("Amina")
    await amina.says("bad secret words")
    amina.sees("Sorry, something went wrong on our side.")
    async with baobab.house.database.reading() as work:
        assert await Meta(work).get("half") is None
    await amina.says("good")
    assert amina.last.text == "fine"
    logged = "".join(capsys.readouterr())
    assert "ZeroDivisionError" in logged
    assert "test_intake.py" in logged
    assert "secret words" not in logged
    assert "Amina" not in logged


ODD: list[Any] = [
    "nothing",
    {},
    {"update_id": 1, "message": {"text": "x", "from": "somebody"}},
    {"update_id": 2, "message": {"text": "x", "from": {"is_bot": False}}},
    {"update_id": 3, "message": {"text": "x", "from": {"id": 5}}},
    {"update_id": 4, "message": {"text": 5, "from": {"id": 5}, "chat": {"id": 5}}},
    {"update_id": 5, "callback_query": {"from": {"id": 5}, "message": "x"}},
    {"update_id": 6, "inline_query": {"from": {"id": 5}}},
    update_of(5, 2**63, "a number too large"),
    update_of(5, 1.5, "half a number"),
    update_of(2**63, 7, "a person too large"),
]


@pytest.mark.parametrize("odd", ODD)
async def test_an_update_that_cannot_be_read_is_in_nobodys_way(
    start: Start, town: Town, odd: Any
) -> None:
    baobab = await start(counting_bot.register)
    amina = await town.person("Amina")
    await baobab.intake.take([odd, update_of(amina.id, 10**9, "fine")])
    await baobab.idle()
    assert await heard(baobab, amina) == "fine "


async def test_an_update_that_the_library_cannot_read_gets_an_apology(
    start: Start, town: Town
) -> None:
    async def look(turn: Turn) -> None:
        assert turn.update.message
        turn.reply(Message(Markup.escape(turn.text)))

    baobab = await start(lambda routes: routes.any_message(look))
    amina = await town.person("Amina")
    await amina.says("good")
    update = update_of(amina.id, 10**9, "odd")
    update["message"]["date"] = "today"
    await baobab.intake.take([update])
    await baobab.idle()
    await amina.look()
    amina.sees("Sorry, something went wrong on our side.")
    await baobab.handling.put_away()
    assert await baobab.depth() == 0


async def test_what_another_process_kept_and_did_not_confirm_is_heard_when_it_is_repeated(
    start: Start, town: Town
) -> None:
    baobab = await start(counting_bot.register)
    amina = await town.person("Amina")
    update = update_of(amina.id, 10**9, "kept")
    house = baobab.house
    async with house.database.work() as work:  # on a server, a commit may outlive its process
        kept = Arrived(10**9, amina.id, orjson.dumps(update).decode())
        await Inbox(work, house.vault).put([kept], house.clock.now())
    for _ in range(3):
        await baobab.intake.take([update])
        await baobab.idle()
    assert await heard(baobab, amina) == "kept "


async def test_a_flood_of_one_person_is_passed_over(start: Start, town: Town) -> None:
    heard_texts: list[str] = []

    async def listen(turn: Turn) -> None:
        heard_texts.append(turn.text)

    baobab = await start(lambda routes: routes.any_message(listen))
    amina, ben = await town.person("Amina"), await town.person("Ben")
    flood = [update_of(amina.id, 10**9 + n, "again") for n in range(LONGEST_LINE + 1)]
    await baobab.intake.take([*flood, update_of(ben.id, 1, "me too")])
    assert baobab.turnstile.waiting(amina.id) == LONGEST_LINE
    await baobab.idle()
    assert heard_texts.count("again") == LONGEST_LINE
    assert heard_texts.count("me too") == 1


@pytest.mark.parametrize(
    ("times", "said"), [(1, "done"), (OFTEN, "done"), (OFTEN + 1, "Sorry, something went wrong")]
)
async def test_whoever_was_overtaken_is_heard_anew_until_it_must_be_a_fault(
    start: Start, town: Town, times: int, said: str
) -> None:
    overtaken = [Overtaken("UniqueViolationError")] * times

    async def handler(turn: Turn) -> None:
        await counting_bot.write_down(turn)
        if overtaken:
            raise overtaken.pop()
        turn.reply(Message(Markup("done")))

    baobab = await start(lambda routes: routes.any_message(handler))
    amina = await town.person("Amina")
    await amina.says("once")
    amina.sees(said)
    assert await heard(baobab, amina) == ("once " if said == "done" else None)


async def test_a_busy_database_is_no_reason_to_apologise(start: Start, town: Town) -> None:
    busy = [DatabaseBusy("SQLITE_BUSY")] * 2

    async def handler(turn: Turn) -> None:
        if turn.text == "one" and busy:
            raise busy.pop()
        turn.reply(Message(Markup.escape(turn.text)))

    baobab = await start(lambda routes: routes.any_message(handler))
    amina = await town.person("Amina")
    both = [update_of(amina.id, 10**9 + n, text) for n, text in enumerate(("one", "two"))]
    await amina.says("hello")
    await baobab.intake.take(both)
    await baobab.idle()
    await amina.look()
    assert [one.text for one in amina.messages if not one.mine] == ["hello", "one", "two"]


async def test_groups_and_other_bots_are_not_kept(start: Start) -> None:
    baobab = await start(counting_bot.register)
    person = {"id": 5, "is_bot": False, "first_name": "A"}
    group = {"id": -5, "type": "group", "title": "G"}
    message = {"message_id": 1, "date": 1, "from": person, "chat": group, "text": "x"}
    private = {**message, "chat": {"id": 5, "type": "private"}, "from": {**person, "is_bot": True}}
    intake = baobab.intake
    await intake.take([{"update_id": 1, "message": message}, {"update_id": 2, "message": private}])
    await intake.take([{"update_id": 3, "poll": {}}, {"update_id": 4}])
    assert await baobab.depth() == 0


@pytest.mark.parametrize("settings", ["webhook"], indirect=True)
class TestWebhook:
    async def test_only_telegram_may_push(self, start: Start, settings: Settings) -> None:
        baobab = await start(counting_bot.register)
        url = f"{settings.webhook_url}{PATH}"
        right = {SECRET_HEADER: SECRET}
        async with aiohttp.ClientSession() as session:
            async with session.post(url, json={"update_id": 1}) as answer:
                assert answer.status == 403
            async with session.post(
                url, json={"update_id": 1}, headers={SECRET_HEADER: "x"}
            ) as answer:
                assert answer.status == 403
            async with session.post(url, data=b"{}", headers=right) as answer:
                assert answer.status == 403
            async with session.post(url, json=["x"], headers=right) as answer:
                assert answer.status == 400
            async with session.post(
                url, json={"update_id": 1}, headers={SECRET_HEADER: "\udcff"}
            ) as answer:
                assert answer.status == 403
            async with session.get(f"{settings.webhook_url}/health") as answer:
                assert (answer.status, await answer.text()) == (200, "ok\n")
        assert await baobab.depth() == 0

    async def test_an_update_pushed_twice_is_heard_once(
        self, start: Start, settings: Settings, town: Town
    ) -> None:
        baobab = await start(counting_bot.register)
        amina = await town.person("Amina")
        await amina.says("once")
        update = update_of(amina.id, 10**9, "twice")
        async with aiohttp.ClientSession() as session:
            for _ in range(2):
                async with session.post(
                    f"{settings.webhook_url}{PATH}",
                    json=update,
                    headers={SECRET_HEADER: SECRET},
                ) as answer:
                    assert answer.status == 200
        await baobab.idle()
        assert await heard(baobab, amina) == "once twice "


async def test_a_webhook_without_a_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOBAB_TOKEN", "1:x")
    monkeypatch.setenv("BAOBAB_WEBHOOK_URL", "https://example.org")
    with pytest.raises(SettingsProblem, match="BAOBAB_WEBHOOK_SECRET"):
        read_settings()
