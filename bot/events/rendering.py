"""Writes what is owed about a changed event, when it leaves and as things are then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import LONDON
from bot.db import Work
from bot.delivery.models import Mailing, Owed, Reason, Skip, Written
from bot.events.changes import Told
from bot.events.look import Look
from bot.events.models import Event
from bot.events.open_cards import OpenCards
from bot.events.store import BookingStore, EventStore
from bot.events.views import cards, changes
from bot.events.views.labels import Onlooker
from bot.i18n import Catalogues
from bot.message import Message
from bot.people.boroughs import Boroughs

DAY_BEGINS, DAY_ENDS = 8, 20  # hours between which a message may make a sound

Writings = Mapping[int, Written | Skip]


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
            return {each.delivery.id: Skip(Reason.OVER) for each in owed}
        was = Told.of_details(mailing.details)
        if was == Told.of_draft(event):
            return {each.delivery.id: Skip(Reason.NOTHING_TO_SAY) for each in owed}
        going = await BookingStore(work).going(event.id, [each.person.id for each in owed])
        messages: dict[str | None, Message] = {}
        written: dict[int, Written | Skip] = {}
        for each in owed:
            language = each.person.language
            if each.person.id not in going:
                written[each.delivery.id] = Skip(Reason.NOT_GOING)
                continue
            if language not in messages:
                messages[language] = changes.changed(self._desk.eyes(language, now), event, was)
            written[each.delivery.id] = Written(messages[language], silent=self._desk.is_night(now))
        return written


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
            return {each.delivery.id: Skip(Reason.OVER) for each in owed}
        people = [each.person.id for each in owed]
        going = await BookingStore(work).going(event.id, people)
        looks = await OpenCards(work).showing(event.id, people)
        messages: dict[tuple[str | None, str, bool], Message] = {}
        written: dict[int, Written | Skip] = {}
        for each in owed:
            look = looks.get((each.person.id, each.delivery.edits))
            if look is None:  # the message shows something else by now
                written[each.delivery.id] = Skip(Reason.GONE)
                continue
            key = (each.person.language, look, each.person.id in going)
            if key not in messages:
                messages[key] = self._card(event, key, now)
            written[each.delivery.id] = Written(messages[key])
        return written

    def _card(self, event: Event, key: tuple[str | None, str, bool], now: datetime) -> Message:
        language, code, booked = key
        eyes = self._desk.eyes(language, now)
        look = Look.read(code, self._desk.boroughs) or Look()
        return cards.card(eyes, event, look, booked=booked)
