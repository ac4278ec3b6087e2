"""People whom broadcasts reach, and what they do with them, in the database. Decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.broadcasts.audience import Audience, Basis, Part, Recipients
from bot.broadcasts.models import Mark
from bot.broadcasts.rows import listed, packed, unnamed
from bot.broadcasts.store import QUERIES
from bot.clock import from_micros, to_micros
from bot.db import Work
from bot.delivery.models import Lane
from bot.people.models import Scope

BECAUSE: Final = timedelta(days=1)
"""For how long after a broadcast a stop counts as one because of it."""
DID: Final = {
    "author_id": "began it",
    "editor_id": "changed it last",
    "holder_id": "opened it last, to change it",
    "asked_by": "asked for it to be sent",
    "approved_by": "approved it",
}
"""What it says of a person that they are named in a column of a broadcast."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """Who of an audience is left out.

    Attributes:
        most: messages that can wait for others, such as broadcasts, that a person may be sent; 0
            for any number.
        counted_since: from when those count.
        told_since: whoever was sent a broadcast later than this is left out; None: nobody is.
        within: where whoever sends it may send to.
    """

    most: int
    counted_since: datetime
    told_since: datetime | None
    within: Scope


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a broadcast among people of one language in one borough."""

    language: str
    borough: str
    reached: int
    opened: int
    booked: int
    attended: int
    stopped: int
    blocked: int


