"""What a form's author is told."""

import pytest

from bot.config import HOME
from bot.forms.xlsform import Code, FormRefused, convert_trusted
from bot.i18n import Catalogues
from bot.surveys import checking
from bot.surveys.findings import Finding, Report, Trouble
from bot.surveys.media import Flaw
from bot.surveys.reading_here import read_here
from bot.surveys.readings import Reading
from bot.surveys.views import report as words
from bot.surveys.views.problems import PROBLEMS, REASONS
from tests.support.surveys import converted

EN = Catalogues(HOME / "locales").translator("en")


YES_NO = """
| choices | | | |
| | list_name | name | label |
| | yn | y | Yes |
| | yn | n | No |
"""


def report(table: str) -> Report:
    try:
        return checking.look_at(converted(table))
    except FormRefused as refusal:
        return checking.refused(refusal)


def reading(table: str) -> Reading:
    return read_here(table.encode(), "form.md")


def said(table: str) -> list[str]:
    return list(words.lines(EN, report(table).findings))


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
    assert found.plan is not None
    assert [language.code for language in found.plan.offered] == ["en", "so", "ar", "fr"]
    assert {each.code for each in found.findings} <= {Trouble.LONG_FOR_A_BUTTON, Trouble.NOT_KEPT}


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
    unknown, half = said(table)
    assert unknown == (
        f"sheet survey, row 3, column constraint: {broken} there is no function foo. "
        "You wrote: foo(.)"
    )
    assert half == (
        f"sheet survey, row 4, column relevant: {broken} I cannot read this part: ${{age}} +"
    )


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
    assert found.plan is not None
    assert [language.code for language in found.plan.offered] == ["en"]
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


def test_a_filter_that_cannot_be_read_is_shown_as_its_author_wrote_it() -> None:
    table = form(
        "select_one county | county | County? | |",
        "select_one town | town | Town? | county == ${county} | ${county} == 'kent'",
        columns="type | name | label | choice_filter | bind::relevant",
        choices="""
| choices | | | | |
| | list_name | name | label | county |
| | county | kent | Kent | |
| | town | dover | Dover | kent |
""",
    )
    broken = "This rule cannot be used: I cannot read this part:"
    assert said(table) == [
        f"sheet survey, row 4, column bind::relevant: {broken} ${{county}} == 'kent'",
        f"sheet survey, row 4, column choice_filter: {broken} county == ${{county}}",
    ]


def test_the_ways_through_a_form_are_counted() -> None:
    table = form(
        "select_one yn | pets | Pets? | ",
        "select_one yn | dog | A dog? | ${pets} = 'y'",
        "text | name | Its name? | ${dog} = 'y'",
        "begin_repeat | walks | Walk | ${dog} = 'y'",
        "text | where | Where? | ",
        "end_repeat | | | ",
        "text | cat | A cat? | ${pets} = 'y' and ${dog} = 'n'",
        columns="type | name | label | relevant",
        choices=YES_NO,
    )
    figures = report(table).figures
    assert (figures.shortest, figures.longest, figures.certain) == (1, 4, True)
    assert list(words.summary(EN, reading(table)))[1:4] == [
        "5 questions at most",
        "Shortest way: 1 question",
        "Longest way: 4 questions, each repetition counted once",
    ]


def test_a_form_with_too_many_ways_says_that_not_all_were_tried() -> None:
    rows = [f"select_one yn | q{n} | Q? | " for n in range(12)]
    together = " + ".join(f"number(${{q{n}}} = 'y')" for n in range(12))
    rows += [f"text | t{n} | T? | {together} > {n}" for n in range(2)]
    table = form(*rows, columns="type | name | label | relevant", choices=YES_NO)
    figures = report(table).figures
    assert (figures.shortest, figures.certain) == (12, False)
    assert figures.longest == 14
    assert "I tried many ways and not all: there may be shorter and longer ones." in list(
        words.summary(EN, reading(table))
    )


def test_what_no_answer_leads_to_is_told() -> None:
    table = form(
        "select_one yn | a | A? | ",
        "text | b | B? | ${a} = 'maybe'",
        "integer | n | N? | ${a} = 'y' and ${a} = 'n'",
        "text | c | C? | ${n} > 3",
        "text | d | D? | false()",
        "username | who | | ",
        "note | e | E | ${who} != ''",
        "integer | m | M? | ",
        "text | f | F? | ${m} > 3",
        columns="type | name | label | relevant",
        choices=YES_NO,
    )
    never = [
        each.details["question"]
        for each in report(table).findings
        if each.code == Trouble.NEVER_ASKED
    ]
    assert never == ["b", "n", "c", "d", "e"]


def test_a_required_question_that_takes_nothing_on_some_way_is_a_dead_end() -> None:
    table = form(
        "select_one yn | a | A? | |",
        "select_one yn | b | B? | . != ${a} and . != 'n' | yes",
        "select_one yn | c | C? | . = 'y' | ",
        "integer | d | D? | . > 5 and . < 3 | yes",
        columns="type | name | label | constraint | required",
        choices=YES_NO,
    )
    assert [(each.code, each.row) for each in report(table).findings] == [
        (Trouble.DEAD_END, 4),
        (Trouble.NEVER_TAKEN, 5),
        (Trouble.DEAD_END, 6),
    ]
    assert said(table)[1] == (
        "Note: sheet survey, row 5, column constraint: The rule of the question c never takes n."
    )


