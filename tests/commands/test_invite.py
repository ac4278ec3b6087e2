"""`baobab invite`, from the command line to the chat."""

import re
from datetime import timedelta
from pathlib import Path

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


async def test_an_invite_can_hold_in_one_place_and_for_some_days(
    baobab: Command, clock: Clock, empty_database_url: str
) -> None:
    made = await baobab(
        "invite", "organiser", "--username", "a_bot", "--borough", "Brent", "--group", "circles",
        "--label", "Organiser 1", "--days", "1", database_url=empty_database_url,
    )  # fmt: skip
    assert (made.code, made.err) == (0, "")
    _, what, how = made.out.splitlines()
    assert what == (
        "Whoever follows this link first has the role organiser in Brent for the circles from "
        "then on."
    )
    ends = (clock.now() + timedelta(days=1)).astimezone(LONDON)
    assert f"until {ends:%A} {ends.day} {ends:%B %Y}" in how
    log = await baobab("log", database_url=empty_database_url)
    assert [line.split(",")[3:] for line in log.out.splitlines()] == [
        ["who", "act", "subject", "details"],
        ["", "invite made", "invite 1", "borough: brent; group: circles; role: organiser"],
        ["", "log exported", "log", ""],
    ]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (
            ("admin", "--borough", "brent"),
            "The role admin holds everywhere: it cannot be given for a borough or a group.\n",
        ),
        (("volunteer", "--borough", "Atlantis"), "There is no borough Atlantis. Known are: "),
        (("volunteer", "--label", "x" * 41), "The label can have 40 letters at most.\n"),
    ],
)
async def test_an_invite_that_cannot_be_is_refused(
    baobab: Command, empty_database_url: str, wrong: tuple[str, ...], why: str
) -> None:
    made = await baobab("invite", *wrong, "--username", "a_bot", database_url=empty_database_url)
    assert (made.code, made.out) == (1, "")
    assert made.err.startswith(why)


async def test_the_log_is_written_into_a_new_file_alone(
    baobab: Command, empty_database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "log.csv"
    made = await baobab("log", "--to", str(file), database_url=empty_database_url)
    assert (made.code, made.out) == (0, f"{file}\n")
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == 2
    again = await baobab("log", "--to", str(file), database_url=empty_database_url)
    assert (again.code, again.err) == (1, f"{file} is there already. Nothing was written.\n")
