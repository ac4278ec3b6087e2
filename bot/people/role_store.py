"""Roles, invites and acts in the database. Decides nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from bot.clock import from_micros, to_micros
from bot.db import Work
from bot.people.models import Act, Given, Group, Invite, Noted, Role
from bot.people.store import QUERIES


class RoleStore:
    """Who has which role, and the invites to roles."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def of(self, person_id: int) -> list[Given]:
        """The roles of a person, the first given first."""
        return [_given(row) for row in await self._run.roles_of(person_id=person_id)]

    async def all(self) -> list[Given]:
        """Every role that anybody has, person by person."""
        return [_given(row) for row in await self._run.every_role()]

    async def get(self, role_id: int) -> Given | None:
        """One role of one person, by its own number."""
        row = await self._run.get_role(role_id=role_id)
        return None if row is None else _given(row)

    async def lock(self, role: Role) -> int:
        """Let nobody else take this role from anybody meanwhile; how often it is held."""
        return len(await self._run.lock_role(role=role.value))

    async def give(self, given: Given) -> bool:
        """Let a person have a role; False: they have it, and keep it as it is."""
        added: int = await self._run.give_role(
            person_id=given.person_id,
            role=given.role.value,
            borough=given.borough,
            group_name=_name(given.group),
            label=given.label,
            now=to_micros(given.at),
        )
        return added > 0

    async def take(self, person_id: int, role: Role) -> bool:
        """Let a person not have a role, wherever it holds; whether they had it."""
        taken: int = await self._run.take_role(person_id=person_id, role=role.value)
        return taken > 0

    async def take_by_id(self, role_id: int) -> bool:
        """Take away one role of one person; whether it was there."""
        taken: int = await self._run.take_role_by_id(role_id=role_id)
        return taken > 0

    async def delete(self, person_id: int) -> None:
        """Delete every role of a person."""
        await self._run.delete_roles(person_id=person_id)


class InviteStore:
    """The invites to roles."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def add(self, digest: str, invite: Invite) -> int:
        """Keep a new invite; its number."""
        number: int = await self._run.add_invite(
            digest=digest,
            role=invite.role.value,
            borough=invite.borough,
            group_name=_name(invite.group),
            label=invite.label,
            expires_at=to_micros(invite.expires_at),
        )
        return number

    async def of(self, digest: str) -> Invite | None:
        """The invite with this digest, in whatever state."""
        row = await self._run.get_invite(digest=digest)
        return None if row is None else _invite(row)

    async def open(self, now: datetime) -> list[Invite]:
        """The invites that can be accepted, the newest first."""
        return [_invite(row) for row in await self._run.open_invites(now=to_micros(now))]

    async def use(self, digest: str, now: datetime) -> bool:
        """Mark an invite as used; False where it was used or revoked before, or is too old."""
        used: int = await self._run.use_invite(digest=digest, now=to_micros(now))
        return used > 0

    async def revoke(self, invite_id: int, now: datetime) -> bool:
        """Take an invite back; False where it is not open."""
        revoked: int = await self._run.revoke_invite(invite_id=invite_id, now=to_micros(now))
        return revoked > 0

    async def delete_older(self, before: datetime) -> int:
        """Delete invites that ended before a moment; how many that were."""
        deleted: int = await self._run.delete_old_invites(before=to_micros(before))
        return deleted


class ActStore:
    """What was done with roles. Rows are added; the database refuses to change them."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def add(
        self,
        actor: int | None,
        act: Act,
        subject: str,
        now: datetime,
        details: Mapping[str, str | int],
    ) -> None:
        """Add an entry."""
        await self._run.add_act(
            now=to_micros(now),
            act=act.value,
            actor=actor,
            subject=subject,
            details=orjson.dumps(details, option=orjson.OPT_SORT_KEYS).decode(),
        )

    async def newest(self, most: int, skip: int) -> list[Noted]:
        """Some entries, the newest first."""
        return [_noted(row) for row in await self._run.acts_page(most=most, skip=skip)]

    async def after(self, act_id: int, most: int) -> list[Noted]:
        """The entries that come after one, the oldest first."""
        return [_noted(row) for row in await self._run.acts_after(after=act_id, most=most)]

    async def of(self, person_id: int) -> list[Noted]:
        """What a person did, the oldest first."""
        return [_noted(row) for row in await self._run.acts_of(person_id=person_id)]

    async def count(self) -> int:
        """How many entries there are."""
        count: int = await self._run.count_acts()
        return count

    async def by_actor(self) -> dict[int, tuple[int, datetime]]:
        """How much everybody did, and when last."""
        return {
            row["actor"]: (row["times"], from_micros(row["last_at"]))
            for row in await self._run.acts_by_actor()
        }

    async def count_older(self, before: datetime) -> int:
        """How many entries are from before a moment."""
        count: int = await self._run.count_old_acts(before=to_micros(before))
        return count

    async def delete_older(self, before: datetime) -> None:
        """Delete entries from before a moment; the database refuses if that is too near."""
        await self._run.delete_old_acts(before=to_micros(before))


def _name(group: Group | None) -> str:
    return "" if group is None else group.value


def _group(name: str) -> Group | None:
    return Group(name) if name else None


def _given(row: Mapping[str, Any]) -> Given:
    return Given(
        Role(row["role"]),
        from_micros(row["given_at"]),
        row["borough"],
        _group(row["group_name"]),
        row["label"],
        row["id"],
        row["person_id"],
    )


def _invite(row: Mapping[str, Any]) -> Invite:
    return Invite(
        Role(row["role"]),
        from_micros(row["expires_at"]),
        used=row["used_at"] is not None,
        revoked=row["revoked_at"] is not None,
        borough=row["borough"],
        group=_group(row["group_name"]),
        label=row["label"],
        id=row["id"],
    )


def _noted(row: Mapping[str, Any]) -> Noted:
    return Noted(
        row["id"],
        from_micros(row["at"]),
        Act(row["act"]),
        row["actor"],
        row["subject"],
        orjson.loads(row["details"]),
    )
