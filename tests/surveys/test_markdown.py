"""What authors write into a label, as people see it."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.surveys.views.markdown import to_html, to_plain

FIRST, LAST = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def test_a_command_in_a_text_from_right_to_left_is_set_apart() -> None:
    assert to_html("مذكور في /privacy. بعد") == f"مذكور في {FIRST}/privacy{LAST}. بعد"
    assert to_plain("**/help** هنا") == f"{FIRST}/help{LAST} هنا"


def test_other_strokes_and_other_scripts_are_left_alone() -> None:
    assert to_html("See /help") == "See /help"
    assert to_html("[هنا](https://a.org/help) /a/b") == (
        '<a href="https://a.org/help">هنا</a> /a/b'
    )


MARKS = "#*~`[\\_<&"
UNMARKED = st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters=MARKS)


@given(st.text(st.one_of(st.sampled_from(" /شa.1-(>"), UNMARKED), max_size=20))
@example("  /help  هنا ")
@example("1. a")
@example("a  >b")
@example("a\x85")
def test_a_label_without_marks_is_shown_as_it_is_read_beside_a_mark(label: str) -> None:
    assert f"<b>x</b> {to_html(label)}".strip() == to_html(f"**x** {label.strip()}")
    assert to_plain(label) == to_plain(f"**x** {label}").removeprefix("x").strip()
