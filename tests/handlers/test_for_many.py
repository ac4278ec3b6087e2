"""/text: words for many may speak of what is a call for help from anybody else."""

import pytest

from bot.app import Baobab
from bot.people.models import Role
from tests.handlers.conftest import Traces, both_databases
from tests.handlers.test_help import CRISIS, WARM
from tests.support.broadcasts import STOPPED, TUESDAY, move_to, news_of, residents, staff
from tests.support.people import Resident, Town

SAID = "Come and talk about **suicide** with us."
AGAIN = (
    "Is this the text of your broadcast? Then send it again with /text in front: "
    "so I know that nobody calls for help."
)
HOW = (
    "/text stands in front of the text of a broadcast, when I have asked for it.\n"
    "For example: /text Come and talk with us."
)


@both_databases
async def test_a_broadcast_speaks_of_suicide(town: Town, baobab: Baobab) -> None:
    await move_to(town, baobab, TUESDAY, 10)
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    await grace.says("/broadcast")
    await grace.taps("Write a new one")
    await grace.says(SAID)
    card, word = [each.text for each in grace.messages[-2:]]
    assert card.startswith(WARM)
    assert word == AGAIN
    await grace.says(f"/text {SAID}")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    assert await news_of(amina) == [f"Come and talk about suicide with us.\n\n{STOPPED}"]
    await amina.look()
    assert amina.last.raw["entities"][0] == {"type": "bold", "offset": 20, "length": 7}


@pytest.mark.parametrize("code", CRISIS)
async def test_whoever_writes_no_broadcast_is_helped(
    amina: Resident, traces: Traces, code: str
) -> None:
    await amina.says(f"/text {CRISIS[code]} zebra")
    assert amina.last.text.startswith(WARM)
    assert await traces("zebra") == []


async def test_somebody_without_a_language_is_helped(town: Town) -> None:
    yusuf = await town.person("Yusuf", language_code="en")
    await yusuf.says("/text I want to kill myself")
    assert yusuf.last.text.startswith(WARM)
    await yusuf.says("/text Hello")
    assert "Soomaali" in yusuf.last.buttons


@pytest.mark.parametrize("said", ["/text", "/text Hello"])
async def test_when_no_text_is_asked_for_it_says_what_it_is_for(amina: Resident, said: str) -> None:
    await amina.says(said)
    assert amina.last.text == HOW
    assert amina.last.buttons == ["Go to the start"]


async def test_without_words_behind_it_the_question_stays(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await grace.says("/broadcast")
    await grace.taps("Write a new one")
    await grace.says("/text")
    assert grace.last.text == HOW
    await grace.says("/text Hello.")
    assert "Back to the broadcast" in grace.last.buttons
