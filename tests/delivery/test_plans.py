"""What is due is found by an index, however much is owed for later or was sent before."""

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bench.crowd import Crowd, crowd
from bot.clock import Clock, to_micros
from bot.db import QuerySet
from bot.db.postgresql import PostgresWork
from bot.db.sqlite import SqliteWork
from bot.delivery.models import Lane
from bot.delivery.store import QUERIES as DELIVERIES
from bot.delivery.store import DeliveryStore
from bot.events.store import QUERIES as EVENTS
from bot.people.store import QUERIES as PEOPLE
from bot.reminders.leads import Lead
from bot.reminders.store import QUERIES as REMINDERS

PEOPLE_THERE = 3000
NOW = to_micros(Clock().now())


@pytest.fixture
async def crowded(database_url: str) -> AsyncIterator[Crowd]:
    """Thousands of people with a place, and three deliveries each in the years to come."""
    async with crowd(database_url) as found:
        await found.meet(PEOPLE_THERE)
        await found.book(1, PEOPLE_THERE)
        await found.want_reminders()
        for year in (1, 2, 3):
            await found.owe_everybody(f"year {year}", Clock().now() + timedelta(days=365 * year))
        await rows(found, "ANALYZE")
        yield found


async def rows(found: Crowd, sql: str, *values: Any, **parameters: Any) -> list[Any]:
    """What a statement gives, on SQLite with named parameters, on PostgreSQL with numbered ones."""
    async with found.database.work() as work:
        if isinstance(work, SqliteWork):
            return await work.rows(sql, parameters)
        assert isinstance(work, PostgresWork)
        return list(await work.connection.fetch(sql, *values))


async def plan(found: Crowd, queries: QuerySet, name: str, **parameters: Any) -> str:
    """How the database would run a query, step by step."""
    query = getattr(queries.of(found.database.dialect), name)
    # aiosql has numbered the parameters in the order in which they first appear
    own = queries.folder / "queries.postgresql.sql"
    blocks = [own.read_text(encoding="utf-8") if own.exists() else ""]
    blocks.append((queries.folder / "queries.sql").read_text(encoding="utf-8"))
    text = "".join(blocks).split(f"-- name: {name}(", 1)[1].split("-- name: ", 1)[0]
    wanted = dict.fromkeys(re.findall(r"(?<!:):([a-z_]+)", text.split("\n", 1)[1]))
    steps = await rows(
        found,
        f"EXPLAIN QUERY PLAN {query.sql}" if found.database.dialect == "sqlite"
        else f"EXPLAIN {query.sql}",
        *(parameters[each] for each in wanted), **parameters,
    )  # fmt: skip
    return "\n".join(step[-1] for step in steps)


def scans(found: str, table: str) -> list[str]:
    """The steps that read a whole table."""
    on_sqlite = re.compile(rf"SCAN {table}(?! USING)")
    on_postgresql = re.compile(rf"Seq Scan on {table}\b")
    return [
        line for line in found.splitlines() if on_sqlite.search(line) or on_postgresql.search(line)
    ]


async def test_what_is_next_is_found_by_the_index_of_what_is_open(crowded: Crowd) -> None:
    found = await plan(crowded, DELIVERIES, "next_due", lane=1)
    assert "deliveries_open" in found
    assert scans(found, "deliveries") == []


async def test_what_is_due_is_claimed_by_the_index_of_what_is_open(crowded: Crowd) -> None:
    found = await plan(
        crowded, DELIVERIES, "claim", lane=1, now=NOW, most=256, holder="h", busy="[]"
    )
    assert "deliveries_open" in found
    assert scans(found, "deliveries") == []


async def test_what_is_due_is_never_sorted_for_a_claim(crowded: Crowd) -> None:
    """Of 200,000 that had just become due, PostgreSQL did: 75 ms for each claim, and 3 without."""
    async with crowded.database.work() as work:
        await DeliveryStore(work).claim(Lane.NOTICE, Clock().now(), 7, "h")
        if isinstance(work, PostgresWork):
            assert await work.connection.fetchval("SHOW enable_bitmapscan") == "off"
    if crowded.database.dialect == "postgresql":
        assert await rows(crowded, "SHOW enable_bitmapscan") == [("on",)]


@pytest.mark.parametrize(
    ("queries", "name", "more"),
    [
        (REMINDERS, "owe_reminder", {"lead": int(Lead.DAY), "nearer": 0, "now": NOW}),
        (EVENTS, "owe_change", {}),
        (EVENTS, "owe_cards", {}),
    ],
)
async def test_whom_to_owe_is_found_without_reading_all_deliveries(
    crowded: Crowd, queries: QuerySet, name: str, more: dict[str, int]
) -> None:
    found = await plan(crowded, queries, name, mailing_id=1, **more)
    assert scans(found, "(?:deliveries|earlier)") == []


@pytest.mark.parametrize(
    ("queries", "name", "more", "table"),
    [
        (PEOPLE, "people_by_ids", {"ids": "[1, 2, 3]"}, "people"),
        (EVENTS, "going_of", {"event_id": 1}, "bookings"),
        (REMINDERS, "choices_of", {}, "reminders"),
        (REMINDERS, "places_of", {"since": 0, "until": NOW * 2}, "bookings"),
        (DELIVERIES, "told_since", {"subject": 1, "kinds": ",change,", "since": 0}, "deliveries"),
        (REMINDERS, "reminded_of", {"events": "[1, 2]"}, "deliveries"),
    ],
)
async def test_a_few_people_are_looked_up_one_by_one(
    crowded: Crowd, queries: QuerySet, name: str, more: dict[str, Any], table: str
) -> None:
    parameters = {"people": json.dumps([1, 2, 3])} | more
    found = await plan(crowded, queries, name, **parameters)
    assert scans(found, table) == []
    assert "Semi Join" not in found  # it would compare all who booked with all in the list
