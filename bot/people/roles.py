"""Who may do what: roles, and the invites that give them."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.db import Work
from bot.errors import InviteExpired, InviteUnknown, InviteUsed, NotAllowed
from bot.people.models import Given, Right, Role, Scope
from bot.people.store import RoleStore

LASTS = timedelta(days=7)
"""For how long an invite can be accepted."""
REMEMBERED = timedelta(days=30)
"""For how long after that a link can still be told from a wrong one."""
_BYTES = 18  # of chance in a code; 24 letters, which fit into a button with room to spare
HOLDERS: Mapping[Right, frozenset[Role]] = {
    Right.SEE_SCHEDULE: frozenset({Role.VOLUNTEER, Role.ORGANISER, Role.ADMIN}),
    Right.PUBLISH_SURVEYS: frozenset({Role.STEERING, Role.ADMIN}),
    Right.WRITE_BROADCASTS: frozenset({Role.VOLUNTEER, Role.ORGANISER, Role.ADMIN}),
    Right.APPROVE_BROADCASTS: frozenset({Role.VOLUNTEER, Role.ORGANISER, Role.ADMIN}),
    Right.SEND_URGENT: frozenset({Role.ORGANISER, Role.ADMIN}),
    Right.LIFT_LIMITS: frozenset({Role.ORGANISER, Role.ADMIN}),
    Right.INVITE: frozenset({Role.ADMIN}),
    Right.READ_LOG: frozenset({Role.ADMIN}),
    Right.NAME_GROUPS: frozenset({Role.VOLUNTEER, Role.ORGANISER, Role.ADMIN}),
}
"""Which roles have which right."""


class Roles:
    """The roles of people. Doing anything twice is the same as doing it once."""

    def __init__(self, work: Work) -> None:
        self._store = RoleStore(work)

    async def of(self, person_id: int) -> frozenset[Role]:
        """The roles of a person; none: a resident."""
        return frozenset(given.role for given in await self._store.of(person_id))

    async def given_to(self, person_id: int) -> list[Given]:
        """The roles of a person and since when, the first given first."""
        return await self._store.of(person_id)

    async def give(self, person_id: int, role: Role, now: datetime) -> None:
        """Let a person have a role."""
        await self._store.give(person_id, role, now)

    async def take(self, person_id: int, role: Role) -> bool:
        """Take a role away, which holds from their next tap on; whether they had it."""
        return await self._store.take(person_id, role)

    async def scope(self, person_id: int, right: Right) -> Scope | None:
        """Where a person has a right; None: nowhere."""
        return Scope() if may(await self.of(person_id), right) else None

    async def require(self, person_id: int, right: Right) -> None:
        """Do nothing for whoever has a right.

        Services call this each time: a button that somebody can see is no right.

        Raises:
            NotAllowed: none of their roles has it.
        """
        if not may(await self.of(person_id), right):
            raise NotAllowed


def may(roles: frozenset[Role], right: Right) -> bool:
    """Whether one of these roles has a right."""
    return bool(HOLDERS[right] & roles)


class Invites:
    """One-time links that give a role. The database holds no code, only its SHA-256."""

    def __init__(self, work: Work) -> None:
        self._store = RoleStore(work)

    async def make(self, role: Role, now: datetime) -> str:
        """A new code: letters, digits, "-" and "_". Nobody can find it out again."""
        code = secrets.token_urlsafe(_BYTES)
        await self._store.invite(_digest(code), role, now + LASTS)
        return code

    async def accept(self, code: str, person_id: int, now: datetime) -> tuple[Role, bool]:
        """Give a person the role that a code stands for; nobody can use the code after that.

        Whoever has the role already leaves the code to somebody else.

        Returns:
            The role, and whether it is new to them.

        Raises:
            InviteUnknown: there is no such code.
            InviteUsed: somebody else has used it.
            InviteExpired: it was not used in time.
        """
        digest = _digest(code)
        invite = await self._store.invite_of(digest)
        if invite is None:
            raise InviteUnknown
        held = await self._store.of(person_id)
        if invite.role in {given.role for given in held}:
            return invite.role, False
        if invite.used:
            raise InviteUsed
        if invite.expires_at <= now:
            raise InviteExpired
        if not await self._store.use(digest, now):
            raise InviteUsed  # somebody was faster by less than a moment
        await self._store.give(person_id, invite.role, now)
        return invite.role, True

    async def forget_old(self, now: datetime) -> int:
        """Erase invites that ended a good while ago; how many."""
        return await self._store.delete_older(now - REMEMBERED)


def _digest(code: str) -> str:
    # A code is long and made by chance, so a plain digest cannot be turned back.
    return hashlib.sha256(code.encode()).hexdigest()
