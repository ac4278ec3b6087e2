"""What volunteers are asked for: to approve a broadcast, to write a text, to look at one again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.broadcasts.approval import may_approve
from bot.broadcasts.crowd import CrowdStore
from bot.broadcasts.models import Broadcast
from bot.clock import to_micros
from bot.db import Work
from bot.delivery.models import Lane, Mailing
from bot.delivery.store import DeliveryStore
from bot.people.models import Right
from bot.people.roles import HOLDERS, Roles

WANTED: Final = "broadcast wanted"
"""The kind of the mailings that ask for an approval, or for a text in a language."""
CAME_BACK: Final = "broadcast came back"
"""The kind of the mailings that say that a broadcast could not begin."""
TO_BE_CHANGED: Final = "broadcast to be changed"
"""The kind of the mailings that say that a second person asks for a change."""
WITHDRAWN: Final = "broadcast withdrawn"
"""The kind of the mailings that say that somebody made a draft again of what was on its way."""
ASKING: Final = timedelta(days=2)
"""For how long it is tried to ask somebody for something."""


class Requests:
    """Asks volunteers, by messages that are owed to them."""

    def __init__(self, work: Work) -> None:
        self._roles = Roles(work)
        self._crowd = CrowdStore(work)
        self._deliveries = DeliveryStore(work)

    async def approval(self, broadcast: Broadcast, now: datetime) -> int:
        """Ask everybody who may approve it; how many those are."""
        people = await self.second_people(broadcast)
        # Each time it is asked for is another one: it may have been withdrawn in between.
        what = f"{broadcast.revision}:approval:{to_micros(now)}"
        return await self._owe(WANTED, broadcast, what, people, {}, now)

    async def second_people(self, broadcast: Broadcast) -> list[int]:
        """The numbers of those who may approve it and want messages."""
        return [
            each
            for each in await self._crowd.whom_to_ask(_roles_with(Right.APPROVE_BROADCASTS))
            if each not in {broadcast.asked_by, broadcast.editor_id}
            and await may_approve(self._roles, each, broadcast)
        ]

    async def text(self, broadcast: Broadcast, language: str, by: int, now: datetime) -> int:
        """Ask the volunteers who have a language to write the text in it, once.

        Returns:
            How many are asked, or were before.
        """
        having = await self._crowd.whom_to_ask(_roles_with(Right.WRITE_BROADCASTS), language)
        people = [each for each in having if each != by]
        what = f"{broadcast.revision}:{language}"
        await self._owe(WANTED, broadcast, what, people, {"language": language}, now)
        return len(people)

    async def look_again(self, broadcast: Broadcast, now: datetime) -> None:
        """Say to whoever asked for it, and whoever approved it, that it did not go out."""
        people = {each for each in (broadcast.asked_by, broadcast.approved_by) if each}
        await self._owe(CAME_BACK, broadcast, f"{to_micros(now)}", people, {}, now)

    async def taken_back(self, before: Broadcast, by: int, now: datetime) -> None:
        """Say that it is a draft again, to whoever asked for it or approved it and did not do that.

        Args:
            before: as it was on its way.
            by: who changed or withdrew it.
            now: the time.
        """
        people = {each for each in (before.asked_by, before.approved_by) if each and each != by}
        await self._owe(WITHDRAWN, before, f"{to_micros(now)}", people, {}, now)

    async def change(self, broadcast: Broadcast, now: datetime) -> None:
        """Say to whoever asked for it that a second person asks for a change."""
        people = [broadcast.asked_by] if broadcast.asked_by else []
        await self._owe(TO_BE_CHANGED, broadcast, f"{to_micros(now)}", people, {}, now)

    async def _owe(  # noqa: PLR0913, PLR0917 -- a mailing, and to whom
        self,
        kind: str,
        broadcast: Broadcast,
        what: str,
        people: Iterable[int],
        details: dict[str, str],
        now: datetime,
    ) -> int:
        mailing = Mailing(
            name=f"{kind}:{broadcast.id}:{what}",
            kind=kind,
            subject=broadcast.id,
            lane=Lane.NOTICE,
            due_at=now,
            not_after=now + ASKING,
            details={"revision": broadcast.revision, **details},
        )
        number = await self._deliveries.add(mailing, now)
        return 0 if number is None else await self._deliveries.owe_to(number, people)


def _roles_with(right: Right) -> list[str]:
    return [role.value for role in HOLDERS[right]]
