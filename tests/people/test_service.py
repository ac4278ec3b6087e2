import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.db import Database
from bot.errors import PersonNotFound
from bot.people.boroughs import ELSEWHERE, UNSURE
from bot.people.models import Consent, Needs, Person, Purpose
from bot.people.service import LONGEST_NOTE, AccessNeeds, Consents, People
from bot.people.store import ConsentStore
from bot.people.vault import Vault

NOW = datetime(2026, 10, 17, 13, 5, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
AMINA = 7_000_000_001  # a number at Telegram, larger than 32 bits


async def greeted(db: Database, telegram_id: int = AMINA, source: str | None = None) -> Person:
    async with db.work() as work:
        return await People(work).greet(telegram_id, NOW, source)


async def test_a_stranger_becomes_a_person_with_nothing_assumed(db: Database) -> None:
    person = await greeted(db)
    assert person == Person(id=person.id, telegram_id=AMINA, created_at=NOW)
    assert person.wants_messages


async def test_greeting_again_finds_the_same_person(db: Database) -> None:
    first = await greeted(db)
    async with db.work() as work:
        assert await People(work).greet(AMINA, LATER) == first


async def test_greeting_a_known_person_only_reads(db: Database) -> None:
    person = await greeted(db)
    async with db.reading() as work:
        assert await People(work).greet(AMINA, LATER) == person


async def test_the_first_known_source_stays(db: Database) -> None:
    assert (await greeted(db)).source is None
    assert (await greeted(db, source="poster-3")).source == "poster-3"
    assert (await greeted(db, source="poster-4")).source == "poster-3"


async def test_many_first_messages_at_once_make_one_person(db: Database) -> None:
    people = await asyncio.gather(*(greeted(db) for _ in range(12)))
    assert len({person.id for person in people}) == 1


async def test_people_choose_language_and_place(db: Database) -> None:
    person = await greeted(db)
    async with db.work() as work:
        people = People(work)
        spoken = await people.choose_language(person.id, "so")
        assert (spoken.language, spoken.telegram_id) == ("so", AMINA)
        placed = await people.choose_place(person.id, "brent", "NW10")
        assert (placed.language, placed.borough, placed.outcode) == ("so", "brent", "NW10")
        moved = await people.choose_place(person.id, ELSEWHERE)
        assert (moved.borough, moved.outcode) == (ELSEWHERE, None)
        assert (await people.choose_place(person.id, UNSURE)).borough == UNSURE
        assert (await people.choose_place(person.id, None)).borough is None
        assert await people.get(person.id) == await people.greet(AMINA, LATER)


async def test_stopping_twice_keeps_the_first_moment(db: Database) -> None:
    person = await greeted(db)
    async with db.work() as work:
        people = People(work)
        assert (await people.stop(person.id, NOW)).stopped_at == NOW
        stopped = await people.stop(person.id, LATER)
        assert (stopped.stopped_at, stopped.wants_messages) == (NOW, False)
        resumed = await people.resume(person.id)
        assert (resumed.stopped_at, resumed.wants_messages) == (None, True)
        assert await people.resume(person.id) == resumed


async def test_blocking_the_bot_is_a_stop_that_outlasts_it(db: Database) -> None:
    person = await greeted(db)
    async with db.work() as work:
        people = People(work)
        blocked = await people.blocked(person.id, NOW)
        assert (blocked.blocked_at, blocked.stopped_at) == (NOW, NOW)
        assert await people.blocked(person.id, LATER) == blocked
        back = await people.unblocked(person.id)
        assert (back.blocked_at, back.stopped_at, back.wants_messages) == (None, NOW, False)
        assert (await people.resume(person.id)).wants_messages


async def test_a_person_who_was_erased_is_not_found(db: Database) -> None:
    async with db.work() as work:
        people = People(work)
        with pytest.raises(PersonNotFound):
            await people.get(99)
        with pytest.raises(PersonNotFound):
            await people.choose_language(99, "fr")
        with pytest.raises(PersonNotFound):
            await people.stop(99, NOW)


async def test_the_newest_consent_of_each_purpose_counts(db: Database) -> None:
    person = await greeted(db)
    async with db.work() as work:
        consents = Consents(work)
        assert not await consents.holds(person.id, Purpose.NEWS)
        await consents.give(person.id, Purpose.NEWS, "news-1", "so", NOW)
        await consents.give(person.id, Purpose.NEEDS, "needs-1", "so", NOW)
        assert await consents.holds(person.id, Purpose.NEWS)
        await consents.withdraw(person.id, Purpose.NEWS, LATER)
        assert not await consents.holds(person.id, Purpose.NEWS)
        assert await consents.holds(person.id, Purpose.NEEDS)
        assert not await consents.holds(person.id, Purpose.RESEARCH)


async def test_the_ledger_keeps_every_change_once(db: Database) -> None:
    person = await greeted(db)
    async with db.work() as work:
        consents = Consents(work)
        await consents.withdraw(person.id, Purpose.NEWS, NOW)
        for moment in (NOW, LATER):
            await consents.give(person.id, Purpose.NEWS, "news-1", "ar", moment)
        for moment in (NOW, LATER):
            await consents.withdraw(person.id, Purpose.NEWS, moment)
        await consents.give(person.id, Purpose.NEWS, "news-2", "en", LATER)
        assert await ConsentStore(work).all_of(person.id) == [
            Consent(Purpose.NEWS, "news-1", "ar", True, NOW),
            Consent(Purpose.NEWS, "news-1", "ar", False, NOW),
            Consent(Purpose.NEWS, "news-2", "en", True, LATER),
        ]


async def test_needs_are_kept_replaced_and_forgotten(db: Database) -> None:
    vault = Vault(bytes(32))
    person = await greeted(db)
    async with db.work() as work:
        needs = AccessNeeds(work, vault)
        assert await needs.needs_of(person.id) is None
        await needs.remember_needs(person.id, ["bsl", "step_free"], " I bring my dog. ", NOW)
        assert await needs.needs_of(person.id) == Needs(
            frozenset({"bsl", "step_free"}), "I bring my dog.", NOW
        )
        await needs.remember_needs(person.id, [], "é" * 5000, LATER)
        assert await needs.needs_of(person.id) == Needs(frozenset(), "é" * LONGEST_NOTE, LATER)
        await needs.forget_needs(person.id)
        await needs.forget_needs(person.id)
        assert await needs.needs_of(person.id) is None


async def test_needs_sealed_with_a_lost_key_are_asked_again(db: Database) -> None:
    person = await greeted(db)
    async with db.work() as work:
        await AccessNeeds(work, Vault(bytes(32))).remember_needs(person.id, ["bsl"], "", NOW)
        assert await AccessNeeds(work, Vault(b"n" * 32)).needs_of(person.id) is None


async def test_needs_of_many_are_those_they_agree_to_now(db: Database) -> None:
    vault = Vault(bytes(32))
    agrees, took_back, never_agreed, unreadable, other = [
        (await greeted(db, AMINA + number)).id for number in range(5)
    ]
    asked = [agrees, took_back, never_agreed, unreadable]
    async with db.work() as work:
        needs, consents = AccessNeeds(work, vault), Consents(work)
        assert await needs.agreed_needs([]) == ([], 0)
        for person in (*asked, other):
            await needs.remember_needs(person, ["bsl"], f"note {person}", NOW)
            if person != never_agreed:
                await consents.give(person, Purpose.NEEDS, "needs-1", "so", NOW)
        await consents.withdraw(took_back, Purpose.NEEDS, LATER)
        await consents.withdraw(agrees, Purpose.NEEDS, LATER)
        await consents.give(agrees, Purpose.NEEDS, "needs-1", "so", LATER)
        await consents.give(agrees, Purpose.NEWS, "news-1", "so", LATER)
        await consents.withdraw(agrees, Purpose.NEWS, LATER)
        await AccessNeeds(work, Vault(b"n" * 32)).remember_needs(unreadable, ["bsl"], "", NOW)
        known = Needs(frozenset({"bsl"}), f"note {agrees}", NOW)
        assert await needs.agreed_needs(asked) == ([known], 1)


async def test_needs_that_nobody_confirmed_for_long_are_erased(db: Database) -> None:
    vault = Vault(bytes(32))
    old, young = await greeted(db), await greeted(db, AMINA + 1)
    async with db.work() as work:
        needs = AccessNeeds(work, vault)
        await needs.remember_needs(old.id, ["bsl"], "", NOW)
        await needs.remember_needs(young.id, ["seating"], "", LATER)
        assert await needs.forget_needs_before(LATER) == 1
        assert await needs.needs_of(old.id) is None
        assert await needs.needs_of(young.id) == Needs(frozenset({"seating"}), "", LATER)