class CrowdStore:
    """Rows about people, as broadcasts need them."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def recipients(self, audience: Audience, sieve: Sieve, now: datetime) -> Recipients:
        """Whom a broadcast would reach now, and why it would not reach others."""
        rows = await self._run.count_audience(**_sifted(audience, sieve, now))
        return Recipients(
            tuple(
                Part(row["language"], row["borough"], row["reason"], row["people"]) for row in rows
            )
        )

    async def freeze(self, mailing_id: int, audience: Audience, sieve: Sieve, now: datetime) -> int:
        """Owe a mailing to everybody whom it would reach now; how many those are."""
        owed: int = await self._run.freeze_audience(
            mailing_id=mailing_id, **_sifted(audience, sieve, now)
        )
        return owed

    async def enough_for(
        self, people: Iterable[int], mailing_id: int, most: int, counted_since: datetime
    ) -> set[int]:
        """Who of these people was sent `most` such messages or more, besides this mailing."""
        rows = await self._run.enough_for(
            people=packed(list(people)),
            mailing_id=mailing_id,
            lane=int(Lane.BROADCAST),
            most=most,
            counted_since=to_micros(counted_since),
        )
        return {row["person_id"] for row in rows}

    async def wanting_news(self, people: Iterable[int]) -> set[int]:
        """Who of these people agrees to news."""
        rows = await self._run.wanting_news(people=packed(list(people)))
        return {row["person_id"] for row in rows}

    async def with_places(self, people: Iterable[int], events: Iterable[int]) -> set[int]:
        """Who of these people has a place at one of some events."""
        rows = await self._run.with_places(people=packed(list(people)), events=listed(events))
        return {row["person_id"] for row in rows}

    async def with_roles(self, people: Iterable[int], roles: Iterable[str]) -> set[int]:
        """Who of these people has one of some roles."""
        rows = await self._run.with_roles(people=packed(list(people)), roles=listed(roles))
        return {row["person_id"] for row in rows}

    async def asked_since(self, person_id: int, since: datetime) -> int:
        """To how many people a person's broadcasts have been owed since a moment."""
        number: int = await self._run.asked_today(person_id=person_id, since=to_micros(since))
        return number

    async def mark(self, broadcast_id: int, person_id: int, mark: Mark, now: datetime) -> None:
        """Note once what a person did with a broadcast."""
        await self._run.mark(
            broadcast_id=broadcast_id, person_id=person_id, mark=mark.value, now=to_micros(now)
        )

    async def mark_last(self, person_id: int, mark: Mark, now: datetime) -> None:
        """Note once what a person did because of the broadcast that reached them just before."""
        number = await self.last_told(person_id, now - BECAUSE)
        if number is not None:
            await self.mark(number, person_id, mark, now)

    async def last_told(self, person_id: int, since: datetime) -> int | None:
        """The number of the broadcast that a person was sent last, if that was since a moment."""
        number: int | None = await self._run.last_told(person_id=person_id, since=to_micros(since))
        return number

    async def outcome(
        self, broadcast_id: int, events: Iterable[int], now: datetime
    ) -> list[Outcome]:
        """What came of a broadcast that invites to some events, the most people first."""
        rows = await self._run.outcome(
            broadcast_id=broadcast_id, events=listed(events), now=to_micros(now)
        )
        return [
            Outcome(
                row["language"] or "",
                row["borough"],
                row["reached"],
                row["opened"],
                row["booked"],
                row["attended"],
                row["stopped"],
                row["blocked"],
            )
            for row in rows
        ]

    async def whom_to_ask(self, roles: Iterable[str], language: str = "") -> list[int]:
        """People with one of some roles who want messages; of one language, or of any."""
        rows = await self._run.people_with_roles(roles=listed(roles), language=language)
        return [row["id"] for row in rows]

    async def is_trusted(self, person_id: int) -> bool:
        """Whether a volunteer may send as much as others."""
        return await self._run.is_trusted(person_id=person_id) is not None

    async def trust(self, person_id: int, now: datetime) -> None:
        """Let a volunteer send as much as others."""
        await self._run.trust(person_id=person_id, now=to_micros(now))

    async def held_about(self, person_id: int) -> dict[str, object]:
        """What is kept about a person, ready for JSON."""
        return {
            "broadcasts_worked_on": [
                {
                    "number": row["id"],
                    "at": from_micros(row["created_at"]).isoformat(),
                    "state": row["state"],
                    "did": [did for column, did in DID.items() if row[column] == person_id],
                }
                for row in await self._run.naming(person_id=person_id)
            ],
            "done_with_broadcasts": [
                {
                    "broadcast": row["broadcast_id"],
                    "did": row["mark"],
                    "at": from_micros(row["at"]).isoformat(),
                }
                for row in await self._run.marks_of(person_id=person_id)
            ],
            "may_send_without_a_limit": await self.is_trusted(person_id),
        }

    async def erase(self, person_id: int) -> None:
        """Erase everything about a person; what they wrote stays without their number."""
        await self._run.erase_marks(person_id=person_id)
        await self._run.erase_screens(person_id=person_id)
        await self._run.erase_trust(person_id=person_id)
        await self._run.erase_author(person_id=person_id)
        for row in await self._run.texts_naming(person_id=person_id):
            texts = unnamed(row["texts"], person_id)
            await self._run.put_texts(broadcast_id=row["id"], texts=texts)

    async def forget_marks(self, before: datetime) -> None:
        """Erase what people did with broadcasts before a moment."""
        await self._run.forget_marks(before=to_micros(before))


def _sifted(audience: Audience, sieve: Sieve, now: datetime) -> dict[str, Any]:
    open_to_all = audience.basis is not Basis.NEWS
    return {
        "basis": audience.basis.value,
        "not_booked": listed(audience.not_booked),
        "told_since": 0 if sieve.told_since is None else to_micros(sieve.told_since),
        "lane": int(Lane.BROADCAST),
        "most": 0 if open_to_all else sieve.most,
        "counted_since": to_micros(sieve.counted_since),
        "within_boroughs": listed(sieve.within.boroughs),
        "within_groups": listed(sieve.within.groups),
        "needed": audience.conditions if audience.every else min(1, audience.conditions),
        "boroughs": listed(audience.boroughs),
        "languages": listed(audience.languages),
        "interests": listed(audience.interests),
        "groups": listed(audience.groups),
        "roles": listed(audience.roles),
        "booked": listed(audience.booked),
        "attended": listed(audience.attended),
        "got": audience.got,
        "now": to_micros(now),
    }
