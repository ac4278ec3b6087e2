"""Mailings and deliveries in the database. Decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.clock import from_micros, to_micros
from bot.db import Work, load_queries
from bot.delivery.models import Delivery, Hold, Lane, Mailing, Settled, State

QUERIES = load_queries(__file__)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """How many deliveries ended in a state for a reason."""

    state: State
    reason: str
    people: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Deliveries of one mailing that are still to leave at one time."""

    kind: str
    subject: int
    details: Mapping[str, Any]
    due_at: datetime
    people: int


class DeliveryStore:
    """Rows of mailings and deliveries."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def add(self, mailing: Mailing, now: datetime) -> int | None:
        """Keep a mailing; its number, or None where one of that name is there already."""
        row = await self._run.add_mailing(
            name=mailing.name,
            kind=mailing.kind,
            subject=mailing.subject,
            details=orjson.dumps(mailing.details).decode(),
            lane=int(mailing.lane),
            due_at=to_micros(mailing.due_at),
            not_after=to_micros(mailing.not_after),
            now=to_micros(now),
        )
        return None if row is None else int(row["id"])

    async def named(self, name: str) -> Mailing | None:
        """The mailing of this name."""
        row = await self._run.mailing_named(name=name)
        return None if row is None else _mailing(row)

    async def get(self, mailing_id: int) -> Mailing | None:
        """A mailing by its number."""
        return (await self.mailings([mailing_id])).get(mailing_id)

    async def mailings(self, ids: Iterable[int]) -> dict[int, Mailing]:
        """Mailings by their numbers."""
        rows = await self._run.mailings_by_ids(ids=_list(ids))
        return {row["id"]: _mailing(row) for row in rows}

    async def owe_to(self, mailing_id: int, people: Iterable[int]) -> int:
        """Owe a mailing to people who do not have it yet; how many those were."""
        added: int = await self._run.owe_to(mailing_id=mailing_id, people=_list(people))
        return added

    async def claim(
        self,
        lane: Lane,
        now: datetime,
        most: int,
        holder: str,
        busy: Iterable[int] = (),
    ) -> list[Delivery]:
        """Take what is due in a lane, oldest first; nobody else gets it then.

        Args:
            lane: of which.
            now: the time.
            most: how many at the most.
            holder: the name of who takes it.
            busy: people who are being sent something just now, and get no more until that is over.
        """
        await self._run.read_in_order()
        rows = await self._run.claim(
            lane=int(lane), now=to_micros(now), most=most, holder=holder, busy=_list(busy)
        )
        # RETURNING promises no order.
        return sorted((_delivery(row) for row in rows), key=lambda each: (each.due_at, each.id))

    async def next_due(self, lane: Lane) -> datetime | None:
        """When the first delivery of a lane is due."""
        due_at = await self._run.next_due(lane=int(lane))
        return None if due_at is None else from_micros(due_at)

    async def settle(self, settled: Sequence[Settled], holder: str, now: datetime) -> None:
        """Note what became of deliveries that this holder claimed."""
        listed = [
            {
                "delivery_id": each.delivery_id,
                "state": each.state.value,
                "reason": each.reason,
                "message_id": each.message_id,
                "album": _list(each.album) if each.album else "",
                "due_at": None if each.due_at is None else to_micros(each.due_at),
                "untried": int(each.untried),
                "at": to_micros(each.at or now),
            }
            for each in settled
        ]
        await self._run.settle(settled=orjson.dumps(listed).decode(), holder=holder)

    async def lose(self, holder: str, now: datetime) -> int:
        """Let what others than this holder claimed be unknown; how many that were.

        What changes or takes away a message is due again: doing that twice does no harm.
        """
        await self._run.take_up_edits(holder=holder, now=to_micros(now))
        lost: int = await self._run.lose(holder=holder, now=to_micros(now))
        return lost

    async def silence(
        self, person_id: int, reason: str, now: datetime, *, spared: str = ""
    ) -> None:
        """Skip what is still owed to a person, but for mailings of one kind."""
        await self._run.silence(
            person_id=person_id, spared=spared, reason=reason, now=to_micros(now)
        )

    async def pause(self, mailing_id: int) -> None:
        """Let nothing more of a mailing leave until `resume`."""
        await self._run.set_hold(mailing_id=mailing_id, hold=int(Hold.PAUSED))
        await self._run.hold_deliveries(mailing_id=mailing_id)

    async def resume(self, mailing_id: int) -> None:
        """Let a paused mailing go on."""
        await self._run.set_hold(mailing_id=mailing_id, hold=int(Hold.NONE))
        await self._run.release_deliveries(mailing_id=mailing_id)

    async def call_off(self, mailing_id: int, now: datetime) -> None:
        """Let nothing more of a mailing leave, for good."""
        await self._run.set_hold(mailing_id=mailing_id, hold=int(Hold.CALLED_OFF))
        await self._run.call_off_deliveries(mailing_id=mailing_id, now=to_micros(now))

    async def counts(self, mailing_id: int) -> list[Count]:
        """How the deliveries of a mailing stand, by state and reason."""
        return [
            Count(State(row["state"]), row["reason"], row["people"])
            for row in await self._run.counts_of(mailing_id=mailing_id)
        ]

    async def owe_again(self, mailing_id: int, of_mailing: int) -> int:
        """Owe a mailing about the messages of an earlier one to all who got those.

        Returns:
            How many more it is owed to than before.
        """
        owed: int = await self._run.owe_again(mailing_id=mailing_id, of_mailing=of_mailing)
        return owed

    async def told_since(
        self, people: Iterable[int], subject: int, kinds: Iterable[str], since: datetime
    ) -> set[int]:
        """Who of these people was sent anything of some kinds about a subject since a moment."""
        rows = await self._run.told_since(
            people=_list(people),
            subject=subject,
            kinds=f",{','.join(kinds)},",
            since=to_micros(since),
        )
        return {row["person_id"] for row in rows}

    async def outcomes(self) -> list[Count]:
        """How many deliveries failed or are unknown, by reason."""
        return [
            Count(State(row["state"]), row["reason"], row["people"])
            for row in await self._run.outcomes()
        ]

    async def waiting(self, now: datetime) -> list[Waiting]:
        """What is owed already and still to leave, soonest first."""
        return [
            Waiting(
                row["kind"],
                row["subject"],
                orjson.loads(row["details"]),
                from_micros(row["due_at"]),
                row["people"],
            )
            for row in await self._run.waiting(now=to_micros(now))
        ]

    async def of_person(self, person_id: int) -> Sequence[Row]:
        """Rows of everything a person was or will be sent, with kind and subject."""
        rows: Sequence[Row] = await self._run.deliveries_of(person_id=person_id)
        return rows

    async def erase(self, person_id: int) -> None:
        """Erase everything about what a person was sent."""
        await self._run.erase_deliveries(person_id=person_id)

    async def forget_before(self, moment: datetime) -> int:
        """Erase what was of no use any more before a moment; how many deliveries."""
        erased: int = await self._run.forget_deliveries(before=to_micros(moment))
        await self._run.forget_mailings(before=to_micros(moment))
        return erased


def _list(numbers: Iterable[int]) -> str:
    return orjson.dumps(list(numbers)).decode()


def _mailing(row: Row) -> Mailing:
    return Mailing(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        subject=row["subject"],
        lane=Lane(row["lane"]),
        due_at=from_micros(row["due_at"]),
        not_after=from_micros(row["not_after"]),
        details=orjson.loads(row["details"]),
        hold=Hold(row["hold"]),
    )


def _delivery(row: Row) -> Delivery:
    return Delivery(
        id=row["id"],
        mailing_id=row["mailing_id"],
        person_id=row["person_id"],
        edits=row["edits"],
        album=tuple(orjson.loads(row["album"] or "[]")),
        lane=Lane(row["lane"]),
        due_at=from_micros(row["due_at"]),
        not_after=from_micros(row["not_after"]),
        attempts=row["attempts"],
    )
