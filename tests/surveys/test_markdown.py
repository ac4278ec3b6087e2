"""What authors write into a label, as people see it."""

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
