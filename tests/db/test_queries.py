"""Every named query is understood by both databases."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest

from bot.db import QuerySet
from tests.support.databases import fresh_postgresql, fresh_sqlite

FOLDERS = sorted(path.parent for path in Path("bot").rglob("queries.sql"))


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
async def test_sqlite_prepares_every_query(folder: Path, tmp_path: Path) -> None:
    url = await fresh_sqlite(tmp_path)
    queries = QuerySet(folder).sqlite
    with closing(sqlite3.connect(url.removeprefix("sqlite+aiosqlite:///"))) as connection:
        for name in names_of(queries):
            sql = getattr(queries, name).sql
            wanted = dict.fromkeys(re.findall(r"(?<!:):([a-z_]+)", sql))
            connection.execute(f"EXPLAIN {sql}", wanted)


@pytest.mark.postgresql
@pytest.mark.parametrize("folder", FOLDERS, ids=str)
async def test_postgresql_prepares_every_query(folder: Path) -> None:
    url = await fresh_postgresql()
    queries = QuerySet(folder).postgresql
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        for name in names_of(queries):
            await connection.prepare(getattr(queries, name).sql)
    finally:
        await connection.close()


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_both_databases_have_the_same_queries_with_the_same_parameters(folder: Path) -> None:
    queries = QuerySet(folder)
    assert {name: parameters(queries.sqlite, name) for name in names_of(queries.sqlite)} == {
        name: parameters(queries.postgresql, name) for name in names_of(queries.postgresql)
    }


def test_an_override_of_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "queries.sql").write_text("-- name: one()^\nSELECT 1;\n", encoding="utf-8")
    own = tmp_path / "queries.postgresql.sql"
    own.write_text("-- name: onne()^\nSELECT 1;\n", encoding="utf-8")
    with pytest.raises(ValueError, match="overrides of no query: \\['onne'\\]"):
        _ = QuerySet(tmp_path).postgresql


def names_of(queries: object) -> list[str]:
    names: list[str] = queries.available_queries  # type: ignore[attr-defined]
    return [name for name in names if not name.endswith("_cursor")]


def parameters(queries: object, name: str) -> set[str]:
    return set(getattr(queries, name).parameters or ())
