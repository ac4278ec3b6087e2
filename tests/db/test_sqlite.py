import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.db import QuerySet, Work
from bot.db.sqlite import SqliteDatabase
from bot.db.work import sqlite_path
from bot.errors import DatabaseBusy, DatabaseProblem
from tests.support.databases import fresh_sqlite

FOR_EVER = 10**15
PAGE = 4096
ANOTHER_PROCESS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=60, isolation_level="IMMEDIATE")
for number in range(100):
    with connection:
        connection.execute("INSERT INTO meta VALUES (?, '')", (f"theirs {number}",))
"""


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    return Path(sqlite_path(await fresh_sqlite(tmp_path)))


@pytest.fixture
def other(file: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else with the same file open."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


@asynccontextmanager
async def opened(
    file: Path, patience: float = 60, longest_log: int = 2**30
) -> AsyncIterator[SqliteDatabase]:
    database = SqliteDatabase(str(file), patience, longest_log)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
async def database(file: Path) -> AsyncIterator[SqliteDatabase]:
    async with opened(file) as database:
        yield database


def log_of(file: Path) -> Path:
    return Path(f"{file}-wal")


async def keys(database: SqliteDatabase, queries: QuerySet) -> list[str]:
    async with database.reading() as work:
        return [row["key"] for row in await work.runner(queries).all_keys()]


async def put(database: SqliteDatabase, queries: QuerySet, key: str, value: str = "") -> None:
    async with database.work() as work:
        await work.runner(queries).put(key=key, value=value)


async def test_a_reading_sees_what_was_there_when_it_first_looked(
    database: SqliteDatabase, queries: QuerySet
) -> None:
    async with database.reading() as reading:
        assert await reading.runner(queries).take(key="a") is None
        await put(database, queries, "a", "1")
        assert await reading.runner(queries).take(key="a") is None
    async with database.reading() as reading:
        assert await reading.runner(queries).take(key="a") == "1"


async def test_a_locked_database_is_busy_and_works_again(
    file: Path, other: sqlite3.Connection, queries: QuerySet
) -> None:
    async with opened(file, patience=0) as database:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy, match="SQLITE_BUSY"):
            await put(database, queries, "a")
        other.execute("ROLLBACK")
        await put(database, queries, "a")
        assert await keys(database, queries) == ["a"]


@pytest.mark.parametrize("kind", ["work", "long_work"])
async def test_everything_else_goes_on_while_another_process_writes(
    database: SqliteDatabase, other: sqlite3.Connection, queries: QuerySet, kind: str
) -> None:
    async def write() -> None:
        async with getattr(database, kind)() as work:
            await work.runner(queries).put(key="b", value="")

    await put(database, queries, "a")
    other.execute("BEGIN IMMEDIATE")
    writing = [asyncio.create_task(write()), asyncio.create_task(put(database, queries, "c"))]
    for _ in range(100):
        assert await keys(database, queries) == ["a"]
        await asyncio.sleep(0)
    assert not any(task.done() for task in writing)
    other.execute("COMMIT")
    await asyncio.gather(*writing)
    assert await keys(database, queries) == ["a", "b", "c"]


async def test_who_gives_up_waiting_for_another_process_leaves_the_writer_free(
    database: SqliteDatabase, other: sqlite3.Connection, queries: QuerySet
) -> None:
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(put(database, queries, "a"))
    await keys(database, queries)
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    other.execute("COMMIT")
    await put(database, queries, "b")
    assert await keys(database, queries) == ["b"]


async def test_two_processes_that_write_at_once_lose_nothing(
    file: Path, database: SqliteDatabase, queries: QuerySet
) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", ANOTHER_PROCESS, file)
    number = 0
    while process.returncode is None:
        await put(database, queries, f"ours {number}")
        await asyncio.sleep(0)
        number += 1
    assert process.returncode == 0
    found = await keys(database, queries)
    assert sorted(found) == sorted(
        [f"theirs {n}" for n in range(100)] + [f"ours {n}" for n in range(number)]
    )


async def test_a_long_statement_holds_up_nobody(
    database: SqliteDatabase, queries: QuerySet
) -> None:
    counting = asyncio.create_task(count(database.long_reading(), queries))
    for number in range(20):
        await put(database, queries, f"{number:02}")
    assert not counting.done()
    assert len(await keys(database, queries)) == 20
    counting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await counting


async def test_a_long_work_that_is_cancelled_ends_and_leaves_nothing(
    database: SqliteDatabase, queries: QuerySet
) -> None:
    written = asyncio.Event()

    async def long() -> None:
        async with database.long_work() as work:
            run = work.runner(queries)
            await run.put(key="a", value="")
            written.set()
            await run.count_to(most=FOR_EVER)

    task = asyncio.create_task(long())
    await written.wait()
    next_in_line = asyncio.create_task(put(database, queries, "b"))
    for _ in range(10):
        assert await keys(database, queries) == []
        await asyncio.sleep(0)
    assert not next_in_line.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await next_in_line
    assert await keys(database, queries) == ["b"]


async def count(opening: AbstractAsyncContextManager[Work], queries: QuerySet) -> None:
    async with opening as work:
        await work.runner(queries).count_to(most=FOR_EVER)


async def test_the_log_stays_short_while_everybody_writes(file: Path, queries: QuerySet) -> None:
    longest = 50 * PAGE
    async with opened(file, longest_log=longest) as database:
        longest_seen = 0
        for number in range(1000):
            await put(database, queries, f"{number:04}", "a" * PAGE)
            longest_seen = max(longest_seen, log_of(file).stat().st_size)
            await asyncio.sleep(0)
        assert len(await keys(database, queries)) == 1000
    # 1,000 works leave some 3,000 pages behind
    assert longest < longest_seen < 6 * longest
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM meta").fetchone() == (1000,)


async def test_the_log_shortens_once_nobody_reads_from_it_any_more(
    file: Path, other: sqlite3.Connection, queries: QuerySet
) -> None:
    longest = 20 * PAGE
    async with opened(file, longest_log=longest) as database:
        other.execute("BEGIN")
        other.execute("SELECT * FROM meta").fetchall()
        for number in range(100):
            await put(database, queries, f"{number:04}", "a" * PAGE)
            await asyncio.sleep(0)
        grown = log_of(file).stat().st_size
        assert grown > 100 * PAGE
        other.execute("COMMIT")
        number = 100
        while log_of(file).stat().st_size >= grown:
            await put(database, queries, f"{number:04}", "a" * PAGE)
            await asyncio.sleep(0)
            number += 1
        assert len(await keys(database, queries)) == number


async def test_old_pages_go_as_soon_as_nobody_reads_them(
    file: Path, database: SqliteDatabase, other: sqlite3.Connection, queries: QuerySet
) -> None:
    other.execute("BEGIN")
    other.execute("SELECT * FROM meta").fetchall()
    await put(database, queries, "a", "an old page")
    assert not await asyncio.wait_for(database.tidy(), 5)
    assert b"an old page" in log_of(file).read_bytes()
    other.close()
    assert await database.tidy()
    assert log_of(file).read_bytes() == b""


async def test_what_is_closed_is_whole_and_closed(file: Path, queries: QuerySet) -> None:
    async with opened(file, longest_log=PAGE) as database:
        await put(database, queries, "a")
        await put(database, queries, "b")
    assert not log_of(file).exists()
    with pytest.raises(DatabaseProblem, match="closed"):
        await put(database, queries, "c")
    assert not await database.tidy()
    await database.close()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT key FROM meta").fetchall() == [("a",), ("b",)]
