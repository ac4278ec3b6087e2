"""Sending broadcasts: asking, approving, pausing, stopping.

Each method asks for the right again: a button that somebody can see is no right.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.broadcasts import hours, limits
from bot.broadcasts.approval import answers_for, may_approve, reckon, scope_of_asker
from bot.broadcasts.audience import Recipients
from bot.broadcasts.checking import FATAL, worries
from bot.broadcasts.crowd import CrowdStore
from bot.broadcasts.drafting import Drafts
from bot.broadcasts.leaving import Leaving
from bot.broadcasts.models import Broadcast, Stage
from bot.broadcasts.requests import Requests
from bot.broadcasts.store import BroadcastStore
from bot.broadcasts.trust import Trust
from bot.db import Work
from bot.errors import (
    BroadcastChanged,
    BroadcastUnfit,
    NotAllowed,
    OverLimit,
    SamePerson,
)
from bot.groups.models import GroupChat
from bot.groups.service import Groups
from bot.people.acts import Acts
from bot.people.models import Act, Right, Scope
from bot.people.roles import Roles


class Sending:
    """What one person does with broadcasts that go out.

    Every method raises NotAllowed where they have no right to it, or not any more, and
    BroadcastNotFound where there is no such broadcast.

    Args:
        work: the transaction.
        person_id: the person.
        zone: whose wall time tells when people do not mind messages.
    """

    def __init__(self, work: Work, person_id: int, zone: ZoneInfo) -> None:
        self._work = work
        self._person_id = person_id
        self._zone = zone
        self._roles = Roles(work)
        self._drafts = Drafts(work, person_id)
        self._store = BroadcastStore(work)
        self._crowd = CrowdStore(work)
        self._leaving = Leaving(work)
        self._requests = Requests(work)
        self._trust = Trust(work)

    async def recipients(self, broadcast: Broadcast, now: datetime) -> Recipients:
        """Whom it would reach now, and why it would not reach others.

        Of one that somebody has asked for it is what it would reach in their name, whoever looks.
        """
        return await reckon(self._crowd, broadcast, await self._reach(broadcast), now)

    async def groups(self, broadcast: Broadcast | None = None) -> list[GroupChat]:
        """The groups in which they may post; of a broadcast, those in which it would be posted."""
        if broadcast is None:
            return await Groups(self._work).within(await self._require(Right.WRITE_BROADCASTS))
        found = await Groups(self._work).within(await self._reach(broadcast))
        return [each for each in found if each.id in broadcast.posts]

    async def second_people(self, broadcast: Broadcast) -> list[int]:
        """The numbers of those who may let it go out, other than whoever asked for it."""
        await self._require(Right.WRITE_BROADCASTS)
        return await self._requests.second_people(broadcast)

    async def send(
        self, broadcast_id: int, revision: int, now: datetime, *, approved: bool = False
    ) -> Broadcast:
        """Put a draft on its way: to few people at once, else once a second person approves.

        To many people, and into groups, nothing leaves that nobody else has read.

        Args:
            broadcast_id: the draft.
            revision: of the screen on which it was asked for.
            now: the time.
            approved: a second person is to approve it although it goes to few people.

        Returns:
            The broadcast, SCHEDULED or WAITING.

        Raises:
            BroadcastChanged: it is not as it was on the screen.
            BroadcastUnfit: it cannot go out as it is.
            OverLimit: it goes to more people than a new volunteer can send to.
        """
        broadcast = await self._as_seen(broadcast_id, revision)
        if broadcast.stage is not Stage.DRAFT:
            raise BroadcastChanged
        if broadcast.urgent:
            await self._require(Right.SEND_URGENT)
        found = await worries(self._work, broadcast, now, self._zone)
        if fatal := [each.trouble.value for each in found if each.trouble in FATAL]:
            raise BroadcastUnfit(fatal)
        people = (await self.recipients(broadcast, now)).people
        try:
            await self._trust.check(self._person_id, people, now)
        except OverLimit:
            # An organiser who looks at the draft can then lift the limit of the right person.
            await self._store.refuse(broadcast, self._person_id)
            raise
        if approved or limits.needs_second(broadcast, people):
            asked = await self._store.ask(broadcast, Stage.WAITING, self._person_id)
            if asked is not None:
                await self._requests.approval(asked, now)
        else:
            begins = self._begins(broadcast, now)
            asked = await self._store.ask(broadcast, Stage.SCHEDULED, self._person_id, begins)
        if asked is None:
            raise BroadcastChanged
        urgent = {"urgent": 1} if asked.urgent else {}
        await self._note(Act.BROADCAST_ASKED, asked, now, people=people, **urgent)
        return asked

    async def approve(self, broadcast_id: int, revision: int, now: datetime) -> Broadcast:
        """Let somebody else's broadcast go out, as it was on the screen.

        Raises:
            SamePerson: they asked for it, or changed it last.
            BroadcastChanged: it is not as it was on the screen, or does not wait any more.
            BroadcastUnfit: it cannot go out any more as it is.
        """
        broadcast = await self.second_look(broadcast_id, revision)
        found = await worries(self._work, broadcast, now, self._zone)
        if fatal := [each.trouble.value for each in found if each.trouble in FATAL]:
            raise BroadcastUnfit(fatal)
        approved = await self._store.ask(
            broadcast,
            Stage.SCHEDULED,
            broadcast.asked_by,
            self._begins(broadcast, now),
            self._person_id,
        )
        if approved is None:
            raise BroadcastChanged
        await self._note(Act.BROADCAST_APPROVED, approved, now)
        return approved

    async def second_look(self, broadcast_id: int, revision: int) -> Broadcast:
        """Somebody else's broadcast, as it was on the screen, for the second person to decide on.

        Raises:
            SamePerson: they asked for it, or changed it last.
            BroadcastChanged: it is not as it was on the screen, or does not wait any more.
        """
        await self._require(Right.APPROVE_BROADCASTS)
        broadcast = await self._as_seen(broadcast_id, revision)
        if broadcast.stage is not Stage.WAITING:
            raise BroadcastChanged
        if self._person_id in {broadcast.asked_by, broadcast.editor_id}:
            raise SamePerson
        if not await may_approve(self._roles, self._person_id, broadcast):
            raise NotAllowed
        return broadcast

    async def send_back(
        self, broadcast_id: int, revision: int, remark: str, now: datetime
    ) -> Broadcast:
        """Ask for a change before somebody else's broadcast goes out; it is a draft again.

        Raises:
            SamePerson: they asked for it, or changed it last.
            BroadcastChanged: it is not as it was on the screen, or does not wait any more.
        """
        broadcast = await self.second_look(broadcast_id, revision)
        back = await self._store.send_back(broadcast, remark)
        if back is None:
            raise BroadcastChanged
        await self._requests.change(back, now)
        await self._note(Act.BROADCAST_SENT_BACK, back, now)
        return back

    async def withdraw(self, broadcast_id: int, now: datetime) -> Broadcast:
        """Make a draft again of one that has not begun."""
        before = await self._drafts.get(broadcast_id)
        stages = {Stage.WAITING, Stage.SCHEDULED}
        withdrawn = await self._move(broadcast_id, Stage.DRAFT, stages, now)
        await self._requests.taken_back(before, self._person_id, now)
        await self._note(Act.BROADCAST_WITHDRAWN, withdrawn, now)
        return withdrawn

    async def pause(self, broadcast_id: int, now: datetime) -> Broadcast:
        """Let nothing more of it leave for now."""
        await self._drafts.get(broadcast_id)
        paused = await self._move(broadcast_id, Stage.PAUSED, {Stage.SENDING}, now)
        await self._leaving.pause(_mailing(paused))
        await self._note(Act.BROADCAST_PAUSED, paused, now)
        return paused

    async def resume(self, broadcast_id: int, now: datetime) -> Broadcast:
        """Let a paused one go on."""
        paused = await self._drafts.get(broadcast_id)
        if not await answers_for(self._roles, self._person_id, paused):
            raise NotAllowed
        resumed = await self._move(broadcast_id, Stage.SENDING, {Stage.PAUSED}, now)
        if resumed.urgent or hours.is_open(now, self._zone):
            await self._leaving.resume(_mailing(resumed))
        await self._note(Act.BROADCAST_RESUMED, resumed, now)
        return resumed

    async def stop(self, broadcast_id: int, now: datetime) -> Broadcast:
        """Let nothing more of it leave, for good."""
        await self._drafts.get(broadcast_id)
        stopped = await self._move(broadcast_id, Stage.STOPPED, {Stage.SENDING, Stage.PAUSED}, now)
        await self._leaving.call_off(_mailing(stopped), now)
        await self._store.end_series(stopped.id)
        await self._note(Act.BROADCAST_STOPPED, stopped, now)
        return stopped

    async def ask_for_text(self, broadcast_id: int, language: str, now: datetime) -> int:
        """Ask the volunteers who have a language to write the text in it; how many are asked."""
        broadcast = await self._drafts.get(broadcast_id)
        return await self._requests.text(broadcast, language, self._person_id, now)

    async def limited(self, broadcast: Broadcast) -> frozenset[int]:
        """Whose limit the reader can lift: of whoever changed it last, or asked for it last."""
        people = {broadcast.editor_id, broadcast.asked_by}
        return await self._trust.limited(people, self._person_id)

    async def lift_limit(self, broadcast_id: int, person_id: int, now: datetime) -> Broadcast:
        """Let the new volunteer of a button on a broadcast's screen write to as many as others.

        Raises:
            BroadcastChanged: they have no limit any more, or may write no broadcasts.
        """
        await self._require(Right.LIFT_LIMITS)
        broadcast = await self._drafts.get(broadcast_id)
        await self._trust.lift(person_id, self._person_id, now)
        return broadcast

    async def show_progress_in(self, broadcast_id: int, message_id: int) -> Broadcast:
        """Keep this message in the person's chat true while the broadcast is under way."""
        broadcast = await self._drafts.get(broadcast_id)
        await self._store.show_in(broadcast_id, self._person_id, message_id)
        return broadcast

    async def _reach(self, broadcast: Broadcast) -> Scope:
        """Where a broadcast goes: of one that is on its way, in the name of whoever asked for it.

        Raises:
            NotAllowed: whoever looks may write none.
        """
        within = await self._require(Right.WRITE_BROADCASTS)
        if broadcast.stage is Stage.DRAFT:
            return within
        return await scope_of_asker(self._roles, broadcast) or within

    async def _as_seen(self, broadcast_id: int, revision: int) -> Broadcast:
        broadcast = await self._drafts.get(broadcast_id)
        if broadcast.revision != revision:
            raise BroadcastChanged
        return broadcast

    async def _move(
        self, broadcast_id: int, stage: Stage, before: Iterable[Stage], now: datetime
    ) -> Broadcast:
        moved = await self._store.move(broadcast_id, stage, before, now)
        if moved is None:
            raise BroadcastChanged
        return moved

    async def _require(self, right: Right) -> Scope:
        scope = await self._roles.scope(self._person_id, right)
        if scope is None:
            raise NotAllowed
        return scope

    async def _note(self, act: Act, broadcast: Broadcast, now: datetime, **details: int) -> None:
        subject = f"broadcast {broadcast.id}"
        await Acts(self._work).note(self._person_id, act, subject, now, **details)

    def _begins(self, broadcast: Broadcast, now: datetime) -> datetime:
        wanted = max(broadcast.send_at or now, now)
        return wanted if broadcast.urgent else hours.next_open(wanted, self._zone)


def _mailing(broadcast: Broadcast) -> int:
    if broadcast.mailing_id is None:
        raise BroadcastChanged
    return broadcast.mailing_id
