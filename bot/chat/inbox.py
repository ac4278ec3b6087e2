"""The write-ahead inbox: updates are kept here before Telegram is told that they arrived.

An update leaves in the same transaction as its effects. When it has an answer, the row stays with
the answer in it until that is sent; so a crash at any moment can repeat an answer, and can lose
neither an update nor an answer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from bot.chat.outgoing import Call, many_to_json
from bot.clock import to_micros
from bot.db import Work, load_queries

QUERIES = load_queries(__file__)
REMEMBER = timedelta(hours=48)
"""How long an update's number is kept: Telegram repeats an update for 24 hours at most."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update as it came in.

    Attributes:
        person: the Telegram id of whoever sent it; 0 where nobody did.
        body: the update's JSON; empty once it is handled.
        replies: the calls owed for it, as JSON, once it is handled.
    """

    update_id: int
    person: int
    body: str
    replies: str | None = None


def _once(batch: list[Arrived]) -> list[Arrived]:
    """The batch with a repeated update taken once, in the place where it first came."""
    return list({each.update_id: each for each in batch}.values())


class Inbox:
    """The inbox inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def put(self, batch: list[Arrived], now: datetime) -> list[Arrived]:
        """Keep a batch; returns what was new, in the batch's order."""
        at = to_micros(now)
        ids = orjson.dumps([each.update_id for each in batch]).decode()
        new = {row["update_id"] for row in await self._run.see(batch=ids, at=at)}
        kept = [each for each in _once(batch) if each.update_id in new]
        await self._run.put(
            [
                {
                    "update_id": each.update_id,
                    "person": each.person,
                    "body": each.body,
                    "received_at": at,
                }
                for each in kept
            ]
        )
        return kept

    async def claim(self, update_id: int) -> bool:
        """Take an update for this transaction; False when it has been handled already."""
        return await self._run.claim(update_id=update_id) is not None

    async def handled(self, update_id: int, calls: list[Call]) -> None:
        """The update took effect and these calls are owed for it."""
        if calls:
            await self._run.answered(update_id=update_id, replies=many_to_json(calls))
        else:
            await self._run.remove(update_id=update_id)

    async def sent(self, update_ids: list[int]) -> None:
        """The answers to these updates have left."""
        await self._run.remove_many(batch=orjson.dumps(update_ids).decode())

    async def left_over(self, before: datetime) -> list[Arrived]:
        """What arrived before a moment and is still here, oldest first."""
        return [
            Arrived(row["update_id"], row["person"], row["body"], row["replies"])
            for row in await self._run.left_over(before=to_micros(before))
        ]

    async def depth(self) -> int:
        """How many updates are here."""
        count: int = await self._run.depth()
        return count

    async def tidy(self, now: datetime) -> None:
        """Forget the numbers of updates that Telegram will not repeat."""
        await self._run.forget_seen(before=to_micros(now - REMEMBER))

    async def held_about(self, telegram_id: int) -> dict[str, Any]:
        """What the inbox holds about a person: how many updates wait or are being answered."""
        return {"updates_in_hand": await self._run.count_of_person(person=telegram_id)}

    async def forget(self, telegram_id: int, but: int) -> None:
        """Erase a person's updates but the one being handled, which leaves by itself."""
        await self._run.forget_person(person=telegram_id, but=but)


class Meta:
    """Small facts the bot keeps about itself, by name."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def get(self, key: str) -> str | None:
        """A fact, or None."""
        value: str | None = await self._run.get_meta(key=key)
        return value

    async def set(self, key: str, value: str) -> None:
        """Keep a fact."""
        await self._run.set_meta(key=key, value=value)
