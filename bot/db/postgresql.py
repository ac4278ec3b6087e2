"""PostgreSQL through asyncpg."""

from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.db.queries import Dialect, QuerySet, Runner
from bot.db.trips import Asked, Statement, in_one, in_step, rows_in
from bot.db.trouble import busy
from bot.errors import DatabaseProblem, Overtaken

if TYPE_CHECKING:
    import asyncpg

POOL_SIZE = 8  # connections; with 16, the server on the same two cores did less and not more
SETTINGS = {"idle_in_transaction_session_timeout": "10s", "jit": "off"}
"""When the server hangs up on a process that has fallen asleep, or is cut off, in the middle of a
transaction: until then others wait for what it has locked. And it compiles no statement for the
machine: that takes longer than running any of ours."""
STATEMENTS = 512  # prepared ones a connection remembers; all that we have


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
        self._waiting: list[Statement] = []
        self._in_step = False

    def runner(self, queries: QuerySet) -> Runner:
        """The query set, bound to this transaction."""
        return Runner(queries.postgresql, self)

    def at_the_end(self, queries: QuerySet) -> Runner:
        """The query set, for changes that nobody waits for: they leave with the next statement."""
        return Runner(queries.postgresql, _AtTheEnd(self._waiting))

    async def together(self, *steps: Coroutine[Any, Any, Any]) -> Any:
        """What several coroutines return; what they read comes in as few trips as can be."""
        if self._in_step:
            return await in_step(steps, Asked)
        self._in_step = True
        try:
            return await in_step(steps, self._answers)
        finally:
            self._in_step = False

    async def _answers(self, statements: Sequence[Statement]) -> list[list[Any]]:
        connection = await self.opened()
        if len(statements) == 1:
            return [await connection.fetch(statements[0].sql, *statements[0].values)]
        whole = in_one(statements)
        row = await connection.fetchrow(whole.sql, *whole.values)
        return rows_in(tuple(row) if row else ())

    async def opened(self) -> "asyncpg.Connection[asyncpg.Record]":
        """The connection, the transaction open, and all made that waited."""
        if not self._is_open or self._waiting:
            await self._send()
        return self.connection

    async def rows(self, sql: str, values: Sequence[Any]) -> Sequence[Any]:
        """All rows that a statement gives."""
        if self._in_step:
            return (await Asked([Statement(sql, values)]))[0]
        return await (await self.opened()).fetch(sql, *values)

    async def row(self, sql: str, values: Sequence[Any]) -> Any:
        """The first row, or None."""
        if self._in_step:
            rows = await self.rows(sql, values)
            return rows[0] if rows else None
        return await (await self.opened()).fetchrow(sql, *values)

    async def change(self, sql: str, values: Sequence[Any]) -> int:
        """How many rows a statement changed.

        The first one of a transaction saves a trip where it can be written out.
        """
        statement = Statement(sql, values)
        if not self._is_open and (text := statement.as_text) is not None:
            outcome = await self._send(text)
        else:
            outcome = await (await self.opened()).execute(sql, *values)
        return int(outcome.rsplit(" ", 1)[-1])  # such as "UPDATE 1"

    async def _send(self, *last: str) -> str:
        """Open the transaction and make the changes that wait, then run these statements.

        As few messages as there can be: whatever can be written out goes in one.

        Returns:
            What the server calls the outcome of the last one.
        """
        import asyncpg

        texts = [] if self._is_open else [self._begin]
        self._is_open = True
        waiting, self._waiting[:] = list(self._waiting), []
        try:
            for statement in waiting:
                if (text := statement.as_text) is not None:
                    texts.append(text)
                    continue
                if texts:
                    await self.connection.execute("; ".join(texts))
                    texts = []
                await self.connection.execute(statement.sql, *statement.values)
            texts += last
            return await self.connection.execute("; ".join(texts)) if texts else ""
        except asyncpg.IntegrityConstraintViolationError as error:
            if waiting:
                raise Overtaken(type(error).__name__) from None
            raise

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
        if self._is_open or self._waiting:
            await self._send("COMMIT")

    async def rollback(self) -> None:
        """End the transaction as if it had never begun; one of a lost connection has ended."""
        if self._is_open and not self.is_lost:
            await self.connection.execute("ROLLBACK")


class _AtTheEnd:
    """Takes changes of a transaction that leave with its next statement, at the latest its COMMIT.

    Args:
        waiting: where they wait.
    """

    def __init__(self, waiting: list[Statement]) -> None:
        self._waiting = waiting

    async def change(self, sql: str, values: Sequence[Any]) -> int:
        """Nothing yet, so no row has changed."""
        self._waiting.append(Statement(sql, values))
        return 0


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
                statement_cache_size=STATEMENTS,
                server_settings=SETTINGS,
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
