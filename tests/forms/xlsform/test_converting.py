"""A form in a spreadsheet or a text table becomes an XForm, with the row of everything in it."""

from bot.forms.xlsform import (
    Code,
    Converted,
    Language,
    Place,
    Problem,
    Row,
    Severity,
    convert_trusted,
    read_sheets,
    to_xlsx,
)
from tests.forms.xlsform.sheets import form

FORM = """
A sample form.

| survey   |                          |       |                     |                    |
|----------|--------------------------|-------|---------------------|--------------------|
|          | type                     | name  | label::English (en) | label::Arabic (ar) |
|          | select_one yesno         | going | Are you going?      | هل ستذهب؟          |
|          | begin_repeat             | guest | A guest             | ضيف                |
# This line is a remark.
|          | text                     | who   | Who is \\| are they? | من؟                | # me too
|          | end_repeat               |       |                     |                    |

| choices  |           |      |                     |                    |
|          | list_name | name | label::English (en) | label::Arabic (ar) |
|          | yesno     | yes  | Yes                 | نعم                |
|          | yesno     | no   | No                  | لا                 |

| settings |            |         |         |                  |
|          | form_title | form_id | version | default_language |
|          | A sample   | sample  | 3       | English (en)     |
""".encode()
YES, NO = {"label::Arabic (ar)": "نعم"}, {"label::Arabic (ar)": "لا"}


def test_a_form_in_markdown_tells_all_about_itself() -> None:
    converted = convert_trusted(FORM, "sample.md")
    english, arabic = "label::English (en)", "label::Arabic (ar)"
    assert converted == Converted(
        xform=converted.xform,
        title="A sample",
        form_id="sample",
        version="3",
        default_language="English (en)",
        languages=(Language("English (en)", "en"), Language("Arabic (ar)", "ar")),
        places={
            "/data/going": Place("survey", 7),
            "/data/guest": Place("survey", 8),
            "/data/guest/who": Place("survey", 10),
        },
        choice_places={
            ("yesno", "yes"): Place("choices", 15),
            ("yesno", "no"): Place("choices", 16),
        },
        rows={
            "survey": (
                Row(
                    7,
                    {
                        "type": "select_one yesno",
                        "name": "going",
                        english: "Are you going?",
                        arabic: "هل ستذهب؟",
                    },
                ),
                Row(
                    8,
                    {"type": "begin_repeat", "name": "guest", english: "A guest", arabic: "ضيف"},
                ),
                Row(
                    10,
                    {"type": "text", "name": "who", english: "Who is | are they?", arabic: "من؟"},
                ),
                Row(11, {"type": "end_repeat"}),
            ),
            "choices": (
                Row(15, {"list_name": "yesno", "name": "yes", english: "Yes", **YES}),
                Row(16, {"list_name": "yesno", "name": "no", english: "No", **NO}),
            ),
            "settings": (
                Row(
                    20,
                    {
                        "form_title": "A sample",
                        "form_id": "sample",
                        "version": "3",
                        "default_language": "English (en)",
                    },
                ),
            ),
        },
        files={},
        warnings=(),
    )


def test_the_child_says_what_this_process_says() -> None:
    assert convert_trusted(FORM, "sample.md") == convert_trusted(FORM, "sample.md")


def test_the_name_of_a_file_may_be_anything() -> None:
    converted = convert_trusted(
        form("type | name | label", "text | a | A"), "a\x01\udcff&b.md", {"\udcff": b""}
    )
    assert converted.form_id == "a&b"


def test_a_spreadsheet_of_the_same_tables_is_the_same_form() -> None:
    spreadsheet = to_xlsx(read_sheets(FORM, "sample.md"))
    converted = convert_trusted(spreadsheet, "sample.xlsx")
    assert converted.xform == convert_trusted(FORM, "sample.md").xform
    assert converted.places == {
        "/data/going": Place("survey", 2),
        "/data/guest": Place("survey", 3),
        "/data/guest/who": Place("survey", 4),
    }


def test_what_works_but_should_be_known_is_a_warning() -> None:
    form = FORM.replace(b"select_one yesno         ", b"select_one yesno or_other")
    [warning] = convert_trusted(form, "sample.md").warnings
    assert warning == Problem(
        Code.OTHER_NOT_TRANSLATED,
        Severity.WARNING,
        details={"pyxform": warning.details["pyxform"]},
    )
