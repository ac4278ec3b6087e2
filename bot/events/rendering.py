"""Writes what is owed about a changed event, when it leaves and as things are then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.clock import LONDON
from bot.db import Work
from bot.delivery.models import Mailing, Owed, Reason, Skip, Writings, Written, skip_all
from bot.delivery.posts.models import Post
from bot.events.changes import Told
from bot.events.look import Look
from bot.events.open_cards import OpenCards
from bot.events.shared_cards import SharedCards
from bot.events.store import BookingStore, EventStore
from bot.events.views import cards, changes
from bot.events.views.labels import Onlooker
from bot.events.views.share import card_now
from bot.i18n import Catalogues
from bot.message import Message
from bot.people.boroughs import Boroughs

DAY_BEGINS, DAY_ENDS = 8, 20  # hours between which a message may make a sound


@dataclass(frozen=True, slots=True)
class WritingDesk:
    """What every renderer of events needs."""

    catalogues: Catalogues
    boroughs: Boroughs
    zone: ZoneInfo = LONDON

    def eyes(self, language: str | None, now: datetime) -> Onlooker:
        """Somebody who reads this language."""
        return Onlooker(self.catalogues.translator(language), self.boroughs, now)

    def is_night(self, now: datetime) -> bool:
        """Whether people sleep, so that a message makes no sound."""
        return not DAY_BEGINS <= now.astimezone(self.zone).hour < DAY_ENDS


class ChangeRenderer:
    """Writes what has changed about an event."""

    def __init__(self, desk: WritingDesk) -> None:
        self._desk = desk

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        event = await EventStore(work).get(mailing.subject)
        if event is None:
            return skip_all(owed, Reason.OVER)
        was = Told.of_details(mailing.details)
        if was == Told.of_draft(event):
            return skip_all(owed, Reason.NOTHING_TO_SAY)
        going = await BookingStore(work).going(event.id, [each.person.id for each in owed])
        silent = self._desk.is_night(now)

        @cache
        def words(language: str | None) -> Message:
            return changes.changed(self._desk.eyes(language, now), event, was)

        def write(to: Owed) -> Written | Skip:
            if to.person.id not in going:
                return Skip(Reason.NOT_GOING)
            return Written(words(to.person.language), silent=silent)

        return {each.delivery.id: write(each) for each in owed}


class CardRenderer:
    """Brings a card that somebody has open up to date."""

    def __init__(self, desk: WritingDesk) -> None:
        self._desk = desk

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        event = await EventStore(work).get(mailing.subject)
        if event is None:
            return skip_all(owed, Reason.OVER)
        people = [each.person.id for each in owed]
        going = await BookingStore(work).going(event.id, people)
        looks = await OpenCards(work).showing(event.id, people)

        @cache
        def words(language: str | None, code: str, booked: bool) -> Message:  # noqa: FBT001 -- a key
            look = Look.read(code, self._desk.boroughs) or Look()
            return cards.card(self._desk.eyes(language, now), event, look, booked=booked)

        def write(to: Owed) -> Written | Skip:
            code = looks.get((to.person.id, to.delivery.edits))
            if code is None:  # the message shows something else by now
                return Skip(Reason.GONE)
            return Written(words(to.person.language, code, to.person.id in going))

        return {each.delivery.id: write(each) for each in owed}


class SharedCardRenderer:
    """Brings a card up to date that somebody shared in another chat.

    Args:
        desk: what every renderer of events needs.
        link: makes the web address that opens the bot with a payload.
    """

    def __init__(self, desk: WritingDesk, link: Callable[[str], str]) -> None:
        self._desk = desk
        self._link = link

    async def write(
        self, work: Work, mailing: Mailing, post: Post, now: datetime
    ) -> Written | Skip:
        """See PostRenderer."""
        event = await EventStore(work).get(mailing.subject)
        if event is None:
            return Skip(Reason.OVER)
        language = await SharedCards(work).language_of(post.card)
        if language is None:
            return Skip(Reason.GONE)
        return Written(card_now(self._desk.eyes(language, now), event, self._link))
