"""/text: words for many may speak of what is a call for help from anybody else."""

import pytest

from bot.app import Baobab
from bot.broadcasts.models import Stage
from bot.people.models import Role
from tests.handlers.conftest import Traces, both_databases
from tests.handlers.test_help import CRISIS, WARM
from tests.support.broadcasts import (
    STOPPED,
    TUESDAY,
    asks,
    move_to,
    news_of,
    residents,
    staff,
    stage,
    writes,
)
from tests.support.people import Resident, Town

SAID = "Come and talk about **suicide** with us."
AGAIN = (
    "Are these words for a broadcast? Then send them again with /text in front: "
    "so I know that nobody calls for help."
)
HOW = (
    "/text stands in front of words for a broadcast, when I have asked for them.\n"
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


async def test_a_second_person_asks_not_to_speak_of_suicide(town: Town, baobab: Baobab) -> None:
    await move_to(town, baobab, TUESDAY, 10)
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await residents(baobab, town, ["en"] * 5)
    await asks(grace, "Hello.", 5)
    await kofi.look()
    await kofi.taps("Read it")
    await kofi.taps("Check and approve")
    await kofi.taps("Ask for a change")
    await kofi.says("Please do not say suicide.")
    card, word = [each.text for each in kofi.messages[-2:]]
    assert card.startswith(WARM)
    assert word == AGAIN
    await kofi.says("/text Please do not say suicide.")
    assert kofi.last.text.splitlines()[0] == "I pass it on."
    assert await stage(baobab) is Stage.DRAFT
    await grace.look()
    assert "They say: Please do not say suicide." in grace.last.text.split("\n\n")


async def test_a_reason_and_a_button_speak_of_suicide(town: Town, baobab: Baobab) -> None:
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await writes(kofi, "Hello.")
    await kofi.taps("More")
    await kofi.taps("It is urgent")
    await kofi.says("There was a suicide.")
    assert kofi.last.text == AGAIN
    await kofi.says("/text There was a suicide.")
    assert "Urgent: it leaves at any hour" in kofi.last.text
    await kofi.taps("Back to the broadcast")
    await kofi.taps("Buttons")
    await kofi.taps("Add a web page")
    await kofi.says("https://example.org/suicide")
    assert kofi.last.text == AGAIN
    await kofi.says("/text https://example.org/suicide")
    await kofi.says("About suicide")
    assert kofi.last.text == AGAIN
    await kofi.says("/text About suicide")
    assert "About suicide" in kofi.last.text


async def test_a_moment_is_no_word_of_danger(town: Town, baobab: Baobab) -> None:
    await move_to(town, baobab, TUESDAY, 10)
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await writes(grace, "Hello.")
    await grace.taps("When")
    await grace.taps("Choose a time")
    await grace.says("/text I want to kill myself")
    assert grace.last.text.startswith(WARM)
    await grace.says("/text tomorrow 17:30")
    assert grace.last.text.splitlines()[0] == "Is it sent again?"
