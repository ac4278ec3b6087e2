"""Files are read as people's programs save them, and as pyxform would read them."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyxform.constants import SUPPORTED_SHEET_NAMES
from pyxform.xls2json_backends import DefinitionData, definition_to_dict, get_definition_data

from bot.forms.xlsform import (
    Code,
    FormRefused,
    Language,
    Problem,
    Row,
    Severity,
    Sheet,
    convert_trusted,
    limits,
    read_sheets,
    to_xlsx,
)
from bot.forms.xlsform.form import FormSheets
from bot.forms.xlsform.reading import read_book
from bot.forms.xlsform.tables import SHEETS
from tests.forms.xlsform.sheets import compound, form, problems, xls, xlsx

HEAD = ["type", "name", "label"]
ROWS = [HEAD, ["text", "a", "A; “b”, c"], ["integer", "b", "اسم"]]
SURVEY = (
    Sheet(
        "survey",
        tuple(HEAD),
        (
            Row(2, {"type": "text", "name": "a", "label": "A; “b”, c"}),
            Row(3, {"type": "integer", "name": "b", "label": "اسم"}),
        ),
    ),
)


def refusal(content: bytes, filename: str) -> tuple[Problem, ...]:
    with pytest.raises(FormRefused) as caught:
        read_sheets(content, filename)
    return caught.value.problems


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (xlsx(survey=ROWS), "a.xlsx"),
        (xlsx(survey=ROWS), "a.xlsm"),  # no macros in it
        (xlsx(survey=ROWS), "a"),
        (xlsx(Survey=ROWS, notes=[["anything"]]), "a.csv"),  # what is in it counts
        (xlsx(Sheet1=ROWS), "a.xlsx"),  # the only sheet
        (xls(survey=ROWS), "a.xls"),
        (xls(survey=ROWS, notes=[["anything"]]), "a.xlsx"),
    ],
)
def test_a_spreadsheet_is_read_whatever_it_is_called(content: bytes, filename: str) -> None:
    [sheet] = read_sheets(content, filename)
    assert (sheet.columns, sheet.rows) == (SURVEY[0].columns, SURVEY[0].rows)


@pytest.mark.parametrize(
    "text",
    [
        'survey\n,type,name,label\n,text,a,"A; “b”, c"\n,integer,b,اسم\n',
        'survey,,,\r\n,type,name,label\r\n,text,a,"A; “b”, c"\r\n,integer,b,اسم\r\n',
        'survey;;;\n;type;name;label\n;text; a ;"A; “b”, c"\n;integer;b;اسم\n',
        "survey\n\ttype\tname\tlabel\n\ttext\ta\tA; “b”, c\n\tinteger\tb\tاسم\n",
        'survey,type,name,label\n,text,a,"A; “b”, c",,\n,integer,b,اسم\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_however_a_program_saves_it(text: str, encoding: str) -> None:
    [sheet] = read_sheets(text.encode(encoding), "a.csv")
    first = sheet.heading + 1
    assert sheet.columns == tuple(HEAD)
    assert [(row.number - first, row.cells) for row in sheet.rows] == [
        (number, row.cells) for number, row in enumerate(SURVEY[0].rows)
    ]


def test_a_csv_that_says_its_delimiter_keeps_its_line_numbers() -> None:
    [sheet] = read_sheets(b"sep=;\nsurvey\n;type;name\n\n;text;a\n", "a.csv")
    assert sheet == Sheet("survey", ("type", "name"), (Row(5, {"type": "text", "name": "a"}),), 3)


@pytest.mark.parametrize(
    "text",
    [
        "| survey |\n| | type | name | label |\n| | text | a | A \\| B |",
        "| survey | type | name | label |\n| | text | a | A \\| B | # a remark\n",
        (
            "Some words.\n\n  | survey | | | |\n|:--|---|---|---|\n| | type | name | label |\n"
            "# | | text | b | B |\n| | text | a | A \\| B\n| | | | |\n"
        ),
    ],
)
def test_markdown_is_read_as_people_write_it(text: str) -> None:
    [sheet] = read_sheets(text.encode(), "a.md")
    assert sheet.columns == tuple(HEAD)
    assert [row.cells for row in sheet.rows] == [{"type": "text", "name": "a", "label": "A | B"}]
    lines = text.split("\n")
    assert ["A \\| B" in lines[row.number - 1] for row in sheet.rows] == [True]
    assert "type" in lines[sheet.heading - 1]


def test_values_of_cells_are_said_as_pyxform_says_them() -> None:
    cells = [1, 1.0, 1.5, True, False, " a\xa0b  c ", date(2026, 3, 29), "'x", "\n"]
    content = xlsx(survey=[[f"c{number}" for number in range(len(cells))], cells])
    [sheet] = read_sheets(content, "a.xlsx")
    assert [*sheet.rows[0].cells.values()] == [
        *("1", "1", "1.5", "TRUE", "FALSE", "a b  c", "2026-03-29 00:00:00", "'x")
    ]
    [sheet] = read_sheets(xls(survey=[["a", "b", "c", "d"], [1, 1.5, True, " x "]]), "a.xls")
    assert [*sheet.rows[0].cells.values()] == ["1", "1.5", "TRUE", "x"]


def test_formulas_count_by_the_value_that_was_saved() -> None:
    content = xlsx(survey=[HEAD, ["text", "a", "=1+1"], ["text", "b", "B"]], choices=[["=1"]])
    assert refusal(content, "a.xlsx") == (
        Problem(Code.FORMULA_WITHOUT_VALUE, sheet="survey", row=2, column="label"),
    )
    calculated = _patched(content, b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    assert read_sheets(calculated, "a.xlsx")[0].rows[0].cells["label"] == "2"
    empty = _patched(content, b'<c r="C2"><f>1+1</f><v />', b'<c r="C2" t="str"><f>1+1</f><v/>')
    assert read_sheets(empty, "a.xlsx")[0].rows[0].cells == {"type": "text", "name": "a"}
    broken = _patched(content, b'<c r="C2"><f>1+1</f><v />', b'<c r="C2" t="e"><v>#REF!</v>')
    failing = Problem(
        Code.FORMULA_FAILS, sheet="survey", row=2, column="label", details={"value": "#REF!"}
    )
    assert refusal(broken, "a.xlsx") == (failing,)
    assert refusal(xls(survey=[HEAD, ["text", "a", "#REF!"]]), "a.xls") == (failing,)


def _patched(content: bytes, old: bytes, new: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new, 1))
    patched = file.getvalue()
    assert new in patched
    return patched


@pytest.mark.parametrize(
    ("content", "filename", "expected"),
    [
        (b"", "a.xlsx", Problem(Code.FILE_EMPTY)),
        (b" \r\n", "a.md", Problem(Code.FILE_EMPTY)),
        (b"hello", "a.xlsx", Problem(Code.FILE_DAMAGED)),
        (b"hello", "a.docx", Problem(Code.FILE_OF_ANOTHER_KIND, details={"kind": ""})),
        (b"%PDF-1.7", "a.csv", Problem(Code.FILE_OF_ANOTHER_KIND, details={"kind": "pdf"})),
        (
            b"\n<HTML><table>",
            "a.xls",
            Problem(Code.FILE_OF_ANOTHER_KIND, details={"kind": "html"}),
        ),
        (b"survey\n,\xe9\n", "a.csv", Problem(Code.FILE_NOT_UTF8)),
        (b"\xff\xfea", "a.csv", Problem(Code.FILE_NOT_UTF8)),
        (b"survey\n,a\0b\n", "a.csv", Problem(Code.FILE_OF_ANOTHER_KIND, details={"kind": ""})),
        (b'survey\n,"a" b\n', "a.csv", Problem(Code.QUOTES_UNMATCHED, row=2)),
        (
            compound(WordDocument=b""),
            "a.xls",
            Problem(Code.FILE_OF_ANOTHER_KIND, details={"kind": "text document"}),
        ),
        (compound(EncryptedPackage=b"x"), "a.xlsx", Problem(Code.FILE_HAS_PASSWORD)),
        (compound(_VBA_PROJECT_CUR=b"x"), "a.xls", Problem(Code.FILE_HAS_MACROS)),
        (compound(Workbook=b"x"), "a.xls", Problem(Code.FILE_DAMAGED)),
        (xls(survey=ROWS)[:1500], "a.xls", Problem(Code.FILE_DAMAGED)),
        (
            xlsx(survey=[["a"] * 201]),
            "a.xlsx",
            Problem(Code.TOO_MANY_COLUMNS, sheet="survey", details={"limit": "200"}),
        ),
        (
            b"survey\n,type\n" + b",text\n" * (limits.SURVEY_ROWS + 1),
            "a.csv",
            Problem(Code.TOO_MANY_ROWS, sheet="survey", details={"limit": "2000"}),
        ),
        (
            b"".join(b"| s%d | a |\n" % number for number in range(limits.SHEETS + 1)),
            "a.md",
            Problem(Code.TOO_MANY_SHEETS, details={"limit": "50"}),
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    content: bytes, filename: str, expected: Problem
) -> None:
    assert refusal(content, filename) == (expected,)


def test_the_sheets_that_count_are_those_of_pyxform() -> None:
    assert SHEETS == SUPPORTED_SHEET_NAMES


words = st.text("aé|ع“ -\\#$&<>\"'", min_size=1, max_size=8).map(str.strip).filter(bool)
tables = st.lists(
    st.fixed_dictionaries({"type": words, "name": words}, optional={"label": words, "hint": words}),
    min_size=1,
    max_size=4,
)


@given(survey=tables, choices=tables)
def test_a_spreadsheet_is_read_as_pyxform_reads_it(
    survey: list[dict[str, str]], choices: list[dict[str, str]]
) -> None:
    columns = ("type", "name", "label", "hint")
    sheets = tuple(
        Sheet(
            name,
            columns,
            tuple(
                Row(number, dict(sorted(row.items(), key=lambda cell: columns.index(cell[0]))))
                for number, row in enumerate(rows, start=2)
            ),
        )
        for name, rows in (("survey", survey), ("choices", choices))
    )
    content = to_xlsx(sheets)
    assert read_sheets(content, "a.xlsx") == sheets
    ours = FormSheets(book := read_book(content, "a.xlsx"), book.sheets["survey"])
    theirs = definition_to_dict(get_definition_data(content), ".xlsx")
    assert DefinitionData(**ours.for_pyxform()) == theirs


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (
            ".md",
            form(
                "type | name | label",
                "text | a | A",
                "| | ",
                "note | | B",
                settings=("form_title", "T"),
            ),
        ),
        (".csv", b"survey\n,type,name\n,text,a\n,,\n,note,\nchoices\n,list_name,name\n,a,b\n"),
        (".xlsx", xlsx(survey=[HEAD, ["text", "a"], [], [], ["note", None, "B"]], x=[["y"]])),
        (
            ".xls",
            xls(
                survey=[HEAD, ["text", "a", 1], [], ["note", "", 1.5]],
                settings=[["form_id"], ["x"]],
            ),
        ),
    ],
)
def test_a_file_is_read_as_pyxform_reads_it(suffix: str, content: bytes) -> None:
    book = read_book(content, f"a{suffix}")
    ours = FormSheets(book, book.sheets["survey"])
    theirs = definition_to_dict(get_definition_data(content), suffix)
    assert DefinitionData(**ours.for_pyxform()) == theirs


def test_a_form_without_translations_has_the_language_of_its_settings() -> None:
    content = form(
        "type | name | label", "text | a | A", settings=("default_language", "Somali (so)")
    )
    converted = convert_trusted(content, "a.md")
    assert converted.languages == (Language("Somali (so)", "so"),)
    assert converted.default_language == "Somali (so)"


def test_a_default_language_that_no_column_has_is_a_warning() -> None:
    content = form(
        *("type | name | label::English (en) | label::French (fr)", "text | a | A | B"),
        settings=("default_language", "English"),
    )
    assert convert_trusted(content, "a.md").default_language == "English (en)"
    assert problems(content) == [
        Problem(
            *(Code.DEFAULT_LANGUAGE_UNKNOWN, Severity.WARNING, "settings", 6, "default_language"),
            {"language": "English", "languages": "English (en), French (fr)"},
        )
    ]


def test_a_form_without_languages_has_one_that_has_no_name() -> None:
    converted = convert_trusted(form("type | name | label", "text | a | A"), "My form.md")
    assert [(each.name, each.code) for each in converted.languages] == [("default", "")]
    assert (converted.default_language, converted.title, converted.form_id) == (
        *("default", "My form", "My form"),
    )
    assert problems(form("type | name | label", "text | a | A"), "My form.md") == []
