"""What takes long to read is read beside the turn, and remembered for some seconds."""

from datetime import timedelta

import pytest

from bot.chat.readings import KEPT, Readings, Unread
from bot.clock import Clock
from bot.db import Database, Work


async def seven(work: Work) -> int:
    rows = await work.rows("SELECT 7 AS found", {})
    return int(rows[0]["found"])


async def test_it_asks_for_a_reading_and_remembers_it_for_some_seconds(db: Database) -> None:
    clock, readings = Clock(), Readings()
    with pytest.raises(Unread) as asked:
        readings.recall("key", seven, clock.now())
    await readings.read(asked.value, db, clock)
    read_at = clock.now()
    assert readings.recall("key", seven, read_at) == 7
    with pytest.raises(Unread):
        readings.recall("another key", seven, read_at)
    with pytest.raises(Unread):
        readings.recall("key", seven, read_at + KEPT)


async def test_what_is_old_is_forgotten(db: Database) -> None:
    clock, readings = Clock(), Readings()
    await readings.read(Unread("old", seven), db, clock)
    clock.forward(KEPT)
    await readings.read(Unread("new", seven), db, clock)
    now = clock.now()
    assert readings.recall("new", seven, now) == 7
    with pytest.raises(Unread):
        readings.recall("old", seven, now - timedelta(seconds=1))
