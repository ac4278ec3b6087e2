"""A form in text tables becomes a spreadsheet that people can go on with."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.forms.xlsform import Row, Sheet, convert_trusted, read_sheets, to_xlsx
from tests.forms.xlsform.sheets import form

FORM = form(
    "type | name | label::English (en) | label::Arabic (ar) | relevant | default",
    "select_one yesno or_other | going | Are you going? | هل ستذهب؟ | |",
    "begin_repeat | guest | A guest | ضيف | ${going} = 'yes' |",
    "note | | Hello ${who} \\| “you” | مرحبا | |",
    "text | who | Who? | من؟ | | 007",
    "end_repeat | | | | |",
    "integer | sum | Sum | مجموع | | =1+1",
    "text | day | Day | يوم | | 2026-03-29",
    choices=(
        "list_name | name | label::English (en) | label::Arabic (ar)",
        "yesno | yes | Yes | نعم",
    ),
    settings=("form_title | form_id | version | default_language", "T | t | 2.0 | English (en)"),
)


def test_the_spreadsheet_is_the_same_form() -> None:
    sheets = read_sheets(FORM, "a.md")
    spreadsheet = to_xlsx(sheets)
    assert [(each.name, each.columns) for each in read_sheets(spreadsheet, "a.xlsx")] == [
        (each.name, each.columns) for each in sheets
    ]
    assert convert_trusted(spreadsheet, "a.xlsx").xform == convert_trusted(FORM, "a.md").xform


def test_csv_makes_the_same_spreadsheet_as_markdown() -> None:
    csv = b'survey\n,type,name,label\n,text,a,"A, b"\n'
    markdown = form("type | name | label", "text | a | A, b")
    first, second = (to_xlsx(read_sheets(*each)) for each in ((csv, "a.csv"), (markdown, "a.md")))
    assert read_sheets(first, "a.xlsx") == read_sheets(second, "b.xlsx")


def test_the_spreadsheet_is_good_to_work_in() -> None:
    workbook = load_workbook(BytesIO(to_xlsx(read_sheets(FORM, "a.md"))))
    assert workbook.sheetnames == ["survey", "choices", "settings"]
    survey = workbook["survey"]
    assert survey.freeze_panes == "A2"
    assert [cell.value for cell in survey[1]] == [
        *("type", "name", "label::English (en)", "label::Arabic (ar)", "relevant", "default")
    ]
    assert {cell.font.b for cell in survey[1]} == {True}
    assert {cell.number_format for row in survey.rows for cell in row} == {"@"}
    assert {cell.alignment.wrap_text for row in survey.rows for cell in row} == {True}
    assert [(survey[at].value, survey[at].data_type) for at in ("F5", "F7", "F8")] == [
        ("007", "s"),
        ("=1+1", "s"),
        ("2026-03-29", "s"),
    ]
    assert survey.column_dimensions["A"].width == len("select_one yesno or_other") + 2
    assert survey.column_dimensions["B"].width == 12
    long = Sheet("survey", ("label",), (Row(2, {"label": "x" * 300}),))
    assert load_workbook(BytesIO(to_xlsx((long,))))["survey"].column_dimensions["A"].width == 60


@pytest.mark.parametrize(
    "text", ["a\nb", "a\tb", "_x000D_", "=cmd()", "'a", "+1", "@a", "1e5", "TRUE"]
)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    sheets = (Sheet("survey", ("label",), (Row(2, {"label": text}),)),)
    assert read_sheets(to_xlsx(sheets), "a.xlsx") == sheets
