"""What came of broadcasts, for whoever may read it: numbers alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.broadcasts.crowd import CrowdStore, Outcome
from bot.broadcasts.models import Broadcast, LinkKind, Stage
from bot.broadcasts.running import Progress, Running
from bot.broadcasts.store import BroadcastStore
from bot.db import Work
from bot.errors import BroadcastNotFound
from bot.people.models import Right
from bot.people.roles import Roles

BEGUN: Final = frozenset(stage for stage in Stage if not stage.is_open)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one broadcast.

    Attributes:
        progress: to how many it went, and why not to others.
        outcomes: what people did with it, by language and borough.
    """

    progress: Progress
    outcomes: tuple[Outcome, ...]


class Reports:
    """What one person reads about broadcasts that have begun.

    Every method raises NotAllowed where they have no right to it, or not any more.

    Args:
        work: the transaction.
        person_id: the person.
        zone: whose wall time tells when people do not mind messages.
    """

    def __init__(self, work: Work, person_id: int, zone: ZoneInfo) -> None:
        self._person_id = person_id
        self._roles = Roles(work)
        self._store = BroadcastStore(work)
        self._crowd = CrowdStore(work)
        self._running = Running(work, zone)

    async def page(self, number: int, size: int) -> tuple[list[Broadcast], int]:
        """A page, from 0, of those that have begun, the newest first, and how many there are."""
        await self._require()
        return await self._store.of(BEGUN, number * size, size)

    async def read(self, broadcast_id: int, now: datetime) -> Report:
        """What came of one.

        Raises:
            BroadcastNotFound: there is no such broadcast, or it has not begun.
        """
        await self._require()
        broadcast = await self._store.get(broadcast_id)
        if broadcast is None or broadcast.stage not in BEGUN:
            raise BroadcastNotFound
        events = [int(each.to) for each in broadcast.links if each.kind is LinkKind.EVENT]
        outcomes = await self._crowd.outcome(broadcast.id, events, now)
        return Report(await self._running.progress(broadcast), tuple(outcomes))

    async def _require(self) -> None:
        await self._roles.require(self._person_id, Right.READ_REPORTS)
