"""Connections and transactions. Nothing inside a Work awaits anything but the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.db.queries import Dialect, QuerySet, Runner
from bot.errors import DatabaseBusy, DatabaseProblem

if TYPE_CHECKING:
    import sqlite3

    import aiosqlite
    import asyncpg

READERS = 2  # SQLite connections beside the writer; two cores read no faster with more
POOL_SIZE = 16  # PostgreSQL connections; more wait in line than help, measured on two cores
PATIENCE = "PRAGMA busy_timeout = 10000"  # milliseconds to wait for another process
_BUSY = "The database cannot do this now ({}). Nothing was changed; try again."
_OPENS_BY_ITSELF = ("INSERT", "UPDATE", "DELETE", "REPLACE")


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

    async def tidy(self) -> bool:
        """Remove what deleted rows leave behind in files the database keeps beside it.

        Returns:
            Whether it is done; False when somebody reads there, so it must be tried again.
        """

    async def close(self) -> None:
        """Give every connection back."""


class SqliteWork:
    """A transaction on one SQLite connection."""

    dialect: Dialect = "sqlite"

    def __init__(self, connection: "aiosqlite.Connection") -> None:
        self.connection = connection

    def runner(self, queries: QuerySet) -> Runner:
        """The query set, bound to this transaction."""
        return Runner(queries.sqlite, self)

    async def opened_for(self, sql: str) -> None:
        """Open the transaction before a statement that would not open it by itself.

        The sqlite3 module begins one before a write on its own, in the same hop; a read that
        comes first needs a BEGIN, so that what it saw still holds when the write comes.
        """
        if not self.connection.in_transaction and not sql.startswith(_OPENS_BY_ITSELF):
            await self.connection.execute("BEGIN IMMEDIATE")


class SqliteReading(SqliteWork):
    """A transaction that only reads: one snapshot."""

    async def opened_for(self, sql: str) -> None:
        """Begin a snapshot; the connection itself refuses writes."""
        del sql
        if not self.connection.in_transaction:
            await self.connection.execute("BEGIN")


class SqliteDatabase:
    """One file, one writer that takes turns, and readers of their own."""

    dialect: Dialect = "sqlite"

    def __init__(self, path: str) -> None:
        self.path = path
        self._writer: aiosqlite.Connection | None = None
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        self._turn = asyncio.Lock()

    async def open(self) -> None:
        """Open the connections.

        Raises:
            DatabaseProblem: the file cannot be opened.
        """
        self._writer = await self._connect()
        for _ in range(READERS):
            reader = await self._connect()
            await reader.execute("PRAGMA query_only = ON")
            self._readers.put_nowait(reader)

    async def _connect(self) -> "aiosqlite.Connection":
        import sqlite3

        import aiosqlite

        try:
            connection = await aiosqlite.connect(self.path, isolation_level="IMMEDIATE")
        except sqlite3.OperationalError:
            raise DatabaseProblem(
                f"The file {self.path} cannot be opened. Does its folder exist, and may this "
                "user write there?"
            ) from None
        connection.row_factory = sqlite3.Row
        # secure_delete: what a person asks us to erase is overwritten, not only unlinked.
        await connection.execute_fetchall(PATIENCE)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            await connection.execute_fetchall(f"PRAGMA {pragma}")
        return connection

    @asynccontextmanager
    async def work(self) -> AsyncIterator[SqliteWork]:
        """A transaction of the one writer; others wait for their turn."""
        async with self._turn:
            connection = self._writer
            if connection is None:
                raise DatabaseProblem("the database is closed")
            async with _transaction(connection):
                yield SqliteWork(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteWork]:
        """A snapshot to read from, beside the writer."""
        connection = await self._readers.get()
        try:
            async with _transaction(connection):
                yield SqliteReading(connection)
        finally:
            self._readers.put_nowait(connection)

    async def tidy(self) -> bool:
        """Empty the write-ahead log, where old pages would still show erased rows."""
        async with self._turn:
            if self._writer is None:
                return False
            # It waits for readers, and everybody waits for it: rather try again later.
            await self._writer.execute_fetchall("PRAGMA busy_timeout = 0")
            try:
                (row,) = await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                await self._writer.execute_fetchall(PATIENCE)
            return not row["busy"]

    async def close(self) -> None:
        """Close the connections, once the transactions under way have ended."""
        async with self._turn:
            if self._writer is not None:
                await self._writer.close()
                self._writer = None
            while not self._readers.empty():
                await self._readers.get_nowait().close()


@asynccontextmanager
async def _transaction(connection: "aiosqlite.Connection") -> AsyncIterator[None]:
    import sqlite3

    try:
        yield
        if connection.in_transaction:
            await connection.commit()
    except BaseException as error:
        # Shielded, because a cancelled task must not leave the one writer inside a transaction.
        await asyncio.shield(connection.rollback())
        if isinstance(error, sqlite3.OperationalError) and _passes(error):
            raise DatabaseBusy(_BUSY.format(error.sqlite_errorname)) from None
        raise


def _passes(error: "sqlite3.OperationalError") -> bool:
    """Whether SQLite names a trouble of the file or the disk, and not one of our SQL."""
    return getattr(error, "sqlite_errorname", "").startswith(
        ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY",
         "SQLITE_CANTOPEN")
    )  # fmt: skip


class PostgresWork:
    """A transaction on one PostgreSQL connection."""

    dialect: Dialect = "postgresql"

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self.connection = connection

    def runner(self, queries: QuerySet) -> Runner:
        """The query set, bound to this transaction."""
        return Runner(queries.postgresql, self)


class PostgresDatabase:
    """A pool of connections to a PostgreSQL server."""

    dialect: Dialect = "postgresql"

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def open(self) -> None:
        """Connect.

        Raises:
            DatabaseProblem: the server does not answer or refuses us.
        """
        import asyncpg

        try:
            self._pool = await asyncpg.create_pool(
                plain_url(self.url), min_size=1, max_size=POOL_SIZE
            )
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
            raise DatabaseProblem(
                f"PostgreSQL cannot be reached ({type(error).__name__}). Check "
                "BAOBAB_DATABASE_URL: host, port, name, user and password."
            ) from None

    @asynccontextmanager
    async def _transaction(self, *, readonly: bool) -> AsyncIterator[PostgresWork]:
        import asyncpg

        if self._pool is None:
            raise DatabaseProblem("the database is closed")
        try:
            connection = await self._pool.acquire()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise DatabaseBusy(_BUSY.format(type(error).__name__)) from None
        try:
            async with connection.transaction(readonly=readonly):
                yield PostgresWork(connection)  # type: ignore[arg-type]  # a proxy of it
        except Exception as error:
            # A connection that is gone also fails to end the transaction; what it hides counts.
            if _passes_on_a_server(error) or _passes_on_a_server(error.__context__):
                raise DatabaseBusy(_BUSY.format(type(error).__name__)) from None
            raise
        finally:
            await self._pool.release(connection)

    def work(self) -> AbstractAsyncContextManager[PostgresWork]:
        """A transaction (read committed)."""
        return self._transaction(readonly=False)

    def reading(self) -> AbstractAsyncContextManager[PostgresWork]:
        """A transaction that only reads."""
        return self._transaction(readonly=True)

    async def tidy(self) -> bool:
        """Nothing: VACUUM, WAL and its archives are the server's, and its operator's to set."""
        return True

    async def close(self) -> None:
        """Give every connection back."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None


def _passes_on_a_server(error: BaseException | None) -> bool:
    """Whether PostgreSQL names a trouble of its own, or is gone, and our SQL is not to blame."""
    import asyncpg

    return isinstance(
        error,
        (
            asyncpg.InsufficientResourcesError,
            asyncpg.OperatorInterventionError,
            asyncpg.PostgresConnectionError,
            asyncpg.TransactionRollbackError,
            ConnectionError,
        ),
    )


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
        database = PostgresDatabase(url)
    await database.open()
    return database
