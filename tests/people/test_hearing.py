"""What a typed place and a pressed answer mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.boroughs import ELSEWHERE, UNSURE, OutsideArea
from bot.people.hearing import LivesIn, Offer, OfferOutside, answer_of, hear_place
from tests.people.screens import content


@pytest.mark.parametrize(
    ("text", "known", "heard"),
    [
        ("Harrow", False, LivesIn("harrow")),
        ("i live in harrow", False, LivesIn("harrow")),
        ("Waxaan degganahay Harrow", False, LivesIn("harrow")),
        ("J'habite à Harrow", False, LivesIn("harrow")),
        ("أسكن في برنت", False, LivesIn("brent")),
        ("Croydon", False, LivesIn(ELSEWHERE)),
        ("CR0 1AA", False, LivesIn(ELSEWHERE)),
        ("Croydon", True, OfferOutside(OutsideArea(name="Croydon"))),
        ("diabetes talk in Croydon", False, None),
        ("diabetes talk in Harrow", True, None),
        ("blood pressure", False, None),
        ("", False, None),
    ],
)
def test_what_is_made_of_a_typed_place(text: str, known: bool, heard: object) -> None:  # noqa: FBT001 -- a parameter of the test
    assert hear_place(text, content().boroughs, known=known) == heard


def test_words_around_a_borough_are_asked_about_before_they_are_kept() -> None:
    heard = hear_place("diabetes talk in Harrow", content().boroughs, known=False)
    assert heard == Offer(content().boroughs["harrow"])


@given(st.text(max_size=200), st.booleans())
def test_no_typed_text_breaks_the_hearing(text: str, known: bool) -> None:  # noqa: FBT001 -- drawn
    hear_place(text, content().boroughs, known=known)


@pytest.mark.parametrize(
    ("args", "answer"),
    [
        (("brent",), LivesIn("brent")),
        (("brent", "NW10"), LivesIn("brent", "NW10")),
        ((UNSURE, "NW10"), LivesIn(UNSURE, "NW10")),
        ((ELSEWHERE, "NW10"), LivesIn(ELSEWHERE)),
        (("brent", "NW10 7AB"), LivesIn("brent")),
        (("atlantis",), None),
        ((12,), None),
        ((), None),
    ],
)
def test_forged_answers_are_dropped(args: tuple[object, ...], answer: LivesIn | None) -> None:
    assert answer_of(args, content().boroughs) == answer
