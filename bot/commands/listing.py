"""`baobab events`: what is coming, with the numbers that other commands take."""

from bot.clock import Clock
from bot.config import Settings
from bot.db import open_database, upgrade
from bot.events.browse import Filters
from bot.events.catalogue import EventCatalogue

PAGE = 100


async def list_events(settings: Settings, clock: Clock) -> list[str]:
    """The next hundred events, one a line: number, day, title, places."""
    await upgrade(settings.database_url)
    database = await open_database(settings.database_url)
    try:
        async with database.reading() as work:
            page = await EventCatalogue(work).upcoming(Filters(), clock.now(), page_size=PAGE)
    finally:
        await database.close()
    lines = []
    for event in page.events:
        day = event.starts_at.astimezone(settings.zone).date().isoformat()
        places = f"{event.going} of {event.capacity}" if event.capacity else f"{event.going}"
        lines.append(f"{event.id:>5}  {day}  {event.title['en']}  ({places} booked)")
    return lines or ["There are no events to come. `baobab import FILE` brings some in."]
