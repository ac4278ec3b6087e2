"""What a chat cannot do is refused with its row and the reason; the rest is taken."""

import pytest
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from bot.forms.xlsform import Code, Problem, Severity
from bot.forms.xlsform.support import (
    APPEARANCES,
    LEFT_EMPTY,
    SUPPORT,
    Reason,
    Type,
    read_type,
)
from tests.forms.xlsform.sheets import form, problems

HEAD = "type | name | label"
LIST = ("list_name | name | label", "yesno | yes | Yes", "yesno | no | No")
REFUSED = {name: reason for name, reason in SUPPORT.items() if reason}
ROWS = {  # a row of each type, where more than type, name and label is needed
    "calculate": "calculate | q | | 1 |",
    "select_one": "select_one yesno | q | Q | |",
    "select_multiple": "select_multiple yesno | q | Q | |",
    "rank": "rank yesno | q | Q | |",
    "select_one_from_file": "select_one_from_file a.csv | q | Q | |",
    "select_multiple_from_file": "select_multiple_from_file a.csv | q | Q | |",
    "csv-external": "csv-external | a | | |",
    "background-geopoint": "background-geopoint | q | Q | | ${first}",
    "select_one_external": "select_one_external towns | q | Q | |",
    "osm": "osm | q | Q | |",
    "audit": "audit | | | |",
    "begin_loop": "begin_loop over yesno | q | Q | |",
}


def refused(what: str, reason: Reason, row: int = 3, column: str = "type") -> Problem:
    details = {"what": what, "reason": reason}
    return Problem(Code.NOT_IN_A_CHAT, Severity.ERROR, "survey", row, column, details)


def left_empty(what: str, row: int, column: str = "type") -> Problem:
    return Problem(Code.LEFT_EMPTY, Severity.WARNING, "survey", row, column, {"what": what})


@pytest.mark.parametrize(
    "name", [name for name, reason in SUPPORT.items() if not reason and "_" not in name[:6]]
)
def test_a_supported_type_is_taken(name: str) -> None:
    row = ROWS.get(name, f"{name} | q | Q | |")
    content = form(f"{HEAD} | calculation | trigger", row, choices=LIST if "yesno" in row else ())
    assert problems(content, beside={"a.csv": b"name,label\nx,X\n"}) == []


@pytest.mark.parametrize("kind", ["group", "repeat"])
def test_groups_and_repeats_are_taken(kind: str) -> None:
    assert problems(form(HEAD, f"begin_{kind} | g | G", "text | a | A", f"end_{kind} | |")) == []


@pytest.mark.parametrize(
    "name", sorted(set(REFUSED) - LEFT_EMPTY - {"end_loop", "cascading_select"})
)
def test_a_type_that_a_chat_cannot_do_is_refused(name: str) -> None:
    content = form(
        f"{HEAD} | calculation | trigger",
        "text | first | First | |",
        ROWS.get(name, f"{name} | q | Q | |"),
        *(["text | a | A | |", "end_loop | | | |"] if name == "begin_loop" else []),
        choices=LIST,
    )
    expected = [refused(name, REFUSED[name], row=4)]
    if name == "select_one_external":  # whose sheet is missing as well
        expected.insert(0, Problem(Code.LIST_MISSING))
    assert [each for each in problems(content) if each.severity is Severity.ERROR] == expected


@pytest.mark.parametrize("name", sorted(LEFT_EMPTY))
def test_what_would_say_who_people_are_stays_empty_and_stops_no_form(name: str) -> None:
    content = form(
        f"{HEAD} | calculation | trigger",
        "text | first | First | |",
        ROWS.get(name, f"{name} | q | | |"),
    )
    assert problems(content) == [left_empty(name, row=4)]


def test_a_question_that_a_device_would_fill_in_is_asked() -> None:
    content = form(f"{HEAD} | bind::jr:preload", "text | a | A | property")
    assert problems(content) == [left_empty("property", row=3, column="bind::jr:preload")]


def test_a_type_of_old_forms_that_pyxform_knows_no_more_is_refused() -> None:
    assert problems(form(HEAD, "cascading_select yesno | q | Q", choices=LIST)) == [
        refused("cascading_select", Reason.OLD_WAY)
    ]


