from typing import Any

import pytest

from bot.chat import menus
from bot.chat.http import TelegramHttp
from bot.config import HOME
from bot.i18n import LANGUAGES, Catalogues
from bot.people.content import Content
from bot.people.views.about import description
from bot.sandbox import Sandbox
from tests.support.oracle import problems_of_call
from tests.support.people import Town

CATALOGUES = Catalogues(HOME / "locales")
CONTENT = Content.read(HOME / "content")
WRITES = {"setMyCommands", "setMyDescription", "setMyShortDescription"}


async def written(town: Town) -> list[dict[str, Any]]:
    """The calls so far that change something."""
    return [call for call in await town.ask("GET", "/log") if call["method"] in WRITES]


async def test_everything_is_told_once_in_every_language(town: Town, http: TelegramHttp) -> None:
    await menus.publish(http, CATALOGUES, CONTENT, None)
    calls = await written(town)
    assert len(calls) == 5 * len(LANGUAGES)
    assert [
        problem for call in calls for problem in problems_of_call(call["method"], call["params"])
    ] == []
    for code in LANGUAGES:
        t = CATALOGUES.translator(code)
        resident = await town.person("Amina", language_code=code)
        assert await resident.commands() == {name: t.plain(text) for name, text in menus.COMMANDS}
        about = await town.ask("GET", f"/people/{resident.id}/bot")
        assert about["description"] == description(t, CONTENT)
        assert about["short_description"] == t.plain("Health events near you, in your language.")


async def test_people_of_other_languages_see_english(town: Town, http: TelegramHttp) -> None:
    await menus.publish(http, CATALOGUES, CONTENT, None)
    resident = await town.person("Olu", language_code="yo")
    assert (await resident.commands())["events"] == "Find events near you"


async def test_crisis_is_in_no_menu() -> None:
    assert "crisis" not in dict(menus.COMMANDS)


async def test_what_has_not_changed_is_not_told_again(town: Town, http: TelegramHttp) -> None:
    published = await menus.publish(http, CATALOGUES, CONTENT, None)
    before = await written(town)
    assert await menus.publish(http, CATALOGUES, CONTENT, published) == published
    assert await written(town) == before


async def test_only_what_changed_is_told(town: Town, http: TelegramHttp) -> None:
    published = await menus.publish(http, CATALOGUES, CONTENT, None)
    before = await written(town)
    organisation = CONTENT.organisation.model_copy(update={"name": "The Test Trust"})
    renamed = Content(organisation, CONTENT.boroughs, CONTENT.crisis)
    await menus.publish(http, CATALOGUES, renamed, published)
    changed = (await written(town))[len(before) :]
    assert [call["method"] for call in changed] == ["setMyDescription"] * len(LANGUAGES)


async def test_another_bot_or_server_is_told_everything(
    town: Town, http: TelegramHttp, sandbox: Sandbox
) -> None:
    published = await menus.publish(http, CATALOGUES, CONTENT, None)
    await http.call("deleteMyCommands", {})
    before = await written(town)
    await menus.publish(http, CATALOGUES, CONTENT, published)
    assert len(await written(town)) == 2 * len(before)


async def test_a_refused_menu_is_told_the_next_time(town: Town, http: TelegramHttp) -> None:
    fault = {"kind": "429", "method": "setMyDescription", "retry_after": 3000, "times": 1}
    await town.ask("POST", "/faults", json=fault)
    published = await menus.publish(http, CATALOGUES, CONTENT, None)
    before = await written(town)
    await menus.publish(http, CATALOGUES, CONTENT, published)
    after = (await written(town))[len(before) :]
    assert [call["method"] for call in after] == ["setMyDescription"]


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_chat_has_a_menu_of_its_own(town: Town, http: TelegramHttp, code: str) -> None:
    await menus.publish(http, CATALOGUES, CONTENT, None)
    resident = await town.person("Amina", language_code="en")
    # No bot listens here, so nobody waits for its answer.
    await town.ask("POST", f"/people/{resident.id}/say", json={"text": "/start"})
    t = CATALOGUES.translator(code)
    call = menus.for_chat(t, resident.id)
    assert problems_of_call(call.method, call.params) == []
    await http.call(call.method, call.params)
    assert (await resident.commands())["events"] == t.plain("Find events near you")
    gone = menus.forget_chat(resident.id)
    await http.call(gone.method, gone.params)
    assert (await resident.commands())["events"] == "Find events near you"
