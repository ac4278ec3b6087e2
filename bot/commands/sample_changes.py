"""The demo's changes of events: a file of samples is edited and imported again, as for real."""

import csv
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import Clock, to_micros
from bot.commands.bring import bring_samples
from bot.config import Settings
from bot.db import Database, load_queries
from bot.errors import BaobabError

QUERIES = load_queries(__file__)
LATER = timedelta(hours=1)
OTHER_PLACE = "Sample school"
NONE_BOOKED = "Nobody has a place at an event to come. Book one first."
ONLINE = "The event booked last is online only. Book one that has a place."
NOT_NOW = "That did not work this time. Press again."
LOOK = "Look at the chats of people who booked it."

Row = dict[str, str]
Edit = Callable[[Row, Row], str | None]
"""Changes a row, given how it was at first; returns what is new, or None where nothing can be."""


class SampleChanges:
    """Changes the event that was booked last.

    Args:
        samples: the folder of samples, which is copied and stays as it is.
        folder: where the copies go.
        settings: of the bot whose events these are.
        database: the bot's, open.
        clock: the bot's. The samples are dated from its time now.
    """

    def __init__(
        self, samples: Path, folder: Path, settings: Settings, database: Database, clock: Clock
    ) -> None:
        shutil.copytree(samples, folder)
        self._folder = folder
        self._settings = settings
        self._database = database
        self._clock = clock
        self._dated_from = clock.now()
        self._at_first: dict[str, Row] = {}

    async def new_time(self) -> str:
        """Let it begin and end an hour later, or when it did before; says what happened."""
        return await self._change(_an_hour_later)

    async def new_place(self) -> str:
        """Let it be in another place, or where it was before; says what happened."""
        return await self._change(_elsewhere)

    async def cancel(self) -> str:
        """Let it not happen; says what happened."""
        return await self._change(_cancelled)

    async def _change(self, edit: Edit) -> str:
        try:
            async with self._database.reading() as work:
                now = to_micros(self._clock.now())
                uid = await work.runner(QUERIES).event_booked_last(now=now)
            if uid is None:
                return NONE_BOOKED
            said = self._edit(uid, edit)
            if said is None:
                return ONLINE
            await bring_samples(self._folder, self._settings, self._clock, self._dated_from)
        except BaobabError:
            return NOT_NOW
        return f"{said} {LOOK}"

    def _edit(self, uid: str, edit: Edit) -> str | None:
        """Edit the row of an event in the file it stands in."""
        for path in self._folder.glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            its = next((row for row in rows if row["uid"] == uid and not row.get("event")), None)
            if its is None:
                continue
            said = edit(its, self._at_first.setdefault(uid, dict(its)))
            columns = list(dict.fromkeys(column for row in rows for column in row))
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(rows)
            return said and f"{its['title']}: {said}"
        return None


def _an_hour_later(row: Row, at_first: Row) -> str:
    later = timedelta() if row["start"] != at_first["start"] else LATER
    for column in ("start", "end"):
        at = datetime.strptime(at_first[column], "%H:%M") + later  # noqa: DTZ007 -- a time of day
        row[column] = f"{at:%H:%M}"
    return f"it is now from {row['start']} to {row['end']}."


def _elsewhere(row: Row, at_first: Row) -> str | None:
    held = at_first.get("venue", "")
    if not held:
        return None
    _, comma, area = held.partition(",")
    row["venue"] = f"{OTHER_PLACE}{comma}{area}" if row["venue"] == held else held
    return f"it is now in: {row['venue']}."


def _cancelled(row: Row, _at_first: Row) -> str:
    row["status"] = "cancelled"
    return "it is cancelled now."
