"""Bringing a database to the schema of this version."""

import asyncio
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from bot.config import HOME
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


async def test_roles_given_before_stay_and_hold_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "before.db"
    config = Config()
    config.set_main_option("script_location", str(HOME / "migrations"))
    config.attributes["url"] = address(path)
    await asyncio.to_thread(command.upgrade, config, "0004")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "INSERT INTO people (id, telegram_id, created_at) VALUES (3, 30, 1), (8, 80, 2);"
            "INSERT INTO roles VALUES (8, 'admin', 5), (3, 'volunteer', 7);"
            "INSERT INTO invites VALUES ('a digest', 'volunteer', 9, NULL);"
        )
    assert await upgrade(address(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute(
            "SELECT id, person_id, role, borough, group_name, given_at FROM roles ORDER BY id"
        ).fetchall() == [(1, 8, "admin", "", "", 5), (2, 3, "volunteer", "", "", 7)]
        assert connection.execute("SELECT digest, role, expires_at FROM invites").fetchall() == [
            ("a digest", "volunteer", 9)
        ]
        connection.execute("DELETE FROM roles WHERE person_id = 8")
        connection.execute("DELETE FROM people WHERE id = 8")
        with pytest.raises(sqlite3.IntegrityError):  # other tables still refer to people
            connection.execute("DELETE FROM people WHERE id = 3")
        connection.execute("INSERT INTO people (telegram_id, created_at) VALUES (90, 3)")
        assert connection.execute("SELECT MAX(id) FROM people").fetchone() == (9,)
        connection.rollback()
    await asyncio.to_thread(command.downgrade, config, "0004")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM roles ORDER BY person_id").fetchall() == [
            (3, "volunteer", 7),
            (8, "admin", 5),
        ]
