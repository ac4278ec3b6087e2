from datetime import UTC, datetime
from typing import Any, cast

import pytest

from bot.chat.context import House, Turn
from bot.chat.routes import Routes
from bot.clock import Clock
from bot.config import HOME, Settings
from bot.i18n import Catalogues
from bot.people.content import Content
from bot.people.models import Person
from bot.people.vault import Vault

NOW = datetime(2026, 10, 17, 13, 5, tzinfo=UTC)
NOT_NEEDED = cast("Any", None)


@pytest.fixture(scope="module")
def house() -> House:
    return House(
        Settings(_env_file=None),  # type: ignore[call-arg]  # a pydantic-settings argument
        Clock(),
        NOT_NEEDED,
        Catalogues(HOME / "locales"),
        Content.read(HOME / "content"),
        Vault(bytes(32)),
        "Baobab_bot",
    )


def everything(heard: list[str]) -> Routes:
    """Somebody for everything, in the order in which the bot's own handlers are named."""
    routes = Routes()

    def listener(name: str) -> Any:
        async def listen(_turn: Turn) -> None:
            heard.append(name)

        return listen

    routes.command("start", listener("/start"))
    routes.tap("language", listener("language"))
    routes.membership(listener("membership"))
    routes.strangers(listener("stranger"))
    routes.tap("home", listener("home"))
    routes.command("events", listener("/events"))
    routes.location(listener("location"))
    routes.command("events", listener("/events again"))
    routes.tap("home", listener("home again"))
    routes.inline(listener("inline"))
    routes.text(listener("text"))
    routes.any_message(listener("message"))
    routes.any_tap(listener("tap"))
    return routes


def typed(text: str, command: int = 0, at: int = 0) -> dict[str, Any]:
    entities = [{"type": "bot_command", "offset": at, "length": command}] if command else []
    return {"message": {"text": text, "entities": entities}}


def pressed(data: str) -> dict[str, Any]:
    return {"callback_query": {"id": "1", "data": data}}


HEARD = [
    (typed("/start", 6), "/start", "/start"),
    (typed("/start brent-poster", 6), "/start", "/start"),
    (typed("/START@baobab_BOT", 17), "/start", "/start"),
    (typed("/start@another_bot", 18), "message", "stranger"),
    (typed("/events", 7), "/events", "stranger"),
    (typed("/eventsandmore", 14), "message", "stranger"),
    (typed("I typed /events", 7, 8), "text", "stranger"),
    (typed("/events"), "text", "stranger"),
    (typed("diabetes"), "text", "stranger"),
    ({"message": {"location": {"latitude": 51.5, "longitude": -0.2}}}, "location", "stranger"),
    ({"message": {"voice": {}}}, "message", "stranger"),
    (pressed("home"), "home", "stranger"),
    (pressed("home:1:b2"), "home", "stranger"),
    (pressed("homely"), "tap", "stranger"),
    (pressed("language:so"), "language", "language"),
    ({"callback_query": {"id": "1"}}, "tap", "stranger"),
    ({"inline_query": {"id": "1", "query": "home"}}, "inline", "inline"),
    ({"my_chat_member": {}}, "membership", "membership"),
    ({"edited_message": {"text": "home"}}, None, None),
    ({}, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("update", "known", "stranger"), HEARD)
async def test_the_first_that_listens_hears_it_and_nobody_else(
    house: House, update: dict[str, Any], known: str | None, stranger: str | None
) -> None:
    heard: list[str] = []
    routes = everything(heard)
    for language, wanted in (("en", known), (None, stranger)):
        heard.clear()
        turn = Turn({"update_id": 1, **update}, NOT_NEEDED, NOW, house)
        turn.meet(Person(1, 2, NOW, language))
        await routes.handle(turn)
        assert heard == ([wanted] if wanted else [])
