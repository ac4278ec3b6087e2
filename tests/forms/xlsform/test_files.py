"""Files that a form names are found beside it, or are missing by name."""

import pytest

from bot.forms.xlsform import (
    Code,
    FormRefused,
    Problem,
    Row,
    Severity,
    Sheet,
    convert_trusted,
    limits,
    read_csv,
)
from tests.forms.xlsform.sheets import form, problems

HEAD = "type | name | label"
TOWNS = b"name,label,borough\nharrow,Harrow,hr\n"
CHOOSING = form(
    f"{HEAD} | calculation | parameters",
    "select_one_from_file towns.csv | town | Town | |",
    "select_multiple_from_file towns.csv | towns | Towns | | value=borough label=name",
    "csv-external | extra | | |",
    "calculate | price | | pulldata('prices', 'a', 'b', ${town}) * pulldata(\"rates.csv\", 'c') |",
)


def test_all_tables_that_are_named_come_from_beside() -> None:
    beside = {
        "towns.csv": TOWNS,
        "extra.csv": b"a,b\n",
        "prices.csv": b"a\n",
        "rates.csv": b"a\n",
        "unused.csv": b"x\n",
    }
    converted = convert_trusted(CHOOSING, "a.md", beside)
    del beside["unused.csv"]
    assert converted.files == beside
    assert converted.warnings == ()


def test_tables_that_are_missing_are_told_where_they_are_named() -> None:
    assert problems(CHOOSING, beside={"Prices.csv": b""}) == [
        Problem(Code.CSV_MISSING, Severity.ERROR, "survey", row, column, details)
        for row, column, details in [
            (3, "type", {"file": "towns.csv"}),
            (4, "type", {"file": "towns.csv"}),
            (5, "type", {"file": "extra.csv"}),
            (6, "calculation", {"file": "prices.csv", "similar": "Prices.csv"}),
            (6, "calculation", {"file": "rates.csv"}),
        ]
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            b"name,title\nx,X\n",
            Problem(
                *(Code.CSV_COLUMN_MISSING, Severity.ERROR, "survey", 3, "type"),
                {"file": "towns.csv", "column": "label"},
            ),
        ),
        (
            b"name,label\nx,\xff\n",
            Problem(Code.FILE_NOT_UTF8, details={"file": "towns.csv"}),
        ),
        (
            b'name,label\nx,"X\n',
            Problem(Code.QUOTES_UNMATCHED, row=2, details={"file": "towns.csv"}),
        ),
        (
            b"name,label\n" + b"x,X\n" * (limits.CSV_ROWS + 1),
            Problem(
                Code.TOO_MANY_ROWS, details={"file": "towns.csv", "limit": str(limits.CSV_ROWS)}
            ),
        ),
        (
            b"name,label,name\nx,X,y\n",
            Problem(Code.COLUMN_TWICE, row=1, column="name", details={"file": "towns.csv"}),
        ),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(table: bytes, expected: Problem) -> None:
    content = form(HEAD, "select_one_from_file towns.csv | town | Town")
    assert problems(content, beside={"towns.csv": table}) == [expected]


def test_other_files_with_choices_are_refused() -> None:
    content = form(HEAD, "select_one_from_file towns.geojson | town | Town")
    details = {"what": "towns.geojson", "reason": "xml_file"}
    assert problems(content) == [
        Problem(Code.NOT_IN_A_CHAT, Severity.ERROR, "survey", 3, "type", details)
    ]


def test_pictures_and_sounds_that_are_missing_are_told_where_they_are_named() -> None:
    content = form(
        f"{HEAD} | media::image::English (en) | audio",
        "select_one l | a | A | map.png | map.mp3",
        "text | b | B | - | ${a}",
        choices=("list_name | name | label | image", "l | x | X | x.png"),
    )
    beside = {"map.png": b"PNG", "Map.mp3": b"", "other.png": b""}
    found = problems(content, beside=beside)
    assert [each for each in found if each.code is Code.MEDIA_MISSING] == [
        Problem(
            *(Code.MEDIA_MISSING, Severity.ERROR, "survey", 3, "audio"),
            {"file": "map.mp3", "similar": "Map.mp3"},
        ),
        Problem(*(Code.MEDIA_MISSING, Severity.ERROR, "choices", 7, "image"), {"file": "x.png"}),
    ]
    converted = convert_trusted(content, "a.md", beside | {"map.mp3": b"", "x.png": b"X"})
    assert converted.files == {"map.png": b"PNG", "map.mp3": b"", "x.png": b"X"}


def test_a_table_beside_a_form_is_read_as_programs_save_it() -> None:
    expected = Sheet(
        "",
        ("name", "label"),
        (Row(2, {"name": "x", "label": "A; b"}), Row(4, {"name": "y"})),
    )
    assert read_csv(b'name,label\r\nx,"A; b"\r\n\r\ny,\r\n') == expected
    assert read_csv('\ufeffname;label\nx;"A; b"\n;\ny\n'.encode()) == expected
    assert read_csv("name\tlabel\nx\tA; b\n\ny\t\n".encode("utf-16")) == expected


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        (
            {f"{number}.csv": b"" for number in range(limits.FILES_BESIDE + 1)},
            Problem(Code.TOO_MANY_FILES, details={"limit": "200"}),
        ),
        (
            {"a.csv": b"x" * limits.BESIDE_BYTES, "b.csv": b"x"},
            Problem(Code.FILES_TOO_BIG, details={"limit": "20", "file": "b.csv"}),
        ),
        (
            {"a.png": bytes(limits.MEDIA_BYTES), "b.csv": b"x", "b.png": b"x"},
            Problem(Code.FILES_TOO_BIG, details={"limit": "100", "file": "b.png"}),
        ),
    ],
)
def test_too_much_beside_a_form_is_refused(beside: dict[str, bytes], expected: Problem) -> None:
    with pytest.raises(FormRefused) as refusal:
        convert_trusted(form(HEAD, "text | a | A"), "a.md", beside)
    assert refusal.value.problems == (expected,)
