import asyncio
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import HOME
from bot.db import Database, Work
from bot.errors import (
    InviteExpired,
    InviteRevoked,
    InviteUnknown,
    InviteUsed,
    NotAllowed,
    RoleHoldsEverywhere,
)
from bot.people.models import Given, Group, Right, Role, Scope
from bot.people.role_store import InviteStore
from bot.people.roles import HOLDERS, LASTS, LOCAL, REMEMBERED, Invites, Roles, widest
from bot.people.service import People

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
        assert await roles.take(grace, Role.VOLUNTEER, LATER) is True
        assert await roles.take(grace, Role.VOLUNTEER, LATER) is False
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


def test_the_guide_for_operators_says_who_may_do_what() -> None:
    header = "| right | " + " | ".join(Role) + " |\n| --- |" + " --- |" * len(Role) + "\n"
    rows = [
        f"| {right.value} |" + "".join(" yes |" if role in holders else "  |" for role in Role)
        for right, holders in HOLDERS.items()
    ]
    guide = (HOME / "docs" / "operators.md").read_text(encoding="utf-8")
    assert guide.partition(header)[2].partition("\n\n")[0] == "\n".join(rows)


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
        assert await InviteStore(work).of(code) is None  # it is kept under its digest
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
        await Roles(work).take(grace, Role.VOLUNTEER, LATER)
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


PLACES = st.lists(
    st.tuples(st.sampled_from(["", "brent", "harrow", "ealing"]), st.sampled_from([None, *Group])),
    min_size=1,
    max_size=6,
)
BOROUGHS = ("brent", "harrow", "ealing", "barnet")


def reaches(scope: Scope) -> set[tuple[str, Group | None]]:
    """Whom a scope is about: people of a borough who are in one group, or in none."""
    return {
        (borough, group)
        for borough in BOROUGHS
        for group in (None, *Group)
        if not scope.boroughs or borough in scope.boroughs
        if not scope.groups or group in scope.groups
    }


def about(borough: str, group: Group | None) -> set[tuple[str, Group | None]]:
    return reaches(Scope(frozenset({borough} - {""}), frozenset({group}) if group else frozenset()))


@given(PLACES)
def test_a_scope_never_says_more_than_the_roles_and_at_least_as_much_as_one_of_them(
    places: list[tuple[str, Group | None]],
) -> None:
    found = reaches(widest(places))
    assert found <= set[tuple[str, Group | None]]().union(*(about(*place) for place in places))
    assert any(found >= about(*place) for place in places)


@given(PLACES, PLACES)
def test_a_scope_covers_another_if_all_whom_that_is_about_are_in_it(
    places: list[tuple[str, Group | None]], others: list[tuple[str, Group | None]]
) -> None:
    one, other = widest(places), widest(others)
    assert one.covers(other) is (reaches(other) <= reaches(one))


async def test_a_role_holds_where_it_was_given(db: Database) -> None:
    right = Right.WRITE_BROADCASTS
    async with db.work() as work:
        grace, roles = await person(work), Roles(work)
        assert await roles.scope(grace, right) is None
        await roles.give(grace, Role.VOLUNTEER, NOW, "brent", Group.CIRCLES)
        assert await roles.scope(grace, right) == Scope(
            frozenset({"brent"}), frozenset({Group.CIRCLES})
        )
        await roles.give(grace, Role.VOLUNTEER, NOW, group="think tank")
        assert await roles.scope(grace, right) == Scope(groups=frozenset({Group.THINK_TANK}))
        await roles.give(grace, Role.VOLUNTEER, NOW, "brent")
        await roles.give(grace, Role.ORGANISER, NOW, "harrow")
        assert await roles.scope(grace, right) == Scope(frozenset({"brent", "harrow"}))
        assert await roles.scope(grace, Right.SEND_URGENT) == Scope(frozenset({"harrow"}))
        assert await roles.scope(grace, Right.INVITE) is None
        await roles.give(grace, Role.VOLUNTEER, NOW)
        assert await roles.scope(grace, right) == Scope()
        await roles.take(grace, Role.VOLUNTEER, LATER)
        assert await roles.scope(grace, right) == Scope(frozenset({"harrow"}))


async def test_some_roles_hold_everywhere_or_nowhere(db: Database) -> None:
    async with db.work() as work:
        grace = await person(work)
        for role in set(Role) - LOCAL:
            with pytest.raises(RoleHoldsEverywhere):
                await Roles(work).give(grace, role, NOW, "brent")
            with pytest.raises(RoleHoldsEverywhere):
                await Invites(work).make(role, NOW, group=Group.CIRCLES)
        assert await Roles(work).of(grace) == frozenset()


async def test_an_invite_gives_the_role_where_it_says_unless_they_have_it_there(
    db: Database,
) -> None:
    async with db.work() as work:
        grace, invites = await person(work), Invites(work)
        code = await invites.make(Role.VOLUNTEER, NOW, borough="brent", label="Volunteer 3")
        assert await invites.accept(code, grace, NOW) == (Role.VOLUNTEER, True)
        assert await Roles(work).given_to(grace) == [
            Given(Role.VOLUNTEER, NOW, "brent", None, "Volunteer 3")
        ]
        kept = await InviteStore(work).of(hashlib.sha256(code.encode()).hexdigest())
        assert kept is not None
        assert kept.label == ""  # it is that of the role now
        narrower = await invites.make(Role.VOLUNTEER, NOW, borough="brent", group="circles")
        assert await invites.accept(narrower, grace, NOW) == (Role.VOLUNTEER, False)
        wider = await invites.make(Role.VOLUNTEER, NOW, lasts=timedelta(days=1))
        with pytest.raises(InviteExpired):
            await invites.accept(wider, grace, NOW + timedelta(days=1))
        assert await invites.accept(wider, grace, NOW) == (Role.VOLUNTEER, True)


async def test_an_invite_that_was_taken_back_gives_nothing(db: Database) -> None:
    async with db.work() as work:
        grace = await person(work)
        code = await Invites(work).make(Role.VOLUNTEER, NOW)
        [waiting] = await InviteStore(work).open(NOW)
        assert await InviteStore(work).revoke(waiting.id, NOW) is True
        assert await InviteStore(work).revoke(waiting.id, NOW) is False
        assert await InviteStore(work).open(NOW) == []
        with pytest.raises(InviteRevoked):
            await Invites(work).accept(code, grace, NOW)
