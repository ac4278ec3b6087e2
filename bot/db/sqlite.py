"""SQLite on the event loop: a statement takes microseconds, and a hop to a thread many more.

What could hold up the loop is kept off it: another process's lock is waited for asleep; the
write-ahead log is brought home on a thread; statements over many rows run on one as well
(`long_work`, `long_reading`).
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from bot.db.queries import Dialect, QuerySet, Runner
from bot.db.threads import in_thread
from bot.db.trouble import busy
from bot.db.write_ahead_log import WriteAheadLog
from bot.errors import DatabaseProblem

READERS = 2  # connections for short reads; one is enough unless a reading waits for something
PATIENCE = 10.0  # seconds to wait for another process
FIRST_PAUSE = 0.001  # seconds before a locked database is tried again; doubles
LONGEST_PAUSE = 0.05
LONGEST_LOG = 16 * 2**20  # bytes; a busy second's worth
STATEMENTS = 512  # prepared ones a connection remembers; all that we have

Result = TypeVar("Result")


class SqliteWork:
    """A transaction on one SQLite connection.

    Args:
        connection: it runs on this one, alone.
        patience: seconds to wait for another process, at each statement.
    """

    dialect: Dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection, patience: float) -> None:
        self.connection = connection
        self._patience = patience

    def runner(self, queries: QuerySet) -> Runner:
        """The query set, bound to this transaction."""
        return Runner(queries.sqlite, self)

    def at_the_end(self, queries: QuerySet) -> Runner:
        """The query set: on SQLite nothing is gained by waiting."""
        return self.runner(queries)

    async def together(self, *steps: Coroutine[Any, Any, Any]) -> Any:
        """What these coroutines return: on SQLite nothing is gained by reading side by side."""
        try:
            return tuple([await step for step in steps])
        finally:
            for step in steps:
                step.close()  # those after one that failed

    async def rows(self, sql: str, parameters: dict[str, Any]) -> list[Any]:
        """All rows that a statement gives."""
        return await self.run(lambda: self.connection.execute(sql, parameters).fetchall())

    async def change(self, sql: str, parameters: dict[str, Any]) -> int:
        """How many rows a statement changed."""
        return await self.run(lambda: self.connection.execute(sql, parameters).rowcount)

    async def change_many(self, sql: str, parameters: Sequence[dict[str, Any]]) -> None:
        """Run a statement once for each set of parameters."""
        await self.run(lambda: self.connection.executemany(sql, parameters))

    async def begin(self, how: str) -> None:
        """Open the transaction."""
        await self.run(lambda: self.connection.execute(how))

    async def commit(self) -> None:
        """End the transaction; what it did stays."""
        await self.run(lambda: self.connection.execute("COMMIT"))

    async def rollback(self) -> None:
        """End the transaction as if it had never begun."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    async def run(self, step: Callable[[], Result]) -> Result:
        """Take a step; again and again while another process is in the way.

        A statement that SQLite calls busy has done nothing, so it may simply be repeated.
        """
        try:
            return await self._once(step)
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
        clock = asyncio.get_running_loop()
        until = clock.time() + self._patience
        pause = FIRST_PAUSE
        while True:
            await asyncio.sleep(min(pause, max(0.0, until - clock.time())))
            pause = min(pause * 2, LONGEST_PAUSE)
            try:
                return await self._once(step)
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or clock.time() >= until:
                    raise

    async def _once(self, step: Callable[[], Result]) -> Result:
        return step()


class LongSqliteWork(SqliteWork):
    """A transaction whose statements may take long: they run on a thread."""

    async def rollback(self) -> None:
        """End the transaction as if it had never begun."""
        if self.connection.in_transaction:
            await in_thread(lambda: self.connection.execute("ROLLBACK"))

    async def _once(self, step: Callable[[], Result]) -> Result:
        return await in_thread(step, stop=self.connection.interrupt)


