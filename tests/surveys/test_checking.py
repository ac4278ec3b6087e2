"""What a form's author is told."""

import pytest

from bot.config import HOME
from bot.forms.xlsform import Code, FormRefused, convert_trusted
from bot.i18n import Catalogues
from bot.surveys import checking
from bot.surveys.checking import Finding, Trouble
from bot.surveys.media import Flaw
from bot.surveys.views import report as words
from bot.surveys.views.problems import PROBLEMS, REASONS
from tests.support.surveys import converted

EN = Catalogues(HOME / "locales").translator("en")


def report(table: str) -> checking.Report:
    try:
        return checking.look_at(converted(table))
    except FormRefused as refusal:
        return checking.refused(refusal)


def said(table: str) -> list[str]:
    return list(words.lines(EN, report(table)))


def form(*rows: str, columns: str = "type | name | label", choices: str = "") -> str:
    survey = [f"| survey | {' |' * columns.count('|')} |", f"| | {columns} |"]
    return "\n".join([*survey, *(f"| | {row} |" for row in rows), choices])


@pytest.mark.parametrize(
    "name", [path.stem for path in sorted((HOME / "content" / "surveys").glob("*.md"))]
)
def test_the_shipped_surveys_can_be_used_in_four_languages(name: str) -> None:
    file = HOME / "content" / "surveys" / f"{name}.md"
    found = checking.look_at(convert_trusted(file.read_bytes(), file.name))
    assert found.is_good
    assert [language.code for language in found.complete] == ["en", "so", "ar", "fr"]
    assert {each.code for each in found.findings} <= {Trouble.LONG_FOR_A_BUTTON}


def test_every_code_and_every_reason_has_words() -> None:
    assert [code for code in [*Code, *Trouble, *Flaw] if code not in PROBLEMS] == []
    from bot.forms.xlsform.support import Reason

    assert sorted(REASONS) == sorted(Reason)


def test_a_rule_that_cannot_be_read_is_named_by_row_and_column() -> None:
    table = form(
        "integer | age | Age? | foo(.) | ",
        "integer | sum | Sum? | | ${age} +",
        columns="type | name | label | constraint | relevant",
    )
    broken = "This rule cannot be used:"
    assert said(table) == [
        f"sheet survey, row 3, column constraint: {broken} there is no function foo.",
        f"sheet survey, row 4, column relevant: {broken} I cannot read this part: ${{age}}+",
    ]


def test_rules_that_wait_for_each_other_are_named() -> None:
    table = form(
        "integer | a | A? | ${b} = 1",
        "integer | b | B? | ${a} = 1",
        columns="type | name | label | relevant",
    )
    [only] = report(table).findings
    assert only.code == Trouble.RULES_GO_ROUND
    assert sorted(only.details["names"].split(", ")) == ["a", "b"]


def test_a_missing_translation_is_told_by_row_and_column() -> None:
    table = form(
        "text | a | A? | Alif?",
        "text | b | B? | ",
        columns="type | name | label::English (en) | label::Somali (so)",
    )
    found = report(table)
    assert [language.code for language in found.complete] == ["en"]
    assert found.findings == (
        Finding(
            Trouble.TRANSLATION_MISSING,
            is_error=False,
            sheet="survey",
            row=4,
            column="label::Somali (so)",
            details={"language": "Somali (so)"},
        ),
    )


def test_choices_that_nobody_can_reach_are_named() -> None:
    table = form(
        "select_one county | county | County? | ",
        "select_one town | town | Town? | county = ${county}",
        columns="type | name | label | choice_filter",
        choices="""
| choices | | | | |
| | list_name | name | label | county |
| | county | kent | Kent | |
| | town | dover | Dover | kent |
| | town | hove | Hove | sussex |
""",
    )
    assert said(table) == [
        "Note: sheet choices, row 10, column name: Nobody can choose hove in the question town."
    ]


def test_a_question_whose_rule_takes_no_choice_is_an_error_where_it_is_required() -> None:
    table = form(
        "select_one yn | a | A? | . = 'maybe' | yes",
        columns="type | name | label | constraint | required",
        choices="| choices | | | |\n| | list_name | name | label |\n| | yn | y | Y |\n",
    )
    assert [(each.code, each.is_error) for each in report(table).findings] == [
        (Trouble.NO_ANSWER_POSSIBLE, True)
    ]


def test_hard_english_and_long_buttons_are_warnings() -> None:
    hard = "Notwithstanding considerable organisational heterogeneity, " * 8
    table = form(
        f"note | a | {hard}",
        "select_one c | b | B?",
        choices=f"| choices | | | |\n| | list_name | name | label |\n| | c | x | {'long ' * 8} |\n",
    )
    found = report(table)
    assert found.is_good
    assert [each.code for each in found.findings] == [
        Trouble.LONG_FOR_A_BUTTON,
        Trouble.HARD_ENGLISH,
    ]


def test_a_form_that_is_refused_at_the_door_has_a_report_too() -> None:
    table = form("geotrace | a | A?", "selct_one yn | b | B?")
    found = report(table)
    assert not found.is_good
    assert said(table)[0] == (
        "sheet survey, row 3, column type: A chat cannot do this: geotrace. In a chat people can "
        "send a place, and no line or area."
    )
    assert list(words.summary(EN, found)) == ["2 problems: the form cannot be used like this."]


def test_a_detail_that_the_converter_does_not_tell_is_left_open() -> None:
    for code, text in PROBLEMS.items():
        assert words.sentence(EN, Finding(code, is_error=True)) != "", text
