"""Commands, names and descriptions, as each person sees them."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import WireBot


def commands(name: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"about {name}"}]


async def test_the_narrowest_scope_and_then_the_language_wins(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    places: list[tuple[str, dict[str, Any]]] = [
        ("default", {}),
        ("default_so", {"language_code": "so"}),
        ("private", {"scope": {"type": "all_private_chats"}}),
        ("private_so", {"scope": {"type": "all_private_chats"}, "language_code": "so"}),
        ("chat", {"scope": {"type": "chat", "chat_id": amina}}),
        ("chat_so", {"scope": {"type": "chat", "chat_id": amina}, "language_code": "so"}),
    ]
    for name, where in places:
        await bot.call("setMyCommands", commands=commands(name), **where)
        assert sandbox.people.commands(amina) == commands(name)
    for name, where in reversed(places):
        assert sandbox.people.commands(amina) == commands(name)
        assert (await bot.call("getMyCommands", **where)).result == commands(name)
        await bot.call("deleteMyCommands", **where)
    assert sandbox.people.commands(amina) == []


async def test_commands_of_one_chat_and_language_are_no_one_else_s(
    bot: WireBot, sandbox: Sandbox, amina: int, stranger: int
) -> None:
    scope = {"type": "chat", "chat_id": amina}
    await bot.call("setMyCommands", commands=commands("mine"), scope=scope)
    await bot.call("setMyCommands", commands=commands("somali"), language_code="so")
    assert sandbox.people.commands(stranger) == []


async def test_a_leading_slash_is_dropped(bot: WireBot) -> None:
    await bot.form("setMyCommands", commands=commands("/start"))
    kept = [{"command": "start", "description": "about /start"}]
    assert (await bot.call("getMyCommands")).result == kept


@pytest.mark.parametrize(
    ("scope", "error"),
    [
        ("chat", "BotCommandScope must be an Object"),
        ({"type": "room"}, "can't parse BotCommandScope: unsupported type or field specified"),
        (
            {"type": "default", "x": 1},
            "can't parse BotCommandScope: unsupported type or field specified",
        ),
        ({"type": "chat", "chat_id": 1}, "chat not found"),
    ],
)
async def test_an_unknown_scope_is_refused(bot: WireBot, scope: Any, error: str) -> None:
    answer = await bot.call("getMyCommands", scope=[scope] if scope == "chat" else scope)
    assert answer.refusal == (400, f"Bad Request: {error}")


async def test_more_than_100_commands_are_refused(bot: WireBot) -> None:
    answer = await bot.call("setMyCommands", commands=commands("x") * 101)
    assert answer.refusal == (400, "Bad Request: too many bot commands specified")


async def test_names_and_descriptions_are_seen_in_the_person_s_language(
    bot: WireBot, sandbox: Sandbox, amina: int, stranger: int
) -> None:
    await bot.call("setMyDescription", description="Find events.")
    await bot.call("setMyDescription", description="Hel dhacdooyin.", language_code="so")
    await bot.call("setMyShortDescription", short_description="Events")
    await bot.call("setMyName", name="Baobab NWL")
    everyone = {"name": "Baobab NWL", "username": "baobab_demo_bot", "short_description": "Events"}
    assert sandbox.people.profile(amina) == {**everyone, "description": "Hel dhacdooyin."}
    assert sandbox.people.profile(stranger) == {**everyone, "description": "Find events."}
    so = await bot.call("getMyDescription", language_code="so")
    assert so.result == {"description": "Hel dhacdooyin."}
    assert (await bot.call("getMyName")).result == {"name": "Baobab NWL"}
    assert (await bot.call("getMyShortDescription")).result == {"short_description": "Events"}


@pytest.mark.parametrize(
    ("method", "name", "longest"),
    [
        ("setMyName", "name", 64),
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ],
)
async def test_names_and_descriptions_have_a_longest_length(
    bot: WireBot, method: str, name: str, longest: int
) -> None:
    assert (await bot.call(method, **{name: "x" * longest})).result is True
    answer = await bot.call(method, **{name: "x" * (longest + 1)})
    text = f"Bad Request: the sandbox's own strictness: {name} has at most {longest} characters"
    assert answer.refusal == (400, text)


async def test_the_menu_button_is_set_for_one_chat_or_all(bot: WireBot, amina: int) -> None:
    assert (await bot.call("getChatMenuButton")).result == {"type": "commands"}
    await bot.call("setChatMenuButton", menu_button={"type": "default"})
    await bot.form("setChatMenuButton", chat_id=amina, menu_button={"type": "commands"})
    assert (await bot.call("getChatMenuButton", chat_id=amina)).result == {"type": "commands"}
    assert (await bot.call("getChatMenuButton")).result == {"type": "default"}


async def test_a_chat_can_be_asked_about(bot: WireBot, amina: int) -> None:
    chat = (await bot.call("getChat", chat_id=amina)).result
    assert (chat["id"], chat["type"], chat["first_name"]) == (amina, "private", "Amina")
    missing = await bot.call("getChat", chat_id=1)
    assert missing.refusal == (400, "Bad Request: chat not found")


async def test_the_bot_knows_itself(bot: WireBot, sandbox: Sandbox) -> None:
    me = (await bot.call("getme")).result
    assert (me["id"], me["is_bot"]) == (int(sandbox.token.partition(":")[0]), True)
    assert (await bot.call("close")).result is True
