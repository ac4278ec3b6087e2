import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import LONDON
from bot.config import HOME
from bot.db import Database, Work
from bot.db.postgresql import PostgresWork
from bot.db.sqlite import SqliteWork
from bot.i18n import Catalogues
from bot.people.acts import KEPT, ON_A_PAGE, Acts
from bot.people.boroughs import Boroughs
from bot.people.models import Act, Group, Noted, Role
from bot.people.roles import Invites, Roles
from bot.people.service import People
from bot.people.views.acts import ACTS, said

NOW = datetime(2026, 10, 17, 13, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def run(work: Work, sql: str) -> None:
    if isinstance(work, SqliteWork):
        work.connection.execute(sql)
    else:
        assert isinstance(work, PostgresWork)
        await work.connection.execute(sql)


def test_every_act_has_words() -> None:
    assert set(ACTS) == set(Act)


@pytest.mark.parametrize(
    ("details", "end"), [({"people": 3, "urgent": 1}, ", at any hour"), ({"people": 3}, "")]
)
def test_what_may_leave_at_any_hour_is_called_so(details: dict[str, int], end: str) -> None:
    act = Noted(1, NOW, Act.BROADCAST_ASKED, 2, "broadcast 7", details)
    t = Catalogues(HOME / "locales").translator("en")
    boroughs = Boroughs.read(HOME / "content")
    assert said(t, boroughs, act) == f"asked for broadcast 7 to be sent{end}"


async def test_roles_and_invites_are_noted_and_nothing_that_changed_nothing(db: Database) -> None:
    async with db.work() as work:
        grace = (await People(work).greet(7_000_000_001, NOW)).id
        await Roles(work).give(grace, Role.ADMIN, NOW)
        await Roles(work).give(grace, Role.ADMIN, NOW)
        code = await Invites(work).make(
            Role.VOLUNTEER, NOW, actor=grace, borough="brent", group=Group.CIRCLES, label="V 3"
        )
        await Invites(work).accept(code, grace, NOW)
        await Invites(work).accept(code, grace, NOW)
        await Roles(work).take(grace, Role.ADMIN, NOW)
        await Roles(work).take(grace, Role.ADMIN, NOW)
        where = {"role": "volunteer", "borough": "brent", "group": "circles"}
        subject = f"person {grace}"
        assert (await Acts(work).page(1)).acts == (
            Noted(4, NOW, Act.ROLE_TAKEN, None, subject, {"role": "admin"}),
            Noted(3, NOW, Act.INVITE_USED, grace, "invite 1", where),
            Noted(2, NOW, Act.INVITE_MADE, grace, "invite 1", where),
            Noted(1, NOW, Act.ROLE_GIVEN, None, subject, {"role": "admin"}),
        )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE acts SET actor = 2",
        "DELETE FROM acts",
        "DELETE FROM acts WHERE id = 1",
        "INSERT INTO acts VALUES (1, 0, 'role given', 2, '', '{}')",
    ],
)
async def test_the_database_refuses_to_change_what_was_noted(db: Database, change: str) -> None:
    async with db.work() as work:
        await Acts(work).note(1, Act.SURVEY_CLOSED, "survey 1", NOW)
        await Acts(work).note(1, Act.SURVEY_CLOSED, "survey 2", NOW + MINUTE)
    with pytest.raises(Exception, match=r"acts (do not change|stay)|acts_pkey"):
        async with db.work() as work:
            await run(work, change)
    async with db.reading() as work:
        assert [each.id for each in (await Acts(work).page(1)).acts] == [2, 1]


async def test_nothing_takes_the_place_of_an_entry(db: Database) -> None:
    async with db.work() as work:
        await Acts(work).note(1, Act.SURVEY_CLOSED, "survey 1", NOW)
        change = (
            "INSERT OR REPLACE INTO acts (id, at, act, actor, subject, details) "
            "VALUES (1, 0, 'role given', 2, '', '{}')"
            if isinstance(work, SqliteWork)
            else "TRUNCATE acts"
        )
    with pytest.raises(Exception, match="acts do not change"):
        async with db.work() as work:
            await run(work, change)
    async with db.reading() as work:
        assert [each.subject for each in (await Acts(work).page(1)).acts] == ["survey 1"]


async def test_entries_end_after_six_years_and_that_is_noted(db: Database) -> None:
    async with db.work() as work:
        acts = Acts(work)
        for number in (1, 2):
            await acts.note(1, Act.SURVEY_CLOSED, f"survey {number}", NOW + number * MINUTE)
        assert await acts.forget_old(NOW + KEPT + MINUTE) == 0
        assert await acts.forget_old(NOW + KEPT + 2 * MINUTE) == 1
        assert await acts.forget_old(NOW + KEPT + 2 * MINUTE) == 0
        assert [each.subject for each in (await acts.page(1)).acts] == ["entries 1", "survey 2"]


async def test_pages_go_from_the_newest_to_the_oldest(db: Database) -> None:
    async with db.work() as work:
        acts = Acts(work)
        empty = await acts.page(1)
        assert (empty.acts, empty.page, empty.pages) == ((), 1, 1)
        for number in range(ON_A_PAGE + 2):
            await acts.note(None, Act.SURVEY_CLOSED, f"survey {number}", NOW)
        first, last = await acts.page(0), await acts.page(99)
        assert [each.id for each in first.acts] == [*range(ON_A_PAGE + 2, 2, -1)]
        assert (first.page, first.pages) == (1, 2)
        assert ([each.id for each in last.acts], last.page) == ([2, 1], 2)


async def test_the_file_holds_every_entry(db: Database) -> None:
    async with db.work() as work:
        acts = Acts(work)
        await acts.note(7, Act.SURVEY_PUBLISHED, "survey 1", NOW, form="staff", version=2)
        for number in range(1_001):
            await acts.note(None, Act.SURVEY_CLOSED, f"survey {number}", NOW)
        rows = list(csv.reader(io.StringIO((await acts.export(LONDON)).decode("utf-8-sig"))))
    assert rows[1] == [
        "1", "2026-10-17T13:05:00+00:00", "2026-10-17T14:05:00+01:00", "person 7",
        "survey published", "survey 1", "form: staff; version: 2",
    ]  # fmt: skip
    assert [int(row[0]) for row in rows[1:]] == [*range(1, 1_003)]
    assert rows[2][3] == ""
