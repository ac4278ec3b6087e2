"""People, consents and needs in the database. Decides nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson

from bot.clock import from_micros, to_micros
from bot.db import Work, load_queries
from bot.people.models import Consent, FollowKind, Person, Purpose

QUERIES = load_queries(__file__)


class PeopleStore:
    """Rows of people. What changes a row returns the new value, or None if the row is gone."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def get(self, telegram_id: int) -> Person | None:
        """The person with this number at Telegram."""
        return _person(await self._run.get_person(telegram_id=telegram_id))

    async def get_by_id(self, person_id: int) -> Person | None:
        """The person with this number of ours."""
        return _person(await self._run.get_person_by_id(person_id=person_id))

    async def get_many(self, person_ids: Iterable[int]) -> dict[int, Person]:
        """The people with these numbers of ours who are there."""
        rows = await self._run.people_by_ids(ids=orjson.dumps(list(person_ids)).decode())
        return {row["id"]: person for row in rows if (person := _person(row))}

    async def move(self, person_id: int, telegram_id: int) -> None:
        """Their chat has another number now."""
        await self._run.move_chat(person_id=person_id, telegram_id=telegram_id)

    async def meet(self, telegram_id: int, source: str | None, now: datetime) -> Person:
        """Add a person, or find the one who is there; a source already known stays."""
        row = await self._run.meet_person(
            telegram_id=telegram_id, source=source, now=to_micros(now)
        )
        person = _person(row)
        if person is None:
            raise LookupError("an upsert returned no row")
        return person

    async def set_language(self, person_id: int, language: str) -> Person | None:
        """Their language."""
        return _person(await self._run.set_language(person_id=person_id, language=language))

    async def set_place(
        self, person_id: int, borough: str | None, outcode: str | None
    ) -> Person | None:
        """Where they live."""
        return _person(
            await self._run.set_place(person_id=person_id, borough=borough, outcode=outcode)
        )

    async def set_stopped(self, person_id: int, now: datetime) -> Person | None:
        """They want no messages; the first such moment stays."""
        return _person(await self._run.set_stopped(person_id=person_id, now=to_micros(now)))

    async def set_resumed(self, person_id: int) -> Person | None:
        """They want messages again."""
        return _person(await self._run.set_resumed(person_id=person_id))

    async def set_blocked(self, person_id: int, now: datetime) -> Person | None:
        """They block the bot, which also stops messages; the first such moment stays."""
        return _person(await self._run.set_blocked(person_id=person_id, now=to_micros(now)))

    async def set_unblocked(self, person_id: int) -> Person | None:
        """They block the bot no longer."""
        return _person(await self._run.set_unblocked(person_id=person_id))

    async def delete(self, person_id: int) -> None:
        """Delete the row; whatever refers to it must be gone."""
        await self._run.delete_person(person_id=person_id)


class ConsentStore:
    """The ledger of consents."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def add(self, person_id: int, consent: Consent) -> bool:
        """Add an entry unless the newest says the same; whether one was added."""
        added: int = await self._run.add_consent(
            person_id=person_id,
            purpose=consent.purpose.value,
            wording=consent.wording,
            language=consent.language,
            given=int(consent.given),
            now=to_micros(consent.at),
        )
        return added > 0

    async def newest(self, person_id: int, purpose: Purpose) -> Consent | None:
        """The entry that counts."""
        row = await self._run.newest_consent(person_id=person_id, purpose=purpose.value)
        return None if row is None else _consent(row)

    async def all_of(self, person_id: int) -> list[Consent]:
        """Every entry, oldest first."""
        return [_consent(row) for row in await self._run.consents_of(person_id=person_id)]

    async def delete(self, person_id: int) -> None:
        """Delete every entry of a person."""
        await self._run.delete_consents(person_id=person_id)


class FollowStore:
    """What people follow."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def add(self, person_id: int, kind: FollowKind, key: str) -> None:
        """Let a person follow something; who follows it already goes on."""
        await self._run.add_follow(person_id=person_id, kind=kind.value, key=key)

    async def remove(self, person_id: int, kind: FollowKind, key: str) -> None:
        """Let a person not follow something."""
        await self._run.remove_follow(person_id=person_id, kind=kind.value, key=key)

    async def of(self, person_id: int) -> dict[FollowKind, frozenset[str]]:
        """The keys of all that a person follows, by kind."""
        rows = await self._run.follows_of(person_id=person_id)
        return {
            kind: frozenset(row["key"] for row in rows if row["kind"] == kind)
            for kind in FollowKind
        }

    async def delete(self, person_id: int) -> None:
        """Delete all that a person follows."""
        await self._run.delete_follows(person_id=person_id)


class NeedsStore:
    """Sealed needs."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def put(self, person_id: int, sealed: str, now: datetime) -> None:
        """Keep the sealed text in place of any other."""
        await self._run.put_needs(person_id=person_id, sealed=sealed, now=to_micros(now))

    async def get(self, person_id: int) -> tuple[str, datetime] | None:
        """The sealed text and when it was kept."""
        row = await self._run.get_needs(person_id=person_id)
        return None if row is None else (row["sealed"], from_micros(row["updated_at"]))

    async def agreed(self, people: Iterable[int]) -> dict[int, tuple[str, datetime]]:
        """As `get`, of those of these people who agree now that their needs are kept."""
        rows = await self._run.agreed_needs(
            people=orjson.dumps(list(people)).decode(), purpose=Purpose.NEEDS.value
        )
        return {row["person_id"]: (row["sealed"], from_micros(row["updated_at"])) for row in rows}

    async def delete(self, person_id: int) -> None:
        """Delete the needs of a person."""
        await self._run.delete_needs(person_id=person_id)

    async def delete_older(self, before: datetime) -> int:
        """Delete what was kept before a moment; how many that were."""
        deleted: int = await self._run.delete_old_needs(before=to_micros(before))
        return deleted


def _person(row: Mapping[str, Any] | None) -> Person | None:
    if row is None:
        return None
    return Person(
        id=row["id"],
        telegram_id=row["telegram_id"],
        created_at=from_micros(row["created_at"]),
        language=row["language"],
        borough=row["borough"],
        outcode=row["outcode"],
        source=row["source"],
        stopped_at=_moment(row["stopped_at"]),
        blocked_at=_moment(row["blocked_at"]),
    )


def _consent(row: Mapping[str, Any]) -> Consent:
    return Consent(
        purpose=Purpose(row["purpose"]),
        wording=row["wording"],
        language=row["language"],
        given=bool(row["given"]),
        at=from_micros(row["at"]),
    )


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)
