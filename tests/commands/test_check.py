import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from bot.clock import LONDON
from bot.commands.check import Found, find_problems
from bot.config import HOME, Settings
from bot.db import upgrade
from bot.db.upgrade import newer
from bot.delivery.models import Lane, Mailing, Reason, Settled, State
from bot.delivery.store import DeliveryStore
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.people.service import People
from bot.reminders.choices import ReminderChoices
from bot.reminders.leads import USUAL
from bot.sandbox import Sandbox
from tests.commands.conftest import Command
from tests.conftest import DIALECTS
from tests.support.databases import fresh_url, opened
from tests.support.events import draft

KEY = "A" * 43 + "="
NOW = datetime(2026, 10, 17, 13, 5, tzinfo=LONDON)
EMPTY = "The database is empty; the bot makes it when it starts."
NO_KEY = "There is no key yet; the bot makes one when it starts."
UNHEARD = (
    "crisis_words.yaml has no phrases in Français (fr); what people write in it does not bring the "
    "crisis lines."
)
UNREACHABLE = (
    "PostgreSQL cannot be reached (ConnectionRefusedError). Check BAOBAB_DATABASE_URL: host, port, "
    "name, user and password."
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in os.environ:
        if name.startswith("BAOBAB_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def settings(sandbox: Sandbox) -> Settings:
    return Settings(
        token=SecretStr(sandbox.token), api_url=sandbox.url, content=HOME / "content",
        secret_key=SecretStr(KEY),
    )  # fmt: skip


def changed(settings: Settings, **more: object) -> Settings:
    return settings.model_copy(update=more)


def others(found: Found) -> list[str]:
    """What is noticed beside the shipped content and translations, which are unreviewed."""
    return [
        warning
        for warning in found.warnings
        if ".yaml" not in warning and "No native reader" not in warning
    ]


async def test_a_bot_that_is_ready_to_start_has_no_problem(settings: Settings) -> None:
    found = await find_problems(settings)
    assert found.problems == []
    assert others(found) == [EMPTY]
    await upgrade(settings.database_url)
    assert others(await find_problems(settings)) == []


async def test_looking_changes_nothing(settings: Settings, folder: Path) -> None:
    await find_problems(changed(settings, secret_key=None))
    assert list(folder.iterdir()) == []


async def test_a_missing_key_is_made_at_the_start_and_said_before(settings: Settings) -> None:
    assert others(await find_problems(changed(settings, secret_key=None))) == [NO_KEY, EMPTY]


async def test_what_is_missing_or_wrong_is_a_problem(settings: Settings, folder: Path) -> None:
    nowhere = "sqlite+aiosqlite:///no/folder/x.db"
    (folder / "text.db").write_text("no database " * 1000, encoding="utf-8")
    with closing(sqlite3.connect(folder / "other.db")) as other:
        other.execute("CREATE TABLE recipes (name)")
    stranger = (
        "{} is not a database of this bot, or is damaged. Name another file in "
        "BAOBAB_DATABASE_URL, or bring back your copy."
    )
    for change, problem in [
        ({"token": None}, "BAOBAB_TOKEN is not set. Get one from BotFather in Telegram."),
        (
            {"token": SecretStr("1:unknown")},
            "Telegram does not know BAOBAB_TOKEN. Copy it again from BotFather.",
        ),
        (
            {"database_url": nowhere},
            "The folder no/folder does not exist, or this user may not write there.",
        ),
        ({"database_url": "sqlite+aiosqlite:///text.db"}, stranger.format("text.db")),
        ({"database_url": "sqlite+aiosqlite:///other.db"}, stranger.format("other.db")),
        (
            {"database_url": "postgresql+asyncpg://127.0.0.1:9/x"},
            UNREACHABLE,
        ),
    ]:
        assert (await find_problems(changed(settings, **change))).problems == [problem]


async def test_a_telegram_that_is_away_is_noted_and_no_problem(settings: Settings) -> None:
    found = await find_problems(changed(settings, api_url="http://127.0.0.1:9"))
    assert found.problems == []
    assert others(found)[0].startswith("No Bot API answers at BAOBAB_API_URL now (")


async def test_a_database_of_a_later_version_is_a_problem(settings: Settings, folder: Path) -> None:
    await upgrade(settings.database_url)
    with closing(sqlite3.connect(folder / "baobab.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    assert (await find_problems(settings)).problems == [
        str(newer("9999")),
    ]


async def test_a_name_that_is_no_setting_is_noted_with_the_one_it_is_near(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("BAOBAB_TOKN=1:x\n", encoding="utf-8")
    (folder / ".env").chmod(0o640)
    monkeypatch.setenv("BAOBAB_PETS", "2")
    monkeypatch.setenv("BAOBAB_TEST_POSTGRESQL", "x")
    await upgrade(settings.database_url)
    assert others(await find_problems(settings)) == [
        "BAOBAB_PETS is no setting of the bot and is not read.",
        "BAOBAB_TOKN is no setting of the bot and is not read. Do you mean BAOBAB_TOKEN?",
        "Others on this machine may read .env. Run: chmod 600 .env",
    ]
    (folder / ".env").unlink()
    monkeypatch.delenv("BAOBAB_PETS")
    assert others(await find_problems(settings)) == []


async def test_the_content_alone_can_be_looked_at_and_says_file_and_line(
    baobab: Command, folder: Path
) -> None:
    shutil.copytree(HOME / "content", folder / "content")
    good = await baobab("check", "--content-only")
    assert (good.code, good.err) == (0, "")
    assert good.out.splitlines()[-1] == "Nothing is wrong."
    assert "Note: organisation.yaml: this is the sample." in good.out

    (folder / "content" / "crisis.yaml").write_text("lines: [\n", encoding="utf-8")
    (folder / "content" / "outcodes.csv").unlink()
    bad = await baobab("check", "--content-only")
    assert bad.code == 1
    said = bad.err.splitlines()
    assert said[0].startswith("Problem: ")
    assert any("crisis.yaml, line 2" in line for line in said)
    assert any("outcodes.csv: the file is missing" in line for line in said)
    assert "Nothing is wrong." not in bad.out


async def test_a_language_that_the_content_does_not_speak_is_noted(
    settings: Settings, folder: Path
) -> None:
    content = folder / "content"
    shutil.copytree(HOME / "content", content)
    for name, where in (
        ("organisation.yaml", ("intended_use",)),
        ("crisis.yaml", ("lines", 0, "about")),
        ("crisis_words.yaml", ()),
    ):
        whole = part = yaml.safe_load((content / name).read_text(encoding="utf-8"))
        for key in where:
            part = part[key]
        del part["fr"]
        (content / name).write_text(yaml.safe_dump(whole), encoding="utf-8")
    before = set((await find_problems(settings)).warnings)
    found = await find_problems(changed(settings, content=content))
    assert found.problems == []
    assert set(found.warnings) - before == {
        "organisation.yaml has no text in Français (fr); people see English.",
        "crisis.yaml lacks texts in Français (fr); people see English.",
        UNHEARD,
    }


async def test_an_empty_database_has_nothing_to_send(settings: Settings) -> None:
    await upgrade(settings.database_url)
    assert (await find_problems(settings)).ahead == ["Nothing waits to be sent."]


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_what_will_be_sent_is_said_in_local_time_with_how_many(
    settings: Settings, folder: Path, dialect: str
) -> None:
    settings = changed(settings, database_url=await fresh_url(dialect, folder))
    async with opened(settings.database_url) as db, db.work() as work:
        await EventCatalogue(work).take_in([draft(NOW, days=3)], NOW)
        for number in (1, 2):
            person = await People(work).greet(number, NOW)
            await BookingDesk(work).book(1, person.id, NOW)
            await ReminderChoices(work).choose(person.id, USUAL, "en", NOW)
        store = DeliveryStore(work)
        due_at = NOW - timedelta(hours=1)
        mailing = Mailing("change:1", "change", 1, Lane.NOTICE, due_at, NOW + timedelta(days=3))
        number_of_it = await store.add(mailing, NOW)
        assert number_of_it is not None
        await store.owe_to(number_of_it, [1])
    found = await find_problems(settings, NOW)
    assert found.problems == []
    assert others(found) == []
    saturday, monday, tuesday = (
        f"  {name} {day} October 2026 ({day}/10/2026)"
        for name, day in (("Saturday", 17), ("Monday", 19), ("Tuesday", 20))
    )
    expo, both = "Brent health day", "to 2 people"
    assert found.ahead == [
        "What will be sent, as things stand (Europe/London time):",
        f"{saturday}, 12:05, due now: news of a change, {expo}, to 1 person",
        f"{monday}, 11:00: reminder (1 day before), {expo}, {both}",
        f"{tuesday}, 09:00: reminder (2 hours before), {expo}, {both}",
        f"{tuesday}, 17:00: thanks, and how it was, {expo}, {both}",
    ]


async def test_a_long_list_ends_after_twenty_lines(settings: Settings) -> None:
    await upgrade(settings.database_url)
    async with opened(settings.database_url) as db, db.work() as work:
        drafts = [draft(NOW, f"expo-{days}", days) for days in range(1, 9)]
        await EventCatalogue(work).take_in(drafts, NOW)
        person = await People(work).greet(1, NOW)
        await ReminderChoices(work).choose(person.id, USUAL, "en", NOW)
        for number in range(1, 9):
            await BookingDesk(work).book(number, person.id, NOW)
    ahead = (await find_problems(settings, NOW)).ahead
    assert len(ahead) == 22
    assert ahead[-1] == "  and 4 more"


async def test_what_did_not_arrive_is_noted_and_no_problem(settings: Settings) -> None:
    await upgrade(settings.database_url)
    async with opened(settings.database_url) as db, db.work() as work:
        await EventCatalogue(work).take_in([draft(NOW)], NOW)
        store = DeliveryStore(work)
        later = NOW + timedelta(days=3)
        number = await store.add(Mailing("change:1", "change", 1, Lane.NOTICE, NOW, later), NOW)
        assert number is not None
        people = [(await People(work).greet(each, NOW)).id for each in range(1, 5)]
        await store.owe_to(number, people)
        claimed = await store.claim(Lane.NOTICE, NOW, 4, "a test")
        ends = [
            (State.FAILED, Reason.CHAT_NOT_FOUND), (State.UNKNOWN, Reason.CRASH),
            (State.UNKNOWN, Reason.CRASH), (State.SENT, ""),
        ]  # fmt: skip
        ended = [Settled(each.id, *end) for each, end in zip(claimed, ends, strict=True)]
        await store.settle(ended, "a test", NOW)
    found = await find_problems(settings, NOW)
    assert found.problems == []
    unknown = (
        "2 messages may have arrived or not (the bot was broken off between sending and noting "
        "it): nobody knows whether they arrived, so they are not sent again."
    )
    gone = "1 message could not be delivered (the chat is not there any more)."
    assert others(found) == [gone, unknown]


async def test_the_command_prints_what_is_ahead_before_its_notes(
    baobab: Command, sandbox: Sandbox
) -> None:
    await baobab("migrate")
    ended = await baobab(
        "check", token=sandbox.token, api_url=sandbox.url, secret_key=KEY, content=str(CONTENT)
    )
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == "Nothing waits to be sent."
    assert lines[-1] == "Nothing is wrong."


CONTENT = HOME / "content"
