"""Groups in the database. Decides nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.clock import from_micros, to_micros
from bot.db import Work, load_queries
from bot.groups.models import GroupChat, GroupKind

QUERIES = load_queries(__file__)


class GroupStore:
    """Rows of groups."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def meet(self, chat_id: int, title: str, language: str, now: datetime) -> GroupChat:
        """Add a group that the bot is in, or find the one of that number."""
        row = await self._run.meet_group(
            chat_id=chat_id, title=title, language=language, now=to_micros(now)
        )
        group = group_of(row)
        if group is None:
            raise LookupError("an upsert returned no row")
        return group

    async def of_chat(self, chat_id: int) -> GroupChat | None:
        """The group with this number at Telegram."""
        return group_of(await self._run.group_of_chat(chat_id=chat_id))

    async def get(self, group_id: int) -> GroupChat | None:
        """The group with this number of ours."""
        return group_of(await self._run.group_by_id(id=group_id))

    async def set_title(self, chat_id: int, title: str) -> None:
        """It is called that now."""
        await self._run.set_title(chat_id=chat_id, title=title)

    async def leave(self, chat_id: int, now: datetime) -> None:
        """The bot is out; the first such moment stays."""
        await self._run.leave_group(chat_id=chat_id, now=to_micros(now))

    async def set_kind(
        self, group_id: int, kind: GroupKind, borough: str | None
    ) -> GroupChat | None:
        """What it is for."""
        return group_of(await self._run.set_kind(id=group_id, kind=kind.value, borough=borough))

    async def set_language(self, group_id: int, language: str) -> GroupChat | None:
        """In which language the bot writes there."""
        return group_of(await self._run.set_group_language(id=group_id, language=language))

    async def move(self, group_id: int, chat_id: int, title: str) -> None:
        """It has another number at Telegram now, which no other group has."""
        await self._run.move_group(id=group_id, chat_id=chat_id, title=title)

    async def delete(self, group_id: int) -> None:
        """Delete the row."""
        await self._run.delete_group(id=group_id)

    async def speak(self, group_id: int, now: datetime, since: datetime) -> bool:
        """Note that the bot speaks; False where it has spoken since a moment."""
        spoke: int = await self._run.speak(id=group_id, now=to_micros(now), since=to_micros(since))
        return spoke > 0

    async def named(self) -> list[GroupChat]:
        """Those that the bot is in and that get news, by title."""
        rows = await self._run.named_groups()
        return [group for row in rows if (group := group_of(row)) is not None]


def group_of(row: Mapping[str, Any] | None) -> GroupChat | None:
    """The group in a row; None where there is none."""
    if row is None:
        return None
    removed = row["removed_at"]
    return GroupChat(
        id=row["id"],
        chat_id=row["chat_id"],
        title=row["title"],
        kind=GroupKind(row["kind"]),
        borough=row["borough"],
        language=row["language"],
        since=from_micros(row["since"]),
        removed_at=None if removed is None else from_micros(removed),
    )
