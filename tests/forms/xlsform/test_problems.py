"""Everything wrong in the rows is told at once, each problem with its sheet, row and column."""

import pytest

from bot.forms.xlsform import Code, Problem, Severity, limits
from tests.forms.xlsform.sheets import form, problems, told, xlsx

HEAD = "type | name | label"
LIST = ("list_name | name | label", "yesno | yes | Yes", "yesno | no | No")


def survey(
    code: Code,
    row: int | None,
    column: str | None,
    severity: Severity = Severity.ERROR,
    **details: str,
) -> Problem:
    return Problem(code, severity, "survey", row, column, details)


def choices(code: Code, row: int, column: str, **details: str) -> Problem:
    return Problem(code, Severity.ERROR, "choices", row, column, details)


def test_an_author_can_mend_everything_at_once() -> None:
    content = form(
        "type | name | label | relevent | calculation",
        "txt | a | A | |",
        "select_one yesno | a | B ${nobody} | |",
        "text | | C ${ agee} | |",
        "integer | age | Age ${agee} | |",
        " | b | B | |",
        "calculate | sum | | |",
        "select_multiple yes_no | c | | |",
        "select_one | d | D | |",
        "begin_group | g | G | |",
        "text | 2nd | E | |",
        "end_repeat | | | |",
        choices=(*LIST, "yesno | yes | Yes", "yesno | | Maybe", "| who | Who?"),
    )
    assert problems(content) == [
        survey(Code.COLUMN_UNKNOWN, 2, "relevent", Severity.WARNING, similar="relevant"),
        survey(Code.TYPE_UNKNOWN, 3, "type", type="txt", similar="text"),
        survey(Code.NAME_TWICE, 4, "name", name="a", first="3"),
        survey(Code.REFERENCE_UNKNOWN, 4, "label", name="nobody"),
        survey(Code.NAME_MISSING, 5, "name"),
        survey(Code.REFERENCE_INVALID, 5, "label"),
        survey(Code.REFERENCE_UNKNOWN, 6, "label", name="agee", similar="age"),
        survey(Code.TYPE_MISSING, 7, "type"),
        survey(Code.CALCULATION_MISSING, 8, "calculation"),
        survey(Code.LIST_MISSING, 9, "type", list="yes_no", similar="yesno"),
        survey(Code.LABEL_MISSING, 9, "label", name="c"),
        survey(Code.LIST_NAME_MISSING, 10, "type", type="select_one"),
        survey(Code.BEGIN_WITHOUT_END, 11, "type", type="group", name="g"),
        survey(Code.NAME_INVALID, 12, "name", name="2nd"),
        survey(Code.END_WITHOUT_BEGIN, 13, "type", type="repeat"),
        choices(Code.CHOICE_NAME_TWICE, 18, "name", name="yes", list="yesno", first="16"),
        choices(Code.CHOICE_NAME_MISSING, 19, "name", list="yesno"),
        choices(Code.LIST_NAME_MISSING, 20, "list_name"),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            form(HEAD, "text | meta | A"),
            survey(Code.NAME_RESERVED, 3, "name", name="meta"),
        ),
        (
            form(
                *(HEAD, "begin_group | g | G", "text | a | A", "end_group | |"),
                *("begin_group | h | H", "text | a | A", "end_group | |", "note | n | ${a}"),
            ),
            survey(Code.REFERENCE_AMBIGUOUS, 9, "label", name="a"),
        ),
        (
            form(HEAD, "select_one l | a | A", choices=(f"{LIST[0]} | 2nd", "l | x | X | 1")),
            choices(Code.COLUMN_NAME_INVALID, 5, "2nd"),
        ),
        (form(f"{HEAD} | bind::a b", "text | a | A | 1"), Problem(Code.NOT_CONVERTED)),
        (
            form(HEAD, "select_one ${nobody} | a | A"),
            survey(Code.REFERENCE_UNKNOWN, 3, "type", name="nobody"),
        ),
        (
            form(HEAD, "select_multiple l | a | A", choices=(LIST[0], "l | a b | A")),
            choices(Code.CHOICE_NAME_HAS_SPACE, 6, "name", name="a b", list="l"),
        ),
        (
            form(
                f"{HEAD} | choice_filter",
                "select_one yesno or_other | a | A | true()",
                choices=LIST,
            ),
            survey(Code.OTHER_WITH_FILTER, 3, "choice_filter"),
        ),
        (form(HEAD), survey(Code.NOTHING_ASKED, 2, None)),
        (form("typ | name | label", "text | a | A"), survey(Code.COLUMN_MISSING, 2, "type")),
        (
            form(HEAD, "text | a | A", choices=("list_name | nam", "l | a")),
            choices(Code.COLUMN_MISSING, 5, "name"),
        ),
        (
            form(HEAD, "text | a | A", choices=("name", "a")),
            choices(Code.COLUMN_MISSING, 5, "list_name"),
        ),
        (form(f"{HEAD} | label", "text | a | A | B"), survey(Code.COLUMN_TWICE, 2, "label")),
        (
            form(HEAD, "text | a | A") + b"\n| Survey |\n| | type | name |\n| | text | b |",
            Problem(Code.SHEET_TWICE, sheet="Survey"),
        ),
        (
            b"| servey |\n| | type | name | label |\n| | text | a | A |\n| b |\n",
            Problem(Code.SHEET_MISSING, details={"sheet": "survey", "similar": "servey"}),
        ),
        (b"| | type |\n" + form(HEAD, "text | a | A"), Problem(Code.TEXT_ABOVE_SHEETS, row=1)),
        (
            form(HEAD, "text | a | A\x0b1"),
            survey(Code.CHARACTER_REFUSED, 3, "label", character="U+000B"),
        ),
        (
            form(HEAD, f"text | a | {'A' * 32_768}"),
            survey(Code.CELL_TOO_LONG, 3, "label", limit="32767"),
        ),
    ],
)
def test_a_form_is_refused_for_one_reason(content: bytes, expected: Problem) -> None:
    assert problems(content) == [expected]


