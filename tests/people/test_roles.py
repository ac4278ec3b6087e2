import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.db import Database, Work
from bot.errors import InviteExpired, InviteUnknown, InviteUsed, NotAllowed
from bot.people.models import Given, Right, Role
from bot.people.roles import HOLDERS, LASTS, REMEMBERED, Invites, Roles
from bot.people.service import People
from bot.people.store import RoleStore

NOW = datetime(2026, 10, 17, 13, 5, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
GRACE, AMINA = 7_000_000_001, 7_000_000_002


async def person(work: Work, telegram_id: int = GRACE) -> int:
    return (await People(work).greet(telegram_id, NOW)).id


async def test_a_role_is_given_once_and_taken_once(db: Database) -> None:
    async with db.work() as work:
        grace, roles = await person(work), Roles(work)
        assert await roles.of(grace) == frozenset()
        await roles.give(grace, Role.VOLUNTEER, NOW)
        await roles.give(grace, Role.VOLUNTEER, LATER)
        await roles.give(grace, Role.ANALYST, LATER)
        assert await roles.given_to(grace) == [
            Given(Role.VOLUNTEER, NOW),
            Given(Role.ANALYST, LATER),
        ]
        assert await roles.take(grace, Role.VOLUNTEER) is True
        assert await roles.take(grace, Role.VOLUNTEER) is False
        assert await roles.of(grace) == {Role.ANALYST}


@pytest.mark.parametrize("role", Role)
async def test_a_right_is_for_some_roles_alone(db: Database, role: Role) -> None:
    async with db.work() as work:
        grace, roles = await person(work), Roles(work)
        with pytest.raises(NotAllowed):
            await roles.require(grace, Right.SEE_SCHEDULE)
        await roles.give(grace, role, NOW)
        if role in {Role.VOLUNTEER, Role.ORGANISER, Role.ADMIN}:
            await roles.require(grace, Right.SEE_SCHEDULE)
        else:
            with pytest.raises(NotAllowed):
                await roles.require(grace, Right.SEE_SCHEDULE)


def test_every_right_has_somebody_to_use_it() -> None:
    assert {right for right, roles in HOLDERS.items() if roles} == set(Right)


@pytest.mark.parametrize("role", Role)
async def test_an_invite_gives_its_role_once(db: Database, role: Role) -> None:
    async with db.work() as work:
        grace, amina = await person(work), await person(work, AMINA)
        code = await Invites(work).make(role, NOW)
        assert await Invites(work).accept(code, grace, NOW) == (role, True)
        assert await Roles(work).of(grace) == {role}
        with pytest.raises(InviteUsed):
            await Invites(work).accept(code, amina, NOW)
        assert await Roles(work).of(amina) == frozenset()


async def test_a_code_fits_into_a_link_and_no_two_are_alike(db: Database) -> None:
    async with db.work() as work:
        codes = {await Invites(work).make(Role.VOLUNTEER, NOW) for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 24 and set(code) <= set(LETTERS) for code in codes)


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


async def test_the_database_does_not_hold_the_code(db: Database) -> None:
    async with db.work() as work:
        code = await Invites(work).make(Role.ADMIN, NOW)
        assert await RoleStore(work).invite_of(code) is None  # it is kept under its digest
        with pytest.raises(InviteUnknown):
            await Invites(work).accept(code[:-1], await person(work), NOW)


async def test_an_invite_lasts_seven_days(db: Database) -> None:
    async with db.work() as work:
        grace = await person(work)
        codes = [await Invites(work).make(Role.VOLUNTEER, NOW) for _ in range(2)]
        with pytest.raises(InviteExpired):
            await Invites(work).accept(codes[0], grace, NOW + LASTS)
        assert await Roles(work).of(grace) == frozenset()
        last = NOW + LASTS - timedelta(microseconds=1)
        assert await Invites(work).accept(codes[1], grace, last) == (Role.VOLUNTEER, True)


async def test_who_has_the_role_leaves_the_invite_to_somebody_else(db: Database) -> None:
    async with db.work() as work:
        grace, amina = await person(work), await person(work, AMINA)
        await Roles(work).give(grace, Role.VOLUNTEER, NOW)
        code = await Invites(work).make(Role.VOLUNTEER, NOW)
        assert await Invites(work).accept(code, grace, LATER) == (Role.VOLUNTEER, False)
        assert await Invites(work).accept(code, amina, LATER) == (Role.VOLUNTEER, True)
        assert await Invites(work).accept(code, amina, LATER) == (Role.VOLUNTEER, False)


async def test_a_role_that_was_taken_away_does_not_come_back_by_its_old_invite(
    db: Database,
) -> None:
    async with db.work() as work:
        grace = await person(work)
        code = await Invites(work).make(Role.VOLUNTEER, NOW)
        await Invites(work).accept(code, grace, NOW)
        await Roles(work).take(grace, Role.VOLUNTEER)
        with pytest.raises(InviteUsed):
            await Invites(work).accept(code, grace, LATER)


async def test_of_many_who_accept_at_once_one_gets_the_role(db: Database) -> None:
    async with db.work() as work:
        people = [await person(work, 7_000_000_000 + each) for each in range(8)]
        code = await Invites(work).make(Role.VOLUNTEER, NOW)

    async def accepts(person_id: int) -> bool:
        async with db.work() as work:
            try:
                return (await Invites(work).accept(code, person_id, NOW))[1]
            except InviteUsed:
                return False

    assert sorted(await asyncio.gather(*map(accepts, people))) == [False] * 7 + [True]
    async with db.reading() as work:
        holders = [await Roles(work).of(each) for each in people]
    assert sorted(map(len, holders)) == [0] * 7 + [1]


async def test_old_invites_are_forgotten_after_a_while(db: Database) -> None:
    async with db.work() as work:
        used, unused = [await Invites(work).make(Role.VOLUNTEER, NOW) for _ in range(2)]
        grace = await person(work)
        await Invites(work).accept(used, grace, NOW)
        assert await Invites(work).forget_old(NOW + LASTS + REMEMBERED) == 0
        assert await Invites(work).forget_old(NOW + LASTS + REMEMBERED + timedelta(hours=1)) == 2
        with pytest.raises(InviteUnknown):
            await Invites(work).accept(unused, grace, NOW)