class SqliteDatabase:
    """One file, one writer that takes turns, and readers of their own.

    Args:
        path: of the file.
        patience: seconds to wait for another process that holds the file.
        longest_log: bytes of the write-ahead log before it is brought home.
    """

    dialect: Dialect = "sqlite"

    def __init__(
        self, path: str, patience: float = PATIENCE, longest_log: int = LONGEST_LOG
    ) -> None:
        self.path = path
        self._patience = patience
        self._longest_log = longest_log
        self._writer: sqlite3.Connection | None = None
        self._readers: asyncio.Queue[sqlite3.Connection] = asyncio.Queue()
        self._long_readers: asyncio.Queue[sqlite3.Connection] = asyncio.Queue()
        self._turn = asyncio.Lock()
        self._log: WriteAheadLog

    async def open(self) -> None:
        """Open the connections.

        Raises:
            DatabaseProblem: the file cannot be opened.
        """
        writer, for_log, *readers = await in_thread(
            lambda: [connect(self.path) for _ in range(2 + READERS + 1)]
        )
        self._log = WriteAheadLog(self.path, for_log, self._turn, self._longest_log)
        for reader in readers:
            reader.execute("PRAGMA query_only = ON")
        self._long_readers.put_nowait(readers.pop())
        for reader in readers:
            self._readers.put_nowait(reader)
        self._writer = writer

    @asynccontextmanager
    async def work(self) -> AsyncIterator[SqliteWork]:
        """A transaction of the one writer; others wait for their turn."""
        async with self._turn:
            async with _transaction(SqliteWork(await self._ready(), self._patience)) as work:
                yield work
            self._log.look()

    @asynccontextmanager
    async def long_work(self) -> AsyncIterator[SqliteWork]:
        """The same, with statements over many rows: the loop goes on while they run."""
        async with self._turn:
            async with _transaction(LongSqliteWork(await self._ready(), self._patience)) as work:
                yield work
            self._log.look()

    async def _ready(self) -> sqlite3.Connection:
        if self._writer is None:
            raise DatabaseProblem("the database is closed")
        await self._log.begun()
        return self._writer

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteWork]:
        """A snapshot to read from, beside the writer."""
        connection = await self._readers.get()
        try:
            async with _transaction(SqliteWork(connection, self._patience), "BEGIN") as work:
                yield work
        finally:
            self._readers.put_nowait(connection)

    @asynccontextmanager
    async def long_reading(self) -> AsyncIterator[SqliteWork]:
        """The same, with statements over many rows: the loop goes on while they run."""
        connection = await self._long_readers.get()
        try:
            async with _transaction(LongSqliteWork(connection, self._patience), "BEGIN") as work:
                yield work
        finally:
            self._long_readers.put_nowait(connection)

    async def tidy(self) -> bool:
        """Empty the write-ahead log, where old pages would still show erased rows."""
        if self._writer is None:
            return False
        return await self._log.emptied()

    async def close(self) -> None:
        """Close the connections, once the transactions under way have ended."""
        async with self._turn:
            if self._writer is None:
                return
            self._writer.close()
            self._writer = None
        for readers in (self._readers, self._long_readers):
            while not readers.empty():
                readers.get_nowait().close()
        await self._log.close()


@asynccontextmanager
async def _transaction(
    work: SqliteWork, begin: str = "BEGIN IMMEDIATE"
) -> AsyncIterator[SqliteWork]:
    """A transaction: IMMEDIATE, because what was read must still hold when the write comes."""
    try:
        await work.begin(begin)
        yield work
        await work.commit()
    except BaseException as error:
        await work.rollback()
        if isinstance(error, sqlite3.OperationalError) and _passes(error):
            raise busy(error.sqlite_errorname) from None
        raise


def connect(path: str) -> sqlite3.Connection:
    """A connection as all of ours are; it never waits by itself, and may change threads.

    Raises:
        DatabaseProblem: the file cannot be opened.
    """
    try:
        connection = sqlite3.connect(
            path, PATIENCE, isolation_level=None, check_same_thread=False,
            cached_statements=STATEMENTS,
        )  # fmt: skip
    except sqlite3.OperationalError:
        raise DatabaseProblem(
            f"The file {path} cannot be opened. Does its folder exist, and may this "
            "user write there?"
        ) from None
    connection.row_factory = sqlite3.Row
    # secure_delete: what a person asks us to erase is overwritten, not only unlinked.
    # wal_autocheckpoint: it waits for the disk, so the log is looked after on a thread.
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "wal_autocheckpoint = 0",
        "busy_timeout = 0",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")


def _passes(error: sqlite3.OperationalError) -> bool:
    """Whether SQLite names a trouble of the file or the disk, and not one of our SQL."""
    return getattr(error, "sqlite_errorname", "").startswith(
        ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY",
         "SQLITE_CANTOPEN")
    )  # fmt: skip
