"""Events for the people of a test to find."""

from datetime import datetime, time, timedelta
from typing import Any

from bot.app import Baobab
from bot.clock import LONDON
from bot.events.booking import BookingDesk
from bot.events.browse import Filters
from bot.events.catalogue import EventCatalogue
from bot.events.models import Event, EventDraft, EventKind
from bot.people.service import People


def in_days(now: datetime, days: int, hour: int = 11) -> datetime:
    """Some days from now, at this hour of London's clocks."""
    day = now.astimezone(LONDON).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), LONDON)


def draft(now: datetime, uid: str = "expo", days: int = 7, **changes: Any) -> EventDraft:
    """A health expo in Brent, a week from now."""
    facts: dict[str, Any] = {
        "kind": EventKind.EXPO,
        "title": {"en": "Brent health day"},
        "starts_at": in_days(now, days),
        "ends_at": in_days(now, days, 16),
        "venue": "Sample hall",
        "borough": "brent",
        "outcode": "HA9",
        "capacity": 20,
    } | changes
    return EventDraft(uid=uid, **facts)


async def hold(baobab: Baobab, *drafts: EventDraft) -> list[Event]:
    """Take events in; they come back in the same order."""
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        catalogue = EventCatalogue(work, baobab.house.content.boroughs)
        await catalogue.take_in(drafts, now)
        page = await catalogue.upcoming(Filters(), now, 1, 1000)
    by_uid = {event.uid: event for event in page.events}
    return [by_uid[each.uid] for each in drafts]


async def going(baobab: Baobab, event: Event) -> int:
    """How many places of an event are taken."""
    async with baobab.house.database.reading() as work:
        return (await EventCatalogue(work).get(event.id)).going


async def book_for_strangers(baobab: Baobab, event: Event, number: int) -> None:
    """Let that many people nobody has met take places."""
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        for each in range(number):
            person = await People(work).greet(10_000_000 + each, now)
            await BookingDesk(work).book(event.id, person.id, now)
