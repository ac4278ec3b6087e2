"""What people decide about themselves: language, place, messages, consent, needs."""

from collections.abc import Iterable
from datetime import datetime

import structlog

from bot.db import Work
from bot.errors import PersonNotFound, SealBroken
from bot.people.models import Consent, Needs, Person, Purpose
from bot.people.store import ConsentStore, NeedsStore, PeopleStore
from bot.people.vault import Vault

LONGEST_NOTE = 1_000
"""Signs of a note about needs that are kept; the rest is cut off."""

_log = structlog.get_logger(__name__)


class People:
    """The people who talk to the bot. Doing anything twice is the same as doing it once."""

    def __init__(self, work: Work) -> None:
        self._people = PeopleStore(work)

    async def greet(self, telegram_id: int, now: datetime, source: str | None = None) -> Person:
        """The person with this number at Telegram, who may be new.

        It runs on every update: one read for a person we know.

        Args:
            telegram_id: their number at Telegram.
            now: when they came.
            source: where they came from; kept if we did not know before.
        """
        person = await self._people.get(telegram_id)
        if person is None or (source and person.source is None):
            return await self._people.meet(telegram_id, source, now)
        return person

    async def find(self, telegram_id: int) -> Person | None:
        """The person with this number at Telegram, if we know them."""
        return await self._people.get(telegram_id)

    async def get(self, person_id: int) -> Person:
        """The person with this number of ours.

        Raises:
            PersonNotFound: they were erased.
        """
        return _there(await self._people.get_by_id(person_id))

    async def get_many(self, person_ids: Iterable[int]) -> dict[int, Person]:
        """People by their numbers of ours, those who are there."""
        return await self._people.get_many(person_ids)

    async def moved(self, person_id: int, telegram_id: int) -> None:
        """Telegram gave their chat another number."""
        await self._people.move(person_id, telegram_id)

    async def choose_language(self, person_id: int, language: str) -> Person:
        """They want to read this language from now on.

        Raises:
            PersonNotFound: they were erased.
        """
        return _there(await self._people.set_language(person_id, language))

    async def choose_place(
        self, person_id: int, borough: str | None, outcode: str | None = None
    ) -> Person:
        """They live here now: a borough's key, ELSEWHERE, UNSURE, or None to take it back.

        Raises:
            PersonNotFound: they were erased.
        """
        return _there(await self._people.set_place(person_id, borough, outcode))

    async def stop(self, person_id: int, now: datetime) -> Person:
        """They want no messages that answer nothing they did.

        Raises:
            PersonNotFound: they were erased.
        """
        return _there(await self._people.set_stopped(person_id, now))

    async def resume(self, person_id: int) -> Person:
        """They asked for messages again.

        Raises:
            PersonNotFound: they were erased.
        """
        return _there(await self._people.set_resumed(person_id))

    async def blocked(self, person_id: int, now: datetime) -> Person:
        """They blocked the bot, which is a stop as well.

        Raises:
            PersonNotFound: they were erased.
        """
        return _there(await self._people.set_blocked(person_id, now))

    async def unblocked(self, person_id: int) -> Person:
        """They unblocked the bot. Messages stay stopped until they ask for them.

        Raises:
            PersonNotFound: they were erased.
        """
        return _there(await self._people.set_unblocked(person_id))


class Consents:
    """What a person agreed to: a ledger in which the newest entry of each purpose counts."""

    def __init__(self, work: Work) -> None:
        self._consents = ConsentStore(work)

    async def give(
        self, person_id: int, purpose: Purpose, wording: str, language: str, now: datetime
    ) -> None:
        """They agreed.

        Args:
            person_id: of the person.
            purpose: to what.
            wording: the name and version of the text they saw.
            language: the code of the language they saw it in.
            now: when.
        """
        await self._consents.add(person_id, Consent(purpose, wording, language, True, now))

    async def withdraw(self, person_id: int, purpose: Purpose, now: datetime) -> None:
        """They took it back; nothing happens where nothing was given."""
        newest = await self._consents.newest(person_id, purpose)
        if newest is not None and newest.given:
            taken_back = Consent(purpose, newest.wording, newest.language, False, now)
            await self._consents.add(person_id, taken_back)

    async def holds(self, person_id: int, purpose: Purpose) -> bool:
        """Whether they agree now."""
        newest = await self._consents.newest(person_id, purpose)
        return newest is not None and newest.given


class AccessNeeds:
    """What people need to take part. Sealed in the database, readable by this bot only."""

    def __init__(self, work: Work, vault: Vault) -> None:
        self._needs = NeedsStore(work)
        self._vault = vault

    async def remember_needs(
        self,
        person_id: int,
        keys: Iterable[str],
        note: str,
        now: datetime,
        *,
        interpreter: str = "",
    ) -> Needs:
        """Keep what a person needs in place of what was known; a long note is cut."""
        needs = Needs(frozenset(keys), note.strip()[:LONGEST_NOTE], now, interpreter)
        value = {"keys": sorted(needs.keys), "note": needs.note, "interpreter": interpreter}
        sealed = self._vault.seal(value, purpose="needs", person_id=person_id)
        await self._needs.put(person_id, sealed, now)
        return needs

    async def needs_of(self, person_id: int) -> Needs | None:
        """What a person needs; None when they never said, or the key to read it is lost."""
        kept = await self._needs.get(person_id)
        return None if kept is None else self._opened(person_id, *kept)

    async def agreed_needs(self, people: Iterable[int]) -> tuple[list[Needs], int]:
        """What these people need, of those who agree now that it is kept.

        Returns:
            The needs, and how many more cannot be read because the key to them is lost.
        """
        kept = await self._needs.agreed(people)
        opened = [self._opened(person_id, *each) for person_id, each in kept.items()]
        known = [needs for needs in opened if needs is not None]
        return known, len(opened) - len(known)

    def _opened(self, person_id: int, sealed: str, updated_at: datetime) -> Needs | None:
        try:
            value = self._vault.unseal(sealed, purpose="needs", person_id=person_id)
        except SealBroken:
            # They are asked again, which is better than a conversation that cannot go on.
            _log.warning("needs_unreadable", hint="was BAOBAB_SECRET_KEY changed?")
            return None
        return Needs(frozenset(value["keys"]), value["note"], updated_at, value["interpreter"])

    async def forget_needs(self, person_id: int) -> None:
        """Erase what a person needs."""
        await self._needs.delete(person_id)

    async def forget_needs_before(self, moment: datetime) -> int:
        """Erase all needs nobody confirmed since a moment; how many that were."""
        return await self._needs.delete_older(moment)


def _there(person: Person | None) -> Person:
    if person is None:
        raise PersonNotFound
    return person
