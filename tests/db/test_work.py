import asyncio
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.db import Database, QuerySet
from bot.errors import DatabaseBusy, Overtaken
from tests.support.databases import fresh_postgresql, opened

if TYPE_CHECKING:
    from bot.db.postgresql import PostgresWork


async def test_what_a_work_wrote_is_there_for_the_next(db: Database, queries: QuerySet) -> None:
    async with db.work() as work:
        assert await work.runner(queries).put(key="a", value="1") == 1
    async with db.reading() as work:
        assert await work.runner(queries).take(key="a") == "1"
        assert await work.runner(queries).take(key="b") is None


async def test_a_work_that_raises_leaves_nothing(db: Database, queries: QuerySet) -> None:
    with pytest.raises(ZeroDivisionError):
        async with db.work() as work:
            await work.runner(queries).put(key="a", value="1")
            raise ZeroDivisionError
    async with db.work() as work:
        assert await work.runner(queries).take(key="a") is None


async def test_a_cancelled_work_leaves_nothing_and_the_writer_free(
    db: Database, queries: QuerySet
) -> None:
    async def half() -> None:
        async with db.work() as work:
            await work.runner(queries).put(key="a", value="1")
            started.set()
            await asyncio.Event().wait()

    started = asyncio.Event()
    task = asyncio.create_task(half())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with db.work() as work:
        assert list(await work.runner(queries).all_keys()) == []
        await work.runner(queries).put(key="b", value="2")
    async with db.reading() as work:
        assert [row["key"] for row in await work.runner(queries).all_keys()] == ["b"]


async def test_a_work_that_begins_with_numbers_is_all_or_nothing(
    db: Database, queries: QuerySet
) -> None:
    async with db.work() as work:
        assert await work.runner(queries).note(number=-(2**63), at=0) == 1
        assert await work.runner(queries).note(number=2**63 - 1, at=-1) == 1
    with pytest.raises(ZeroDivisionError):
        async with db.work() as work:
            await work.runner(queries).note(number=1, at=1)
            raise ZeroDivisionError
    with pytest.raises(Exception, match=r"(?i)unique"):
        async with db.work() as work:
            await work.runner(queries).note(number=-(2**63), at=1)
    async with db.reading() as work:
        rows = [tuple(row) for row in await work.runner(queries).noted()]
    assert rows == [(-(2**63), 0), (2**63 - 1, -1)]


async def test_a_work_that_does_nothing_holds_up_nobody(db: Database, queries: QuerySet) -> None:
    async with db.work():
        pass
    async with db.work() as work:
        assert await work.runner(queries).put(key="a", value="1") == 1


@pytest.mark.parametrize("kind", ["long_work", "long_reading"])
async def test_long_ones_do_what_short_ones_do(db: Database, queries: QuerySet, kind: str) -> None:
    async with db.long_work() as work:
        run = work.runner(queries)
        await run.put_many([{"key": f"{number:03}", "value": "1"} for number in range(100)])
        assert await run.put(key="a", value="2") == 1
    with pytest.raises(ZeroDivisionError):
        async with db.long_work() as work:
            await work.runner(queries).put(key="b", value="3")
            raise ZeroDivisionError
    async with db.long_work() if kind == "long_work" else db.long_reading() as work:
        keys = [row["key"] for row in await work.runner(queries).all_keys()]
    assert keys == [*(f"{number:03}" for number in range(100)), "a"]


async def test_lists_go_in_as_json(db: Database, queries: QuerySet) -> None:
    async with db.work() as work:
        run = work.runner(queries)
        await run.put_many([{"key": key, "value": key} for key in "abc"])
        found = await run.which(keys='["a", "c", "d"]')
    assert [row["key"] for row in found] == ["a", "c"]


async def test_an_update_can_return_its_row(db: Database, queries: QuerySet) -> None:
    async with db.work() as work:
        run = work.runner(queries)
        await run.put(key="a", value="1")
        row = await run.rename(old="a", new="b")
        assert (row["key"], row["value"]) == ("b", "1")
        assert await run.rename(old="a", new="b") is None


@pytest.mark.parametrize("kind", ["reading", "long_reading"])
async def test_reading_cannot_write(db: Database, queries: QuerySet, kind: str) -> None:
    with pytest.raises(Exception, match=r"(?i)read.?only"):
        async with db.reading() if kind == "reading" else db.long_reading() as work:
            await work.runner(queries).put(key="a", value="1")


async def test_what_is_left_to_the_end_happens_before_whatever_is_run_after_it(
    db: Database, queries: QuerySet
) -> None:
    async with db.work() as work:
        run, at_the_end = work.runner(queries), work.at_the_end(queries)
        await at_the_end.put(key="a", value="it's")
        assert await run.take(key="a") == "it's"
        await at_the_end.note(number=1, at=2)
        await at_the_end.put(key="b", value="?")
        await at_the_end.put(key="c", value="3")
        assert await run.put(key="d", value="4") == 1
        await at_the_end.rename_plainly(old="d", new="e")
    async with db.reading() as work:
        run = work.runner(queries)
        assert [row["key"] for row in await run.all_keys()] == ["a", "b", "c", "e"]
        assert [tuple(row) for row in await run.noted()] == [(1, 2)]


