"""How a scheduled broadcast begins: everything is looked at once more, and it is owed to people."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.broadcasts import hours, limits
from bot.broadcasts.approval import may_approve, reckon, scope_of_asker
from bot.broadcasts.checking import FATAL, worries
from bot.broadcasts.crowd import CrowdStore
from bot.broadcasts.leaving import Leaving
from bot.broadcasts.models import Broadcast, Stage
from bot.broadcasts.repeating import next_time
from bot.broadcasts.requests import Requests
from bot.broadcasts.store import BroadcastStore
from bot.broadcasts.trust import Trust
from bot.clock import to_micros
from bot.db import Work
from bot.delivery.models import BROADCAST, Lane, Mailing
from bot.delivery.posts.store import PostStore
from bot.delivery.store import DeliveryStore
from bot.groups.service import Groups
from bot.people.acts import Acts
from bot.people.models import Act, Right, Scope
from bot.people.roles import Roles

OF_USE: Final = timedelta(days=3)
"""For how long after it began a broadcast is sent to people whom it did not reach."""


class Beginning:
    """Lets broadcasts begin whose time has come, or gives them back.

    Args:
        work: the transaction.
        zone: whose wall time tells when people do not mind messages.
    """

    def __init__(self, work: Work, zone: ZoneInfo) -> None:
        self._work = work
        self._zone = zone
        self._acts = Acts(work)
        self._roles = Roles(work)
        self._groups = Groups(work)
        self._store = BroadcastStore(work)
        self._crowd = CrowdStore(work)
        self._deliveries = DeliveryStore(work)
        self._posts = PostStore(work)
        self._leaving = Leaving(work)
        self._requests = Requests(work)
        self._trust = Trust(work)

    async def begin(self, broadcast: Broadcast, now: datetime) -> None:
        """Owe it to everybody whom it reaches now, if it may still go out as it is.

        Outside the hours it is put off. If whoever asked for it may not send it any more, or what
        it shows is over, it is a draft again. If only a second person may let it go out and none
        has, it waits for one.
        """
        if not broadcast.urgent and not hours.is_open(now, self._zone):
            await self._store.put_off(broadcast.id, hours.next_open(now, self._zone))
            return
        within = await scope_of_asker(self._roles, broadcast)
        if within is None or not await self._is_fit(broadcast, now):
            await self._come_back(broadcast, Stage.DRAFT, now)
            return
        if not await self._is_approved(broadcast) and await self._needs_second(
            broadcast, within, now
        ):
            await self._come_back(broadcast, Stage.WAITING, now)
            return
        # From here on nobody can withdraw or change it.
        if await self._store.begin(broadcast.id, now):
            await self._owe(broadcast, within, now)

    async def _is_fit(self, broadcast: Broadcast, now: datetime) -> bool:
        found = await worries(self._work, broadcast, now, self._zone)
        if any(each.trouble in FATAL for each in found):
            return False
        asker = broadcast.asked_by
        if not broadcast.urgent or asker is None:
            return True
        return await self._roles.scope(asker, Right.SEND_URGENT) is not None

    async def _is_approved(self, broadcast: Broadcast) -> bool:
        """Whether it is approved as it is, by somebody who still may approve it."""
        if not broadcast.is_approved or broadcast.approved_by is None:
            return False
        return await may_approve(self._roles, broadcast.approved_by, broadcast)

    async def _needs_second(self, broadcast: Broadcast, within: Scope, now: datetime) -> bool:
        people = (await reckon(self._crowd, broadcast, within, now)).people
        if limits.needs_second(broadcast, people) or broadcast.asked_by is None:
            return True
        # Of many that were planned for one day, each was to few people when it was asked for.
        return await self._trust.left(broadcast.asked_by, now) < people

    async def _owe(self, broadcast: Broadcast, within: Scope, now: datetime) -> None:
        mailing = Mailing(
            name=f"{BROADCAST}:{broadcast.id}:{to_micros(now)}",
            kind=BROADCAST,
            subject=broadcast.id,
            lane=Lane.BROADCAST,
            due_at=now,
            not_after=now + OF_USE,
        )
        number = await self._deliveries.add(mailing, now)
        if number is None:
            raise RuntimeError("a broadcast begins twice in one moment")
        groups = broadcast.posts & {group.id for group in await self._groups.within(within)}
        if corrected := await self._corrected_in_place(broadcast, within, now):
            await self._deliveries.owe_again(number, corrected)
            # In no group is anything changed that only one person has read.
            await self._posts.owe_again(number, corrected, groups)
        else:
            sieve = limits.sieve(broadcast, broadcast.audience, within, now)
            await self._crowd.freeze(number, broadcast.audience, sieve, now)
        await self._leaving.post_in(number, groups)
        people = sum(each.people for each in await self._deliveries.counts(number))
        await self._store.set_mailing(broadcast.id, number, people)
        subject = f"broadcast {broadcast.id}"
        await self._acts.note(None, Act.BROADCAST_BEGUN, subject, now, people=people)
        if again := next_time(broadcast, now, self._zone):
            await self._store.repeat(broadcast.id, again, now)

    async def _come_back(self, broadcast: Broadcast, stage: Stage, now: datetime) -> None:
        """It cannot begin as it is: whoever can do something about that hears of it."""
        back = await self._store.move(broadcast.id, stage, {Stage.SCHEDULED}, now)
        if back is None:
            return
        await self._requests.look_again(back, now)
        if stage is Stage.WAITING:
            await self._requests.approval(back, now)

    async def _corrected_in_place(
        self, broadcast: Broadcast, within: Scope, now: datetime
    ) -> int | None:
        """The mailing whose messages it takes the place of, where it does.

        Only where whoever sends it may write to everybody who got those.
        """
        before = broadcast.follows_id and await self._store.get(broadcast.follows_id)
        if not before or not limits.changes_in_place(before, broadcast, now):
            return None
        reached = await scope_of_asker(self._roles, before) or Scope()
        return before.mailing_id if within.covers(reached) else None
