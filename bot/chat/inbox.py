"""The write-ahead inbox: updates are kept here before Telegram is told that they arrived.

What people say, and what is said to them, is sealed: it may be about their health, it may be all
that is kept about them, and databases keep old pages, journals and copies.

An update leaves in the same transaction as its effects. When it has an answer, the row stays with
the answer in it until that is sent; so a crash at any moment can repeat an answer, and can lose
neither an update nor an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
import structlog

from bot.chat.outgoing import Call, many_to_json
from bot.clock import to_micros
from bot.db import Work, load_queries
from bot.errors import SealBroken
from bot.people.vault import Vault

QUERIES = load_queries(__file__)
REMEMBER = timedelta(hours=48)
"""How long an update's number is kept: Telegram repeats an update for 24 hours at most."""
ENOUGH = 1_000
"""How often an update is taken up again, once a minute or so, before it is given up: for most of
a day. Whatever fails for so long will not succeed, and nobody waits for the answer any more."""
_PURPOSE = "update"

_log = structlog.get_logger(__name__)


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

    def __init__(self, work: Work, vault: Vault) -> None:
        self._run = work.runner(QUERIES)
        self._at_the_end = work.at_the_end(QUERIES)
        self._vault = vault

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
                    "body": self._sealed(each.body, each.person),
                    "received_at": at,
                }
                for each in kept
            ]
        )
        return kept

    async def still_waiting(self, batch: list[Arrived]) -> list[Arrived]:
        """Those of a batch that are here and that nobody has handled, in the batch's order."""
        ids = orjson.dumps([each.update_id for each in batch]).decode()
        waiting = {row["update_id"] for row in await self._run.still_waiting(batch=ids)}
        return [each for each in _once(batch) if each.update_id in waiting]

    async def claim(self, update_id: int) -> bool:
        """Take an update for this transaction; False when it has been handled already."""
        claimed: int = await self._run.claim(update_id=update_id)
        return claimed > 0

    async def handled(self, arrived: Arrived, calls: list[Call], now: datetime) -> None:
        """The update took effect and these calls are owed for it."""
        if calls:
            replies = self._sealed(many_to_json(calls), arrived.person)
            await self._at_the_end.answered(
                update_id=arrived.update_id, replies=replies, now=to_micros(now)
            )
        else:
            await self._at_the_end.remove(update_id=arrived.update_id)

    async def sent(self, update_ids: list[int]) -> None:
        """The answers to these updates have left."""
        await self._run.remove_many(batch=orjson.dumps(update_ids).decode())

    async def hold(self, update_ids: list[int], now: datetime) -> None:
        """This process works on these updates, so no other is to take them up."""
        if update_ids:
            batch = orjson.dumps(update_ids).decode()
            await self._run.hold(batch=batch, now=to_micros(now))

    async def take_up(self, idle: timedelta, now: datetime) -> list[Arrived]:
        """Take what nobody has worked on for a while, oldest first; others leave it alone then.

        What was taken up often enough is given up instead.
        """
        rows = await self._run.take_up(
            before=to_micros(now - idle), after=to_micros(now + idle), now=to_micros(now)
        )
        given_up = [row["update_id"] for row in rows if row["attempts"] > ENOUGH]
        if given_up:
            _log.error("updates are given up", update_ids=given_up)
            await self.sent(given_up)
        kept = [row for row in rows if row["attempts"] <= ENOUGH]
        kept.sort(key=lambda row: row["update_id"])
        return [arrived for row in kept if (arrived := self._read(row))]

    def _read(self, row: Mapping[str, Any]) -> Arrived | None:
        person = row["person"]
        try:
            body = self._opened(row["body"], person) if row["body"] else ""
            replies = self._opened(row["replies"], person) if row["replies"] else None
        except SealBroken:
            _log.warning("update_unreadable", hint="was BAOBAB_SECRET_KEY changed?")
            return None
        return Arrived(row["update_id"], person, body, replies)

    def _sealed(self, text: str, person: int) -> str:
        return self._vault.seal(text, purpose=_PURPOSE, person_id=person)

    def _opened(self, sealed: str, person: int) -> str:
        text: str = self._vault.unseal(sealed, purpose=_PURPOSE, person_id=person)
        return text

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
