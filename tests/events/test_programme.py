from dataclasses import replace
from typing import Any

import pytest

from bot.db import Database
from bot.events import programme
from bot.events.catalogue import EventCatalogue
from bot.events.models import Activity, ActivityKind, EventDraft
from bot.events.store import EventStore
from tests.events.conftest import NOW, draft

CHECK = Activity("check", ActivityKind.HEALTH_CHECK, {"en": "Blood pressure check"})
TALK = Activity("talk", ActivityKind.TALK, {"en": "Sleep well"}, organisation="Sample clinic")


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programme, "_remembered", {})


async def take(db: Database, *drafts: EventDraft) -> None:
    async with db.work() as work:
        await EventCatalogue(work).take_in(drafts, NOW)


async def seen(db: Database, uid: str = "expo") -> tuple[Activity, ...]:
    async with db.reading() as work:
        store = EventStore(work)
        event = await store.get((await store.known([uid]))[uid]["id"])
        assert event is not None
        return event.activities


async def test_activities_are_read_once(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await take(db, draft(activities=(CHECK, TALK)))
    assert await seen(db) == (CHECK, TALK)

    def read_again(*_: Any) -> None:
        raise AssertionError("the activities were read again")

    monkeypatch.setattr(programme, "_read", read_again)
    assert await seen(db) == (CHECK, TALK)


async def test_an_import_changes_what_is_shown(db: Database) -> None:
    await take(db, draft(activities=(CHECK, TALK)))
    assert await seen(db) == (CHECK, TALK)
    later = replace(TALK, title={"en": "Sleep better"})
    for activities in ((TALK, CHECK), (later,), (), (CHECK,)):
        await take(db, draft(activities=activities))
        assert await seen(db) == activities


async def test_what_was_rolled_back_is_not_shown(db: Database) -> None:
    await take(db, draft(activities=(CHECK,)))
    with pytest.raises(RuntimeError):
        async with db.work() as work:
            await EventCatalogue(work).take_in([draft(activities=(TALK,))], NOW)
            raise RuntimeError
    assert await seen(db) == (CHECK,)


async def test_cancelled_events_keep_their_activities_apart(db: Database) -> None:
    await take(db, draft(activities=(CHECK,)), draft("other", activities=(TALK,)))
    async with db.work() as work:
        store = EventStore(work)
        for row in (await store.known(["expo", "other"])).values():
            await store.cancel(row["id"], NOW)
    assert [await seen(db), await seen(db, "other")] == [(CHECK,), (TALK,)]


async def test_only_so_many_events_are_remembered(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programme, "MOST", 2)
    await take(db, *(draft(uid, activities=(CHECK,), venue=uid) for uid in ("a", "b", "c")))
    for uid in ("a", "b", "c"):
        assert await seen(db, uid) == (CHECK,)
    assert len(programme._remembered) == 1
