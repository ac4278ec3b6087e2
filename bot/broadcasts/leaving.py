"""The mailing of a broadcast, to people and to groups alike: let it rest, go on, end."""

from collections.abc import Iterable
from datetime import datetime

from bot.db import Work
from bot.delivery.posts.store import PostStore
from bot.delivery.store import DeliveryStore


class Leaving:
    """What becomes of a mailing that is owed to people and to groups."""

    def __init__(self, work: Work) -> None:
        self._deliveries = DeliveryStore(work)
        self._posts = PostStore(work)

    async def pause(self, mailing_id: int) -> None:
        """Let nothing more of it leave until `resume`."""
        await self._deliveries.pause(mailing_id)
        await self._posts.pause(mailing_id)

    async def resume(self, mailing_id: int) -> None:
        """Let it go on."""
        await self._deliveries.resume(mailing_id)
        await self._posts.resume(mailing_id)

    async def call_off(self, mailing_id: int, now: datetime) -> None:
        """Let nothing more of it leave, for good."""
        await self._deliveries.call_off(mailing_id, now)
        await self._posts.call_off(mailing_id, now)

    async def post_in(self, mailing_id: int, groups: Iterable[int]) -> None:
        """Owe it to groups as well."""
        await self._posts.owe_to(mailing_id, groups)

    async def owe_again(self, mailing_id: int, of_mailing: int) -> None:
        """Owe a mailing about the messages of an earlier one, wherever those are."""
        await self._deliveries.owe_again(mailing_id, of_mailing)
        await self._posts.owe_again(mailing_id, of_mailing)
