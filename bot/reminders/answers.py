"""Who is still coming: what people answered when they were asked shortly before an event."""

from dataclasses import dataclass
from datetime import datetime

from bot.db import Work
from bot.errors import EventNotFound
from bot.events.models import Event, EventStatus
from bot.events.store import EventStore
from bot.reminders.leads import BEFORE, Lead
from bot.reminders.planner import Occasion
from bot.reminders.store import AnswerStore, Asked, Times

ASKING = BEFORE[BEFORE.index(Lead.DAY) :]
"""Every reminder asks, but only from a day before on does no answer say something."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the people of an event answered, in numbers.

    Attributes:
        going: have a place.
        coming: of those, said that they are coming.
        unanswered: of those, were asked a day before or later, and have not answered.
        gave_up: had a place and gave it back.
    """

    going: int
    coming: int
    unanswered: int
    gave_up: int

    @property
    def not_asked(self) -> int:
        """Have a place, and were not asked yet, or want no reminders."""
        return max(0, self.going - self.coming - self.unanswered)


class Answers:
    """The answers to "Are you still coming?"."""

    def __init__(self, work: Work) -> None:
        self._events = EventStore(work)
        self._answers = AnswerStore(work)

    async def tally(self, event_id: int) -> Tally:
        """How many answered what.

        Raises:
            EventNotFound: there is no such event.
        """
        event = await self._event(event_id)
        going, coming, gave_up = await self._answers.counts(event_id)
        unanswered = await self._answers.unanswered(event_id, _asking(event))
        return Tally(going, coming, len(unanswered), gave_up)

    async def may_be_offered(self, event_id: int, now: datetime) -> list[Asked]:
        """Bookings whose place may be offered to somebody else, the longest asked first.

        This is where the waiting list plugs in: it offers these places on, as many as people wait
        for, once it has given everybody long enough to answer (see `asked_at`). A place that was
        given up is not among them: it is free at once, and anybody can book it. Nothing happens
        to a booking by being listed here; whoever answers in the meantime keeps the place.

        Args:
            event_id: the event.
            now: the time; once the event has begun, nothing may be offered.

        Raises:
            EventNotFound: there is no such event.
        """
        event = await self._event(event_id)
        if event.status is not EventStatus.PLANNED or event.starts_at <= now:
            return []
        return await self._answers.unanswered(event_id, _asking(event))

    async def _event(self, event_id: int) -> Event:
        event = await self._events.get(event_id)
        if event is None:
            raise EventNotFound
        return event


def _asking(event: Event) -> list[str]:
    """The names of the mailings that ask about an event at the time it has now."""
    times = Times(event.id, event.title, event.starts_at, event.ends_at, event.starts_at)
    return [Occasion(times, lead, event.starts_at).mailing.name for lead in ASKING]
