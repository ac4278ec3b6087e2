"""Which process is on duty: of several with one database, one fetches and delivers."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.chat.context import House
from bot.db import Work
from bot.delivery.lease import LENGTH, Lease
from bot.delivery.store import DeliveryStore
from bot.errors import DatabaseBusy

log = structlog.get_logger(__name__)


class Duty:
    """This process's share of the one lease.

    Args:
        house: what lives as long as the process.
        took_over: called when this process has become the one on duty.

    Attributes:
        lease: in which this process has its name.
    """

    def __init__(self, house: House, took_over: Callable[[], Awaitable[None]]) -> None:
        self._house = house
        self._took_over = took_over
        self.lease = Lease("delivery")
        self._until = float("-inf")
        self._ended = False

    @property
    def is_ours(self) -> bool:
        """Whether this process is the one that delivers, and fetches updates.

        Not for longer than the lease that it could renew last: then another may have it.
        """
        return asyncio.get_running_loop().time() < self._until

    async def keep(self) -> None:
        """Take or renew the lease; what the holder before left in the middle is unknown now."""
        now, asked_at = self._house.clock.now(), asyncio.get_running_loop().time()
        new, lost = False, 0
        try:
            async with self._house.database.work() as work:
                if self._ended:
                    return
                mine = await self.lease.take(work, now)
                if mine and not self.is_ours:
                    new = True
                    lost = await DeliveryStore(work).lose(self.lease.holder, now)
        except DatabaseBusy as error:
            log.warning("the lease to deliver could not be renewed", why=str(error))
            return
        if lost:
            log.warning("deliveries are unknown after a crash", deliveries=lost)
        self._until = asked_at + LENGTH.total_seconds() if mine else float("-inf")
        if new:
            await self._took_over()

    def leave(self) -> None:
        """Renew the lease no more."""
        self._ended = True

    async def end(self, work: Work) -> None:
        """Give the lease up, so that another process need not wait for its end."""
        await self.lease.end(work)
