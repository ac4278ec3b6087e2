"""Who may do what: roles, and the invites that give them."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.db import Work
from bot.errors import (
    InviteExpired,
    InviteRevoked,
    InviteUnknown,
    InviteUsed,
    NotAllowed,
    RoleHoldsEverywhere,
)
from bot.people.acts import Acts
from bot.people.models import Act, Given, Group, Invite, Right, Role, Scope
from bot.people.role_store import InviteStore, RoleStore

LASTS = timedelta(days=7)
"""For how long an invite can be accepted, if nothing else is said."""
REMEMBERED = timedelta(days=30)
"""For how long after that a link can still be told from a wrong one."""
_BYTES = 18  # of chance in a code; 24 letters, which fit into a button with room to spare
HOLDERS: Mapping[Right, frozenset[Role]] = {
    Right.SEE_SCHEDULE: frozenset({Role.VOLUNTEER, Role.ORGANISER, Role.ADMIN}),
    Right.SEE_NEEDS: frozenset({Role.ORGANISER, Role.ADMIN}),
    Right.PUBLISH_SURVEYS: frozenset({Role.STEERING, Role.ADMIN}),
    Right.WRITE_BROADCASTS: frozenset({Role.VOLUNTEER, Role.ORGANISER, Role.ADMIN}),
    Right.APPROVE_BROADCASTS: frozenset({Role.VOLUNTEER, Role.ORGANISER, Role.ADMIN}),
    Right.READ_REPORTS: frozenset({Role.VOLUNTEER, Role.ORGANISER, Role.ANALYST, Role.ADMIN}),
    Right.SEND_URGENT: frozenset({Role.ORGANISER, Role.ADMIN}),
    Right.LIFT_LIMITS: frozenset({Role.ORGANISER, Role.ADMIN}),
    Right.INVITE: frozenset({Role.ADMIN}),
    Right.READ_LOG: frozenset({Role.ADMIN}),
    Right.NAME_GROUPS: frozenset({Role.VOLUNTEER, Role.ORGANISER, Role.ADMIN}),
}
"""Which roles have which right."""
LOCAL = frozenset({Role.VOLUNTEER, Role.ORGANISER})
"""The roles that can be given for one borough or one group; the others hold everywhere."""


class Roles:
    """The roles of people. Doing anything twice is the same as doing it once."""

    def __init__(self, work: Work) -> None:
        self._store = RoleStore(work)
        self._acts = Acts(work)

    async def of(self, person_id: int) -> frozenset[Role]:
        """The roles of a person; none: a resident."""
        return frozenset(given.role for given in await self._store.of(person_id))

    async def given_to(self, person_id: int) -> list[Given]:
        """The roles of a person and since when, the first given first."""
        return await self._store.of(person_id)

    async def give(
        self,
        person_id: int,
        role: Role,
        now: datetime,
        borough: str = "",
        group: Group | str = "",
    ) -> None:
        """Let a person have a role, in one borough or group or, where empty, everywhere.

        Raises:
            RoleHoldsEverywhere: this role cannot be given for one borough or group.
        """
        place = where(role, borough, group)
        if await self._store.give(Given(role, now, *place, person_id=person_id)):
            details = told(role, *place)
            await self._acts.note(None, Act.ROLE_GIVEN, f"person {person_id}", now, **details)

    async def take(self, person_id: int, role: Role, now: datetime) -> bool:
        """Take a role away, wherever it holds: from their next tap on; whether they had it."""
        taken = await self._store.take(person_id, role)
        if taken:
            details = {"role": role.value}
            await self._acts.note(None, Act.ROLE_TAKEN, f"person {person_id}", now, **details)
        return taken

    async def require(self, person_id: int, right: Right) -> None:
        """Do nothing for whoever has a right, be it in one place only.

        Services call this each time: a button that somebody can see is no right.

        Raises:
            NotAllowed: none of their roles has it.
        """
        if not may(await self.of(person_id), right):
            raise NotAllowed

    async def scope(self, person_id: int, right: Right) -> Scope | None:
        """Where a person has a right; None: nowhere.

        It never says more than their roles do. Where no one scope can say as much, it says the
        widest: roles for everybody in some boroughs count before roles for some groups, and
        those before roles for a group in a borough.
        """
        given = [each for each in await self._store.of(person_id) if each.role in HOLDERS[right]]
        return widest(each.place for each in given) if given else None


def may(roles: frozenset[Role], right: Right) -> bool:
    """Whether one of these roles has a right."""
    return bool(HOLDERS[right] & roles)


def rights_of(roles: frozenset[Role]) -> frozenset[Right]:
    """Every right that one of these roles has."""
    return frozenset(right for right in Right if may(roles, right))


def widest(places: Iterable[tuple[str, Group | None]]) -> Scope:
    """The widest scope that says no more than all these places together.

    Args:
        places: a borough, empty for all, and a group, None for everybody; at least one.
    """
    boroughs_by_group: dict[Group | None, set[str]] = defaultdict(set)
    for borough, group in places:
        boroughs_by_group[group].add(borough)
    if everybody := boroughs_by_group.pop(None, None):
        return Scope() if "" in everybody else Scope(frozenset(everybody))
    anywhere = frozenset(group for group, boroughs in boroughs_by_group.items() if "" in boroughs)
    if anywhere:
        return Scope(groups=frozenset(group for group in anywhere if group))
    boroughs = max(boroughs_by_group.values(), key=lambda each: (len(each), sorted(each)))
    groups = (group for group, its in boroughs_by_group.items() if group and its >= boroughs)
    return Scope(frozenset(boroughs), frozenset(groups))


def where(role: Role, borough: str, group: Group | str | None) -> tuple[str, Group | None]:
    """Where a role is to hold.

    Raises:
        RoleHoldsEverywhere: this role cannot be given for one borough or group.
    """
    if (borough or group) and role not in LOCAL:
        raise RoleHoldsEverywhere(
            f"The role {role.value} holds everywhere: it cannot be given for a borough or a group."
        )
    return borough, Group(group) if group else None


def told(role: Role, borough: str, group: Group | None) -> dict[str, str]:
    """A role and where it holds, as details of an act."""
    return {"role": role.value, "borough": borough, "group": group.value if group else ""}


class Invites:
    """One-time links that give a role. The database holds no code, only its SHA-256."""

    def __init__(self, work: Work) -> None:
        self._store = InviteStore(work)
        self._roles = RoleStore(work)
        self._acts = Acts(work)

    async def make(  # noqa: PLR0913 -- by name, and most have a usual value
        self,
        role: Role,
        now: datetime,
        *,
        actor: int | None = None,
        borough: str = "",
        group: Group | str = "",
        label: str = "",
        lasts: timedelta = LASTS,
    ) -> str:
        """A new code: letters, digits, "-" and "_". Nobody can find it out again.

        Args:
            role: what it gives.
            now: from when it can be accepted.
            actor: who makes it; None: somebody at the command line.
            borough: where the role is to hold; empty: in all.
            group: for whom; empty: for everybody.
            label: by what those who give roles will tell its holder from others.
            lasts: for how long it can be accepted.

        Raises:
            RoleHoldsEverywhere: this role cannot be given for one borough or group.
        """
        code = secrets.token_urlsafe(_BYTES)
        place = where(role, borough, group)
        invite = Invite(role, now + lasts, False, False, *place, label=label)
        number = await self._store.add(_digest(code), invite)
        await self._acts.note(actor, Act.INVITE_MADE, f"invite {number}", now, **told(role, *place))
        return code

    async def accept(self, code: str, person_id: int, now: datetime) -> tuple[Role, bool]:
        """Give a person the role that a code stands for; nobody can use the code after that.

        Whoever has the role already, there or everywhere, leaves the code to somebody else.

        Returns:
            The role, and whether it is new to them.

        Raises:
            InviteUnknown: there is no such code.
            InviteUsed: somebody else has used it.
            InviteRevoked: it was taken back.
            InviteExpired: it was not used in time.
        """
        digest = _digest(code)
        invite = await self._store.of(digest)
        if invite is None:
            raise InviteUnknown
        place = invite.borough, invite.group
        held = await self._roles.of(person_id)
        if any(each.covers(invite.role, *place) for each in held):
            return invite.role, False
        if invite.used:
            raise InviteUsed
        if invite.revoked:
            raise InviteRevoked
        if invite.expires_at <= now:
            raise InviteExpired
        if not await self._store.use(digest, now):
            raise InviteUsed  # somebody was faster by less than a moment
        await self._roles.give(Given(invite.role, now, *place, invite.label, 0, person_id))
        details = told(invite.role, *place)
        await self._acts.note(person_id, Act.INVITE_USED, f"invite {invite.id}", now, **details)
        return invite.role, True

    async def forget_old(self, now: datetime) -> int:
        """Erase invites that ended a good while ago; how many."""
        return await self._store.delete_older(now - REMEMBERED)


def _digest(code: str) -> str:
    # A code is long and made by chance, so a plain digest cannot be turned back.
    return hashlib.sha256(code.encode()).hexdigest()
