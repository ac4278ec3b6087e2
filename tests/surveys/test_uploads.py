"""Files of authors: which are taken, how they are read, and that each is told of once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.db import Database, Work
from bot.delivery.models import Lane
from bot.delivery.store import DeliveryStore
from bot.errors import FormTooLarge, NotAForm
from bot.forms.inputs import Sent
from bot.forms.xlsform import Code
from bot.people.models import Role
from bot.people.roles import Roles
from bot.people.service import People
from bot.surveys.drafts import Draft, DraftStore, Upload
from bot.surveys.intake import OFTEN, PATIENCE, Uploads
from bot.surveys.reading_apart import read_apart
from bot.surveys.reading_here import read_here
from bot.surveys.readings import Reading, Trouble
from bot.surveys.uploads import LARGEST, LONGEST_NAME, filename_of

NOW = datetime(2026, 10, 17, 13, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TEA = b"""
| survey | | | |
| | type | name | label |
| | text | tea | Which tea do you like? |
"""


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("staff.xlsx", "staff.xlsx"),
        ("Staff Survey.XLS", "Staff Survey.XLS"),
        ("staff.zip", "staff.zip"),
        ("../../etc/a.csv", ".._.._etc_a.csv"),
        ("a\nb.md", "a b.md"),
        ("x" * 300 + ".xlsx", "x" * (LONGEST_NAME - 5) + ".xlsx"),
    ],
)
def test_a_form_is_known_by_its_name(name: str, kept: str) -> None:
    assert filename_of(Sent("file", "id", name)) == kept


@pytest.mark.parametrize("name", ["", "xlsx", ".xlsx", "a.docx", "a.ods", "a.xlsx.rar"])
def test_other_names_are_no_forms(name: str) -> None:
    with pytest.raises(NotAForm):
        filename_of(Sent("file", "id", name))


def test_a_form_has_at_most_so_many_bytes() -> None:
    assert filename_of(Sent("file", "id", "a.md", size=LARGEST)) == "a.md"
    with pytest.raises(FormTooLarge):
        filename_of(Sent("file", "id", "a.md", size=LARGEST + 1))


@given(st.text(max_size=300))
def test_whatever_a_file_is_called_it_can_be_kept(stem: str) -> None:
    kept = filename_of(Sent("file", "id", f"a{stem}.md"))
    assert len(kept) <= LONGEST_NAME
    kept.encode()
    assert "\0" not in kept


async def test_what_is_read_apart_is_what_would_be_read_here() -> None:
    apart = await read_apart(TEA, "tea.md")
    assert apart == read_here(TEA, "tea.md")
    assert apart.name == "tea"
    assert apart.edition is not None
    assert (apart.edition.questions, apart.edition.title["en"]) == (1, "tea")


async def test_what_cannot_be_read_is_told() -> None:
    broken = await read_apart(b"PK\x03\x04 no more", "tea.xlsx")
    assert (broken.name, broken.edition) == ("", None)
    assert [(each.code, each.is_error) for each in broken.findings] == [(Code.FILE_DAMAGED, True)]


async def test_no_more_is_told_than_anybody_reads() -> None:
    rows = "\n".join(f"| | text | q{number} | Question {number} |" for number in range(301))
    heading = "| | type | name | label::English (en) | label::Somali (so) |"
    form = f"| survey | | | | |\n{heading}\n| | note | n | Hello | Salaan |\n{rows}\n"
    reading = await read_apart(form.encode(), "long.md")
    assert reading.edition is not None
    assert len(reading.findings) == 201
    assert (reading.findings[-1].code, reading.findings[-1].details) == (
        Code.MORE_PROBLEMS,
        {"count": "101"},
    )


async def author(work: Work, telegram_id: int = 7) -> int:
    person = await People(work).greet(telegram_id, NOW)
    await Roles(work).give(person.id, Role.STEERING, NOW)
    return person.id


async def waiting(work: Work, person_id: int, name: str = "tea.md") -> Upload:
    await DraftStore(work).add(person_id, "handle", name, NOW)
    found = await Uploads(work).next(NOW)
    assert found is not None
    return found


async def draft(work: Work, upload: Upload) -> Draft:
    found = await DraftStore(work).get(upload.draft_id)
    assert found is not None
    return found


async def owed(work: Work) -> int:
    return sum([each.people for each in await DeliveryStore(work).waiting(NOW)])


async def test_a_report_is_owed_once_whoever_reads_it(db: Database) -> None:
    reading = await read_apart(TEA, "tea.md")
    async with db.work() as work:
        upload = await waiting(work, await author(work))
        await Uploads(work).settle(upload, reading, NOW)
    async with db.work() as work:  # another process, which was slower
        assert await Uploads(work).settle(upload, Reading(trouble=Trouble.HEAVY), NOW) == []
        kept = await draft(work, upload)
        assert (kept.name, kept.trouble, kept.findings) == ("tea", None, reading.findings)
        assert await owed(work) == 1
        assert await Uploads(work).next(NOW + MINUTE) is None
        assert await DeliveryStore(work).next_due(Lane.NOTICE) == NOW


async def test_a_file_of_which_the_process_dies_is_given_up(db: Database) -> None:
    async with db.work() as work:
        person_id = await author(work)
        upload = await waiting(work, person_id)
        for _ in range(OFTEN):
            assert await Uploads(work).begin(upload, NOW)
            found = await Uploads(work).next(NOW)
            assert found is not None
            upload = found
        assert not await Uploads(work).begin(upload, NOW)
        assert (await draft(work, upload)).trouble is Trouble.HEAVY
        assert await owed(work) == 1


async def test_a_file_that_cannot_be_fetched_is_tried_less_and_less_often(db: Database) -> None:
    async with db.work() as work:
        upload = await waiting(work, await author(work))
        now, tries = NOW, 0
        while (await draft(work, upload)).waits:
            assert await Uploads(work).begin(upload, now)
            await Uploads(work).put_off(upload, now)
            tries += 1
            while await Uploads(work).next(now) is None and (await draft(work, upload)).waits:
                now += timedelta(seconds=1) if now - NOW < MINUTE else MINUTE
        assert (await draft(work, upload)).trouble is Trouble.GONE
        assert PATIENCE <= now - NOW <= PATIENCE + 10 * MINUTE
        assert 100 < tries < 400


async def test_the_file_of_somebody_without_the_role_is_not_read(db: Database) -> None:
    async with db.work() as work:
        person_id = await author(work)
        upload = await waiting(work, person_id)
        await Roles(work).take(person_id, Role.STEERING, NOW)
        assert not await Uploads(work).begin(upload, NOW)
        assert await DraftStore(work).count(person_id) == 0
        assert await owed(work) == 0


async def test_no_draft_gets_the_number_of_one_that_is_gone(db: Database) -> None:
    async with db.work() as work:
        person_id = await author(work)
        first = await DraftStore(work).add(person_id, "handle", "a.md", NOW)
        await DraftStore(work).delete(first)
        assert await DraftStore(work).add(person_id, "handle", "b.md", NOW) > first


async def test_only_the_same_person_s_earlier_drafts_make_room(db: Database) -> None:
    reading = await read_apart(TEA, "tea.md")
    async with db.work() as work:
        grace, ben = await author(work), await author(work, 8)
        for person_id in (ben, grace, grace):
            upload = await waiting(work, person_id)
            gone = await Uploads(work).settle(upload, reading, NOW)
        assert gone == [2]
        assert [await DraftStore(work).count(each) for each in (grace, ben)] == [1, 1]
