import json
from datetime import timedelta

import pytest

from bot.app import Baobab
from bot.config import HOME
from bot.i18n import Catalogues
from bot.people.store import PeopleStore
from bot.people.views import privacy
from tests.handlers.conftest import Traces, both_databases
from tests.support.events import draft, going, hold
from tests.support.people import Resident, Town

CATALOGUES = Catalogues(HOME / "locales")
DELETED = "Your data is deleted. I do not know you any more."
OLD = "This button is too old. Nothing has changed. Please choose here."


async def is_known(baobab: Baobab, resident: Resident) -> bool:
    async with baobab.house.database.reading() as work:
        return await PeopleStore(work).get(resident.id) is not None


async def test_the_notice_leads_to_the_data_and_its_end(amina: Resident) -> None:
    await amina.says("/privacy")
    assert amina.last.text.startswith("What I keep, and why\n")
    assert "Sample organisation" in amina.last.text
    assert amina.last.buttons == ["See my data", "Delete my data", "Back"]


async def test_a_machine_translated_notice_has_the_english_beneath(town: Town) -> None:
    t = CATALOGUES.translator("so")
    amina = await town.person("Amina", language_code="so")
    await amina.says("/privacy")
    assert t.is_machine == ("\n\nEnglish\n\nWhat I keep, and why\n" in amina.last.text)


async def test_my_data_is_a_file_of_everything(amina: Resident, town: Town) -> None:
    await amina.says("NW10")
    await amina.taps("Ealing")
    await amina.taps("Privacy and my data")
    await amina.taps("See my data")
    assert [file.name for file in amina.documents] == ["my-data.json"]
    held = json.loads(await town.bytes_of(amina.documents[0]))
    assert held["person"]["telegram_id"] == amina.id
    assert held["person"]["language"] == "en"
    assert held["person"]["borough"] == "ealing"
    assert held["person"]["postcode_first_half"] == "NW10"
    assert held["bookings"] == []
    assert held["consents"] == []
    assert held["conversations"] == []
    await amina.says("/mydata")
    assert len(amina.documents) == 2


@both_databases
async def test_delete_asks_once_and_leaves_no_trace(
    amina: Resident, baobab: Baobab, traces: Traces
) -> None:
    await amina.says("NW10")
    await amina.taps("Ealing")
    assert "people" in await traces(amina.id)
    await amina.says("/delete")
    assert amina.last.buttons == ["Delete everything", "Keep my data"]
    assert await is_known(baobab, amina)
    await amina.taps("Delete everything")
    assert amina.last.text.startswith(DELETED)
    assert amina.last.buttons == []
    assert await traces(amina.id) == []


@both_databases
async def test_everything_from_a_poster_to_a_begun_form_is_told_and_erased(
    town: Town, baobab: Baobab, traces: Traces
) -> None:
    """A link, a booking, a sealed conversation: the whole way, and the place is free again."""
    (event,) = await hold(baobab, draft(baobab.house.clock.now()))
    grace = await town.person("Grace", language_code="en")
    await grace.opens(f"e{event.id}-library_zebra")
    await grace.taps("English")
    await grace.taps("Book")
    await grace.taps("Yes")
    await grace.taps("British Sign Language")
    assert await going(baobab, event) == 1
    await grace.says("/mydata")
    held = json.loads(await town.bytes_of(grace.documents[0]))
    assert held["person"]["came_from"] == "library_zebra"
    assert [booking["event"] for booking in held["bookings"]] == ["Brent health day"]
    assert [conversation["form"] for conversation in held["conversations"]] == ["needs"]
    await grace.says("/delete")
    await grace.taps("Delete everything")
    assert grace.last.text.startswith(DELETED)
    assert await traces(grace.id) == []
    assert await traces("library_zebra") == []
    assert await going(baobab, event) == 0


async def test_goodbye_is_said_in_their_language(town: Town) -> None:
    t = CATALOGUES.translator("fr")
    marie = await town.person("Marie", language_code="en")
    await marie.says("/start")
    await marie.taps("Français")
    await marie.says("/delete")
    await marie.taps(t.plain("Delete everything"))
    english = CATALOGUES.translator("en")
    goodbye = privacy.goodbye(t, english).text.striptags()
    assert " ".join(marie.last.text.split()) == goodbye


async def test_afterwards_they_are_a_stranger(amina: Resident, baobab: Baobab) -> None:
    french = CATALOGUES.translator("fr")
    await amina.says("/language")
    await amina.taps("Français")
    await amina.says("/delete")
    await amina.taps(french.plain("Delete everything"))
    assert (await amina.commands())["start"] == "Go to the start"
    await amina.says("/start")
    assert "Welcome to Baobab." in amina.last.text
    assert amina.last.buttons[0] == "English"


async def test_keeping_the_data_keeps_it(amina: Resident, baobab: Baobab) -> None:
    await amina.says("/delete")
    await amina.taps("Keep my data")
    assert amina.last.text.startswith("Nothing has changed.")
    assert await is_known(baobab, amina)


@both_databases
async def test_pressing_it_twice_is_pressing_it_once(
    amina: Resident, baobab: Baobab, traces: Traces
) -> None:
    await amina.says("/delete")
    button = amina.last.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    screen = amina.last.id
    await amina.presses(screen, button)
    await amina.presses(screen, button)
    assert amina.last.text.startswith(DELETED)
    assert await traces(amina.id) == []


async def test_an_old_button_asks_again(amina: Resident, baobab: Baobab, town: Town) -> None:
    await amina.says("/delete")
    await town.forward(timedelta(hours=2))
    await amina.taps("Delete everything")
    assert amina.toasts == [OLD]
    assert amina.last.buttons == ["Delete everything", "Keep my data"]
    assert await is_known(baobab, amina)
    await amina.taps("Delete everything")
    assert amina.last.text.startswith(DELETED)


@pytest.mark.parametrize("data", ["erase", "erase:1", "erase:1:2:3:4", "erase:x:y:z"])
async def test_a_forged_button_erases_nothing(amina: Resident, baobab: Baobab, data: str) -> None:
    await amina.presses(amina.last.id, data)
    assert amina.toasts == [OLD]
    assert await is_known(baobab, amina)


async def test_nobody_deletes_somebody_else(amina: Resident, town: Town, baobab: Baobab) -> None:
    await amina.says("/delete")
    button = amina.last.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    grace = await town.newcomer("Grace")
    await grace.presses(grace.last.id, button)
    assert grace.toasts == [OLD]
    assert await is_known(baobab, amina)
    assert await is_known(baobab, grace)


async def test_buttons_from_before_the_deletion_do_nothing(amina: Resident) -> None:
    home = amina.last.id
    await amina.says("/delete")
    await amina.taps("Delete everything")
    await amina.presses(home, "bookings")
    assert amina.toasts[-1] == OLD
    assert amina.last.text.startswith("Please choose your language first.")


async def test_blocking_after_the_deletion_leaves_nothing(amina: Resident, baobab: Baobab) -> None:
    await amina.says("/delete")
    await amina.taps("Delete everything")
    await amina.blocks()
    assert not await is_known(baobab, amina)
