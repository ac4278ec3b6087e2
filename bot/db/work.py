"""Connections and transactions. Nothing inside a Work awaits anything but the database."""

from collections.abc import Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Protocol, TypeVar, overload

from bot.db.postgresql import PostgresDatabase
from bot.db.queries import Dialect, QuerySet, Runner
from bot.db.sqlite import SqliteDatabase

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")


class Work(Protocol):
    """One database transaction."""

    dialect: Dialect

    def runner(self, queries: QuerySet) -> Runner:
        """The query set, bound to this transaction."""

    def at_the_end(self, queries: QuerySet) -> Runner:
        """The query set, for changes whose outcome does not matter to what follows.

        They happen in their order, before whatever is run after them, and at the latest when the
        transaction commits: on a server that saves their trips, and what they lock is locked for
        the shortest time. The rows that they change are not counted. One that must not happen,
        because what was read before does not hold any more, has to break a constraint: then the
        transaction raises Overtaken, and nothing of it was done.
        """

    @overload
    async def together(
        self, first: Coroutine[Any, Any, A], second: Coroutine[Any, Any, B], /
    ) -> tuple[A, B]: ...

    @overload
    async def together(
        self,
        first: Coroutine[Any, Any, A],
        second: Coroutine[Any, Any, B],
        third: Coroutine[Any, Any, C],
        /,
    ) -> tuple[A, B, C]: ...

    @overload
    async def together(
        self,
        first: Coroutine[Any, Any, A],
        second: Coroutine[Any, Any, B],
        third: Coroutine[Any, Any, C],
        fourth: Coroutine[Any, Any, D],
        /,
    ) -> tuple[A, B, C, D]: ...

    async def together(self, *steps: Coroutine[Any, Any, Any]) -> Sequence[Any]:
        """What several coroutines return that read in this transaction, and change at the end.

        On a server, what all of them read comes in one trip. None can rely on another.
        """


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
