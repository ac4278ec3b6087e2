"""An office with things to tell people, on each database."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import pytest

from bot.db import Database, load_queries
from bot.delivery.models import Delivery, Lane, Mailing, Settled
from bot.delivery.store import DeliveryStore
from bot.people.service import People
from tests.support.post import NOW, Row

QUERIES = load_queries(__file__)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
ME, OTHER = "me", "another process"


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
