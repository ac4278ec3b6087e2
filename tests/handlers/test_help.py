import pytest

from bot.app import Baobab
from bot.config import HOME
from bot.i18n import LANGUAGES, Catalogues
from bot.people.keywords import _KEYWORDS, Keyword
from tests.handlers.conftest import Traces, both_databases
from tests.support.people import Resident, Town

CATALOGUES = Catalogues(HOME / "locales")
WARM = "It sounds as if you, or someone you know, may be having a very hard time."
CRISIS = {
    "en": "I want to kill myself",
    "so": "waxaan rabaa inaan dhinto",
    "ar": "أريد أن أقتل نفسي",
    "fr": "j'ai envie de mourir",
}


async def test_help_shows_danger_first_then_what_the_bot_does(amina: Resident) -> None:
    await amina.says("/help")
    paragraphs = amina.last.text.split("\n\n")
    assert paragraphs[0] == "Help at once"
    assert paragraphs[1].startswith("Emergency: 999")
    assert paragraphs[-2].startswith("What I can do\n")
    assert paragraphs[-1].startswith("Who runs this\nSample organisation\n")
    assert amina.last.buttons[0] == "More help lines"


@pytest.mark.parametrize("code", LANGUAGES)
async def test_every_help_word_of_every_language_brings_help(amina: Resident, code: str) -> None:
    for word in _KEYWORDS[Keyword.HELP][code]:
        await amina.says(word)
        assert amina.last.text.startswith("Help at once\n\n"), word


async def test_more_help_lines_in_the_place_of_the_first(amina: Resident) -> None:
    await amina.says("help")
    seen = len(amina.messages)
    await amina.taps("More help lines")
    assert "Childline: 0800 1111" in amina.last.text
    assert len(amina.messages) == seen
    await amina.taps("Go to the start")
    assert amina.last.text.startswith("What would you like to do?")


async def test_a_stranger_gets_help_at_once(town: Town) -> None:
    yusuf = await town.person("Yusuf", language_code="ar")
    await yusuf.says("/help")
    arabic, english = yusuf.last.text.split("\n\nEnglish\n\n")
    assert "999" in arabic
    assert "الطوارئ" in arabic
    assert english.split("\n\n")[1].startswith("Emergency: 999\n")


@pytest.mark.parametrize("code", CRISIS)
async def test_words_of_crisis_bring_the_card_in_every_state(town: Town, code: str) -> None:
    resident = await town.person("Amina", language_code="en")
    await resident.says(CRISIS[code])
    assert WARM in resident.last.text
    await resident.says("/start")
    await resident.taps("English")
    await resident.says(CRISIS[code])
    assert resident.last.text.startswith(WARM)
    assert "No person reads this chat straight away." in resident.last.text
    assert "I have not kept what you wrote." in resident.last.text
    await resident.taps("Go to the start")
    assert resident.last.text.startswith("What would you like to do?")


@both_databases
async def test_words_of_crisis_are_nowhere_afterwards(
    amina: Resident, baobab: Baobab, traces: Traces
) -> None:
    await amina.says("I want to kill myself tonight zebra")
    assert amina.last.text.startswith(WARM)
    assert await traces("zebra") == []


@pytest.mark.parametrize("data", ["crisis:99", "crisis:x", "crisis", "crisis:-1"])
async def test_a_forged_page_is_the_first(amina: Resident, data: str) -> None:
    await amina.presses(amina.last.id, data)
    assert "Emergency: 999" in amina.last.text
