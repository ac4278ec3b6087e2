"""Roles that people are given and lose outside the chat, as the command line does it."""

from bot.app import Baobab
from bot.people.models import Role
from bot.people.roles import Roles
from bot.people.service import People
from tests.support.people import Resident


async def number_of(baobab: Baobab, person: Resident) -> int:
    """The number by which the bot knows somebody; they need not have written to it."""
    async with baobab.house.database.work() as work:
        return (await People(work).greet(person.id, baobab.house.clock.now())).id


async def give_role(baobab: Baobab, person: Resident, role: Role, *place: str) -> None:
    """Give somebody a role; in a borough and for a group if they are named."""
    number = await number_of(baobab, person)
    async with baobab.house.database.work() as work:
        await Roles(work).give(number, role, baobab.house.clock.now(), *place)


async def take_role(baobab: Baobab, person: Resident, role: Role) -> None:
    """Take a role from somebody."""
    number = await number_of(baobab, person)
    async with baobab.house.database.work() as work:
        await Roles(work).take(number, role, baobab.house.clock.now())