async def test_what_is_left_to_the_end_is_left_out_where_the_work_fails(
    db: Database, queries: QuerySet
) -> None:
    with pytest.raises(ZeroDivisionError):
        async with db.work() as work:
            await work.at_the_end(queries).put(key="a", value="1")
            raise ZeroDivisionError
    async with db.work() as work:
        await work.at_the_end(queries).put(key="b", value="1")
    async with db.reading() as work:
        assert [row["key"] for row in await work.runner(queries).all_keys()] == ["b"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
@settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_whatever_is_left_to_the_end_arrives_as_it_is(
    db: Database, queries: QuerySet, texts: list[str]
) -> None:
    async with db.work() as work:
        await work.runner(queries).clear()
        at_the_end = work.at_the_end(queries)
        for number, text in enumerate(texts):
            await at_the_end.put(key=str(number), value=text)
    async with db.reading() as work:
        run = work.runner(queries)
        assert [await run.take(key=str(number)) for number in range(len(texts))] == texts


@pytest.mark.postgresql
async def test_who_is_overtaken_changes_nothing(queries: QuerySet) -> None:
    async with opened(await fresh_postgresql()) as db:
        with pytest.raises(Overtaken):
            async with db.work() as slow:
                await slow.runner(queries).put(key="b", value="slow")
                await slow.at_the_end(queries).put(key="a", value="slow")
                async with db.work() as fast:
                    await fast.runner(queries).put(key="a", value="fast")
        async with db.reading() as work:
            assert [row["key"] for row in await work.runner(queries).all_keys()] == ["a"]
            assert await work.runner(queries).take(key="a") == "fast"


async def test_what_is_read_together_is_what_each_would_have_read(
    db: Database, queries: QuerySet
) -> None:
    async with db.work() as work:
        run = work.runner(queries)
        await run.put_many([{"key": key, "value": f"«{key}»\n"} for key in "abc"])
        await run.note(number=-(2**63), at=2**63 - 1)

        async def values_of_all() -> list[str]:
            keys = [row["key"] for row in await run.which(keys='["a", "b", "x"]')]
            both = await work.together(run.take(key=keys[0]), run.take(key=keys[1]))
            return [*keys, *both]

        async def nothing() -> None:
            pass

        await work.at_the_end(queries).put(key="d", value="4")
        found = await work.together(
            values_of_all(), run.noted(), run.take(key="d"), run.take(key="x")
        )
        assert await work.together(nothing(), run.take(key="x")) == (None, None)
    values, noted, there, missing = found
    assert values == ["a", "b", "«a»\n", "«b»\n"]
    assert [(row["update_id"], row["at"]) for row in noted] == [(-(2**63), 2**63 - 1)]
    assert (there, missing) == ("4", None)


@pytest.mark.parametrize("which", ["the first", "the last"])
async def test_of_what_is_read_together_one_that_fails_ends_all(
    db: Database, queries: QuerySet, which: str
) -> None:
    async with db.work() as work:
        run = work.runner(queries)

        async def fails() -> None:
            assert await run.take(key="a") is None
            raise ZeroDivisionError

        async def reads_on() -> None:
            await run.take(key="a")
            await run.take(key="b")

        steps = (fails(), reads_on()) if which == "the first" else (reads_on(), fails())
        with pytest.raises(ZeroDivisionError):
            await work.together(*steps)
        assert await run.put(key="a", value="1") == 1


async def test_many_works_at_once_lose_no_count(db: Database, queries: QuerySet) -> None:
    async def one(number: int) -> None:
        async with db.work() as work:
            run = work.runner(queries)
            await run.take(key="x")
            await run.put(key=f"{number:03}", value="")

    await asyncio.gather(*(one(number) for number in range(60)))
    async with db.reading() as work:
        assert len(await work.runner(queries).all_keys()) == 60


@pytest.mark.postgresql
async def test_a_server_that_hangs_up_is_busy_and_works_again(queries: QuerySet) -> None:
    async with opened(await fresh_postgresql()) as db:
        with pytest.raises(DatabaseBusy):
            async with db.work() as work:
                connection = cast("PostgresWork", work).connection
                await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        async with db.work() as work:
            assert await work.runner(queries).put(key="a", value="1") == 1


@pytest.mark.postgresql
async def test_whoever_falls_asleep_in_a_transaction_holds_up_nobody_for_long(
    queries: QuerySet,
) -> None:
    async with opened(await fresh_postgresql()) as db:
        with pytest.raises(DatabaseBusy):
            async with db.work() as work:
                await work.runner(queries).put(key="a", value="1")
                connection = cast("PostgresWork", work).connection
                limit = "SELECT current_setting('idle_in_transaction_session_timeout')"
                assert await connection.fetchval(limit) == "10s"
                await connection.execute("SET LOCAL idle_in_transaction_session_timeout = 1")
                while not connection.is_closed():  # noqa: ASYNC110 -- the server closes it
                    await asyncio.sleep(0.01)
                await work.runner(queries).put(key="b", value="1")
        async with db.reading() as work:
            assert await work.runner(queries).all_keys() == []


@pytest.mark.postgresql
async def test_two_who_wait_for_each_other_are_busy_and_one_goes_on(queries: QuerySet) -> None:
    async with opened(await fresh_postgresql()) as db:
        async with db.work() as work:
            await work.runner(queries).put_many([{"key": key, "value": key} for key in "ab"])
        both_hold = asyncio.Barrier(2)

        async def hold(first: str, second: str) -> str:
            async with db.work() as work:
                run = work.runner(queries)
                await run.rename(old=first, new=first)
                await both_hold.wait()
                await run.rename(old=second, new=second)
            return "done"

        ends = await asyncio.gather(hold("a", "b"), hold("b", "a"), return_exceptions=True)
        assert {type(end) for end in ends} == {str, DatabaseBusy}
