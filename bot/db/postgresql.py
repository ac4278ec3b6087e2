"""PostgreSQL through asyncpg."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.db.queries import Dialect, QuerySet, Runner
from bot.db.trouble import busy
from bot.errors import DatabaseProblem

if TYPE_CHECKING:
    import asyncpg

POOL_SIZE = 8  # connections; with 16, the server on the same two cores did less and not more
PATIENCE = {"idle_in_transaction_session_timeout": "10s"}
"""When the server hangs up on a process that has fallen asleep, or is cut off, in the middle of a
transaction: until then others wait for what it has locked."""
_PLACEHOLDER = re.compile(r"\$(\d+)")


class PostgresWork:
    """A transaction on one PostgreSQL connection.

    Args:
        connection: it runs on this one, alone.
        begin: the statement that opens it; sent with the first that is run.
    """

    dialect: Dialect = "postgresql"

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]", begin: str) -> None:
        self.connection = connection
        self._begin = begin
        self._is_open = False

    def runner(self, queries: QuerySet) -> Runner:
        """The query set, bound to this transaction."""
        return Runner(queries.postgresql, self)

    async def opened(self) -> "asyncpg.Connection[asyncpg.Record]":
        """The connection, the transaction open."""
        if not self._is_open:
            self._is_open = True
            await self.connection.execute(self._begin)
        return self.connection

    async def change(self, sql: str, values: Sequence[Any]) -> str:
        """Run a statement that gives no rows; what the server calls its outcome, "UPDATE 1" say.

        The first one of a transaction saves a trip, where its values are numbers: BEGIN and the
        statement go out as one text, in which the numbers stand.
        """
        if not self._is_open and all(type(value) is int for value in values):
            self._is_open = True
            whole = _PLACEHOLDER.sub(lambda found: f"({values[int(found[1]) - 1]})", sql)
            return await self.connection.execute(f"{self._begin}; {whole}")
        return await (await self.opened()).execute(sql, *values)

    @property
    def is_lost(self) -> bool:
        """Whether the server has hung up."""
        import asyncpg

        try:
            return self.connection.is_closed()
        except asyncpg.InterfaceError:  # the pool has taken it back already
            return True

    async def commit(self) -> None:
        """End the transaction; what it did stays."""
        if self._is_open:
            await self.connection.execute("COMMIT")

    async def rollback(self) -> None:
        """End the transaction as if it had never begun; one of a lost connection has ended."""
        if self._is_open and not self.is_lost:
            await self.connection.execute("ROLLBACK")


class PostgresDatabase:
    """A pool of connections to a PostgreSQL server.

    Args:
        url: its address, as the driver knows it.
    """

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
                self.url,
                min_size=1,
                max_size=POOL_SIZE,
                reset=_left_as_it_is,
                server_settings=PATIENCE,
            )
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
            raise DatabaseProblem(
                f"PostgreSQL cannot be reached ({type(error).__name__}). Check "
                "BAOBAB_DATABASE_URL: host, port, name, user and password."
            ) from None

    @asynccontextmanager
    async def _transaction(self, begin: str) -> AsyncIterator[PostgresWork]:
        import asyncpg

        if self._pool is None:
            raise DatabaseProblem("the database is closed")
        try:
            connection = await self._pool.acquire()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise busy(type(error).__name__) from None
        work = PostgresWork(connection, begin)  # type: ignore[arg-type]  # a proxy of it
        try:
            try:
                yield work
                await work.commit()
            except BaseException:
                await work.rollback()
                raise
        except Exception as error:
            # A connection that is gone also fails to end the transaction; what it hides counts.
            if work.is_lost or _passes_on_a_server(error) or _passes_on_a_server(error.__context__):
                raise busy(type(error).__name__) from None
            raise
        finally:
            await self._pool.release(connection)

    def work(self) -> AbstractAsyncContextManager[PostgresWork]:
        """A transaction (read committed)."""
        return self._transaction("BEGIN")

    def reading(self) -> AbstractAsyncContextManager[PostgresWork]:
        """A transaction that only reads."""
        return self._transaction("BEGIN READ ONLY")

    def long_work(self) -> AbstractAsyncContextManager[PostgresWork]:
        """A transaction like any other: the server is another process."""
        return self.work()

    def long_reading(self) -> AbstractAsyncContextManager[PostgresWork]:
        """A reading like any other: the server is another process."""
        return self.reading()

    async def tidy(self) -> bool:
        """Nothing: VACUUM, WAL and its archives are the server's, and its operator's to set."""
        return True

    async def close(self) -> None:
        """Give every connection back."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None


async def _left_as_it_is(_connection: object) -> None:
    """Spare the trip that undoes settings of a session, after each transaction: we make none."""


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
