"""PostgreSQL through asyncpg."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

from bot.db.queries import Dialect, QuerySet, Runner
from bot.db.trouble import busy
from bot.errors import DatabaseProblem

if TYPE_CHECKING:
    import asyncpg

POOL_SIZE = 16  # connections; more wait in line than help, measured on two cores


class PostgresWork:
    """A transaction on one PostgreSQL connection."""

    dialect: Dialect = "postgresql"

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self.connection = connection

    def runner(self, queries: QuerySet) -> Runner:
        """The query set, bound to this transaction."""
        return Runner(queries.postgresql, self)


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
            self._pool = await asyncpg.create_pool(self.url, min_size=1, max_size=POOL_SIZE)
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
            raise busy(type(error).__name__) from None
        try:
            async with connection.transaction(readonly=readonly):
                yield PostgresWork(connection)  # type: ignore[arg-type]  # a proxy of it
        except Exception as error:
            # A connection that is gone also fails to end the transaction; what it hides counts.
            if _passes_on_a_server(error) or _passes_on_a_server(error.__context__):
                raise busy(type(error).__name__) from None
            raise
        finally:
            await self._pool.release(connection)

    def work(self) -> AbstractAsyncContextManager[PostgresWork]:
        """A transaction (read committed)."""
        return self._transaction(readonly=False)

    def reading(self) -> AbstractAsyncContextManager[PostgresWork]:
        """A transaction that only reads."""
        return self._transaction(readonly=True)

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
