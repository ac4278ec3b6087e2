from pathlib import Path

import pytest

from tools.catalogues import BUTTON_COMMENT, collect
from tools.check_catalogues import problems
from tools.texts_in_code import button_texts, uses


def code(tmp_path: Path, text: str) -> Path:
    (tmp_path / "babel.cfg").write_text("[python: bot/**.py]\n")
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot/views.py").write_text(text)
    return tmp_path


def faults(tmp_path: Path, text: str) -> list[str]:
    """What the check says of the code itself, without its translations."""
    root = code(tmp_path, text)
    return [line for line in problems(root) if line.startswith(("bot/", "English"))]


def test_the_sandbox_holds_no_texts_for_people(tmp_path: Path) -> None:
    root = code(tmp_path, "")
    (root / "bot/sandbox").mkdir()
    (root / "bot/sandbox/page.py").write_text('t("Not for translators.")')
    assert list(uses(root)) == []


def test_a_label_is_found_however_the_button_is_written(tmp_path: Path) -> None:
    root = code(
        tmp_path,
        """
Button(t.plain("First"), tap)
Button(label=t.plain("Second"), action=tap)
Button(t.plain("Third") if free else t.plain("Fourth"), tap)
Button(t.plain_plural("{n} seat", "{n} seats", n), tap)
Message(text=t("Not a label."), ask_location=t.plain("Fifth"))
Button(label, Tap.to(t.plain("Not one either")))
""",
    )
    assert button_texts(root) == {"First", "Second", "Third", "Fourth", "{n} seat", "Fifth"}


def test_a_label_is_followed_through_names_and_functions_of_its_file(tmp_path: Path) -> None:
    root = code(
        tmp_path,
        """
def shown(t, n):
    if n:
        label = t.plain("Earlier")
    else:
        label = clip(t.plain("Later"))
    text = t("Not a label.")
    return Message(text).with_buttons([Button(label, tap), Button(_name(t, n), tap)])

def _name(t, n):
    if n:
        return t.plain("Many")
    return _other(t)

def _other(t):
    return t.plain("Other")

def elsewhere(t):
    label = t.plain("A label of nothing")
    return t("{label}", label=label)
""",
    )
    assert button_texts(root) == {"Earlier", "Later", "Many", "Other"}


def test_functions_that_call_each_other_come_to_an_end(tmp_path: Path) -> None:
    root = code(
        tmp_path,
        """
def one(t):
    return two(t) or t.plain("One")

def two(t):
    return one(t)

Button(two(t), tap)
""",
    )
    assert button_texts(root) == {"One"}


def test_translators_are_told_about_buttons_and_comments(tmp_path: Path) -> None:
    root = code(
        tmp_path,
        """
# Translators: button
LABEL = N_("Booked")
# Translators: seen at the top
Button(t.plain("Mine"), tap)
# Not for translators.
t("A sentence.")
""",
    )
    assert {message.id: message.auto_comments for message in collect(root) if message.id} == {
        "Booked": [BUTTON_COMMENT],
        "Mine": [BUTTON_COMMENT, "seen at the top"],
        "A sentence.": [],
    }


def test_babel_and_the_syntax_tree_find_the_same_texts(tmp_path: Path) -> None:
    root = code(
        tmp_path,
        """
t("Outer {x}.", x=t.plain("inner"))
t("Two "
  "parts.")
self.t.context("verb", "Open")
[t.plain("In a list") for one in many if t("In a test")]
""",
    )
    found = {text for use in uses(root) for text in use.texts}
    assert found == {message.id for message in collect(root) if message.id}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            't(f"Hello {name}.")',
            (
                "bot/views.py:1: t(…) gets a text that is put together at run time; "
                "give it a whole sentence with named placeholders"
            ),
        ),
        (
            't.plain("Hello " + name)',
            (
                "bot/views.py:1: plain(…) gets a text that is put together at run time; "
                "give it a whole sentence with named placeholders"
            ),
        ),
        (
            't("Hello {name}.", title=x)',
            "bot/views.py:1: “Hello {name}.”: the call gives no value for {name}",
        ),
        ('t("Hello.", name=x)', "bot/views.py:1: “Hello.”: the text does not use {name}"),
        (
            't("Hello {name.", name=x)',
            "bot/views.py:1: “Hello {name.”: a curly bracket { or } has no partner",
        ),
        (
            't.plural("One place.", "{n} places.", n)',
            "English: “One place.”: each plural form must show the number: {n}",
        ),
        ('t("Cats & dogs.")', "English: “Cats & dogs.”: an & must be written &amp;"),
        ('t("<b>Now.")', "English: “<b>Now.”: the tag <b> is not closed"),
        ('t("<h1>Now.</h1>")', "English: “<h1>Now.</h1>”: Telegram does not know the tag <h1>"),
        (
            'Button(t.plain("Show me every event that is near me"), tap)',
            (
                "English: “Show me every event that is near me”: "
                "there is room for 30 characters; this has 35"
            ),
        ),
        (
            't("Click here.")',
            "English: “Click here.”: “click”: write tap or press: not everybody has a mouse",
        ),
    ],
)
def test_a_text_that_cannot_be_translated_well_is_named(
    tmp_path: Path, text: str, fault: str
) -> None:
    assert fault in faults(tmp_path, text)


def test_a_comment_sets_the_room_of_a_text(tmp_path: Path) -> None:
    text = """
# Translators: the bot's short description, at most 12 characters
t.plain("Far too long for it")
"""
    assert faults(tmp_path, text) == [
        "English: “Far too long for it”: there is room for 12 characters; this has 19"
    ]


def test_good_calls_have_no_faults(tmp_path: Path) -> None:
    assert (
        faults(
            tmp_path,
            """
t("Hello <b>{name}</b>.", name=x)
t("Hello {name}.", **values)
t.plain("Cats & dogs")
t.plural("{n} place on {day}.", "{n} places on {day}.", n, day=t.date(x, tz))
t.plain(label)
""",
        )
        == []
    )
