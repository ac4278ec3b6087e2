"""What the bot knows of the groups it is in, and who may decide what they are for."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.db import Work
from bot.errors import NotAllowed, OutsideRole
from bot.groups.models import GroupChat, GroupKind
from bot.groups.store import GroupStore
from bot.i18n import LANGUAGES
from bot.i18n.languages import SOURCE
from bot.people.models import Group, Right, Scope
from bot.people.roles import Roles

QUIET = timedelta(minutes=1)
"""Between two answers to commands in one group: whatever people type there, it is not flooded."""


class Groups:
    """The groups, within one transaction. Doing anything twice is the same as doing it once."""

    def __init__(self, work: Work) -> None:
        self._store = GroupStore(work)
        self._roles = Roles(work)

    async def met(self, chat_id: int, title: str, language: str | None, now: datetime) -> GroupChat:
        """The bot is in this group; one that it does not know yet is for nothing in particular.

        Args:
            chat_id: its number at Telegram.
            title: what Telegram says that it is called.
            language: that of whoever let the bot in, as a hint; a group we know keeps its own.
            now: the time.
        """
        spoken = SOURCE if language is None or language not in LANGUAGES else language
        return await self._store.meet(chat_id, title, spoken, now)

    async def of_chat(self, chat_id: int) -> GroupChat | None:
        """The group with this number at Telegram, if the bot is in it."""
        group = await self._store.of_chat(chat_id)
        return None if group is None or group.removed_at is not None else group

    async def titled(self, chat_id: int, title: str) -> None:
        """The group is called that now."""
        await self._store.set_title(chat_id, title)

    async def left(self, chat_id: int, now: datetime) -> GroupChat | None:
        """The bot is out of this group: its title is forgotten. What was owed to it still is."""
        await self._store.leave(chat_id, now)
        return await self._store.of_chat(chat_id)

    async def moved(
        self, old: int, new: int, title: str, now: datetime
    ) -> tuple[GroupChat, GroupChat | None]:
        """The group became a supergroup, which has another number.

        Telegram says so in both chats and in the answer to a message, in any order.

        Returns:
            The group, and another one of ours that had the new number and is gone now: what is
            owed to that is for the caller to hand over.
        """
        group = await self._store.of_chat(old)
        there = await self._store.of_chat(new)
        if group is None:
            return there or await self._store.meet(new, title, SOURCE, now), None
        if there is not None:
            await self._store.delete(there.id)
        await self._store.move(group.id, new, title or group.title)
        return await self._store.get(group.id) or group, there

    async def check(self, group: GroupChat, person_id: int) -> Scope:
        """Where somebody may decide what groups are for; this group is one of those.

        Raises:
            NotAllowed: they may not.
            OutsideRole: their role is for another place.
        """
        scope = await self._roles.scope(person_id, Right.NAME_GROUPS)
        if scope is None:
            raise NotAllowed
        if group.kind is not GroupKind.NONE and not _lies(group, scope):
            raise OutsideRole
        return scope

    async def name_for(
        self, group: GroupChat, kind: GroupKind, borough: str | None, person_id: int
    ) -> GroupChat:
        """Say what a group is for.

        Raises:
            NotAllowed: the person may not decide that.
            OutsideRole: their role is for another place.
        """
        scope = await self.check(group, person_id)
        where = borough if kind is GroupKind.BOROUGH else None
        wanted = replace(group, kind=kind, borough=where)
        if kind is not GroupKind.NONE and not _lies(wanted, scope):
            raise OutsideRole
        return await self._store.set_kind(group.id, kind, where) or group

    async def speak_in(self, group: GroupChat, language: str, person_id: int) -> GroupChat:
        """Write in this language from now on.

        Raises:
            NotAllowed: the person may not decide that.
            OutsideRole: their role is for another place.
        """
        await self.check(group, person_id)
        return await self._store.set_language(group.id, language) or group

    async def may_answer(self, group: GroupChat, now: datetime) -> bool:
        """Whether a command may be answered now; it is noted as answered then."""
        return await self._store.speak(group.id, now, now - QUIET)

    async def within(self, scope: Scope) -> list[GroupChat]:
        """The groups that get news and lie where a role holds, by title."""
        return [group for group in await self._store.named() if _lies(group, scope)]


def _lies(group: GroupChat, scope: Scope) -> bool:
    """Whether everybody in a group is somebody whom a role is for."""
    if group.kind is GroupKind.THINK_TANK:
        return scope.covers(Scope(groups=frozenset({Group.THINK_TANK})))
    return scope.covers(Scope(boroughs=frozenset({group.borough or ""})))
