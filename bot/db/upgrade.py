"""Bring a database to the schema this version needs.

Alembic, and SQLAlchemy with it, is imported only when there is something to do: a bot that
restarts should not spend half a second on finding out that there is not.
"""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.config import HOME
from bot.db.work import plain_url, sqlite_path
from bot.errors import DatabaseProblem

HEAD = "0013"
"""The newest revision under migrations/versions."""


async def current_revision(url: str) -> str | None:
    """The revision a database is at; None for an empty one."""
    if url.startswith("sqlite"):
        return await asyncio.to_thread(_sqlite_revision, Path(sqlite_path(url)))
    import asyncpg

    try:
        connection = await asyncpg.connect(plain_url(url))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise DatabaseProblem(
            f"PostgreSQL cannot be reached ({type(error).__name__}). Check BAOBAB_DATABASE_URL: "
            "host, port, name, user and password."
        ) from None
    try:
        revision: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
    except asyncpg.UndefinedTableError:
        return None
    else:
        return revision
    finally:
        await connection.close()


def _sqlite_revision(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
            if not tables:
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise _stranger(path) from None
        raise _unopened(path) from None
    except sqlite3.DatabaseError:
        raise _stranger(path) from None
    return row[0] if row else None


async def upgrade(url: str) -> bool:
    """Migrate the database to HEAD.

    Returns:
        Whether there was anything to do.

    Raises:
        DatabaseProblem: the database cannot be reached, or is newer than this version knows.
    """
    revision = await current_revision(url)
    if revision == HEAD:
        return False
    if revision is not None and revision > HEAD:
        raise newer(revision)
    if url.startswith("sqlite"):
        await asyncio.to_thread(_make_private, Path(sqlite_path(url)))
    await asyncio.to_thread(_upgrade_with_alembic, url)
    return True


def newer(revision: str) -> DatabaseProblem:
    """What to say of a database that a later version has made."""
    return DatabaseProblem(
        f"The database is at revision {revision}, newer than this version of Baobab ({HEAD}). "
        "Install the version that made it."
    )


def _make_private(path: Path) -> None:
    """Make the file before SQLite does, readable by this user alone; its logs follow suit."""
    try:
        path.touch(mode=0o600)
    except OSError:
        raise _unopened(path) from None


def _unopened(path: Path) -> DatabaseProblem:
    return DatabaseProblem(
        f"The file {path} cannot be opened. Does its folder exist, and may this user write there?"
    )


def _stranger(path: Path) -> DatabaseProblem:
    return DatabaseProblem(
        f"{path} is not a database of this bot, or is damaged. Name another file in "
        "BAOBAB_DATABASE_URL, or bring back your copy."
    )


def _upgrade_with_alembic(url: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HOME / "migrations"))
    config.attributes["url"] = url
    try:
        command.upgrade(config, "head")
    except Exception as error:  # noqa: BLE001 -- SQLAlchemy's errors may be named in migrations alone
        while error.__cause__ is not None and isinstance(error.__cause__, Exception):
            error = error.__cause__  # the driver's own says more than what is wrapped around it
        raise DatabaseProblem(
            f"The database could not be brought up to date ({type(error).__name__}); nothing in it "
            "was changed. May its user make tables there, and is nobody else's data in it?"
        ) from None
