"""The story of the first release, as a resident lives it, in each language on each database."""

import icalendar
import pytest

from bot.app import Baobab
from bot.commands.bring import bring_samples
from bot.config import HOME
from bot.i18n import LANGUAGES, Catalogues
from tests.handlers.conftest import both_databases
from tests.support.people import Resident, Town

CATALOGUES = Catalogues(HOME / "locales")


async def load_samples(baobab: Baobab) -> None:
    house = baobab.house
    await bring_samples(house.settings.content / "events", house.settings, house.clock)


def card_of(person: Resident, number: int) -> str:
    """The label of the numbered button; in Arabic the number is set apart with isolates."""
    return next(label for label in person.last.buttons if f"{number}" in label[:3])


@both_databases
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_resident_finds_a_health_expo_near_and_books_it(
    town: Town, baobab: Baobab, code: str
) -> None:
    t = CATALOGUES.translator(code)
    await load_samples(baobab)
    amina = await town.person("Amina", language_code=code)

    await amina.says("/start")
    assert amina.last.buttons[0] == t.name  # Telegram's language only comes first in the list
    await amina.taps(t.name)
    await amina.says("ha9 6aa")
    await amina.taps(t.plain("Find events"))
    await amina.taps(t.plain("Change what you see"))
    await amina.taps(t.plain("Kind: {choice}", choice=t.plain("all")))
    await amina.taps(t.plain("Health expo"))
    await amina.taps(card_of(amina, 2))  # the first one may have begun today
    assert t.plain("Book") in amina.last.buttons
    await amina.taps(t.plain("Book"))
    amina.sees(t("<b>You have a place.</b>").striptags())

    await amina.taps(t.plain("Calendar file"))
    [file] = amina.documents
    [event] = icalendar.Calendar.from_ical(await town.bytes_of(file)).events
    assert event["STATUS"] == "CONFIRMED"
    assert event.start.utcoffset() is not None

    await amina.says("/bookings")
    amina.sees(str(event["SUMMARY"]))
    await amina.says("/mydata")
    assert len(amina.documents) == 2
    await amina.says("/delete")
    await amina.taps(t.plain("Delete everything"))
    amina.sees(t("<b>Your data is deleted.</b> I do not know you any more.").striptags())
    await amina.says("/start")
    assert sorted(amina.last.buttons) == sorted(language.name for language in LANGUAGES.values())
