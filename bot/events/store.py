"""Rows of events, activities and bookings as models, and back. Decides nothing."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

import orjson

from bot.clock import from_micros, to_micros
from bot.db import Work, load_queries
from bot.events.models import Booking, BookingState, Event, EventDraft
from bot.events.programme import activities_of
from bot.events.rows import MICRODEGREES, Row, event_of

QUERIES = load_queries(__file__)


class EventStore:
    """Events with their activities."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def get(self, event_id: int) -> Event | None:
        """The event with this id."""
        row = await self._run.event_by_id(event_id=event_id)
        return (await self.with_activities([row]))[0] if row else None

    async def get_many(self, event_ids: Iterable[int]) -> list[Event]:
        """The events with these ids, by start."""
        ids = json.dumps(list(event_ids))
        return await self.with_activities(await self._run.events_by_ids(ids=ids))

    async def between(self, since: datetime, until: datetime) -> list[Event]:
        """Events that end between two moments, by when they start."""
        rows = await self._run.events_between(since=to_micros(since), until=to_micros(until))
        return await self.with_activities(rows)

    async def find(self, *, skip: int, most: int, **conditions: int | str) -> Sequence[Row]:
        """Rows of the events that meet the conditions of `find_events`, by start.

        Each row has the `total` of those that meet them, beside the columns of the event.
        """
        rows: Sequence[Row] = await self._run.find_events(skip=skip, most=most, **conditions)
        return rows

    async def on_the_map(self, now: datetime) -> Sequence[Row]:
        """id, latitude, longitude, outcode and borough of what is still to come, by start."""
        rows: Sequence[Row] = await self._run.events_on_the_map(now=to_micros(now))
        return rows

    async def languages(self, now: datetime) -> Counter[str]:
        """Codes of the languages spoken at what is still to come, and at how many events."""
        found: Counter[str] = Counter()
        for row in await self._run.languages_to_come(now=to_micros(now)):
            found.update(dict.fromkeys(orjson.loads(row["languages"]), row["events"]))
        return found

    async def known(self, uids: Iterable[str]) -> dict[str, Row]:
        """What tells whether and how the events we hold have changed, by uid."""
        rows = await self._run.known_events(uids=json.dumps(list(uids)))
        return {row["uid"]: row for row in rows}

    async def dates_ahead(self, now: datetime) -> Sequence[Row]:
        """id, uid, sequence and starts_at of events not cancelled that have not begun."""
        rows: Sequence[Row] = await self._run.dates_ahead(now=to_micros(now))
        return rows

    async def add(self, draft: EventDraft, search: str, fingerprint: str, now: datetime) -> None:
        """Keep a new event."""
        row = await self._run.add_event(uid=draft.uid, **_columns(draft, search, fingerprint, now))
        await self._add_activities(row["id"], draft)

    async def change(
        self, event_id: int, draft: EventDraft, search: str, fingerprint: str, now: datetime
    ) -> None:
        """Let a draft take the place of what we hold; bookings and places taken stay."""
        await self._run.change_event(id=event_id, **_columns(draft, search, fingerprint, now))
        await self._run.drop_activities(event_id=event_id)
        await self._add_activities(event_id, draft)

    async def note_sequence(self, event_id: int, sequence: int) -> None:
        """Remember a newer sequence of an event that did not change otherwise."""
        await self._run.note_sequence(event_id=event_id, sequence=sequence)

    async def cancel(self, event_id: int, now: datetime) -> None:
        """Mark an event as cancelled."""
        await self._run.cancel_event(event_id=event_id, now=to_micros(now))

    async def with_activities(self, rows: Sequence[Row]) -> list[Event]:
        """Rows of events as models, in the same order."""
        activities = await activities_of(rows, self._run)
        return [event_of(row, activities[row["id"]]) for row in rows]

    async def _add_activities(self, event_id: int, draft: EventDraft) -> None:
        if draft.activities:
            await self._run.add_activities(
                [
                    {
                        "event_id": event_id,
                        "uid": activity.uid,
                        "position": position,
                        "kind": activity.kind.value,
                        "title": as_json(activity.title),
                        "description": as_json(activity.description),
                        "organisation": activity.organisation,
                        "starts_at": _micros(activity.starts_at),
                        "ends_at": _micros(activity.ends_at),
                        "capacity": activity.capacity,
                        "slot_minutes": activity.slot_minutes,
                    }
                    for position, activity in enumerate(draft.activities)
                ]
            )


