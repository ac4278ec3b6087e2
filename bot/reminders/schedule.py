"""What volunteers may see: what will be sent, what failed, and what people answered."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.db import Work
from bot.delivery.store import Count, DeliveryStore
from bot.errors import EventNotFound
from bot.events.models import Event
from bot.events.store import EventStore
from bot.people.models import Right
from bot.people.roles import Roles
from bot.reminders.answers import Answers, Tally
from bot.reminders.feedback import Feedback
from bot.reminders.needs import may_see_needs
from bot.reminders.outlook import Coming
from bot.reminders.store import AnswerStore

AT_ONCE = timedelta(minutes=2)
"""What is due leaves within seconds; what is due for longer than this is late."""
LOOK_BACK = timedelta(days=30)
"""For how long after an event its answers are listed."""
EVENTS_PER_PAGE = 5


@dataclass(frozen=True, slots=True)
class Ahead:
    """What will be sent, as things stand.

    Attributes:
        late: should have left a while ago.
        leaving: is due now.
        later: the rest, soonest first.
        undelivered: what failed, and what nobody knows of.
    """

    late: tuple[Coming, ...]
    leaving: tuple[Coming, ...]
    later: tuple[Coming, ...]
    undelivered: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class EventsPage:
    """A page of the events that anybody booked."""

    events: tuple[Event, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What people answered about an event.

    Attributes:
        how_it_was: how many gave which answer; None while those are too few to show.
        shows_needs: whether whoever asked may see what these people need.
    """

    event: Event
    tally: Tally
    how_it_was: dict[str, int] | None
    shows_needs: bool = False


class Schedule:
    """Looks ahead and back for whoever may; changes nothing.

    Every method raises NotAllowed where the person has no role that may see this. What they
    return holds numbers alone, and the name of nobody.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._roles = Roles(work)

    async def require(self, person_id: int) -> None:
        """Do nothing for whoever may see any of it.

        Raises:
            NotAllowed: see the class.
        """
        await self._roles.require(person_id, Right.SEE_SCHEDULE)

    async def ahead(self, person_id: int, coming: Iterable[Coming], now: datetime) -> Ahead:
        """What will be sent when, and to how many.

        Args:
            person_id: who wants to know.
            coming: all that will be sent, soonest first.
            now: the time.

        Raises:
            NotAllowed: see the class.
        """
        await self.require(person_id)
        found = tuple(coming)
        return Ahead(
            tuple(each for each in found if each.at <= now - AT_ONCE),
            tuple(each for each in found if now - AT_ONCE < each.at <= now),
            tuple(each for each in found if each.at > now),
            tuple(await DeliveryStore(self._work).outcomes()),
        )

    async def events(self, person_id: int, page: int, now: datetime) -> EventsPage:
        """The events that anybody booked: those to come first, then what is over.

        A page beyond the last one gives the last.

        Raises:
            NotAllowed: see the class.
        """
        await self._roles.require(person_id, Right.SEE_SCHEDULE)
        store, since = AnswerStore(self._work), now - LOOK_BACK
        _, total = await store.booked_events(since, now, skip=0, most=1)
        pages = max(1, math.ceil(total / EVENTS_PER_PAGE))
        page = min(max(1, page), pages)
        skip = (page - 1) * EVENTS_PER_PAGE
        ids, _ = await store.booked_events(since, now, skip=skip, most=EVENTS_PER_PAGE)
        found = {event.id: event for event in await EventStore(self._work).get_many(ids)}
        return EventsPage(tuple(found[each] for each in ids), page, pages)

    async def answers(self, person_id: int, event_id: int, now: datetime) -> Answered:
        """How many are coming to an event, and how it was.

        Raises:
            NotAllowed: see the class.
            EventNotFound: there is no such event.
        """
        await self._roles.require(person_id, Right.SEE_SCHEDULE)
        event = await EventStore(self._work).get(event_id)
        if event is None:
            raise EventNotFound
        tally = await Answers(self._work).tally(event_id)
        how_it_was = await Feedback(self._work).counts(event_id)
        shows_needs = await may_see_needs(self._roles, person_id, event, now)
        return Answered(event, tally, how_it_was, shows_needs)
