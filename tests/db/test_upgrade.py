"""Bringing a database to the schema of this version."""

import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.db import open_database, upgrade
from bot.db.upgrade import HEAD, current_revision
from bot.errors import DatabaseProblem
from tests.support.databases import fresh_postgresql


def address(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


async def test_an_empty_place_becomes_a_database_once(tmp_path: Path) -> None:
    url = address(tmp_path / "new.db")
    assert await current_revision(url) is None
    assert await upgrade(url)
    assert await current_revision(url) == HEAD
    assert not await upgrade(url)


@pytest.mark.postgresql
async def test_postgresql_is_at_the_newest_revision() -> None:
    url = await fresh_postgresql()
    assert await current_revision(url) == HEAD
    assert not await upgrade(url)


async def test_only_its_owner_can_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    await upgrade(address(path))
    database = await open_database(address(path))
    modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    await database.close()
    assert modes == {0o600}


async def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    await upgrade(address(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(DatabaseProblem, match="newer than this version of Baobab"):
        await upgrade(address(path))


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("These are notes, and not a database. " * 100, encoding="utf-8")
    with pytest.raises(DatabaseProblem, match="is not a database of this bot"):
        await upgrade(address(path))


async def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match="Does its folder exist"):
        await upgrade(address(tmp_path / "missing" / "new.db"))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://nobody@127.0.0.1:1/nothing",
        "postgresql+asyncpg://nobody@nowhere.invalid/nothing",
    ],
)
async def test_a_server_that_is_not_there_is_refused(url: str) -> None:
    with pytest.raises(DatabaseProblem, match="PostgreSQL cannot be reached"):
        await upgrade(url)
    with pytest.raises(DatabaseProblem, match="PostgreSQL cannot be reached"):
        await open_database(url)


async def test_nothing_heavy_is_loaded_when_there_is_nothing_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = address(tmp_path / "new.db")
    await upgrade(url)
    loaded = [name for name in sys.modules if name.split(".")[0] in {"alembic", "sqlalchemy"}]
    for name in loaded:
        # Back afterwards: what is loaded a second time is not the same, and other tests need one.
        monkeypatch.delitem(sys.modules, name)
    assert not await upgrade(url)
    assert not [name for name in sys.modules if name.split(".")[0] in {"alembic", "sqlalchemy"}]
