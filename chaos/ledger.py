"""What the database says, read from outside the bot."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Self

from bot.chat.inbox import Inbox, Meta
from bot.db import Database, Work, load_queries, open_database
from bot.people.vault import Vault

QUERIES = load_queries(__file__)
OURS = "baobab-chaos"
Row = Mapping[str, Any]


class Ledger:
    """The database of a trial, from the trial's side."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator[Self]:
        ours = f"{url}?application_name={OURS}" if url.startswith("postgresql") else url
        database = await open_database(ours)
        try:
            yield cls(database)
        finally:
            await database.close()

    async def to_deliver(self) -> int:
        """How many deliveries are not over."""
        async with self.database.reading() as work:
            count: int = await work.runner(QUERIES).to_deliver()
            return count

    async def of_kind_to_deliver(self, kind: str) -> int:
        """How many deliveries of one kind are not over."""
        async with self.database.reading() as work:
            count: int = await work.runner(QUERIES).of_kind_to_deliver(kind=kind)
            return count

    async def in_hand(self) -> set[int]:
        """The deliveries that a process which has just died had claimed."""
        # What a dead process had sent to PostgreSQL may still be under way there.
        while await self._others():
            await asyncio.sleep(0.01)
        async with self.database.reading() as work:
            return {row["id"] for row in await work.runner(QUERIES).claimed()}

    @staticmethod
    async def in_the_air(work: Work, broadcast_id: int) -> int:
        """How many deliveries of a broadcast are in somebody's hands, as seen in this work."""
        count: int = await work.runner(QUERIES).in_the_air(broadcast_id=broadcast_id)
        return count

    async def _others(self) -> int:
        """Connections of others; PostgreSQL does not look anew within a transaction."""
        async with self.database.reading() as work:
            count: int = await work.runner(QUERIES).others(ours=OURS)
            return count

    async def holder(self) -> str:
        """Who may deliver now."""
        async with self.database.reading() as work:
            return await work.runner(QUERIES).holder() or ""

    async def rows(self) -> list[Row]:
        """Every delivery, with its mailing's kind and its person's number at Telegram."""
        async with self.database.reading() as work:
            return list(await work.runner(QUERIES).rows())

    async def heard(self, telegram_id: int) -> str:
        """What the counting handler wrote down of a person."""
        async with self.database.reading() as work:
            return await Meta(work).get(str(telegram_id)) or ""

    async def inbox(self) -> int:
        """How many updates are not done with."""
        async with self.database.reading() as work:
            return await Inbox(work, Vault(bytes(32))).depth()
