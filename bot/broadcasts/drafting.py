"""What volunteers do with drafts: begin, change, read, review and give up.

Drafts belong to all volunteers together; one person changes a draft at a time.
"""

import math
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.broadcasts.models import Broadcast, Link, Repeats, Stage, Text
from bot.broadcasts.requests import Requests
from bot.broadcasts.store import BroadcastStore
from bot.db import Work
from bot.errors import (
    BeingEdited,
    BroadcastChanged,
    BroadcastNotFound,
    NotAllowed,
    NotTheirLanguage,
    SamePerson,
)
from bot.message import Media, MediaKind
from bot.people.acts import Acts
from bot.people.models import Act, Right
from bot.people.roles import Roles
from bot.people.service import People

ATTENTION: Final = timedelta(minutes=10)
"""For how long after their last change nobody else can change a draft."""
MOST_LINKS: Final = 5
SEEN: Final = frozenset({MediaKind.PHOTO, MediaKind.VIDEO})
"""What an album can hold together; files and music only with their like, a voice not at all."""
MOST_MEDIA: Final = 10  # in one album


class Drafts:
    """The drafts, for one volunteer.

    Every method raises NotAllowed where they have no right to it, or not any more; those that
    name a broadcast raise BroadcastNotFound where there is none.

    Args:
        work: the transaction.
        person_id: the volunteer.
    """

    def __init__(self, work: Work, person_id: int) -> None:
        self._person_id = person_id
        self._acts = Acts(work)
        self._people = People(work)
        self._requests = Requests(work)
        self._roles = Roles(work)
        self._store = BroadcastStore(work)

    async def page(
        self, stages: frozenset[Stage], number: int, size: int
    ) -> tuple[list[Broadcast], int]:
        """A page of the broadcasts in some stages, the newest first, and how many there are."""
        await self._require()
        return await self._store.of(stages, number * size, size)

    async def get(self, broadcast_id: int) -> Broadcast:
        """A broadcast, to read."""
        await self._require()
        found = await self._store.get(broadcast_id)
        if found is None:
            raise BroadcastNotFound
        return found

    async def begin(self, now: datetime) -> Broadcast:
        """A new, empty draft."""
        await self._require()
        return await self.get(await self._store.add(self._person_id, now))

    async def take_up(self, broadcast_id: int, now: datetime) -> Broadcast:
        """Begin to change a draft.

        Raises:
            BeingEdited: somebody else is at it.
            BroadcastChanged: it has begun, and cannot be changed any more.
        """
        before = await self.get(broadcast_id)
        if not before.stage.is_open:
            raise BroadcastChanged
        taken = await self._store.take_up(broadcast_id, self._person_id, now - ATTENTION, now)
        if taken is None:
            left = before.edited_at + ATTENTION - now
            raise BeingEdited(max(1, math.ceil(left / timedelta(minutes=1))))
        return taken

    async def change(self, before: Broadcast, after: Broadcast, now: datetime) -> Broadcast:
        """Keep a draft as it is `after`; an approval of it as it was `before` ends.

        Raises:
            BeingEdited: somebody else is at it.
            BroadcastChanged: it is not as it was any more.
        """
        await self.take_up(before.id, now)
        if after == before:
            return before
        kept = await self._store.change(after, self._person_id, now)
        if kept is None:
            raise BroadcastChanged
        if before.stage is not Stage.DRAFT:
            await self._requests.taken_back(before, self._person_id, now)
        return kept

    async def write(self, before: Broadcast, language: str, html: str, now: datetime) -> Broadcast:
        """Say this in one language; "" takes the text away. See `change`."""
        texts = {key: text for key, text in before.texts.items() if key != language}
        if html:
            texts[language] = Text(html, by=self._person_id)
        return await self.change(before, replace(before, texts=texts), now)

    async def review(self, before: Broadcast, language: str, now: datetime) -> Broadcast:
        """A second person has read a text in its language, and it is right.

        Raises:
            NotTheirLanguage: they use the bot in another one.
            SamePerson: they wrote it themselves.
            BroadcastChanged: it is not as it was any more.
        """
        await self._require()
        if (await self._people.get(self._person_id)).language != language:
            raise NotTheirLanguage(language)
        text = before.texts.get(language)
        if text is None:
            raise BroadcastChanged
        if text.by == self._person_id:
            raise SamePerson
        texts = {**before.texts, language: replace(text, reviewed_by=self._person_id)}
        kept = await self._store.review(replace(before, texts=texts))
        if kept is None:
            raise BroadcastChanged
        await self._note(Act.TEXT_CHECKED, before.id, now, language=language)
        return kept

    async def discard(self, broadcast_id: int, now: datetime) -> Broadcast:
        """Erase a draft; what it was.

        Raises:
            BeingEdited: somebody else is at it.
            BroadcastChanged: it is no draft any more.
        """
        taken = await self.take_up(broadcast_id, now)
        if not await self._store.delete(broadcast_id):
            raise BroadcastChanged
        await self._note(Act.BROADCAST_DELETED, broadcast_id, now)
        return taken

    async def _note(self, act: Act, broadcast_id: int, now: datetime, **details: str) -> None:
        subject = f"broadcast {broadcast_id}"
        await self._acts.note(self._person_id, act, subject, now, **details)

    async def _require(self) -> None:
        roles = await self._roles.scope(self._person_id, Right.WRITE_BROADCASTS)
        if roles is None:
            raise NotAllowed


def with_media(broadcast: Broadcast, media: Media) -> Broadcast:
    """One more picture, film or file; at most one album's worth. Only pictures and films mix."""
    return replace(broadcast, media=(*broadcast.media, media)[:MOST_MEDIA])


def is_full(broadcast: Broadcast) -> bool:
    """Whether no more files fit into its message."""
    return len(broadcast.media) >= MOST_MEDIA


def goes_with(broadcast: Broadcast, media: Media) -> bool:
    """Whether a file can stand in one message with those that are there."""
    kinds = {each.kind for each in broadcast.media}
    if not kinds:
        return True
    if is_full(broadcast) or MediaKind.VOICE in kinds | {media.kind}:
        return False
    return kinds | {media.kind} <= SEEN or kinds == {media.kind}


def with_link(broadcast: Broadcast, link: Link) -> Broadcast:
    """One more button, unless it is there already or there are enough."""
    if link in broadcast.links:
        return broadcast
    return replace(broadcast, links=(*broadcast.links, link)[:MOST_LINKS])


def at(broadcast: Broadcast, moment: datetime | None, repeats: Repeats) -> Broadcast:
    """Begin at a moment, or as soon as it may."""
    return replace(broadcast, send_at=moment, repeats=repeats if moment else Repeats.NEVER)