class BookingStore:
    """Bookings, and the count of places taken that belongs to them."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)
        self._at_the_end = work.at_the_end(QUERIES)
        self._events = EventStore(work)

    async def take_place(self, event_id: int, now: datetime) -> None:
        """Count one more place taken, at the end; the transaction fails where there is none."""
        await self._at_the_end.take_place(event_id=event_id, now=to_micros(now))

    async def hold(self, event_id: int) -> Event | None:
        """The event, kept from others until the transaction ends; None where there is none."""
        return await self._one(await self._run.hold_event(event_id=event_id))

    async def give_place_back(self, event_id: int) -> Event | None:
        """Count one place fewer; None where there is no such event."""
        return await self._one(await self._run.give_place_back(event_id=event_id))

    async def note_going(self, event_id: int, person_id: int, source: str, now: datetime) -> None:
        """Let a person be going, at the end; the transaction fails if they are by then."""
        await self._at_the_end.note_going(
            event_id=event_id, person_id=person_id, source=source, now=to_micros(now)
        )

    async def note_confirmed(self, event_id: int, person_id: int, now: datetime) -> Booking | None:
        """Note that a person is still coming; None when they have no place."""
        row = await self._run.note_confirmed(
            event_id=event_id, person_id=person_id, now=to_micros(now)
        )
        return booking(row) if row else None

    async def ask_again(self, event_id: int) -> None:
        """Forget who said that they are still coming."""
        await self._run.ask_again(event_id=event_id)

    async def going(self, event_id: int, people: Iterable[int]) -> set[int]:
        """Who of these people has a place at an event, or had one and came."""
        rows = await self._run.going_of(event_id=event_id, people=json.dumps(list(people)))
        return {row["person_id"] for row in rows}

    async def going_to(self, event_id: int) -> list[int]:
        """Everybody who has a place at an event now."""
        return [row["person_id"] for row in await self._run.going_to(event_id=event_id)]

    async def note_cancelled(self, event_id: int, person_id: int, now: datetime) -> Booking | None:
        """Let a person not be going any more; None when they were not."""
        row = await self._run.note_cancelled(
            event_id=event_id, person_id=person_id, now=to_micros(now)
        )
        return booking(row) if row else None

    async def get(self, event_id: int, person_id: int) -> Booking | None:
        """A person's booking of an event, in whatever state."""
        row = await self._run.booking_of(event_id=event_id, person_id=person_id)
        return booking(row) if row else None

    async def current(self, person_id: int, now: datetime) -> list[Booking]:
        """A person's bookings, not cancelled, of events that have not ended, by start."""
        rows = await self._run.current_bookings(person_id=person_id, now=to_micros(now))
        return [booking(row) for row in rows]

    async def all(self, person_id: int) -> list[Booking]:
        """Every booking a person ever made, oldest first."""
        return [booking(row) for row in await self._run.all_bookings(person_id=person_id)]

    async def erase(self, person_id: int, now: datetime) -> None:
        """Delete a person's bookings and free their places at events that have not begun."""
        rows = await self._run.erase_bookings(person_id=person_id)
        events = [row["event_id"] for row in rows if row["state"] == BookingState.GOING]
        await self._run.free_places(event_ids=json.dumps(events), now=to_micros(now))

    async def erase_old(self, before: datetime) -> int:
        """Delete the bookings of events that ended before a moment; how many those were."""
        erased: int = await self._run.erase_old_bookings(before=to_micros(before))
        return erased

    async def _one(self, row: Row | None) -> Event | None:
        return (await self._events.with_activities([row]))[0] if row else None


def as_json(value: object) -> str:
    """JSON that is the same text for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def booking(row: Row) -> Booking:
    """A row of bookings as a model."""
    return Booking(
        id=row["id"],
        event_id=row["event_id"],
        person_id=row["person_id"],
        state=BookingState(row["state"]),
        booked_at=from_micros(row["booked_at"]),
        source=row["source"],
        confirmed_at=None if row["confirmed_at"] is None else from_micros(row["confirmed_at"]),
    )


def _columns(
    draft: EventDraft, search: str, fingerprint: str, now: datetime
) -> dict[str, int | str | None]:
    position = draft.position
    return {
        "kind": draft.kind.value,
        "title": as_json(draft.title),
        "description": as_json(draft.description),
        "starts_at": to_micros(draft.starts_at),
        "ends_at": to_micros(draft.ends_at),
        "timezone": draft.timezone,
        "venue": draft.venue,
        "borough": draft.borough,
        "outcode": draft.outcode,
        "latitude": round(position.latitude * MICRODEGREES) if position else None,
        "longitude": round(position.longitude * MICRODEGREES) if position else None,
        "online_link": draft.online_link,
        "organisation": draft.organisation,
        "topics": as_json(sorted(draft.topics)),
        "capacity": draft.capacity,
        "access": as_json(sorted(draft.access)),
        "languages": as_json(sorted(draft.languages)),
        "status": draft.status.value,
        "sequence": draft.sequence,
        "sample": int(draft.sample),
        "search": search,
        "fingerprint": fingerprint,
        "now": to_micros(now),
    }


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else to_micros(moment)
