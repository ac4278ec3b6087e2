import pytest

from bot.chat import menus
from bot.config import HOME
from bot.i18n import LANGUAGES, Catalogues
from tests.support.people import Resident, Town

CATALOGUES = Catalogues(HOME / "locales")
NOTICE = "A computer made this translation. A native speaker has not checked it yet."


def menu(code: str) -> dict[str, str]:
    return {
        one["command"]: one["description"] for one in menus.commands(CATALOGUES.translator(code))
    }


@pytest.mark.parametrize("code", LANGUAGES)
async def test_everything_follows_the_chosen_language(town: Town, code: str) -> None:
    t = CATALOGUES.translator(code)
    amina = await town.person("Amina", language_code="en")
    await amina.says("/start")
    await amina.taps(t.name)
    assert (NOTICE in amina.screen) == t.is_machine
    assert t.plain("I am not sure") in amina.last.buttons
    await amina.taps(t.plain("I am not sure"))
    assert t.plain("Find events") in amina.last.buttons
    assert await amina.commands() == menu(code)


async def test_the_language_changes_at_any_time(amina: Resident) -> None:
    t = CATALOGUES.translator("fr")
    await amina.says("/language")
    assert amina.last.rows == [["English", "Soomaali"], ["العربية", "Français"], ["Back"]]
    await amina.taps("Français")
    assert t.plain("Find events") in amina.last.buttons
    assert await amina.commands() == menu("fr")
    await amina.taps(t.plain("Language"))
    await amina.taps("English")
    assert "Find events" in amina.last.buttons
    assert await amina.commands() == menu("en")


async def test_a_typed_language_is_offered_and_not_taken(amina: Resident) -> None:
    await amina.says("Soomaali")
    assert amina.last.buttons[0] == "Soomaali"
    assert "Which language do you want to use?" in amina.last.text
    await amina.says("language")
    assert amina.last.buttons[0] == "English"


async def test_a_language_we_do_not_speak_is_asked_again(amina: Resident) -> None:
    await amina.says("/language")
    await amina.presses(amina.last.id, "language:xx")
    assert amina.last.rows == [["English", "Soomaali"], ["العربية", "Français"], ["Back"]]


async def test_whoever_opened_the_languages_by_mistake_can_go_back(amina: Resident) -> None:
    await amina.says("/start")
    await amina.taps("Language")
    await amina.taps("Back")
    assert amina.last.buttons[0] == "Find events"


async def test_a_stranger_has_nothing_to_go_back_to(town: Town) -> None:
    stranger = await town.person("Amina", language_code="en")
    await stranger.says("/language")
    assert stranger.last.rows == [["English", "Soomaali"], ["العربية", "Français"]]
