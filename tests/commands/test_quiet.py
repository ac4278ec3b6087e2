"""A copy that was restored: what it knew as sent is not sent twice, and what else can be done."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import Baobab
from bot.broadcasts.drafting import Drafts
from bot.broadcasts.models import Repeats, Stage
from bot.broadcasts.sending import Sending
from bot.broadcasts.store import BroadcastStore
from bot.clock import LONDON, Clock
from bot.commands.backup import back_up
from bot.commands.quiet import keep_quiet
from bot.config import HOME, Settings
from bot.db import upgrade
from bot.db.work import sqlite_path
from bot.errors import SettingsProblem
from bot.events.catalogue import EventCatalogue
from bot.events.models import Event
from bot.people.models import Role
from bot.people.roles import Roles
from bot.people.service import People
from bot.sandbox import Sandbox
from tests.conftest import DIALECTS
from tests.support.databases import fresh_url, opened
from tests.support.events import draft, hold
from tests.support.people import Resident, Town

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
WEEK, TOMORROW, TODAY = (
    "Your event is in 7 days.",
    "Your event is tomorrow.",
    "Your event is today, at 11:00.",
)


@pytest.fixture
def settings(sandbox: Sandbox, tmp_path: Path) -> Settings:
    return Settings(
        token=SecretStr(sandbox.token), api_url=sandbox.url,
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'baobab.db'}",
        secret_key=SecretStr("A" * 43 + "="), content=HOME / "content",
        messages_per_second=0, messages_per_chat_per_second=0,
    )  # fmt: skip


@asynccontextmanager
async def running(
    settings: Settings, sandbox: Sandbox, clock: Clock
) -> AsyncIterator[tuple[Baobab, Town]]:
    async with Baobab(settings, clock) as bot:

        async def quiet() -> None:
            await sandbox.until_fetched()
            await bot.idle()

        async with Town(sandbox, quiet) as town:
            await town.quiet()
            yield bot, town


async def until(town: Town, clock: Clock, moment: datetime) -> None:
    await town.forward(moment - clock.now())


def reminders(person: Resident) -> list[str]:
    """First lines of the reminders that came."""
    firsts = [each.text.split("\n")[0] for each in person.messages if not each.mine]
    return [first for first in firsts if first.startswith("Your event is ")]


async def before_the_loss(settings: Settings, sandbox: Sandbox, clock: Clock) -> tuple[int, Event]:
    """A reminder is sent, a copy is made, another reminder is sent; then the machine is lost.

    Returns:
        The number of the person, and the event.
    """
    async with running(settings, sandbox, clock) as (bot, town):
        [event] = await hold(bot, draft(clock.now(), days=9))
        amina = await town.newcomer("Amina")
        await amina.opens(f"e{event.id}")
        await amina.taps("Book")
        await amina.taps("Yes, remind me")
        await until(town, clock, event.starts_at - 7 * DAY + MINUTE)
        back_up(settings, copy_of(settings))
        await until(town, clock, event.starts_at - DAY + MINUTE)
        await amina.look()
        assert reminders(amina) == [WEEK, TOMORROW]
    database = Path(sqlite_path(settings.database_url))
    for file in database.parent.glob("baobab.db*"):
        file.unlink()
    copy_of(settings).rename(database)
    return amina.id, event


def copy_of(settings: Settings) -> Path:
    return Path(sqlite_path(settings.database_url)).with_name("copy.db")


async def test_what_the_copy_knew_as_sent_is_not_sent_twice(
    settings: Settings, sandbox: Sandbox, clock: Clock
) -> None:
    number, event = await before_the_loss(settings, sandbox, clock)
    clock.forward(HOUR)
    async with running(settings, sandbox, clock) as (_, town):
        amina = Resident(town, number, "Amina")
        await amina.look()
        # sent after the copy was made, and still of use: once more
        assert reminders(amina) == [WEEK, TOMORROW, TOMORROW]
        await until(town, clock, event.starts_at - 2 * HOUR + MINUTE)
        await amina.look()
        assert reminders(amina) == [WEEK, TOMORROW, TOMORROW, TODAY]


async def test_quiet_keeps_what_was_sent_after_the_copy_from_coming_again(
    settings: Settings, sandbox: Sandbox, clock: Clock
) -> None:
    number, event = await before_the_loss(settings, sandbox, clock)
    lost_at = clock.now().astimezone(LONDON).replace(second=0, microsecond=0, tzinfo=None)
    clock.forward(HOUR)
    end = f"due until {lost_at:%d/%m/%Y %H:%M} (Europe/London) will not be sent."
    assert await keep_quiet(settings, clock, lost_at) == [f"1 message that was {end}"]
    assert await keep_quiet(settings, clock, lost_at) == [f"0 messages that were {end}"]
    async with running(settings, sandbox, clock) as (_, town):
        amina = Resident(town, number, "Amina")
        await amina.look()
        assert reminders(amina) == [WEEK, TOMORROW]
        await until(town, clock, event.starts_at - 2 * HOUR + MINUTE)
        await amina.look()
        assert reminders(amina) == [WEEK, TOMORROW, TODAY]


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_quiet_works_on_both_databases_and_never_into_the_future(
    settings: Settings, tmp_path: Path, clock: Clock, dialect: str
) -> None:
    settings = settings.model_copy(update={"database_url": await fresh_url(dialect, tmp_path)})
    await upgrade(settings.database_url)
    async with opened(settings.database_url) as db, db.work() as work:
        await EventCatalogue(work).take_in([draft(clock.now())], clock.now())
    local = clock.now().astimezone(LONDON).replace(tzinfo=None)
    [said] = await keep_quiet(settings, clock, local - HOUR)
    assert said.startswith("0 messages that were due until ")
    with pytest.raises(SettingsProblem, match="Name a time that has passed"):
        await keep_quiet(settings, clock, local + HOUR)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_broadcast_that_began_after_the_copy_does_not_begin_again(
    settings: Settings, tmp_path: Path, clock: Clock, dialect: str
) -> None:
    settings = settings.model_copy(update={"database_url": await fresh_url(dialect, tmp_path)})
    now = clock.now()
    send_at = datetime.combine(now.date() + 7 * DAY, time(12), LONDON)
    async with opened(settings.database_url) as db, db.work() as work:
        grace = (await People(work).greet(7_000_000_001, now)).id
        await Roles(work).give(grace, Role.VOLUNTEER, now)
        drafts = Drafts(work, grace)
        written = await drafts.write(await drafts.begin(now), "en", "We meet today.", now)
        weekly = replace(written, send_at=send_at, repeats=Repeats.WEEKLY)
        asked = await drafts.change(written, weekly, now)
        await Sending(work, grace, LONDON).send(asked.id, asked.revision, now)
    clock.forward(send_at + HOUR - now)
    until = (send_at + MINUTE).replace(tzinfo=None)
    [_, said] = await keep_quiet(settings, clock, until)
    assert said == "1 broadcast that began by then will not begin again."
    async with opened(settings.database_url) as db, db.reading() as work:
        found, _ = await BroadcastStore(work).of(frozenset(Stage), 0, 9)
    assert [(each.stage, each.send_at) for each in found] == [
        (Stage.SCHEDULED, send_at + 7 * DAY),
        (Stage.STOPPED, send_at),
    ]
