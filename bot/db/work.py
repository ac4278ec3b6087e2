"""Connections and transactions. Nothing inside a Work awaits anything but the database."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from bot.db.postgresql import PostgresDatabase
from bot.db.queries import Dialect, QuerySet, Runner
from bot.db.sqlite import SqliteDatabase


class Work(Protocol):
    """One database transaction."""

    dialect: Dialect

    def runner(self, queries: QuerySet) -> Runner:
        """The query set, bound to this transaction."""


class Database(Protocol):
    """Hands out transactions.

    A transaction raises DatabaseBusy when the database cannot do it now: it is locked, full or
    away, or two transactions waited for each other. Nothing of it was done then.
    """

    dialect: Dialect

    def work(self) -> AbstractAsyncContextManager[Work]:
        """A transaction that commits when the block ends and rolls back when it raises."""

    def reading(self) -> AbstractAsyncContextManager[Work]:
        """A transaction that only reads and holds up no writer."""

    def long_work(self) -> AbstractAsyncContextManager[Work]:
        """A work whose statements touch many rows: everything but other writers goes on meanwhile.

        On SQLite its statements run on a thread; those of `work` hold up the whole process, as
        long as they take. For what may take more than some ten milliseconds.
        """

    def long_reading(self) -> AbstractAsyncContextManager[Work]:
        """A reading of many rows: everything goes on meanwhile, as for `long_work`."""

    async def tidy(self) -> bool:
        """Remove what deleted rows leave behind in files the database keeps beside it.

        Returns:
            Whether it is done; False when somebody reads there, so it must be tried again.
        """

    async def close(self) -> None:
        """Give every connection back."""


def plain_url(url: str) -> str:
    """The address as the driver itself knows it, without SQLAlchemy's `+driver`."""
    return url.replace("postgresql+asyncpg://", "postgresql://", 1)


def sqlite_path(url: str) -> str:
    """The file of a `sqlite+aiosqlite:///` address."""
    return url.removeprefix("sqlite+aiosqlite:///")


async def open_database(url: str) -> SqliteDatabase | PostgresDatabase:
    """Open the database that an address names.

    Raises:
        DatabaseProblem: it cannot be opened; the message says what to do.
    """
    database: SqliteDatabase | PostgresDatabase
    if url.startswith("sqlite"):
        database = SqliteDatabase(str(Path(sqlite_path(url))))
    else:
        database = PostgresDatabase(plain_url(url))
    await database.open()
    return database
