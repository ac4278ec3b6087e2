"""Events from files: calendars (.ics) and tables (.csv, .xlsx).

    imported = read_events(Path("october.csv"), now=clock.now(), boroughs=boroughs)
    async with database.work() as work:
        taken = await EventCatalogue(work).take_in(imported.drafts, now, imported.series)

A file is read whole or refused whole. docs/importing.md tells people what may stand in it.
"""

from bot.events.importing.reading import read_events, read_samples
from bot.events.importing.result import ImportedFile, Series

__all__ = ["ImportedFile", "Series", "read_events", "read_samples"]
