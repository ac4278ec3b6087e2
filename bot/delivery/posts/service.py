"""Groups that move and groups that the bot has to leave, with what is owed to them."""

from datetime import datetime

from bot.db import Work
from bot.delivery.models import Reason
from bot.delivery.posts.store import PostStore
from bot.groups.service import Groups


class Posts:
    """What becomes of posts when something happens to their group."""

    def __init__(self, work: Work) -> None:
        self._groups = Groups(work)
        self._store = PostStore(work)

    async def moved(self, old: int, new: int, title: str, now: datetime) -> None:
        """A group has another number at Telegram; what is owed to it goes there, and once."""
        group, other = await self._groups.moved(old, new, title, now)
        if other is not None and other.id != group.id:
            await self._store.hand_over(other.id, group.id)

    async def left(self, chat_id: int, now: datetime) -> None:
        """The bot is out: the group's title is forgotten, and nothing is owed to it any more."""
        group = await self._groups.left(chat_id, now)
        if group is not None:
            await self._store.silence(group.id, Reason.NO_RIGHTS, now)