def test_every_type_that_pyxform_knows_is_known_here() -> None:
    without_list = {"q select", "q select1", "select multiple from", "select multiple using"}
    unknown = {name for name in QUESTION_TYPE_DICT if not read_type(name).name}
    assert unknown == without_list  # which pyxform itself cannot use


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("select_one yesno", Type("select_one", "yesno")),
        ("select one from yesno", Type("select_one", "yesno")),
        ("select  all that apply  towns or specify other", Type("select_multiple", "towns", True)),
        ("select_multiple towns or_other", Type("select_multiple", "towns", True)),
        ("select_one_from_file towns.csv", Type("select_one_from_file", "towns.csv")),
        ("rank towns", Type("rank", "towns")),
        ("begin group", Type("begin_group")),
        ("end_repeat", Type("end_repeat")),
        ("begin looped group", Type("begin_repeat")),
        ("add date time prompt", Type("dateTime")),
        ("percentage", Type("integer")),
        ("imei", Type("deviceid")),
        ("osm buildings", Type("osm")),
        ("Text", Type("")),
        ("", Type("")),
    ],
)
def test_types_are_understood_however_they_are_spelt(text: str, meant: Type) -> None:
    assert read_type(text) == meant


@pytest.mark.parametrize(
    "appearance",
    [
        *(
            word
            for word, reason in APPEARANCES.items()
            if not reason and word not in "columns-N wN"
        ),
        *("columns-3", "w1", "w2 likert minimal"),
    ],
)
def test_an_appearance_that_changes_nothing_is_taken(appearance: str) -> None:
    content = form(f"{HEAD} | appearance", f"text | a | A | {appearance}")
    assert problems(content) == []


@pytest.mark.parametrize(
    ("appearance", "what"),
    [
        *((word, word) for word in ("annotate", "draw", "signature", "bearing", "masked", "url")),
        ("ex:org.example.app(a='1 2')", "ex:"),
        ("w1 printer:org.example.print('x')", "printer:"),
        ("search('towns')", "search("),
        ("minimal search('towns')", "search("),
    ],
)
def test_an_appearance_that_a_chat_cannot_do_is_refused(appearance: str, what: str) -> None:
    content = form(f"{HEAD} | appearance", f"text | a | A | {appearance}")
    reason = APPEARANCES[what]
    assert reason
    assert problems(content) == [refused(what, reason, column="appearance")]


def test_an_appearance_that_nobody_knows_is_passed_over_with_a_warning() -> None:
    content = form(f"{HEAD} | appearance", "date | a | A | sparkling no-calendar")
    details = {"what": "sparkling"}
    assert problems(content) == [
        Problem(Code.IGNORED_IN_A_CHAT, Severity.WARNING, "survey", 3, "appearance", details)
    ]


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("save_to", "x", ("save_to", Reason.ENTITIES)),
        ("bind::entities:saveto", "x", ("save_to", Reason.ENTITIES)),
        ("intent", "org.example.app", ("intent", Reason.OTHER_APP)),
        ("body::intent", "org.example.app", ("intent", Reason.OTHER_APP)),
        ("default", "${last-saved#a}", ("last-saved", Reason.LAST_SAVED)),
    ],
)
def test_a_column_that_a_chat_cannot_honour_is_refused(
    column: str, text: str, expected: tuple[str, Reason]
) -> None:
    found = problems(form(f"{HEAD} | {column}", f"text | a | A | {text}"))
    assert refused(*expected, column=column) in found
    assert {each.code for each in found} <= {
        *(Code.NOT_IN_A_CHAT, Code.COLUMN_UNKNOWN),  # pyxform knows no column "intent"
        Code.NOT_CONVERTED,  # save_to without a sheet of entities
    }


def test_a_picture_taken_with_another_app_is_refused() -> None:
    content = form(f"{HEAD} | parameters", "image | a | A | max-pixels=9, app=org.example.app")
    assert problems(content) == [refused("app", Reason.OTHER_APP, column="parameters")]


def test_settings_that_promise_what_would_not_be_kept_are_refused() -> None:
    content = form(
        *(HEAD, "text | a | A"),
        settings=("public_key | submission_url | style", "MIIB | https://example.org | pages"),
    )
    encryption = {"what": "public_key", "reason": Reason.ENCRYPTION}
    assert problems(content) == [
        Problem(Code.NOT_IN_A_CHAT, Severity.ERROR, "settings", 6, "public_key", encryption),
        Problem(
            *(Code.IGNORED_IN_A_CHAT, Severity.WARNING, "settings", 6, "submission_url"),
            {"what": "submission_url"},
        ),
    ]


def test_a_sheet_of_entities_is_refused() -> None:
    content = form(HEAD, "text | a | A")
    content += b"\n| entities |\n| | list_name | label |\n| | people | ${a} |\n"
    details = {"what": "entities", "reason": Reason.ENTITIES}
    assert problems(content) == [Problem(Code.NOT_IN_A_CHAT, sheet="entities", details=details)]