def test_how_complete_each_language_is_stands_in_numbers() -> None:
    table = form(
        "text | a | A? | Alif? | Hint",
        "select_one yn | b | B? | | ",
        columns="type | name | label::English (en) | label::Somali (so) | hint::English (en)",
        choices="| choices | | | | |\n| | list_name | name | label::English (en) | "
        "label::Somali (so) |\n| | yn | y | Yes | Haa |\n| | yn | n | No | |\n",
    )
    found = report(table)
    assert list(words.completeness(EN, found.figures)) == [
        "English (en): 5 of 5 texts",
        "Somali (so): 2 of 5 texts",
    ]
    assert [(each.code, each.sheet, each.row, each.column) for each in found.findings] == [
        (Trouble.TRANSLATION_MISSING, "choices", 8, "label::Somali (so)"),
        (Code.TRANSLATION_COLUMN_MISSING, "survey", 2, "hint::Somali (so)"),
        (Trouble.TRANSLATION_MISSING, "survey", 3, "hint::Somali (so)"),
        (Trouble.TRANSLATION_MISSING, "survey", 4, "label::Somali (so)"),
    ]
    assert said(table)[1] == (
        "Note: sheet survey, row 2, column hint::Somali (so): Another language has this column. "
        "In Somali (so) it is missing."
    )


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
    assert list(words.summary(EN, reading(table))) == [
        "2 problems: the form cannot be used like this."
    ]


def test_a_detail_that_the_converter_does_not_tell_is_left_open() -> None:
    for code, text in PROBLEMS.items():
        assert words.sentence(EN, Finding(code, is_error=True)) != "", text


CONSENTS = """
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| | number | 1 | Yes |
| | number | 0 | No |
| | long | i_agree | I agree |
| | long | no | No |
"""


@pytest.mark.parametrize(
    "row",
    [
        "select_one number | consent | Do you agree?",
        "select_one long | Consent | Do you agree?",
        "select_multiple yn | consent | Do you agree?",
        "text | consent | Do you agree?",
        "hidden | consent | ",
    ],
)
def test_a_question_to_which_nobody_can_agree_is_an_error(row: str) -> None:
    table = form(
        "text | a | A?",
        "begin_group | intro | Welcome",
        row,
        "end_group | | ",
        "select_one number | b | B?",
        "select_one long | c | C?",
        "select_one yn | d | D?",
        choices=CONSENTS,
    )
    assert said(table) == [
        (
            "sheet survey, row 5, column type: Nobody can agree here, so no answers would be kept. "
            "Make this row select_one with a choice that has the name yes or agree, or make it "
            "acknowledge. If it asks for something else, give the row another name than consent."
        )
    ]
    assert not report(table).is_good


@pytest.mark.parametrize(
    "row",
    [
        "select_one yn | consent | Do you agree?",
        "acknowledge | consent | I agree",
        "note | consent | We ask for your consent",
    ],
)
def test_a_question_to_which_people_can_agree_is_good(row: str) -> None:
    table = form(
        "begin_group | intro | Hi", row, "end_group | | ", "text | a | A?", choices=CONSENTS
    )
    assert Trouble.CONSENT_WITHOUT_YES not in {each.code for each in report(table).findings}


def test_values_that_could_tell_who_answered_are_told() -> None:
    table = form(
        "start | s | | | ",
        "end | e | | | ",
        "today | d | | | ",
        "calculate | hour | | | substr(${s}, 11, 13)",
        "calculate | seed | | | once(random())",
        "calculate | said | | | jr:choice-name(${a}, '${a}')",
        "calculate | sum | | | 1 + 1",
        "date | day | Day? | today() | ",
        "dateTime | when | When? | now() | ",
        "select_one yn | a | A? | | ",
        "begin_repeat | r | R | | ",
        "text | b | B? | | ",
        "end_repeat | | | | ",
        columns="type | name | label | default | calculation",
        choices=YES_NO,
    )
    found = report(table)
    assert found.is_good
    assert [(each.code, each.row) for each in found.findings] == [
        (Trouble.NOT_KEPT, row) for row in (3, 4, 5, 6, 7, 11)
    ]
    assert said(table)[0] == (
        "Note: sheet survey, row 3: We do not keep this value: it hangs on the time, on chance or "
        "on the language, and could tell who answered. The form can still use it."
    )


def test_a_place_that_is_asked_for_too_exactly_is_told() -> None:
    table = form(
        "geopoint | a | A? | capture-accuracy=10",
        "geopoint | b | B? | capture-accuracy=200",
        columns="type | name | label | parameters",
    )
    [told] = said(table)
    assert told == (
        "Note: sheet survey, row 3, column parameters: The form asks for a place to within 10 "
        "metres. We keep it to within 100 metres, so that nobody can be found by it."
    )
