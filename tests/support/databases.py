"""Databases for tests: migrated once, empty for each test."""

import asyncio
import atexit
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import asyncpg
import pytest

from bot.db import Database, open_database, upgrade

SERVER = os.environ.get("BAOBAB_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/test")
REQUIRED = os.environ.get("BAOBAB_REQUIRE_POSTGRESQL") == "1"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
MUCH = 1_000_000  # bytes of a table, from which on it is quicker to begin anew
# Rows go in one statement, at whose end nothing is left that refers to anything.
TABLES = """
SELECT max(pg_relation_size(oid)) AS largest,
  'TRUNCATE ' || string_agg(quote_ident(relname), ', ') || ' RESTART IDENTITY' AS made_anew,
  'WITH ' || string_agg(format('t%s AS (DELETE FROM %I)', oid, relname), ', ') || ' SELECT'
    AS emptied
FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
"""
NUMBERS_FROM_ONE = """
SELECT setval(format('%I', sequencename), 1, false) FROM pg_sequences
WHERE schemaname = 'public' AND last_value IS NOT NULL
"""


@cache
def sqlite_template() -> Path:
    """A migrated, empty SQLite file, made once for this process."""
    return Path(mkdtemp(prefix="baobab-test-")) / "template.db"


async def fresh_sqlite(folder: Path) -> str:
    """The address of a new, migrated SQLite file in `folder`."""
    template = sqlite_template()
    if not template.exists():
        await upgrade(f"sqlite+aiosqlite:///{template}")
    shutil.copy(template, folder / "test.db")
    return f"sqlite+aiosqlite:///{folder / 'test.db'}"


@cache
def _prepared() -> dict[str, bool]:
    return {}


async def fresh_postgresql() -> str:
    """The address of a migrated, empty PostgreSQL database of this test process.

    Skips the test where there is no server, unless BAOBAB_REQUIRE_POSTGRESQL=1.
    """
    name = f"baobab_test_{WORKER}_{os.getpid()}"
    host = SERVER.rsplit("/", 1)[0]
    url = f"{host.replace('postgresql://', 'postgresql+asyncpg://')}/{name}"
    if not _prepared():
        try:
            server = await asyncpg.connect(SERVER)
        except (OSError, asyncpg.PostgresError) as error:
            if REQUIRED:
                raise
            pytest.skip(f"no PostgreSQL at BAOBAB_TEST_POSTGRESQL ({type(error).__name__})")
        await server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        # In the order of letters that people have, as most servers; not in that of their codes.
        order = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'"
        await server.execute(f"CREATE DATABASE {name} {order}")
        await server.close()
        await upgrade(url)
        _prepared()[name] = True
        atexit.register(lambda: asyncio.run(_drop(name)))
    connection = await asyncpg.connect(f"{host}/{name}")
    await connection.execute("SET session_replication_role = replica")  # the log refuses else
    await _emptied(connection)
    await connection.close()
    return url


async def _emptied(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Leave the tables as the migrations left them.

    TRUNCATE makes two dozen tables anew, with files of their own: half a second. To delete the few
    rows of a test takes a millisecond, but what is deleted stays in the files.
    """
    tables = await connection.fetchrow(TABLES)
    assert tables is not None
    if tables["largest"] > MUCH:
        await connection.execute(tables["made_anew"])
    else:
        await connection.execute(tables["emptied"])
        await connection.execute(NUMBERS_FROM_ONE)


async def _drop(name: str) -> None:
    server = await asyncpg.connect(SERVER)
    await server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await server.close()


async def fresh_url(dialect: str, folder: Path) -> str:
    """The address of an empty, migrated database."""
    return await fresh_sqlite(folder) if dialect == "sqlite" else await fresh_postgresql()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database at this address, closed at the end."""
    database = await open_database(url)
    try:
        yield database
    finally:
        await database.close()
