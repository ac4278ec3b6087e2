"""Writes broadcasts and what belongs to them, when they leave and as things are then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.broadcasts import limits
from bot.broadcasts.audience import Basis
from bot.broadcasts.crowd import CrowdStore
from bot.broadcasts.models import SOURCE, Broadcast, Stage
from bot.broadcasts.running import Running
from bot.broadcasts.store import BroadcastStore
from bot.broadcasts.views import asking, delivered, progress
from bot.broadcasts.views.desk import Desk
from bot.db import Work
from bot.delivery.models import (
    Mailing,
    Owed,
    Reason,
    Skip,
    TakenAway,
    Writings,
    Written,
    skip_all,
)
from bot.delivery.posts.models import Post
from bot.i18n import Catalogues
from bot.message import Message

KEPT: Final = 64  # different messages remembered at a time


@dataclass(frozen=True, slots=True)
class WritingDesk:
    """What broadcasts are written with.

    Attributes:
        link_to: the web address that opens the bot with a payload.
        desk: what volunteers' screens are shown with, for the language of a person.
    """

    catalogues: Catalogues
    link_to: Callable[[str], str]
    desk: Callable[[str | None, datetime], Desk]


class BroadcastRenderer:
    """Writes broadcasts to whoever still wants them."""

    def __init__(self, writing: WritingDesk) -> None:
        self._writing = writing
        self._known: dict[tuple[int, int, str | None], Message] = {}

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        broadcast = await BroadcastStore(work).get(mailing.subject)
        if broadcast is None or broadcast.stage in {Stage.RECALLING, Stage.RECALLED}:
            return skip_all(owed, Reason.CALLED_OFF)
        whom = _Whom(work, mailing, broadcast, now)
        unwanted = await whom.left_out([each.person.id for each in owed if not each.delivery.edits])
        return {
            each.delivery.id: Skip(unwanted[each.person.id])
            if each.person.id in unwanted
            else Written(self.words(broadcast, each.person.language))
            for each in owed
        }

    def words(self, broadcast: Broadcast, language: str | None) -> Message:
        """The same object for everybody who gets the same words."""
        key = (broadcast.id, broadcast.revision, language)
        if key not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            t = self._writing.catalogues.translator(language)
            self._known[key] = delivered.update(t, broadcast, self._writing.link_to)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class _Whom:
    """Who does not get a broadcast although it is owed to them: things have changed since."""

    work: Work
    mailing: Mailing
    broadcast: Broadcast
    now: datetime

    async def left_out(self, people: Sequence[int]) -> dict[int, Reason]:
        crowd, broadcast = CrowdStore(self.work), self.broadcast
        audience = broadcast.audience
        if not people:
            return {}
        found: dict[int, Reason] = {}
        if audience.basis is Basis.BOOKING:
            having = await crowd.with_places(people, audience.booked | audience.attended)
            found |= {each: Reason.NOT_GOING for each in people if each not in having}
        if audience.basis is Basis.ROLE:
            having = await crowd.with_roles(people, audience.roles)
            found |= {each: Reason.NO_ROLE for each in people if each not in having}
        if broadcast.audience.basis is Basis.NEWS:
            wanting = await crowd.wanting_news(people)
            found |= {each: Reason.NOT_WANTED for each in people if each not in wanting}
            if not broadcast.urgent:
                enough = await crowd.enough_for(
                    people, self.mailing.id, limits.MOST, self.now - limits.WEEK
                )
                found |= dict.fromkeys(enough, Reason.ENOUGH)
        if broadcast.audience.not_booked:
            booked = await crowd.with_places(people, broadcast.audience.not_booked)
            found |= dict.fromkeys(booked, Reason.HAS_PLACE)
        return found


class BroadcastPostRenderer:
    """Writes broadcasts for groups, and takes them away there."""

    def __init__(self, writing: WritingDesk) -> None:
        self._writing = writing

    async def write(
        self, work: Work, mailing: Mailing, post: Post, now: datetime
    ) -> Written | Skip | TakenAway:
        """See PostRenderer."""
        del now
        broadcast = await BroadcastStore(work).get(mailing.subject)
        if mailing.id != (broadcast.mailing_id if broadcast else None):
            return TakenAway()  # the mailing is the recall
        if broadcast is None or broadcast.stage in {Stage.RECALLING, Stage.RECALLED}:
            return Skip(Reason.CALLED_OFF)
        t = self._writing.catalogues.translator(post.group.language if post.group else None)
        return Written(delivered.post(t, broadcast, self._writing.link_to))


class PreviewRenderer:
    """Writes a broadcast to whoever wants to see it before it goes out."""

    def __init__(self, writing: WritingDesk) -> None:
        self._writing = writing

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        del now
        broadcast = await BroadcastStore(work).get(mailing.subject)
        language = str(mailing.details["language"])
        if broadcast is None or not broadcast.has_words:
            return skip_all(owed, Reason.NOTHING_TO_SAY)
        t = self._writing.catalogues.translator(language)
        message = delivered.update(t, broadcast, self._writing.link_to)
        return {each.delivery.id: Written(message) for each in owed}


class RecallRenderer:
    """Takes messages away again."""

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        del work, mailing, now
        return {each.delivery.id: TakenAway() for each in owed}


@dataclass(frozen=True, slots=True)
class AskingRenderer:
    """Asks volunteers for something about a broadcast, if it is still to be asked.

    Attributes:
        is_due: whether it is, of a broadcast and the mailing that asks.
        ask: what it says.
    """

    writing: WritingDesk
    is_due: Callable[[Broadcast, Mailing], bool]
    ask: Callable[[Desk, Broadcast, Mailing], Message]

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        broadcast = await BroadcastStore(work).get(mailing.subject)
        if broadcast is None or not self.is_due(broadcast, mailing):
            return skip_all(owed, Reason.NOTHING_TO_SAY)
        desk = self.writing.desk
        return {
            each.delivery.id: Written(self.ask(desk(each.person.language, now), broadcast, mailing))
            for each in owed
        }


def wanted(writing: WritingDesk) -> AskingRenderer:
    """Asks for an approval, or for a text in a language."""

    def is_due(broadcast: Broadcast, mailing: Mailing) -> bool:
        if language := mailing.details.get("language"):
            return broadcast.stage.is_open and language not in broadcast.texts
        as_asked = broadcast.revision == mailing.details["revision"]
        return broadcast.stage is Stage.WAITING and as_asked

    def ask(desk: Desk, broadcast: Broadcast, mailing: Mailing) -> Message:
        if language := mailing.details.get("language"):
            return asking.for_text(desk, broadcast, str(language))
        return asking.for_approval(desk, broadcast)

    return AskingRenderer(writing, is_due, ask)


def came_back(writing: WritingDesk) -> AskingRenderer:
    """Says that a broadcast could not begin, if it has not begun since."""
    stages = {Stage.DRAFT, Stage.WAITING}
    return AskingRenderer(
        writing,
        lambda broadcast, _: broadcast.stage in stages,
        lambda desk, broadcast, _: asking.came_back(desk, broadcast),
    )


def withdrawn(writing: WritingDesk) -> AskingRenderer:
    """Says that somebody made a draft again of a broadcast, if it still is one."""
    return AskingRenderer(
        writing,
        lambda broadcast, _: broadcast.stage is Stage.DRAFT,
        lambda desk, broadcast, _: asking.withdrawn(desk, broadcast),
    )


def to_be_changed(writing: WritingDesk) -> AskingRenderer:
    """Says what a second person asks to be changed, if it is not on its way again."""
    return AskingRenderer(
        writing,
        lambda broadcast, _: broadcast.remark != "",
        lambda desk, broadcast, _: asking.to_be_changed(desk, broadcast),
    )


class EndedRenderer:
    """Tells whoever sent a broadcast that it has come to its end."""

    def __init__(self, writing: WritingDesk) -> None:
        self._writing = writing

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        broadcast = await BroadcastStore(work).get(mailing.subject)
        if broadcast is None or SOURCE not in broadcast.texts:
            return skip_all(owed, Reason.NOTHING_TO_SAY)
        if broadcast.recall_id is not None and not mailing.details.get("recalled"):
            return skip_all(owed, Reason.NOTHING_TO_SAY)  # being taken back now: that end is told
        desk = self._writing.desk
        found = await Running(work, desk(None, now).zone).progress(broadcast)
        return {
            each.delivery.id: Written(progress.ended(desk(each.person.language, now), found))
            for each in owed
        }
