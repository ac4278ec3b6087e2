"""What broadcasts do by themselves: begin at their time, rest at night, come to an end."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.broadcasts import hours
from bot.broadcasts.approval import reckon, scope_of_asker
from bot.broadcasts.beginning import OF_USE, Beginning
from bot.broadcasts.crowd import CrowdStore
from bot.broadcasts.leaving import Leaving
from bot.broadcasts.models import Broadcast, Stage
from bot.broadcasts.repeating import next_time
from bot.broadcasts.store import BroadcastStore
from bot.db import Work
from bot.delivery.models import Hold, Lane, Mailing, State
from bot.delivery.posts.store import PostStore
from bot.delivery.store import Count, DeliveryStore
from bot.people.roles import Roles

ENDED: Final = "broadcast ended"
"""The kind of the mailings that tell whoever sent one what came of it."""
MOST_AHEAD: Final = 20
"""Of the broadcasts that wait for their time, how many are looked at."""
OPEN: Final = frozenset({State.DUE, State.RETRY, State.CLAIMED, State.HELD})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a broadcast has come.

    Attributes:
        recalls: these are the counts of taking it back.
        counts: of its deliveries, by state and reason.
        posts: of what is owed to groups: state, reason, how many.
        is_forgotten: its deliveries have been erased since, because they were old.
    """

    broadcast: Broadcast
    recalls: bool
    counts: tuple[Count, ...]
    posts: tuple[tuple[State, str, int], ...] = ()
    is_forgotten: bool = False

    @property
    def total(self) -> int:
        """How many people it is for."""
        return sum(each.people for each in self.counts)

    @property
    def left(self) -> int:
        """To how many people and groups it has still to go."""
        return self.people(*OPEN) + self.groups(*OPEN)

    def people(self, *states: State) -> int:
        """How many deliveries are in one of these states."""
        return sum(each.people for each in self.counts if each.state in states)

    def groups(self, *states: State) -> int:
        """How many posts in groups are in one of these states."""
        return sum(number for state, _, number in self.posts if state in states)


