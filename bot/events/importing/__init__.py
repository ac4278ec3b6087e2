"""Events from files: calendars (.ics) and tables (.csv, .xlsx).

    imported = read_events(Path("october.csv"), now=clock.now(), boroughs=boroughs)
    async with database.work() as work:
        taken = await EventCatalogue(work).take_in(imported.drafts, now, imported.series)

A file is read whole or refused whole. docs/importing.md tells people what may stand in it.
"""

from typing import TYPE_CHECKING, Any

from bot.events.importing.result import ImportedFile, Series

if TYPE_CHECKING:
    from bot.events.importing.reading import read_events, read_samples

__all__ = ["ImportedFile", "Series", "read_events", "read_samples"]


def __getattr__(name: str) -> Any:
    """What reads files, when it is asked for: a bot that runs reads none."""
    if name not in __all__:
        raise AttributeError(name)
    from bot.events.importing import reading

    return getattr(reading, name)
