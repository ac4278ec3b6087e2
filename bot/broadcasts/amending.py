"""What can still be done about broadcasts that are out: take back, correct, say the same anew.

Each method asks for the right again: a button that somebody can see is no right.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.broadcasts import limits
from bot.broadcasts.approval import answers_for
from bot.broadcasts.audience import Audience
from bot.broadcasts.drafting import Drafts
from bot.broadcasts.leaving import Leaving
from bot.broadcasts.models import Broadcast
from bot.broadcasts.store import BroadcastStore
from bot.db import Work
from bot.delivery.models import RECALL, Lane, Mailing
from bot.delivery.store import DeliveryStore
from bot.errors import BroadcastChanged, NotAllowed, TooLateToRecall
from bot.groups.service import Groups
from bot.people.acts import Acts
from bot.people.models import Act, Right
from bot.people.roles import Roles


class Amending:
    """What one person does about broadcasts that are out.

    Every method raises NotAllowed where they have no right to it, or not any more, and
    BroadcastNotFound where there is no such broadcast.

    Args:
        work: the transaction.
        person_id: the person.
    """

    def __init__(self, work: Work, person_id: int) -> None:
        self._person_id = person_id
        self._acts = Acts(work)
        self._roles = Roles(work)
        self._groups = Groups(work)
        self._drafts = Drafts(work, person_id)
        self._store = BroadcastStore(work)
        self._deliveries = DeliveryStore(work)
        self._leaving = Leaving(work)

    async def take_back(self, broadcast_id: int, now: datetime) -> Broadcast:
        """Take it out of the chats of everybody who got it; whoever has not gets it no more.

        Raises:
            TooLateToRecall: Telegram lets nobody delete these messages any more.
            BroadcastChanged: it is being taken back already, or has not begun.
        """
        broadcast = await self._drafts.get(broadcast_id)
        if broadcast.mailing_id is None or broadcast.began_at is None:
            raise BroadcastChanged
        if not await answers_for(self._roles, self._person_id, broadcast):
            raise NotAllowed
        since = await self._in_chats_since(broadcast)
        if now - since > limits.RECALLABLE:
            raise TooLateToRecall
        mailing = Mailing(
            name=f"{RECALL}:{broadcast.id}",
            kind=RECALL,
            subject=broadcast.id,
            lane=Lane.BROADCAST,  # it can be long, and nobody's reminder waits for it
            due_at=broadcast.began_at,  # but before all that has begun since
            not_after=since + limits.RECALLABLE + timedelta(hours=1),
        )
        number = await self._deliveries.add(mailing, now)
        recalled = number and await self._store.begin_recall(broadcast.id, number)
        if not number or not recalled:
            raise BroadcastChanged
        await self._leaving.call_off(broadcast.mailing_id, now)
        await self._store.end_series(broadcast.id)
        await self._leaving.owe_again(number, broadcast.mailing_id)
        subject = f"broadcast {broadcast.id}"
        await self._acts.note(self._person_id, Act.BROADCAST_TAKEN_BACK, subject, now)
        return recalled

    async def _in_chats_since(self, broadcast: Broadcast) -> datetime:
        """When the oldest message began that this one has changed in place, or its own beginning.

        Telegram counts from there for how long it can be taken away.
        """
        since = broadcast.began_at
        while since and broadcast.follows_id:
            before = await self._store.get(broadcast.follows_id)
            at = broadcast.began_at
            if before is None or at is None or not limits.changes_in_place(before, broadcast, at):
                break
            broadcast, since = before, before.began_at or since
        if since is None:
            raise BroadcastChanged
        return since

    async def correct(self, broadcast_id: int, now: datetime) -> Broadcast:
        """A new draft for whoever got a broadcast, which says what that said.

        Raises:
            BroadcastChanged: it has not begun.
        """
        before = await self._drafts.get(broadcast_id)
        if before.mailing_id is None:
            raise BroadcastChanged
        like = replace(before, audience=Audience(got=before.mailing_id))
        return await self._copy(like, now, follows=before.id)

    async def like(self, broadcast_id: int, now: datetime) -> Broadcast:
        """A new draft that says what another one says, to the same people and groups."""
        return await self._copy(await self._drafts.get(broadcast_id), now)

    async def _copy(
        self, before: Broadcast, now: datetime, follows: int | None = None
    ) -> Broadcast:
        """A new draft for those of the groups in which this person may post."""
        within = await self._roles.scope(self._person_id, Right.WRITE_BROADCASTS)
        if within is None:
            raise NotAllowed
        groups = {each.id for each in await self._groups.within(within)}
        like = replace(before, posts=before.posts & groups)
        return await self._drafts.get(
            await self._store.add(self._person_id, now, like, follows=follows)
        )
