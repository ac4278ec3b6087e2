"""To how many people a volunteer can write in a day, and who lifts that limit."""

import math
from collections.abc import Iterable
from datetime import datetime

from bot.broadcasts import limits
from bot.broadcasts.crowd import CrowdStore
from bot.db import Work
from bot.errors import BroadcastChanged, NotAllowed, OverLimit
from bot.people.acts import Acts
from bot.people.models import Act, Right
from bot.people.roles import Roles


class Trust:
    """The limits of new volunteers, within one transaction."""

    def __init__(self, work: Work) -> None:
        self._acts = Acts(work)
        self._roles = Roles(work)
        self._crowd = CrowdStore(work)

    async def check(self, person_id: int, people: int, now: datetime) -> None:
        """Do nothing if a person may write to so many more people today.

        Raises:
            OverLimit: they are new, and that would be too many.
        """
        if await self.left(person_id, now) < people:
            used = await self._crowd.asked_since(person_id, now - limits.DAY)
            raise OverLimit(limits.NEWCOMER, used)

    async def left(self, person_id: int, now: datetime) -> float:
        """To how many more people a person may write today; infinity for whoever has no limit."""
        if not await self._is_limited(person_id):
            return math.inf
        return limits.NEWCOMER - await self._crowd.asked_since(person_id, now - limits.DAY)

    async def limited(self, people: Iterable[int | None], by: int) -> frozenset[int]:
        """Who of some people is limited, as far as another person may change that."""
        if not await self._may_lift(by):
            return frozenset()
        return frozenset(
            [each for each in people if each is not None and await self._has_a_limit_to_lift(each)]
        )

    async def lift(self, person_id: int, by: int, now: datetime) -> None:
        """Let a new volunteer write to as many people as others.

        Raises:
            NotAllowed: whoever does it may not.
            BroadcastChanged: they have no limit any more, or may write no broadcasts.
        """
        if not await self._may_lift(by):
            raise NotAllowed
        if not await self._has_a_limit_to_lift(person_id):
            raise BroadcastChanged
        await self._crowd.trust(person_id, now)
        await self._acts.note(by, Act.LIMIT_LIFTED, f"person {person_id}", now)

    async def _may_lift(self, person_id: int) -> bool:
        return await self._roles.scope(person_id, Right.LIFT_LIMITS) is not None

    async def _has_a_limit_to_lift(self, person_id: int) -> bool:
        if await self._roles.scope(person_id, Right.WRITE_BROADCASTS) is None:
            return False
        return await self._is_limited(person_id)

    async def _is_limited(self, person_id: int) -> bool:
        if await self._may_lift(person_id):
            return False
        return not await self._crowd.is_trusted(person_id)
