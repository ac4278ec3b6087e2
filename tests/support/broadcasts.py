"""Volunteers, the people they write to, and what both do with broadcasts."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.app import Baobab
from bot.broadcasts.models import Stage
from bot.broadcasts.store import BroadcastStore
from bot.clock import LONDON
from bot.people.following import Following
from bot.people.models import Role
from bot.people.roles import Roles
from bot.people.service import People
from tests.support.people import Resident, Town

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
STOPPED = "To stop news, press the button. To stop all messages, send STOP."


TUESDAY, SUNDAY = 1, 6


async def move_to(town: Town, baobab: Baobab, weekday: int, hour: int, minute: int = 0) -> None:
    """Move the time to an hour of the next such day."""
    now = baobab.house.clock.now().astimezone(LONDON)
    day = now.date() + timedelta(days=(weekday - now.weekday()) % 7 or 7)
    await town.forward(datetime.combine(day, time(hour, minute), LONDON) - now)


async def staff(town: Town, baobab: Baobab, name: str, *roles: Role) -> Resident:
    """Somebody with roles who writes in English."""
    person = await town.person(name, language_code="en")
    await person.says("/start")
    await person.taps("English")
    await give(baobab, person, *roles)
    return person


async def give(baobab: Baobab, person: Resident, *roles: Role, borough: str = "") -> None:
    """Let somebody have roles, in one borough or everywhere."""
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        found = await People(work).greet(person.id, now)
        for role in roles:
            await Roles(work).give(found.id, role, now, borough)


async def take(baobab: Baobab, person: Resident, role: Role) -> None:
    async with baobab.house.database.work() as work:
        now = baobab.house.clock.now()
        found = await People(work).greet(person.id, now)
        await Roles(work).take(found.id, role, now)


async def uses(baobab: Baobab, person: Resident, language: str) -> None:
    """Let somebody use the bot in another language from now on."""
    async with baobab.house.database.work() as work:
        people = People(work)
        found = await people.greet(person.id, baobab.house.clock.now())
        await people.choose_language(found.id, language)


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


async def asks(volunteer: Resident, text: str, people: int) -> None:
    """Write to everybody, and ask for a second person."""
    await writes(volunteer, text)
    await volunteer.taps("Send it")
    assert f"It goes to {people} people." in volunteer.last.text
    await volunteer.taps("Ask a second person")


async def approves(organiser: Resident) -> None:
    """Approve what one was asked to approve last."""
    await organiser.look()
    await organiser.taps("Read it")
    await organiser.taps("Check and approve")
    await organiser.taps("Approve it")