def test_columns_keep_the_names_that_the_author_gave_them() -> None:
    content = form("Type | Value | Caption | Calculate", "calculate | | |", "text | a | |")
    assert problems(content) == [
        survey(Code.NAME_MISSING, 3, "Value"),
        survey(Code.CALCULATION_MISSING, 3, "Calculate"),
        survey(Code.LABEL_MISSING, 4, "Caption", name="a"),
    ]


def test_columns_that_mean_nothing_are_told_unless_they_are_notes() -> None:
    content = form(
        f"{HEAD} | who wrote it | _remarks | $kuid",
        "select_one l | a | A | me | x | y",
        choices=(f"{LIST[0]} | borough | lable", "l | a | A | Brent | B"),
        settings=("form_titel | anything", "A | B"),
    )
    warned = Severity.WARNING
    assert problems(content) == [
        survey(Code.COLUMN_UNKNOWN, 2, "who wrote it", warned),
        Problem(Code.COLUMN_UNKNOWN, warned, "choices", 5, "lable", {"similar": "label"}),
        Problem(
            Code.COLUMN_UNKNOWN, warned, "settings", 8, "form_titel", {"similar": "form_title"}
        ),
    ]


def test_rows_that_are_switched_off_are_not_looked_at() -> None:
    content = form(f"{HEAD} | disabled", "txt | 1 | X | yes", "text | a | A | no")
    assert problems(content) == [
        survey(Code.ROW_DISABLED, 3, None, Severity.WARNING),
        survey(Code.ROW_DISABLED, 4, None, Severity.WARNING),
    ]


def test_groups_may_stand_inside_one_another_but_not_endlessly() -> None:
    def nested(depth: int) -> bytes:
        begins = [f"begin_group | g{number} | G" for number in range(depth)]
        return form(HEAD, *begins, "text | a | A", *["end_group | |"] * depth)

    assert problems(nested(limits.DEPTH)) == []
    assert problems(nested(limits.DEPTH + 1)) == [
        survey(Code.TOO_DEEP, 3 + limits.DEPTH, "type", limit=str(limits.DEPTH))
    ]


def test_of_very_many_problems_the_first_are_told_and_the_others_counted() -> None:
    rows = [f"text | q{number} |" for number in range(limits.PROBLEMS + 5)]
    *first, last = problems(form(HEAD, *rows))
    assert first == [
        survey(Code.LABEL_MISSING, 3 + number, "label", name=f"q{number}")
        for number in range(limits.PROBLEMS)
    ]
    assert last == Problem(Code.MORE_PROBLEMS, details={"count": "5"})


def test_no_number_of_warnings_hides_an_error() -> None:
    rows = [f"| | | hint {number}" for number in range(limits.PROBLEMS + 1)]
    found = problems(form(f"{HEAD} | hint", *rows, "image | a | | "))
    assert [each for each in found if each.severity is Severity.ERROR] == [
        survey(Code.LABEL_MISSING, 3 + len(rows), "label", name="a")
    ]
    assert found[-1] == Problem(Code.MORE_PROBLEMS, Severity.WARNING, details={"count": "1"})


def test_rows_are_counted_as_a_spreadsheet_program_shows_them() -> None:
    content = xlsx(survey=[HEAD.split(" | "), [], ["txt", "a", "A"], [], [], ["text", "b"]])
    assert problems(content, "a.xlsx") == [
        survey(Code.TYPE_UNKNOWN, 3, "type", type="txt", similar="text"),
        survey(Code.LABEL_MISSING, 6, "label", name="b"),
    ]


def test_headings_may_stand_below_empty_rows() -> None:
    content = xlsx(survey=[[], [], HEAD.split(" | "), [], ["txt", "a", "A"]])
    assert problems(content, "a.xlsx") == [
        survey(Code.TYPE_UNKNOWN, 5, "type", type="txt", similar="text")
    ]


def test_pyxforms_own_sentence_goes_along() -> None:
    [problem] = told(form(HEAD, "text | | A"))
    assert problem.details == {"pyxform": "[row : 2] Question or group with no name."}


def test_a_list_that_no_question_uses_is_told() -> None:
    content = form(
        "type | name | label | calculation",
        "select_one used | a | A? |",
        "calculate | b | | instance('looked')/root/item[1]/name",
        choices=(
            "list_name | name | label",
            *("used | x | X", "left | y | Y", "left | z | Z", "looked | v | V"),
        ),
    )
    assert problems(content) == [
        Problem(*(Code.LIST_UNUSED, Severity.WARNING, "choices", 8, "list_name"), {"list": "left"})
    ]
