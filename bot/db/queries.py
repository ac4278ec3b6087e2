"""Named queries from files, for either database, run inside a Work."""

import re
from collections.abc import Awaitable, Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal

import aiosql
from aiosql.queries import Queries

from bot.db.adapters import PostgresAdapter, SqliteAdapter

_MARK = "-- name: "
_PART = re.compile("^-- part: ([a-z_]+)\n", re.MULTILINE)

Dialect = Literal["sqlite", "postgresql"]


class QuerySet:
    """The queries that stand beside one module, loaded once for each database that asks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def sqlite(self) -> Queries:
        """The queries for SQLite."""
        return _load("\n".join(_blocks(self.folder / "queries.sql").values()), SqliteAdapter)

    @cached_property
    def postgresql(self) -> Queries:
        """The queries for PostgreSQL: the shared ones, and its own in their place."""
        blocks = _blocks(self.folder / "queries.sql")
        own = _blocks(self.folder / "queries.postgresql.sql")
        unknown = own.keys() - blocks.keys()
        if unknown:
            raise ValueError(f"{self.folder}: overrides of no query: {sorted(unknown)}")
        return _load("\n".join((blocks | own).values()), PostgresAdapter)

    def of(self, dialect: Dialect) -> Queries:
        """The queries for one database."""
        return self.sqlite if dialect == "sqlite" else self.postgresql


def _load(text: str, adapter: Callable[..., Any]) -> Queries:
    queries: Queries = aiosql.from_str(text, adapter)
    return queries


def _blocks(file: Path) -> dict[str, str]:
    """The queries of a file as text, by name; none where there is no file.

    A line `-- part: NAME` stands for the text of the file NAME.part.sql beside it, which several
    queries share.
    """
    if not file.exists():
        return {}

    def part(named: re.Match[str]) -> str:
        return (file.parent / f"{named[1]}.part.sql").read_text(encoding="utf-8")

    parts = _PART.sub(part, file.read_text(encoding="utf-8")).split(_MARK)[1:]
    return {part.split("(", 1)[0].strip(): _MARK + part for part in parts}


class Runner:
    """A query set bound to a Work: `await runner.get_person(telegram_id=7)`."""

    def __init__(self, queries: Queries, work: object) -> None:
        self._queries = queries
        self._work = work

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        """The named query as a coroutine function that takes its parameters by name."""
        return partial(getattr(self._queries, name), self._work)


def load_queries(module_file: str) -> QuerySet:
    """The queries in the folder of the calling module; call it with `__file__`."""
    return QuerySet(Path(module_file).parent)
