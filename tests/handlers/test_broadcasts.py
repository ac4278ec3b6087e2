"""Broadcasts, from the first word of a draft to the last chat."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import pytest

from bot.app import Baobab
from bot.broadcasts.models import Stage
from bot.broadcasts.store import BroadcastStore
from bot.clock import LONDON
from bot.people.following import Following
from bot.people.models import Role
from bot.people.roles import Roles
from bot.people.service import People
from tests.handlers.conftest import both_databases
from tests.support.events import draft, hold
from tests.support.people import Resident, Town

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
STOPPED = "To stop news, press the button. To stop all messages, send STOP."


@pytest.fixture(autouse=True)
async def in_the_morning(town: Town, baobab: Baobab) -> None:
    """Ten o'clock on a Tuesday to come: broadcasts may leave."""
    now = baobab.house.clock.now().astimezone(LONDON)
    day = now.date() + timedelta(days=(1 - now.weekday()) % 7 or 7)
    await town.forward(datetime.combine(day, time(10), LONDON) - now)


async def staff(town: Town, baobab: Baobab, name: str, *roles: Role) -> Resident:
    """Somebody with roles who writes in English."""
    person = await town.person(name, language_code="en")
    await person.says("/start")
    await person.taps("English")
    await give(baobab, person, *roles)
    return person


async def give(baobab: Baobab, person: Resident, *roles: Role) -> None:
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        found = await People(work).greet(person.id, now)
        for role in roles:
            await Roles(work).give(found.id, role, now)


async def take(baobab: Baobab, person: Resident, role: Role) -> None:
    async with baobab.house.database.work() as work:
        found = await People(work).greet(person.id, baobab.house.clock.now())
        await Roles(work).take(found.id, role)


async def residents(
    baobab: Baobab, town: Town, languages: Sequence[str], *, news: bool = True
) -> list[Resident]:
    """People who have chosen a language and Brent, and agreed to news."""
    found = []
    now = baobab.house.clock.now()
    for number, language in enumerate(languages):
        person = await town.person(f"R{number}{language}", language_code="en")
        await person.says("/start")
        async with baobab.house.database.work() as work:
            known = await People(work).greet(person.id, now)
            await People(work).choose_language(known.id, language)
            await People(work).choose_place(known.id, "brent")
            if news:
                await Following(work).agree(known.id, language, now)
        found.append(person)
    return found


async def writes(volunteer: Resident, text: str) -> None:
    """Begin a broadcast with this text in English."""
    await volunteer.says("/broadcast")
    await volunteer.taps("Write a new one")
    await volunteer.says(text)
    await volunteer.taps("Back to the broadcast")


async def news_of(person: Resident) -> list[str]:
    """What the bot has said to somebody since they came."""
    await person.look()
    return [each.text for each in person.messages if not each.mine][1:]


async def stage(baobab: Baobab, number: int = 1) -> Stage:
    async with baobab.house.database.reading() as work:
        found = await BroadcastStore(work).get(number)
    assert found is not None
    return found.stage


@both_databases
async def test_a_broadcast_reaches_people_in_their_languages_and_is_taken_back(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    english, somali, arabic, french = await residents(baobab, town, ["en", "so", "ar", "fr"])
    [silent] = await residents(baobab, town, ["en"], news=False)
    crowd = await residents(baobab, town, ["en"] * 18)

    await writes(grace, "The clinic in Brent is open on Saturday.")
    await grace.taps("Text")
    await grace.taps("Soomaali: write it")
    await grace.says("Rugta caafimaadka ee Brent waa furan tahay Sabtida.")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    assert "It goes to 22 people." in grace.last.text
    await grace.taps("Ask a second person")
    assert grace.last.text.startswith("I have asked for a second person.")
    assert await news_of(english) == []

    await kofi.look()
    assert kofi.last.text.startswith("A broadcast waits for a second person.")
    await kofi.taps("Read it")
    await kofi.taps("Check and approve")
    await kofi.taps("Approve it")
    assert await stage(baobab) is Stage.DONE
    [said] = await news_of(english)
    assert said == f"The clinic in Brent is open on Saturday.\n\n{STOPPED}"
    [said] = await news_of(somali)
    assert said.startswith("Rugta caafimaadka ee Brent waa furan tahay Sabtida.\n\n")
    for person in (arabic, french):
        [said] = await news_of(person)
        assert said.startswith("The clinic in Brent is open on Saturday.\n\n")
        assert len(said.split("\n\n")) == 3  # the text, the note that it is in English, how to stop
    assert await news_of(silent) == []
    assert [len(await news_of(each)) for each in crowd] == [1] * 18

    await grace.look()
    assert grace.last.text.split("\n")[0] == "A broadcast has been sent."
    assert "Sent: 22 of 22" in grace.last.text
    await grace.taps("Back to the broadcast")
    await grace.taps("Take it back")
    await grace.taps("Yes, take it back")
    assert await stage(baobab) is Stage.RECALLED
    for person in (english, somali, arabic, french, *crowd):
        assert await news_of(person) == []
