"""`baobab invite`, from the command line to the chat."""

import re

import pytest

from bot.app import Baobab
from bot.clock import LONDON, Clock
from bot.config import HOME, Settings
from bot.db import upgrade
from bot.people.models import Role
from bot.people.roles import LASTS
from bot.sandbox import Sandbox
from tests.commands.conftest import Command
from tests.support.people import Town

LINK = re.compile(r"https://t\.me/baobab_demo_bot\?start=(i-[A-Za-z0-9_-]{24})")


@pytest.mark.parametrize("role", Role)
async def test_a_link_is_printed_for_each_role(
    baobab: Command, sandbox: Sandbox, clock: Clock, role: Role
) -> None:
    made = await baobab("invite", role.value, token=sandbox.token, api_url=sandbox.url)
    assert (made.code, made.err) == (0, "")
    link, what, how = made.out.splitlines()
    assert LINK.fullmatch(link)
    assert what == f"Whoever follows this link first has the role {role.value} from then on."
    ends = (clock.now() + LASTS).astimezone(LONDON)
    assert re.fullmatch(
        rf"It works once, until {ends:%A} {ends.day} {ends:%B %Y} \({ends:%d/%m/%Y}\), \d\d:\d\d "
        r"\(Europe/London\)\. Send it to that person alone\.",
        how,
    )


async def test_telegram_need_not_be_asked_for_the_username(baobab: Command) -> None:
    made = await baobab("invite", "volunteer", "--username", "a_bot")
    assert made.code == 0
    assert made.out.startswith("https://t.me/a_bot?start=i-")


async def test_a_printed_link_makes_a_volunteer(
    baobab: Command, sandbox: Sandbox, clock: Clock, empty_database_url: str
) -> None:
    await upgrade(empty_database_url)
    made = await baobab(
        "invite", "volunteer",
        token=sandbox.token, api_url=sandbox.url, database_url=empty_database_url,
    )  # fmt: skip
    found = LINK.match(made.out)
    assert found is not None, made
    settings = Settings(
        token=sandbox.token, api_url=sandbox.url, database_url=empty_database_url,
        secret_key="A" * 43 + "=", content=HOME / "content",
    )  # fmt: skip
    async with Baobab(settings, clock) as bot:

        async def quiet() -> None:
            await sandbox.until_fetched()
            await bot.idle()

        async with Town(sandbox, quiet) as town:
            grace = await town.person("Grace", language_code="en")
            await grace.opens(found[1])
            await grace.taps("English")
            assert grace.last.text.startswith("You are a volunteer now.")
            await grace.taps("What will be sent")
            assert grace.last.text.startswith("What will be sent\n")
