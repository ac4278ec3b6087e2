import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.folding import fold, fold_tightly, western_digits


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  St. John's   WOOD ", "st john s wood"),
        ("H&F", "h and f"),
        ("Élève, ÉTÉ", "eleve ete"),
        ("Straße", "strasse"),
        ("snake_case", "snake case"),
        ("أَهْلاً وَسَهْلاً", "اهلا وسهلا"),
        ("مـــرحبا", "مرحبا"),
        ("مستشفى المدينة", "مستشفي المدينه"),
        ("٢٠٢٦ و ۷", "2026 و 7"),
        ("\u200fab\u200bc\u2068d", "abcd"),
        ("ＦＵＬＬ", "full"),
        ("ሰላም!", "ሰላም"),
        ("😀", ""),
        ("", ""),
    ],
)
def test_texts_are_compared_without_what_people_type_differently(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_spaces_can_be_left_out_too() -> None:
    assert fold_tightly("St John’s wood") == fold_tightly("stjohns WOOD")


def test_only_digits_change_script() -> None:
    assert western_digits("HA٩ ٠aa ۵") == "HA9 0aa 5"


@given(st.text())
def test_folded_text_is_words_with_single_spaces(text: str) -> None:
    assert fold(text).split() == [word for word in fold(text).split(" ") if word]


@given(st.text(alphabet=st.characters(codec="latin-1")) | st.text("ابتثى ةأإآ٠١َُِّ،"))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
