"""`baobab import`: events from a file into the database, all or nothing."""

from datetime import datetime
from pathlib import Path

from bot.clock import Clock
from bot.config import Settings
from bot.db import open_database, upgrade
from bot.errors import ImportRefused
from bot.events.catalogue import EventCatalogue
from bot.events.importing import ImportedFile, read_events, read_samples
from bot.people.content import Content


async def bring_in(file: Path, settings: Settings, clock: Clock) -> list[str]:
    """Take in the events of a file.

    Returns:
        What was taken and what was noticed, a sentence a line.

    Raises:
        ImportRefused: something in the file cannot be taken, so nothing was.
    """
    now = clock.now()
    boroughs = Content.read(settings.content).boroughs
    return await _keep(read_events(file, now=now, boroughs=boroughs), settings, now)


async def bring_samples(
    folder: Path, settings: Settings, clock: Clock, dated_from: datetime | None = None
) -> list[str]:
    """Take in the sample events of a folder.

    Args:
        folder: holds the tables.
        settings: for the database and the boroughs.
        clock: says when they are taken in.
        dated_from: the day from which their dates count; None: today.

    Returns:
        What was taken and what was noticed, a sentence a line.

    Raises:
        ImportRefused: something in a file cannot be taken, so nothing was.
    """
    now = clock.now()
    boroughs = Content.read(settings.content).boroughs
    samples = read_samples(folder, now=dated_from or now, boroughs=boroughs)
    if not samples.drafts:
        raise ImportRefused([f"There are no samples (.csv files) in {folder}."])
    return await _keep(samples, settings, now)


async def _keep(imported: ImportedFile, settings: Settings, now: datetime) -> list[str]:
    await upgrade(settings.database_url)
    database = await open_database(settings.database_url)
    try:
        async with database.work() as work:
            taken = await EventCatalogue(work).take_in(imported.drafts, now, imported.series)
    finally:
        await database.close()
    lines = [f"Note: {note}" for note in imported.notes]
    counts = (
        (taken.new, "new"),
        (taken.changed, "changed"),
        (taken.unchanged, "as they were"),
        (taken.older, "older than what we have, left alone"),
        (taken.withdrawn, "cancelled, because their repeating event does not list them any more"),
    )
    said = ", ".join(f"{count} {how}" for count, how in counts if count)
    return [*lines, f"{len(imported.drafts)} events: {said or 'none'}."]
