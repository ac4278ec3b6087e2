"""How aiosql speaks to our two drivers: one call or one trip for each statement.

aiosql calls an adapter's methods and returns what they return, so coroutine methods on an adapter
that says it is synchronous give plain awaitables: a list for a select, not an async generator.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from aiosql.adapters.asyncpg import AsyncPGAdapter

if TYPE_CHECKING:
    import asyncpg

Parameters = dict[str, Any]


class OnSqlite(Protocol):
    """What a query needs of a transaction on SQLite."""

    async def rows(self, sql: str, parameters: Parameters) -> list[Any]:
        """All rows that a statement gives."""

    async def change(self, sql: str, parameters: Parameters) -> int:
        """How many rows a statement changed."""

    async def change_many(self, sql: str, parameters: Sequence[Parameters]) -> None:
        """Run a statement once for each set of parameters."""


class OnPostgres(Protocol):
    """What a query needs of a transaction on PostgreSQL."""

    async def rows(self, sql: str, values: Sequence[Any]) -> Sequence[Any]:
        """All rows that a statement gives."""

    async def row(self, sql: str, values: Sequence[Any]) -> Any:
        """The first row, or None."""

    async def change(self, sql: str, values: Sequence[Any]) -> int:
        """How many rows a statement changed."""

    async def opened(self) -> "asyncpg.Connection[asyncpg.Record]":
        """The connection it runs on, the transaction open."""


class SqliteAdapter:
    """aiosql on a Work of ours; aiosql's own adapters run statements on a thread or block."""

    is_aio_driver = False

    def process_sql(self, _name: str, _operation: object, sql: str) -> str:
        """SQLite understands `:name` itself."""
        return sql.strip()

    async def select(
        self,
        work: OnSqlite,
        _name: str,
        sql: str,
        parameters: Parameters,
        record_class: object = None,
    ) -> Sequence[Any]:
        """All rows."""
        return await work.rows(sql, parameters)

    async def select_one(
        self,
        work: OnSqlite,
        _name: str,
        sql: str,
        parameters: Parameters,
        record_class: object = None,
    ) -> Any:
        """The first row, or None."""
        rows = await work.rows(sql, parameters)
        return rows[0] if rows else None

    async def select_value(
        self, work: OnSqlite, _name: str, sql: str, parameters: Parameters
    ) -> Any:
        """The first column of the first row, or None."""
        rows = await work.rows(sql, parameters)
        return rows[0][0] if rows else None

    async def insert_returning(
        self, work: OnSqlite, _name: str, sql: str, parameters: Parameters
    ) -> Any:
        """The row that RETURNING gives, or None."""
        rows = await work.rows(sql, parameters)
        return rows[0] if rows else None

    async def insert_update_delete(
        self, work: OnSqlite, _name: str, sql: str, parameters: Parameters
    ) -> int:
        """How many rows changed."""
        return await work.change(sql, parameters)

    async def insert_update_delete_many(
        self, work: OnSqlite, _name: str, sql: str, parameters: Sequence[Parameters]
    ) -> None:
        """Run the statement once for each set of parameters."""
        await work.change_many(sql, parameters)


class PostgresAdapter(AsyncPGAdapter):
    """aiosql on asyncpg, with lists for selects and counts for changes."""

    is_aio_driver = False

    def _ordered(self, name: str, parameters: Parameters) -> list[Any]:
        ordered: list[Any] = self.maybe_order_params(name, parameters)  # type: ignore[no-untyped-call]
        return ordered

    async def select(
        self,
        work: OnPostgres,
        name: str,
        sql: str,
        parameters: Parameters,
        record_class: object = None,
    ) -> Sequence[Any]:
        """All rows."""
        return await work.rows(sql, self._ordered(name, parameters))

    async def select_one(
        self,
        work: OnPostgres,
        name: str,
        sql: str,
        parameters: Parameters,
        record_class: object = None,
    ) -> Any:
        """The first row, or None."""
        return await work.row(sql, self._ordered(name, parameters))

    async def select_value(
        self, work: OnPostgres, name: str, sql: str, parameters: Parameters
    ) -> Any:
        """The first column of the first row, or None."""
        row = await work.row(sql, self._ordered(name, parameters))
        return next(iter(row.values())) if row else None

    async def insert_returning(
        self, work: OnPostgres, name: str, sql: str, parameters: Parameters
    ) -> Any:
        """The row that RETURNING gives, or None."""
        return await self.select_one(work, name, sql, parameters, None)

    async def insert_update_delete(
        self, work: OnPostgres, name: str, sql: str, parameters: Parameters
    ) -> int:
        """How many rows changed."""
        return await work.change(sql, self._ordered(name, parameters))

    async def insert_update_delete_many(
        self, work: OnPostgres, name: str, sql: str, parameters: Sequence[Parameters]
    ) -> None:
        """Run the statement once for each set of parameters."""
        ordered = [self._ordered(name, each) for each in parameters]
        await (await work.opened()).executemany(sql, ordered)
