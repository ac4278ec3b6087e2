"""What happens at events: read once, then remembered by the event's fingerprint.

Everybody who opens a card reads the same activities, and a health day has dozens of them. An
event's fingerprint stands for all that its file said, activities included, so what is remembered
under it is right in every process and after every import.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from bot.clock import from_micros
from bot.db import Runner
from bot.events.models import Activity, ActivityKind

MOST = 500  # events; more are begun to be remembered anew

_remembered: dict[str, tuple[Activity, ...]] = {}

Row = Mapping[str, Any]


async def activities_of(events: Sequence[Row], run: Runner) -> dict[int, tuple[Activity, ...]]:
    """The activities of these rows of events, by the event's id.

    Args:
        events: with id and fingerprint.
        run: the queries of this folder, in a transaction.
    """
    known = {row["id"]: _remembered.get(row["fingerprint"]) for row in events}
    unknown = [event_id for event_id, its in known.items() if its is None]
    read = await _read(unknown, run) if unknown else {}
    return {event_id: its or read.get(event_id, ()) for event_id, its in known.items()}


async def _read(event_ids: Iterable[int], run: Runner) -> dict[int, tuple[Activity, ...]]:
    # Fingerprint and activities come from one statement: another process may import meanwhile.
    found: defaultdict[tuple[int, str], list[Activity]] = defaultdict(list)
    for row in await run.activities_of(event_ids=json.dumps(list(event_ids))):
        its = found[row["of_event"], row["fingerprint"]]
        if row["uid"] is not None:
            its.append(_activity(row))
    if len(_remembered) + len(found) > MOST:
        _remembered.clear()
    # The fingerprint of a cancelled event is empty and stands for nothing.
    _remembered.update({print_: tuple(its) for (_, print_), its in found.items() if print_})
    return {event_id: tuple(its) for (event_id, _), its in found.items()}


def _activity(row: Row) -> Activity:
    return Activity(
        uid=row["uid"],
        kind=ActivityKind(row["kind"]),
        title=orjson.loads(row["title"]),
        description=orjson.loads(row["description"]),
        organisation=row["organisation"],
        starts_at=_moment(row["starts_at"]),
        ends_at=_moment(row["ends_at"]),
        capacity=row["capacity"],
        slot_minutes=row["slot_minutes"],
    )


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)
