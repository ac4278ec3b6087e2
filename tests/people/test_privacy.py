import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.db import Database, Work
from bot.errors import PersonNotFound
from bot.people.models import FollowKind, Purpose, Role
from bot.people.privacy import Held, PeopleKeeper, Privacy, unclaimed
from bot.people.roles import Roles
from bot.people.service import AccessNeeds, Consents, People
from bot.people.store import FollowStore
from bot.people.vault import Vault
from tests.support.databases import fresh_sqlite, opened

NOW = datetime(2026, 10, 17, 13, 5, tzinfo=UTC)
AMINA, BEN = 7_000_000_001, 7_000_000_002
VAULT = Vault(bytes(32))
FOLLOWED = (
    (FollowKind.INTEREST, "men"),
    (FollowKind.INTEREST, "diabetes"),
    (FollowKind.BOROUGH, "ealing"),
    (FollowKind.GROUP, "think tank"),
)


async def settled(work: Work, telegram_id: int) -> int:
    """A person about whom this room holds all that it can hold."""
    person = await People(work).greet(telegram_id, NOW, "poster-3")
    await People(work).choose_language(person.id, "ar")
    await People(work).choose_place(person.id, "brent", "NW10")
    await Consents(work).give(person.id, Purpose.NEEDS, "needs-1", "ar", NOW)
    for kind, key in FOLLOWED:
        await FollowStore(work).add(person.id, kind, key)
    await AccessNeeds(work, VAULT).remember_needs(person.id, ["bsl"], "حتى الساعة 3", NOW)
    await Roles(work).give(person.id, Role.VOLUNTEER, NOW)
    return person.id


def privacy(work: Work) -> Privacy:
    return Privacy(PeopleKeeper(work, VAULT), [])


async def test_everything_held_is_told_in_plain_form(db: Database) -> None:
    async with db.work() as work:
        person_id = await settled(work, AMINA)
        assert await privacy(work).held_about(person_id) == {
            "person": {
                "telegram_id": AMINA,
                "our_number": person_id,
                "language": "ar",
                "borough": "brent",
                "postcode_first_half": "NW10",
                "came_from": "poster-3",
                "messages_stopped_at": None,
                "bot_blocked_at": None,
                "known_since": "2026-10-17T13:05:00+00:00",
            },
            "consents": [
                {
                    "purpose": "needs",
                    "wording": "needs-1",
                    "language": "ar",
                    "given": True,
                    "at": "2026-10-17T13:05:00+00:00",
                }
            ],
            "news_about": {
                "topics": ["diabetes", "men"],
                "boroughs": ["ealing"],
                "groups": ["think tank"],
            },
            "needs": {
                "needs": ["bsl"],
                "interpreter": "",
                "note": "حتى الساعة 3",
                "updated_at": "2026-10-17T13:05:00+00:00",
            },
            "roles": [
                {
                    "role": "volunteer",
                    "borough": None,
                    "group": None,
                    "label": None,
                    "given_at": "2026-10-17T13:05:00+00:00",
                }
            ],
            "what_you_did_with_your_roles": [],
            "what_others_did_about_your_roles": [
                {
                    "at": "2026-10-17T13:05:00+00:00",
                    "act": "role given",
                    "to": "person 1",
                    "details": {"role": "volunteer"},
                }
            ],
        }


async def test_needs_that_cannot_be_read_are_not_hidden(db: Database) -> None:
    async with db.work() as work:
        person_id = await settled(work, AMINA)
        stranger = Privacy(PeopleKeeper(work, Vault(b"k" * 32)), [])
        assert (await stranger.held_about(person_id))["needs"] == {"unreadable": True}


async def test_erasing_leaves_the_others(db: Database) -> None:
    async with db.work() as work:
        amina, ben = await settled(work, AMINA), await settled(work, BEN)
        await privacy(work).erase(amina, NOW)
        await privacy(work).erase(amina, NOW)
        with pytest.raises(PersonNotFound):
            await privacy(work).held_about(amina)
        assert (await privacy(work).held_about(ben))["needs"] is not None


async def test_after_erasing_no_file_of_the_database_shows_the_person(tmp_path: Path) -> None:
    traces = (b"poster-3", b"needs-1", AMINA.to_bytes(6, "big"))
    url = await fresh_sqlite(tmp_path)

    def found() -> set[bytes]:
        files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        return {trace for trace in traces if trace in files}

    async with opened(url) as db:
        async with db.work() as work:
            person_id = await settled(work, AMINA)
        assert found() == set(traces)
        async with db.work() as work:
            await privacy(work).erase(person_id, NOW)
        await db.tidy()
        assert found() == set()


class Notebook:
    """Another room that keeps something about people."""

    tables = frozenset({"notes"})

    def __init__(self) -> None:
        self.pages = {1: "likes tea", 2: "likes coffee"}

    async def held_about(self, person_id: int) -> Held:
        return {"notes": self.pages.get(person_id)}

    async def forget(self, person_id: int, now: datetime) -> None:
        self.pages.pop(person_id, None)


async def test_other_rooms_tell_and_forget_too(db: Database) -> None:
    notebook = Notebook()
    async with db.work() as work:
        person_id = await settled(work, AMINA)
        both = Privacy(PeopleKeeper(work, VAULT), [notebook])
        assert (await both.held_about(person_id))["notes"] == "likes tea"
        await both.erase(person_id, NOW)
    assert notebook.pages == {2: "likes coffee"}


def test_a_table_that_names_a_person_needs_a_keeper() -> None:
    tables = {"notes": ["id", "person_id"], "letters": ["person"], "events": ["id", "title"]}
    assert unclaimed(tables, Notebook.tables) == {"letters"}
    assert unclaimed(tables, []) == {"letters", "notes"}


async def test_this_room_answers_for_its_own_tables(tmp_path: Path) -> None:
    url = await fresh_sqlite(tmp_path)
    connection = sqlite3.connect(url.removeprefix("sqlite+aiosqlite:///"))
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
    connection.close()
    assert PeopleKeeper.tables <= set(names)