class Running:
    """The broadcasts of everybody, as time goes by. Doing anything twice is like doing it once."""

    def __init__(self, work: Work, zone: ZoneInfo) -> None:
        self._work = work
        self._zone = zone
        self._store = BroadcastStore(work)
        self._crowd = CrowdStore(work)
        self._deliveries = DeliveryStore(work)
        self._posts = PostStore(work)
        self._leaving = Leaving(work)
        self._roles = Roles(work)

    async def plan(self, now: datetime) -> datetime | None:
        """Begin what is due, and let what is under way rest and go on with the hours.

        Returns:
            When to look again; None where nothing is ahead.
        """
        for broadcast in await self._store.due(now):
            await Beginning(self._work, self._zone).begin(broadcast, now)
        moments = [await self._store.next_at()] + [
            await self._keep_hours(broadcast, now)
            for broadcast in await self._store.under_way()
            if broadcast.stage is Stage.SENDING and not broadcast.urgent
        ]
        return min((moment for moment in moments if moment is not None), default=None)

    async def pass_over(self, until: datetime, now: datetime) -> int:
        """Take for sent what was to begin by a moment; how many broadcasts that were.

        For a restored database: they began after the copy was made, and it does not know. Those
        that are sent again and again go on from there.
        """
        passed = 0
        for broadcast in await self._store.due(until):
            if await self._store.move(broadcast.id, Stage.STOPPED, {Stage.SCHEDULED}, now):
                passed += 1
                if again := next_time(broadcast, until, self._zone):
                    await self._store.repeat(broadcast.id, again, now)
        return passed

    async def scheduled(self, now: datetime) -> list[tuple[Broadcast, int]]:
        """What waits for its time, and how many people it would reach if that were now."""
        found, _ = await self._store.of(frozenset({Stage.SCHEDULED}), 0, MOST_AHEAD)
        return [(each, await self._reach(each, now)) for each in found]

    async def _reach(self, broadcast: Broadcast, now: datetime) -> int:
        within = await scope_of_asker(self._roles, broadcast)
        if within is None:
            return 0
        return (await reckon(self._crowd, broadcast, within, now)).people

    async def progress(self, broadcast: Broadcast) -> Progress:
        """How far a broadcast has come; of one that is taken back, how far that has."""
        mailing = broadcast.recall_id or broadcast.mailing_id
        recalls = broadcast.recall_id is not None
        if mailing is None:
            return Progress(broadcast, recalls, ())
        counts = await self._deliveries.counts(mailing)
        posts = await self._posts.counts(mailing)
        # One that was taken back before anybody had it is taken back from nobody.
        kept = counts or (recalls and await self._deliveries.counts(broadcast.mailing_id or 0))
        is_forgotten = broadcast.people > 0 and not kept
        return Progress(broadcast, recalls, tuple(counts), tuple(posts), is_forgotten)

    async def to_show(self) -> list[Progress]:
        """Every broadcast whose messages may be leaving, or whose end has still to be shown."""
        found = [*await self._store.under_way(), *await self._store.ended_and_shown()]
        return [await self.progress(each) for each in found]

    async def screens(self, broadcast: Broadcast) -> list[tuple[int, int]]:
        """Where the progress of a broadcast is shown, if it is still as it was found.

        Returns:
            Numbers of people, and of messages in their chats.
        """
        if await self._store.get(broadcast.id) != broadcast:
            return []
        return await self._store.screens(broadcast.id)

    async def hide(self, person_id: int, message_id: int) -> None:
        """No progress is shown in this message any more: it shows something else."""
        await self._store.hide(person_id, message_id)

    async def finish(self, broadcast: Broadcast, now: datetime) -> Progress:
        """Note that a broadcast has come to its end, if it has, and owe word of it."""
        in_the_air = broadcast.recall_id and await self._is_in_the_air(broadcast)
        if broadcast.recall_id and broadcast.mailing_id:
            # What was in the air when it was taken back has landed meanwhile. It is looked for
            # before, so that nothing lands unseen in between.
            await self._leaving.owe_again(broadcast.recall_id, broadcast.mailing_id)
        found = await self.progress(broadcast)
        if found.left or in_the_air:
            return found
        # Whoever takes it back in this very moment comes first. One that is paused and of which
        # nothing is left has come to its end, too: going on would change nothing.
        before = {Stage.RECALLING} if broadcast.recall_id else {Stage.SENDING, Stage.PAUSED}
        after = Stage.RECALLED if broadcast.recall_id else Stage.DONE
        ended = await self._store.move(broadcast.id, after, before, now)
        if ended is None:
            return found
        await self._tell(ended, now)
        return replace(found, broadcast=ended)

    async def _is_in_the_air(self, broadcast: Broadcast) -> bool:
        sent = await self.progress(replace(broadcast, recall_id=None))
        return bool(sent.people(State.CLAIMED) or sent.groups(State.CLAIMED))

    async def _keep_hours(self, broadcast: Broadcast, now: datetime) -> datetime:
        """Let one rest outside the hours, and go on in them; when that changes next."""
        number = broadcast.mailing_id or 0
        mailing = await self._deliveries.get(number)
        held = mailing is not None and mailing.hold is Hold.PAUSED
        is_open = hours.is_open(now, self._zone)
        # Nobody has paused or stopped it in this very moment; and nobody can, until this is done.
        if held is is_open and await self._store.move(
            broadcast.id, Stage.SENDING, {Stage.SENDING}, now
        ):
            await (self._leaving.resume if is_open else self._leaving.pause)(number)
        return (hours.next_close if is_open else hours.next_open)(now, self._zone)

    async def _tell(self, broadcast: Broadcast, now: datetime) -> None:
        people = {each for each in (broadcast.asked_by, broadcast.approved_by) if each}
        what = "recall" if broadcast.recall_id else "end"
        mailing = Mailing(
            name=f"{ENDED}:{broadcast.id}:{what}",
            kind=ENDED,
            subject=broadcast.id,
            lane=Lane.NOTICE,
            due_at=now,
            not_after=now + OF_USE,
            details={"recalled": int(broadcast.recall_id is not None)},
        )
        number = await self._deliveries.add(mailing, now)
        if number is not None:
            await self._deliveries.owe_to(number, people)
