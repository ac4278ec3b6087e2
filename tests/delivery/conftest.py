"""An office with things to tell people, on each database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import from_micros
from bot.db import Database, load_queries
from bot.delivery.models import Delivery, Lane, Mailing, Settled
from bot.delivery.store import DeliveryStore
from bot.people.service import People

QUERIES = load_queries(__file__)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
ME, OTHER = "me", "another process"


def mailing(name: str = "update", **changes: Any) -> Mailing:
    """A notice about number 1 that is due NOW."""
    plain = Mailing(name, "update", 1, Lane.NOTICE, NOW, NOW + DAY)
    return replace(plain, **changes)


@dataclass(frozen=True)
class Row:
    """How a delivery stands."""

    state: str
    reason: str = ""
    attempts: int = 0
    due_at: datetime = NOW
    message_id: int | None = None
    settled_at: datetime | None = None
    claimed_by: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Row":
        settled_at = row["settled_at"]
        return cls(
            row["state"],
            row["reason"],
            row["attempts"],
            from_micros(row["due_at"]),
            row["message_id"],
            None if settled_at is None else from_micros(settled_at),
            row["claimed_by"],
        )


class Office:
    """Everything that a test does with mailings and deliveries, each in its own transaction."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._people = 0

    async def people(self, number: int) -> list[int]:
        """That many new people."""
        found = []
        async with self.db.work() as work:
            for _ in range(number):
                self._people += 1
                found.append((await People(work).greet(1000 + self._people, NOW)).id)
        return found

    async def owes(self, what: Mailing, people: Iterable[int]) -> int:
        """Owe a mailing to people; its number."""
        async with self.db.work() as work:
            store = DeliveryStore(work)
            number = await store.add(what, NOW)
            assert number is not None
            await store.owe_to(number, people)
            return number

    async def claims(
        self, most: int = 100, lane: Lane = Lane.NOTICE, now: datetime = NOW, holder: str = ME
    ) -> list[Delivery]:
        """Take what is due."""
        async with self.db.work() as work:
            return await DeliveryStore(work).claim(lane, now, most, holder)

    async def settles(self, *settled: Settled, holder: str = ME, now: datetime = NOW) -> None:
        """Note what became of deliveries."""
        async with self.db.work() as work:
            await DeliveryStore(work).settle(settled, holder, now)

    async def rows(self, people: Sequence[int]) -> list[Row]:
        """How everything stands that these people are owed."""
        async with self.db.reading() as work:
            store = DeliveryStore(work)
            return [Row.of(row) for each in people for row in await store.of_person(each)]


@pytest.fixture
def office(db: Database) -> Office:
    """A migrated, empty database: SQLite, then PostgreSQL."""
    return Office(db)
