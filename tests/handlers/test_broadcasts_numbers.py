"""What volunteers see of how many people a broadcast is for: nobody can be told from it."""

import pytest

from bot.app import Baobab
from bot.broadcasts.models import Stage
from bot.broadcasts.store import BroadcastStore
from bot.chat.readings import KEPT
from bot.events.booking import BookingDesk
from bot.people.models import Role
from bot.people.service import People
from tests.handlers.conftest import both_databases
from tests.support.broadcasts import residents, staff, stage, writes
from tests.support.events import draft, hold
from tests.support.people import Resident, Town

pytestmark = pytest.mark.usefixtures("in_the_morning")
PLACE = "…Brent health day"


async def books(baobab: Baobab, event_id: int, *people: Resident) -> None:
    now = baobab.house.clock.now()
    for each in people:
        async with baobab.house.database.work() as work:
            found = await People(work).greet(each.id, now)
            await BookingDesk(work).book(event_id, found.id, now)


async def ticks(volunteer: Resident, *ways: tuple[str, str]) -> None:
    """Choose an audience, from the screen of a draft and back to it."""
    await volunteer.taps("For whom")
    for kind, what in ways:
        await volunteer.taps(kind)
        await volunteer.taps(next(each for each in volunteer.last.buttons if what in each))
        await volunteer.taps("Done")


async def screens(volunteer: Resident) -> list[str]:
    """What the screens say that count: of the audience, of the draft, and the last look."""
    found = [volunteer.last.text]
    await volunteer.taps("Back to the broadcast")
    found.append(volunteer.last.text)
    await volunteer.taps("Send it")
    return [*found, volunteer.last.text]


@pytest.mark.parametrize("kind", ["Have a place at an event", "Not: have a place at an event"])
async def test_no_screen_tells_whether_somebody_has_a_place(
    town: Town, baobab: Baobab, kind: str
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [hodan] = await residents(baobab, town, ["so"])
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await writes(grace, "We meet.")
    await ticks(grace, (kind, "Brent health day"), ("Languages", "Soomaali"), ("Boroughs", "Brent"))
    before = await screens(grace)
    assert ["It goes to fewer than 5 people." in each for each in before] == [True] * 3
    await books(baobab, event.id, hodan)
    await grace.taps("Back to the broadcast")
    await grace.taps("For whom")
    assert await screens(grace) == before


async def test_from_five_on_it_counts_and_says_who_is_left_out(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"] * 5 + ["so"] * 4)
    await residents(baobab, town, ["ar"] * 5, news=False)
    await writes(grace, "We meet.")
    assert "العربية: no text, fewer than 5 people get it in English" in grace.last.text.translate(
        {0x2068: None, 0x2069: None}
    )
    await grace.taps("Send it")
    assert grace.last.text.split("\n\n")[2:4] == [
        (
            "It goes to 9 people.\n– English: 5\n– any other language: fewer than 5\nBy borough:\n"
            "– Brent: 9\n– anywhere else: fewer than 5"
        ),
        (
            "Left out:\n– do not want news: 6\n"
            "– stopped messages, blocked the bot, got enough messages this week: fewer than 5 "
            "for each reason"
        ),
    ]


@both_databases
async def test_the_screens_of_a_draft_reckon_once_and_sending_anew(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"] * 20)
    await writes(grace, "We meet.")
    assert "It goes to 20 people." in grace.last.text
    await residents(baobab, town, ["so"])
    await grace.taps("For whom")
    assert "It goes to 20 people." in grace.last.text
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    assert "It goes to 20 people." in grace.last.text
    await grace.taps("Send it now")  # meanwhile it is for too many for one person alone
    assert await stage(baobab) is Stage.WAITING
    await town.forward(KEPT)
    await grace.taps("Back to the broadcast")
    assert "It goes to 21 people." in grace.last.text


async def test_another_audience_is_reckoned_at_once_and_chosen_once(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await residents(baobab, town, ["en"] * 7 + ["so"] * 6)
    await writes(grace, "We meet.")
    assert "It goes to 13 people." in grace.last.text
    for language, people in (("Soomaali", 6), ("English", 13)):
        await grace.taps("For whom")
        await grace.taps("Languages")
        await grace.taps(f"☐ {language}")
        await grace.taps("Done")
        assert f"It goes to {people} people." in grace.last.text
        await grace.taps("Back to the broadcast")
        assert f"It goes to {people} people." in grace.last.text
    await ticks(grace, ("Boroughs", "Brent"))
    await grace.taps("One is enough")  # changes it, and shows what was not reckoned yet
    assert "It goes to 13 people." in grace.last.text
    async with baobab.house.database.reading() as work:
        found = await BroadcastStore(work).get(1)
    assert found is not None
    assert found.revision == 5
    assert not found.audience.every
