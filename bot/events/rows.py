"""Rows of events as models, read once and then remembered by the event's fingerprint.

Everybody who opens a card reads the same row. An event's fingerprint stands for all that its file
said, so what is remembered under it is right in every process and after every import; what else a
row holds is looked at each time.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from bot.clock import from_micros
from bot.events.models import AccessFact, Activity, Event, EventKind, EventStatus, Position

MICRODEGREES = 1_000_000
MOST = 500  # events; more are begun to be remembered anew

_remembered: dict[tuple[str, int], Event] = {}

Row = Mapping[str, Any]


def event_of(row: Row, activities: tuple[Activity, ...]) -> Event:
    """A row of events, with what happens there, as a model."""
    key = (row["fingerprint"], row["id"])
    event = _remembered.get(key)
    if event is None:
        event = _read(row, activities)
    elif (event.going, event.sequence, event.revision) == (
        now := (row["going"], row["sequence"], row["revision"])
    ):
        return event
    else:
        going, sequence, revision = now
        event = replace(event, going=going, sequence=sequence, revision=revision)
    if event.fingerprint:  # that of a cancelled event is empty and stands for nothing
        if len(_remembered) >= MOST:
            _remembered.clear()
        _remembered[key] = event
    return event


def position_of(row: Row) -> Position | None:
    """Where a row of events lies on the map."""
    if row["latitude"] is None or row["longitude"] is None:
        return None
    return Position(row["latitude"] / MICRODEGREES, row["longitude"] / MICRODEGREES)


def _read(row: Row, activities: tuple[Activity, ...]) -> Event:
    return Event(
        id=row["id"],
        uid=row["uid"],
        kind=EventKind(row["kind"]),
        title=orjson.loads(row["title"]),
        description=orjson.loads(row["description"]),
        starts_at=from_micros(row["starts_at"]),
        ends_at=from_micros(row["ends_at"]),
        timezone=row["timezone"],
        venue=row["venue"],
        borough=row["borough"],
        outcode=row["outcode"],
        position=position_of(row),
        online_link=row["online_link"],
        organisation=row["organisation"],
        topics=tuple(orjson.loads(row["topics"])),
        capacity=row["capacity"],
        going=row["going"],
        access=frozenset(AccessFact(key) for key in orjson.loads(row["access"])),
        languages=frozenset(orjson.loads(row["languages"])),
        status=EventStatus(row["status"]),
        sequence=row["sequence"],
        sample=bool(row["sample"]),
        revision=row["revision"],
        fingerprint=row["fingerprint"],
        activities=activities,
    )
