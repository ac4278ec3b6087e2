"""What admins do with roles: see who has which, invite, take invites and roles back, read the log.

Each asks for the right again: a button that somebody can see is no right.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Final
from zoneinfo import ZoneInfo

from bot.db import Work
from bot.errors import InviteNotOpen, LastAdmin, RoleNotFound
from bot.people.acts import Acts, ActsPage
from bot.people.inviting import Wanted
from bot.people.models import Act, Given, Invite, Right, Role
from bot.people.role_store import ActStore, InviteStore, RoleStore
from bot.people.roles import Invites, Roles, told

ON_A_PAGE: Final = 6  # people


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with roles.

    Attributes:
        roles: theirs, the first given first.
        acts: how often they did what only some may do.
        last_at: when they did so last.
    """

    person_id: int
    roles: tuple[Given, ...]
    acts: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HoldersPage:
    """Some of the people with roles."""

    holders: tuple[Holder, ...]
    people: int
    open_invites: int
    page: int
    pages: int


class RoleDesk:
    """What one admin can do with roles.

    Every method raises NotAllowed where they have no right to it, or not any more.

    Args:
        work: the transaction.
        person_id: the admin.
    """

    def __init__(self, work: Work, person_id: int) -> None:
        self._person_id = person_id
        self._roles = Roles(work)
        self._held = RoleStore(work)
        self._invites = InviteStore(work)
        self._making = Invites(work)
        self._acts = Acts(work)
        self._done = ActStore(work)

    async def holders(self, page: int, now: datetime) -> HoldersPage:
        """The people with roles, those who did something last first.

        Args:
            page: from 1; any other number gives the nearest there is.
            now: the time.
        """
        holders = await self._everybody()
        pages = max(1, math.ceil(len(holders) / ON_A_PAGE))
        page = min(max(1, page), pages)
        shown = holders[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        open_invites = len(await self._invites.open(now))
        return HoldersPage(tuple(shown), len(holders), open_invites, page, pages)

    async def holder(self, person_id: int) -> Holder:
        """One of them.

        Raises:
            RoleNotFound: this person has no role, or none any more.
        """
        found = [each for each in await self._everybody() if each.person_id == person_id]
        if not found:
            raise RoleNotFound
        return found[0]

    async def role(self, role_id: int) -> Given:
        """One role of one person.

        Raises:
            RoleNotFound: it is gone.
        """
        await self._require(Right.INVITE)
        given = await self._held.get(role_id)
        if given is None:
            raise RoleNotFound
        return given

    async def take(self, role_id: int, now: datetime) -> Given:
        """Take a role from somebody, which holds from their next tap on; what they had.

        Raises:
            RoleNotFound: it is gone already.
            LastAdmin: nobody could give roles after that.
        """
        # Whoever holds this lock is an admin until the work ends, and counts the others right.
        admins = await self._held.lock(Role.ADMIN)
        given = await self.role(role_id)
        if given.role is Role.ADMIN and admins == 1:
            raise LastAdmin
        if not await self._held.take_by_id(role_id):
            raise RoleNotFound
        subject, details = f"person {given.person_id}", told(given.role, *given.place)
        await self._acts.note(self._person_id, Act.ROLE_TAKEN, subject, now, **details)
        return given

    async def may_invite(self) -> None:
        """Do nothing for whoever may give roles."""
        await self._require(Right.INVITE)

    async def invite(self, wanted: Wanted, now: datetime) -> str:
        """Make an invite; its code, which nobody can find out again.

        Raises:
            RoleHoldsEverywhere: this role cannot be given for one borough or group.
        """
        await self._require(Right.INVITE)
        return await self._making.make(
            wanted.role,
            now,
            actor=self._person_id,
            borough=wanted.borough,
            group=wanted.group or "",
            label=wanted.label,
        )

    async def open_invites(self, now: datetime) -> list[Invite]:
        """The invites that somebody can still accept, the newest first."""
        await self._require(Right.INVITE)
        return await self._invites.open(now)

    async def revoke(self, invite_id: int, now: datetime) -> None:
        """Take an invite back.

        Raises:
            InviteNotOpen: somebody has used it, it was taken back before, or it is too old.
        """
        await self._require(Right.INVITE)
        if not await self._invites.revoke(invite_id, now):
            raise InviteNotOpen
        await self._acts.note(self._person_id, Act.INVITE_REVOKED, f"invite {invite_id}", now)

    async def log(self, page: int) -> ActsPage:
        """A page of what was done with roles, the newest first."""
        await self._require(Right.READ_LOG)
        return await self._acts.page(page)

    async def export_log(self, zone: ZoneInfo, now: datetime) -> bytes:
        """All of it as a .csv file, and a note that it was taken out."""
        await self._require(Right.READ_LOG)
        await self._acts.note(self._person_id, Act.LOG_EXPORTED, "log", now)
        return await self._acts.export(zone)

    async def _everybody(self) -> list[Holder]:
        await self._require(Right.INVITE)
        done = await self._done.by_actor()
        holders = [
            Holder(person_id, tuple(roles), *done.get(person_id, (0, None)))
            for person_id, roles in groupby(await self._held.all(), attrgetter("person_id"))
        ]
        return sorted(holders, key=lambda each: each.last_at or each.roles[0].at, reverse=True)

    async def _require(self, right: Right) -> None:
        await self._roles.require(self._person_id, right)
