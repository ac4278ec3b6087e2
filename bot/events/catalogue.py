"""The events: taking them in, finding them."""

import json
import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.clock import to_micros
from bot.db import Work
from bot.errors import EventNotFound
from bot.events import intake
from bot.events.browse import Filters, Loosening, Nearby, Page
from bot.events.importing.result import Series
from bot.events.intake import TakenIn
from bot.events.models import Event, EventDraft, EventStatus, Position
from bot.events.rows import position_of
from bot.events.search import typed_words
from bot.events.store import EventStore
from bot.people.boroughs import Boroughs

PAGE_SIZE = 5
_FOR_EVER = 2**62  # microseconds since 1970, far beyond any event
_EARTH_RADIUS = 6371.0  # kilometres
_ONE_EVENT = re.compile(r"event ([1-9][0-9]{0,17})")


class EventCatalogue:
    """The events people can find.

    Args:
        work: the transaction to read and write in.
        boroughs: who is whose neighbour; without it no borough has neighbours, and events that
            do not say where they lie on the map are never near.
    """

    def __init__(self, work: Work, boroughs: Boroughs | None = None) -> None:
        self._work = work
        self._store = EventStore(work)
        self._boroughs = boroughs

    async def take_in(
        self, drafts: Sequence[EventDraft], now: datetime, series: Iterable[Series] = ()
    ) -> TakenIn:
        """Keep the events of a file: unknown ones are added, known ones (by uid) updated.

        Bookings and places taken survive every update, a cancellation as well. Whoever has a
        place is owed a word about what has changed. A draft with a
        lower SEQUENCE than ours is passed over. Dates of repeating events that a file lists
        completely (`series`) and does not list any more are cancelled.
        """
        return await intake.take_in(self._work, drafts, now, series)

    async def get(self, event_id: int) -> Event:
        """The event with its activities; cancelled and past ones as well.

        Raises:
            EventNotFound: there is none with this id.
        """
        event = await self._store.get(event_id)
        if event is None:
            raise EventNotFound
        return event

    async def upcoming(
        self, filters: Filters, now: datetime, page: int = 1, page_size: int = PAGE_SIZE
    ) -> Page:
        """Events that have not ended, soonest first; cancelled ones are left out.

        A page beyond the last one gives the last, so that an old button still finds something.
        """
        page = max(1, page)
        conditions = self._conditions(filters, now)
        rows = await self._store.find(skip=(page - 1) * page_size, most=page_size, **conditions)
        if not rows and page > 1:
            page = max(1, math.ceil(await self._count(conditions) / page_size))
            rows = await self._store.find(skip=(page - 1) * page_size, most=page_size, **conditions)
        total = rows[0]["total"] if rows else 0
        events = await self._store.with_activities(rows)
        return Page(tuple(events), page, max(1, math.ceil(total / page_size)), total)

    async def loosened(self, filters: Filters, now: datetime) -> tuple[Loosening, ...]:
        """For filters that find nothing: which single one, given up, finds how many.

        Only those that find something, in the order of `Filters.loosened`. Where no single one
        helps, the only way is to give up "everything", if there is any event at all.
        """
        ways = []
        for given_up, looser in filters.loosened():
            if total := await self._count(self._conditions(looser, now)):
                ways.append(Loosening(given_up, looser, total))
        everything = Filters()
        if (
            not ways
            and filters != everything
            and (total := await self._count(self._conditions(everything, now)))
        ):
            ways.append(Loosening("everything", everything, total))
        return tuple(ways)

    async def to_share(self, query: str, now: datetime, most: int) -> tuple[Event, ...]:
        """Planned events that a person may mean: "event 12" is number 12, other words a search."""
        asked = _ONE_EVENT.fullmatch(query.strip())
        if asked:
            event = await self._store.get(int(asked[1]))
            found: tuple[Event, ...] = (event,) if event and event.ends_at > now else ()
        else:
            found = (await self.upcoming(Filters(words=query), now, 1, most)).events
        return tuple(event for event in found if event.status is EventStatus.PLANNED)

    async def languages_spoken(self, now: datetime) -> tuple[str, ...]:
        """Codes of the languages spoken at events to come, those at most events first."""
        found = await self._store.languages(now)
        return tuple(sorted(found, key=lambda code: (-found[code], code)))

    async def nearest(
        self, position: Position, now: datetime, limit: int = PAGE_SIZE
    ) -> tuple[Nearby, ...]:
        """Events that have not ended and are held somewhere, nearest first, then soonest.

        One that does not say where it lies on the map counts as in the middle of its borough.
        """
        found = []
        for row in await self._store.on_the_map(now):
            place = position_of(row)
            if place is None and self._boroughs and row["borough"] in self._boroughs:
                place = Position(*self._boroughs[row["borough"]].centre)
            if place is not None:
                found.append((kilometres(position, place), row["id"]))
        found.sort(key=lambda pair: pair[0])  # stable: the soonest stays first
        distances = {event_id: distance for distance, event_id in found[:limit]}
        events = {event.id: event for event in await self._store.get_many(distances)}
        return tuple(Nearby(events[each], distance) for each, distance in distances.items())

    async def _count(self, conditions: dict[str, int | str]) -> int:
        rows = await self._store.find(skip=0, most=1, **conditions)
        return int(rows[0]["total"]) if rows else 0

    def _conditions(self, filters: Filters, now: datetime) -> dict[str, int | str]:
        since, until = filters.when.window(now)
        boroughs = [filters.borough] if filters.borough else []
        if filters.borough and filters.with_neighbours and self._boroughs:
            boroughs += self._boroughs.neighbours(filters.borough)
        # Languages and access facts are kept as sorted JSON lists, so wanted ones in the same
        # order make a pattern.
        wanted = "%".join(f'"{fact}"' for fact in sorted(filters.access))
        return {
            "since": to_micros(since),
            "until": to_micros(until) if until else _FOR_EVER,
            "boroughs": json.dumps(boroughs),
            "or_online": int(filters.or_online),
            "kind": filters.kind or "%",
            "language": f'%"{filters.language}"%' if filters.language else "%",
            "access": f"%{wanted}%",
            "words": json.dumps(typed_words(filters.words), ensure_ascii=False),
        }


def kilometres(here: Position, there: Position) -> float:
    """How far two points are apart on the ground (haversine formula, a round Earth)."""
    lat1, lat2 = math.radians(here.latitude), math.radians(there.latitude)
    half_lat = (lat2 - lat1) / 2
    half_lon = math.radians(there.longitude - here.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS * math.asin(min(1.0, math.sqrt(chord)))
