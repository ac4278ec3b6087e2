"""Booking a place, giving it back, and what is known of a person's bookings."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.db import Work
from bot.errors import BookingNotFound, EventCancelled, EventFull, EventNotFound, EventOver
from bot.events.models import Booking, BookingState, Event, EventStatus
from bot.events.store import BookingStore, EventStore

HELD = frozenset({BookingState.GOING, BookingState.ATTENDED})
"""The states of a booking in which a person has a place, or had one and came."""


@dataclass(frozen=True, slots=True)
class Booked:
    """A person has a place.

    Attributes:
        event: as it will be, this place counted.
        was_already: they had it before; nothing changes.
    """

    event: Event
    was_already: bool = False


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A person has no place any more.

    Attributes:
        event: as it is now; the place is free for somebody else.
        was_already: they had none before; nothing changed.
    """

    booking: Booking
    event: Event
    was_already: bool = False


class BookingDesk:
    """Books places and gives them back; never more than an event has.

    Whatever it raises, it has changed nothing by then, so the transaction may go on.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._events = EventStore(work)
        self._bookings = BookingStore(work)

    async def book(self, event_id: int, person_id: int, now: datetime, source: str = "") -> Booked:
        """Give a person a place; again, after they had cancelled, too.

        It is taken at the end of the transaction, so that others who want one need not wait for
        what else happens in it. If it was the last, and somebody else took it meanwhile, the
        transaction raises Overtaken, and this raises EventFull when it is tried again.

        Args:
            event_id: the event.
            person_id: the person, as `people.id`.
            now: the time.
            source: where they came from, such as the poster whose code they scanned.

        Raises:
            EventNotFound: there is no such event.
            EventCancelled: it will not happen.
            EventOver: it has begun.
            EventFull: all places are taken.
        """
        event, booking = await self._work.together(
            self._events.get(event_id), self._bookings.get(event_id, person_id)
        )
        if event is None:
            raise EventNotFound
        if event.status is EventStatus.CANCELLED:
            raise EventCancelled
        if booking is not None and booking.state in HELD:
            return Booked(event, was_already=True)
        if event.starts_at <= now:
            raise EventOver
        if event.places_left == 0:
            raise EventFull
        await self._bookings.take_place(event_id, now)
        await self._bookings.note_going(event_id, person_id, source, now)
        return Booked(replace(event, going=event.going + 1))

    async def cancel(self, event_id: int, person_id: int, now: datetime) -> Cancelled:
        """Free a person's place at once. To undo it, book again.

        Raises:
            EventNotFound: there is no such event.
            BookingNotFound: this person never booked it.
            EventOver: it has begun, so the place helps nobody any more.
        """
        # The event's row first, as in `book`: two orders would let two people wait for each other.
        event = await self._bookings.hold(event_id)
        if event is None:
            raise EventNotFound
        booking = await self._bookings.get(event_id, person_id)
        if booking is None:
            raise BookingNotFound
        if event.starts_at <= now and booking.state is not BookingState.CANCELLED:
            raise EventOver
        freed = await self._bookings.note_cancelled(event_id, person_id, now)
        if freed is None:
            return Cancelled(booking, event, was_already=True)
        return Cancelled(freed, await self._bookings.give_place_back(event_id) or event)

    async def confirm(self, event_id: int, person_id: int, now: datetime) -> Event:
        """A person says that they are still coming; twice is the same as once.

        Raises:
            EventNotFound: there is no such event.
            EventCancelled: it will not happen.
            EventOver: it has begun.
            BookingNotFound: this person has no place.
        """
        event = await self._events.get(event_id)
        if event is None:
            raise EventNotFound
        if event.status is EventStatus.CANCELLED:
            raise EventCancelled
        if event.starts_at <= now:
            raise EventOver
        if await self._bookings.note_confirmed(event_id, person_id, now) is None:
            raise BookingNotFound
        return event

    async def is_going(self, event_id: int, person_id: int) -> bool:
        """Whether a person has a place at an event, or had one and came."""
        booking = await self._bookings.get(event_id, person_id)
        return booking is not None and booking.state in HELD

    async def mine(self, person_id: int, now: datetime) -> list[tuple[Booking, Event]]:
        """A person's places at events that have not ended, soonest first.

        Events that were cancelled are among them, so that people see it.
        """
        bookings = await self._bookings.current(person_id, now)
        events = await self._events.get_many(booking.event_id for booking in bookings)
        by_id = {event.id: event for event in events}
        return [(booking, by_id[booking.event_id]) for booking in bookings]

    async def held_about(self, person_id: int) -> dict[str, Any]:
        """Everything kept about a person's bookings, as plain values, for /mydata."""
        bookings = await self._bookings.all(person_id)
        events = await self._events.get_many({booking.event_id for booking in bookings})
        by_id = {event.id: event for event in events}
        return {
            "bookings": [
                {
                    "event": by_id[booking.event_id].title["en"],
                    "starts_at": by_id[booking.event_id].starts_at.isoformat(),
                    "state": booking.state.value,
                    "booked_at": booking.booked_at.isoformat(),
                    "source": booking.source,
                }
                for booking in bookings
            ]
        }

    async def forget(self, person_id: int, now: datetime) -> None:
        """Erase a person's bookings, for /delete; places at events to come are free at once."""
        await self._bookings.erase(person_id, now)

    async def forget_before(self, moment: datetime) -> int:
        """Erase the bookings of events that ended before a moment; how many those were."""
        return await self._bookings.erase_old(moment)
