"""The drill of docs/operators.md: copy a running bot, restore it elsewhere, go on with it."""

import shutil
import stat
from pathlib import Path

from bot.clock import Clock
from bot.commands.check import find_problems
from bot.config import HOME, Settings
from bot.db import upgrade
from bot.events.catalogue import EventCatalogue
from bot.sandbox import Sandbox
from bot.surveys.files import FileStore
from tests.commands.conftest import Command, says, taps
from tests.support.databases import opened
from tests.support.events import draft
from tests.support.people import Resident, Town
from tests.support.processes import BotProcess
from tests.support.surveys import png

NO_KEY = {"SECRET_KEY": ""}  # so that the bot makes its own, in a file
LOST = (
    "Some access needs or begun forms cannot be read: they were sealed with another key. Bring "
    "back the key ({}, or BAOBAB_SECRET_KEY) before the bot starts."
)
NOT_MADE = (
    "The copy could not be made (FileNotFoundError). Does its folder exist, is there room, and "
    "may this user write there?\n"
)


async def books_with_a_need(amina: Resident) -> None:
    await says(amina, "/start", "[English]")
    await taps(amina, "English", "Brent")
    await taps(amina, "Brent", "Find events")
    await says(amina, "/events", "1. ")
    await taps(amina, "…1. ", "[Book]")
    await taps(amina, "Book", "[Yes]")
    await taps(amina, "Yes", "Hearing loop")
    await taps(amina, "Hearing loop", "Hearing loop: yes")
    await taps(amina, "Done", "Interpreter")
    await taps(amina, "None of these", "Yes, keep it")
    await taps(amina, "Yes, keep it", "• Hearing loop")


async def test_a_copy_of_a_running_bot_goes_on_elsewhere_with_its_key(
    baobab: Command, town: Town, tmp_path: Path, clock: Clock
) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    home.mkdir()
    other.mkdir()
    url = f"sqlite+aiosqlite:///{home / 'baobab.db'}"
    await upgrade(url)
    async with opened(url) as db, db.work() as work:
        await EventCatalogue(work).take_in([draft(clock.now())], clock.now())
    bot = await BotProcess("bot run", town.sandbox, url, **NO_KEY).start()
    amina = await town.person("Amina", language_code="en")
    await books_with_a_need(amina)

    made = await baobab("backup", "copy.db", database_url=url)
    assert (made.code, made.err) == (0, "")
    assert made.out == (
        "The database was copied to copy.db.\n"
        "Its key was copied to copy.key. Keep the two apart: together they can be read.\n"
    )
    copies = [tmp_path / "copy.db", tmp_path / "copy.key"]
    assert [stat.S_IMODE(copy.stat().st_mode) for copy in copies] == [0o600, 0o600]
    assert await bot.stop() == 0

    for copy in copies:
        shutil.move(copy, other / f"baobab{copy.suffix}")
    shutil.rmtree(home)
    restored = f"sqlite+aiosqlite:///{other / 'baobab.db'}"
    bot = await BotProcess("bot run", town.sandbox, restored, **NO_KEY).start()
    await says(amina, "/bookings", "Brent health day")
    await says(amina, "/mydata", "<my-data.json>")
    held = await town.bytes_of(amina.documents[-1])
    assert b"hearing_loop" in held
    assert await bot.stop() == 0


async def test_a_copy_has_the_pictures_of_surveys(baobab: Command, tmp_path: Path) -> None:
    rows = "| | type | name | label | media::image |\n| | text | why | Why? | map.png |\n"
    form = tmp_path / "room.md"
    form.write_text(f"| survey | | | | |\n{rows}", encoding="utf-8")
    (tmp_path / "room-media").mkdir()
    (tmp_path / "room-media" / "map.png").write_bytes(png(1))
    await baobab("migrate")
    published = await baobab("survey", "publish", "room.md")
    assert (published.code, published.err) == (0, "")
    assert (await baobab("backup", "copy.db")).code == 0
    copy = f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}"
    async with opened(copy) as db, db.reading() as work:
        [kept] = (await FileStore(work).of_survey(1, 1)).values()
        file = await FileStore(work).get(kept.digest)
    assert file is not None
    assert (kept.name, file.content) == ("map.png", png(1))


async def test_a_copy_without_its_key_is_noticed_before_the_bot_starts(
    town: Town, sandbox: Sandbox, tmp_path: Path, clock: Clock
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'baobab.db'}"
    await upgrade(url)
    async with opened(url) as db, db.work() as work:
        await EventCatalogue(work).take_in([draft(clock.now())], clock.now())
    bot = await BotProcess("bot run", sandbox, url, **NO_KEY).start()
    await books_with_a_need(await town.person("Amina", language_code="en"))
    assert await bot.stop() == 0
    settings = Settings(
        token=sandbox.token, api_url=sandbox.url, database_url=url, content=HOME / "content"
    )
    assert (await find_problems(settings)).problems == []

    key = tmp_path / "baobab.key"
    sealed_with = key.read_bytes()
    key.unlink()
    lost = [LOST.format(key)]
    assert (await find_problems(settings)).problems == lost
    assert not key.exists()
    key.write_text("A" * 43 + "=", encoding="ascii")
    assert (await find_problems(settings)).problems == lost
    key.write_bytes(sealed_with)
    assert (await find_problems(settings)).problems == []


async def test_a_copy_is_never_written_over_a_file(baobab: Command, tmp_path: Path) -> None:
    await baobab("migrate")
    (tmp_path / "baobab.key").write_text("A" * 43 + "=", encoding="ascii")
    for there in ("copy.db", "copy.key"):
        (tmp_path / there).write_text("precious", encoding="utf-8")
        refused = await baobab("backup", "copy.db")
        assert (refused.code, refused.err) == (1, f"{there} exists already. Name another file.\n")
        assert (tmp_path / there).read_text(encoding="utf-8") == "precious"
        (tmp_path / there).unlink()
    for name in ("baobab.db", "baobab.sqlite"):  # itself, and a copy whose key would be its own
        refused = await baobab("backup", name)
        assert refused.code == 1
        assert refused.err.endswith("exists already. Name another file.\n")
    assert (await baobab("backup", "copy.key")).err == (
        "copy.key is a name for the key. Name the copy so: copy.db\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["baobab.db", "baobab.key"]


async def test_a_copy_that_cannot_be_made_leaves_nothing(baobab: Command, tmp_path: Path) -> None:
    await baobab("migrate")
    refused = await baobab("backup", "no/folder/copy.db")
    assert (refused.code, refused.err) == (1, NOT_MADE)
    (tmp_path / "baobab.db").write_bytes(b"not a database" * 100)
    assert (await baobab("backup", "copy.db")).code == 1
    assert not (tmp_path / "copy.db").exists()


async def test_postgresql_is_copied_with_its_own_tools(baobab: Command) -> None:
    refused = await baobab("backup", "copy.db", database_url="postgresql+asyncpg://127.0.0.1/x")
    assert (refused.code, refused.err) == (
        1,
        "This database is PostgreSQL: copy it with pg_dump (docs/operators.md shows how).\n",
    )
