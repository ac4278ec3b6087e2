"""Links and buttons that somebody made up."""

import pytest

import handlers
from bot.app import Baobab
from bot.chat.routes import Routes
from bot.people.models import Role
from tests.handlers.conftest import both_databases
from tests.support.people import Resident, Town
from tests.support.roles import give_role

LONG = 2**63
LARGEST = 10**16 - 1  # of what is taken for a number
SORRY = "Sorry, something went wrong on our side."


async def is_everything(baobab: Baobab, person: Resident) -> None:
    for role in Role:
        await give_role(baobab, person, role)


def said(person: Resident) -> str:
    return "\n".join([*(each.text for each in person.messages), *person.toasts])


@both_databases
@pytest.mark.parametrize("link", ["s-{}", "e{}", "e{}-poster", "b{}-0"])
async def test_a_link_with_a_number_that_no_database_holds_leads_nowhere(
    town: Town, amina: Resident, link: str
) -> None:
    for number in (LONG, LARGEST, 10**40, 0):
        await amina.opens(link.format(number))
    assert SORRY not in said(amina)


@pytest.mark.slow
@both_databases
async def test_no_button_breaks_by_its_number(town: Town, baobab: Baobab, amina: Resident) -> None:
    await is_everything(baobab, amina)
    screen = amina.last.id
    routes = Routes()
    handlers.register(routes)
    words = ("", "draft", "survey", "publish", "close", "page", "begin", "go")
    for verb in routes.verbs - {"erase"}:
        for word in words:
            for number in (LONG, LARGEST):
                parts = [verb, word, *[str(number)] * 4]
                data = ":".join(part for part in parts if part)
                while len(data) > 64:
                    data = data.rpartition(":")[0]
                await amina.presses(screen, data)
                assert SORRY not in said(amina), data
