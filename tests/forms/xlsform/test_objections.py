"""What pyxform alone finds gets a code of ours, a row and a column, and keeps its sentence."""

import pytest

from bot.forms.xlsform import Code, Problem, Severity
from tests.forms.xlsform.sheets import form, problems, told

HEAD = "type | name | label"
LIST = ("list_name | name | label", "yesno | yes | Yes", "yesno | no | No")
LANGUAGES = "type | name | label::English (en)"


def lacks_column(language: str, heading: str) -> Problem:
    code, details = Code.TRANSLATION_COLUMN_MISSING, {"language": language}
    return Problem(code, sheet="survey", row=2, column=heading, details=details)


def test_a_sentence_is_kept_whole() -> None:
    [problem] = told(form(f"{HEAD} | parameters", "text | a | A | colour=red"))
    assert problem == Problem(
        Code.PARAMETERS_INVALID,
        Severity.ERROR,
        "survey",
        3,
        "parameters",
        {
            "pyxform": "[row : 2] On the 'survey' sheet, the 'parameters' value is invalid. The "
            "accepted parameter keys for this question type are 'rows'. The following are "
            "invalid parameter key(s): 'colour'."
        },
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            form(
                *(HEAD, "begin_group | g | G", "begin_repeat | r | R", "text | a | A"),
                *("end_repeat | |", "end_group | |"),
                *("begin_repeat | r | R", "text | b | B", "end_repeat | |"),
            ),
            Problem(Code.NAME_TWICE, sheet="survey", row=8, column="name"),
        ),
        (
            form(HEAD, "begin_repeat | data | R", "text | a | A", "end_repeat | |"),
            Problem(Code.NAME_RESERVED, sheet="survey", row=3, column="name"),
        ),
        (
            form(HEAD, "text | a | A", settings=("name", "1 form")),
            Problem(Code.NAME_INVALID, sheet="settings", row=5, column="name"),
        ),
        (
            form(
                f"{HEAD} | trigger | calculation",
                "calculate | sum | | | 1",
                "text | a | A | ${sum} | 1",
            ),
            Problem(
                *(Code.TRIGGER_INVALID, Severity.ERROR, "survey", 4, "trigger"),
                {"name": "a", "trigger": "sum"},
            ),
        ),
        (
            form(f"{HEAD} | trigger | calculation", "text | a | A | b | 1"),
            Problem(Code.REFERENCE_INVALID, sheet="survey", row=3, column="trigger"),
        ),
        (
            form(f"{HEAD} | parameters", "range | a | A | start=low"),
            Problem(Code.PARAMETERS_INVALID, sheet="survey", row=3, column="parameters"),
        ),
        (
            form(f"{HEAD} | parameters", "text | b | B |", "text | a | A | rows"),
            Problem(Code.PARAMETERS_INVALID, sheet="survey", row=4, column="parameters"),
        ),
        *(
            (
                form(
                    f"{HEAD} | parameters",
                    "select_one yesno | b | B |",
                    f"select_one yesno | a | A | {parameters}",
                    choices=LIST,
                ),
                Problem(Code.PARAMETERS_INVALID, sheet="survey", row=4, column="parameters"),
            )
            for parameters in ("seed=3", "randomize=maybe", "randomize=true seed=x")
        ),
        (
            form(f"{HEAD} | parameters", "audio | a | A | quality=x", "audio | b | B | quality=y"),
            Problem(Code.PARAMETERS_INVALID),  # of which row, nobody says
        ),
        (
            form(f"{HEAD} | relevant | relevance", "text | a | A | 1 | 1"),
            Problem(
                *(Code.COLUMN_TWICE, Severity.ERROR, "survey", 2, "relevance"),
                {"first": "relevant"},
            ),
        ),
        (
            form("type | name | guidance_hint | label", "text | a | Help | "),
            Problem(Code.LABEL_MISSING, Severity.ERROR, "survey", 3, "label", {"name": "a"}),
        ),
        (
            form(HEAD, "select_one_from_file towns | a | A"),
            Problem(Code.CSV_NAME_INVALID, sheet="survey", row=3, column="type"),
        ),
        (
            form(
                f"{HEAD} | appearance",
                "begin_group | g | G | table-list",
                "select_one yesno | a | A |",
                "select_one other | b | B |",
                "end_group | | |",
                choices=(*LIST, "other | x | X"),
            ),
            Problem(Code.TABLE_LIST_INVALID, sheet="survey", row=5, column="type"),
        ),
    ],
)
def test_an_objection_has_a_code_and_a_place(content: bytes, expected: Problem) -> None:
    assert problems(content) == [expected]
    assert "pyxform" in told(content)[0].details


def test_a_big_image_needs_an_image() -> None:
    content = form(f"{HEAD} | big-image", "text | a | A | map.png")
    assert problems(content, beside={"map.png": b""}) == [
        Problem(Code.BIG_IMAGE_ALONE, Severity.ERROR, "survey", 3, None, {"name": "a"})
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            form(HEAD, "text | a | A") + b"\n| setting |\n| | form_title |\n| | A |",
            [Problem(Code.SHEET_MISSPELT, details={"sheet": "settings", "similar": "setting"})],
        ),
        (
            form(f"{HEAD} | hint", "| | | only this", "text | a | A |"),
            [Problem(Code.ROW_SKIPPED, sheet="survey", row=3)],
        ),
        (
            form(HEAD, "text | age | A", "text | Age | A"),
            [
                Problem(
                    Code.NAME_DIFFERS_IN_CASE,
                    sheet="survey",
                    row=4,
                    column="name",
                    details={"name": "Age"},
                )
            ],
        ),
        (
            form(HEAD, "begin_repeat | r |", "text | a | A", "end_repeat | |"),
            [
                Problem(
                    Code.LABEL_MISSING, sheet="survey", row=3, column="label", details={"name": "r"}
                )
            ],
        ),
        (
            form(HEAD, "select_one l | a | A", choices=(f"{LIST[0]} | my own", "l | a | | 1")),
            [
                Problem(Code.COLUMN_NAME_INVALID, sheet="choices", row=5, column="my own"),
                Problem(Code.CHOICE_LABEL_MISSING, sheet="choices", row=6, column="label"),
            ],
        ),
        (
            form(
                f"{LANGUAGES} | label::French (fr) | hint::English (en) | required_message",
                "text | a | A | B | C | D",
            ),
            [
                lacks_column("English (en)", "required_message::English (en)"),
                lacks_column("French (fr)", "hint::French (fr)"),
                lacks_column("French (fr)", "required_message::French (fr)"),
                lacks_column("default", "hint"),
                lacks_column("default", "label"),
            ],
        ),
        (
            form("type | name | label::Englisch | label::French (fr)", "text | a | A | B"),
            [Problem(Code.LANGUAGE_WITHOUT_CODE, details={"languages": "Englisch"})],
        ),
        (
            form(
                LANGUAGES,
                "select_one l or_other | a | A",
                choices=("list_name | name | label::English (en)", "l | a | A"),
            ),
            [Problem(Code.OTHER_NOT_TRANSLATED)],
        ),
    ],
)
def test_a_warning_has_a_code_and_a_place(content: bytes, expected: list[Problem]) -> None:
    warned = [
        Problem(each.code, Severity.WARNING, each.sheet, each.row, each.column, each.details)
        for each in expected
    ]
    assert problems(content) == warned
    assert all("pyxform" in each.details for each in told(content))


def test_what_concerns_only_apps_is_not_told() -> None:
    assert problems(form(HEAD, "image | a | A")) == []  # pyxform would have pictures shrunk
