import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from bot.events.models import Activity, ActivityKind
from tests.events.conftest import london
from tests.events.importing.conftest import Read
from tests.support.archives import with_damaged_part

Problems = Callable[[str, str | bytes], list[str]]
HEAD = ["uid", "kind", "title", "date", "start", "end", "venue", "capacity"]
ROW = ["expo", "expo", "Sample expo", date(2026, 10, 17), time(11), time(16), "Sample hall", 300]


def workbook(**sheets: list[list[Any]]) -> bytes:
    """An .xlsx file with these sheets, in this order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The archive with one part replaced or added."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return file.getvalue()


def test_dates_times_and_numbers_of_excel_are_read(read: Read) -> None:
    [draft] = read("a.xlsx", workbook(Sheet1=[HEAD, ROW])).drafts
    assert (draft.uid, draft.starts_at, draft.ends_at, draft.venue, draft.capacity) == (
        "expo",
        london("2026-10-17 11:00"),
        london("2026-10-17 16:00"),
        "Sample hall",
        300,
    )


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (datetime(2026, 10, 17), time(11), timedelta(hours=16)),  # noqa: DTZ001 -- as Excel gives it
        ("17/10/2026", "11am", "16:00"),
        ("17 October 2026", 11 / 24, 16 / 24),
    ],
)
def test_cells_may_be_text_or_values(read: Read, day: Any, start: Any, end: Any) -> None:
    row = [*ROW[:3], day, start, end, *ROW[6:]]
    [draft] = read("a.xlsx", workbook(Sheet1=[HEAD, row])).drafts
    assert (draft.starts_at, draft.ends_at) == (
        london("2026-10-17 11:00"),
        london("2026-10-17 16:00"),
    )


def test_activities_may_have_a_sheet_of_their_own(read: Read) -> None:
    [draft] = read(
        "a.xlsx",
        workbook(
            Notes=[["This sheet is not read."]],
            Events=[[], HEAD, [], ROW],
            Activities=[
                ["event", "kind", "title", "start", "slot_minutes"],
                ["expo", "health check", "Blood pressure", time(12), 10],
            ],
        ),
    ).drafts
    assert draft.activities == (
        Activity(
            "health-check-blood-pressure",
            ActivityKind.HEALTH_CHECK,
            {"en": "Blood pressure"},
            starts_at=london("2026-10-17 12:00"),
            slot_minutes=10,
        ),
    )


def test_problems_name_sheet_row_and_column(problems: Problems) -> None:
    content = workbook(
        events=[HEAD, ROW, [*ROW[:3], "never", *ROW[4:]]],
        activities=[["event", "kind", "title"], ["other", "stall", "Sample stall"]],
    )
    assert [problem.split(":")[0] for problem in problems("a.xlsx", content)] == [
        "Row 3, column “uid”",
        "Row 3, column “date”",
        "Sheet activities, row 2, column “event”",
    ]


def test_a_formula_without_a_value_and_an_error_are_refused(problems: Problems) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEAD)
    sheet.append(["expo", "expo", "=A1&B1", *ROW[3:]])
    sheet["G2"] = "#REF!"
    assert problems("a.xlsx", saved(book))[:2] == [
        (
            "Sheet Sheet, row 2, cell 3: this formula has no value yet. Open the file in a "
            "spreadsheet program, save it and try again, or write the value."
        ),
        "Sheet Sheet, row 2, cell 7: the formula gives the error #REF!. Put it right.",
    ]


def test_a_formula_with_a_value_counts_as_its_value(read: Read) -> None:
    content = workbook(Sheet1=[HEAD, ROW])
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    computed = b'<c r="C2" t="str"><f>A1</f><v>Computed title</v></c>'
    changed, count = re.subn(rb'<c r="C2".*?</c>', computed, sheet)
    assert count == 1
    content = with_part(content, "xl/worksheets/sheet1.xml", changed)
    [draft] = read("a.xlsx", content).drafts
    assert draft.title == {"en": "Computed title"}


def test_a_zip_bomb_is_refused_before_it_is_unpacked(problems: Problems) -> None:
    bomb = with_part(workbook(Sheet1=[HEAD, ROW]), "xl/media/x.xml", b"\0" * 30_000_000)
    assert len(bomb) < 100_000
    assert problems("a.xlsx", bomb) == [
        "Unpacked, this file is far too big. Copy only the table into a new file and save that."
    ]


def test_an_archive_that_lies_about_its_sizes_is_refused(problems: Problems) -> None:
    bomb = bytearray(with_part(workbook(Sheet1=[HEAD, ROW]), "xl/x.xml", b"\0" * 30_000_000))
    small = struct.pack("<L", 100)
    while (at := bomb.find(struct.pack("<L", 30_000_000))) >= 0:
        bomb[at : at + 4] = small
    assert problems("a.xlsx", bytes(bomb)) == [
        "The file is damaged. Open it in a spreadsheet program and save it again as .xlsx."
    ]


def test_a_part_that_cannot_be_unpacked_is_damage(problems: Problems) -> None:
    content = workbook(Sheet1=[HEAD, ROW])
    assert problems("a.xlsx", with_damaged_part(content, "xl/worksheets/sheet1.xml")) == [
        "The file is damaged. Open it in a spreadsheet program and save it again as .xlsx."
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities_are_refused(problems: Problems, encoding: str) -> None:
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa">'
        '<!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'
    ).encode(encoding)
    content = with_part(workbook(Sheet1=[HEAD, ROW]), "xl/sharedStrings.xml", xml)
    assert problems("a.xlsx", content) == [
        "This file holds XML entities, which no spreadsheet program writes."
    ]


def test_rows_far_below_are_refused_and_not_lost(problems: Problems, read: Read) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEAD)
    sheet.append(ROW)
    sheet.cell(4000, 1, "two")
    assert problems("a.xlsx", saved(book))[0].startswith("Row 4000, column “kind”")
    sheet.delete_rows(3, 4000)
    sheet.row_dimensions[1_000_000].height = 20  # formatted and empty
    assert len(read("a.xlsx", saved(book)).drafts) == 1
    sheet.cell(1_000_001, 1, "far below")
    assert problems("a.xlsx", saved(book)) == [
        (
            "There is something below row 20,000. Delete the empty rows above it, or make several "
            "files."
        )
    ]


def test_too_many_rows_are_refused(problems: Problems) -> None:
    rows = [[f"e{n}", *ROW[1:]] for n in range(5001)]
    assert problems("a.xlsx", workbook(Sheet1=[HEAD, *rows])) == [
        "The table has more than 5,000 rows. Make several files of it."
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 and no more", "The file is damaged."),
        (b"hello", "This is not an .xlsx file."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "This is an old Excel or Office file."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "This file has a password.",
        ),
    ],
)
def test_what_is_no_spreadsheet_is_refused(problems: Problems, content: bytes, said: str) -> None:
    assert problems("a.xlsx", content)[0].startswith(said)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["word/document.xml"], "This is a text or slides, not a table."),
        (["mimetype", "content.xml"], "This is an OpenDocument file."),
        (["xl/workbook.bin"], "This is an .xlsb file."),
        (["photo.jpg"], "This is no spreadsheet."),
        (["xl/workbook.xml"], "The file is damaged."),
        ([f"{n}.xml" for n in range(501)], "Unpacked, this file is far too big."),
    ],
)
def test_other_archives_are_refused_with_advice(
    problems: Problems, names: list[str], said: str
) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    assert problems("a.xlsx", file.getvalue())[0].startswith(said)


def test_a_spreadsheet_by_another_name_is_told_apart(problems: Problems) -> None:
    content = workbook(Sheet1=[HEAD, ROW])
    for name, said in (
        ("a.csv", "This is not a .csv file. If it is from Excel, let its name end in .xlsx."),
        ("a.ics", "This is not a .ics file. If it is from Excel, let its name end in .xlsx."),
    ):
        assert problems(name, content) == [said]


def test_an_empty_workbook_is_refused(problems: Problems) -> None:
    [said] = problems("a.xlsx", workbook(Sheet1=[]))
    assert said.startswith("There is no table here. The first row names columns: uid, kind,")
