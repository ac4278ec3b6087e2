"""`baobab log`: who did what that only some may do, as a .csv file."""

from bot.clock import Clock
from bot.config import Settings
from bot.db import open_database, upgrade
from bot.people.acts import Acts
from bot.people.models import Act


async def export_log(settings: Settings, clock: Clock) -> bytes:
    """The whole log, the oldest entry first; that it was taken out is noted."""
    await upgrade(settings.database_url)
    database = await open_database(settings.database_url)
    try:
        async with database.work() as work:
            await Acts(work).note(None, Act.LOG_EXPORTED, "log", clock.now())
            content = await Acts(work).export(settings.zone)
    finally:
        await database.close()
    return content
