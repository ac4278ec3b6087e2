import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.interview import REVIEW, Interview
from bot.forms.values import Value, frozen

values: st.SearchStrategy[Value] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
).map(frozen)
names = st.text(min_size=1)
interviews = st.builds(
    Interview,
    form=names,
    version=names,
    at=names | st.just(REVIEW),
    answers=st.dictionaries(names, values, max_size=5),
    passed=st.lists(names).map(tuple),
    ticks=st.lists(names).map(tuple),
    from_review=st.booleans(),
    revision=st.integers(1, 2**62),
)
SAVED: dict[str, Any] = json.loads(Interview("f", "1", at="q").to_json())


@given(interviews)
def test_an_interview_goes_through_json_unchanged(interview: Interview) -> None:
    again = Interview.from_json(interview.to_json())

    assert again == interview
    assert again.to_json() == interview.to_json()


def test_bytes_are_read_too() -> None:
    interview = Interview("f", "1", at="q", answers={"a": ("b",)})

    assert Interview.from_json(interview.to_json().encode()) == interview


@pytest.mark.parametrize(
    "text", ["", "secret", "[]", "null", '"secret"', "{}", json.dumps(SAVED | {"secret": 1})]
)
def test_what_is_no_interview_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="a saved interview") as refusal:
        Interview.from_json(text)
    assert "secret" not in str(refusal.value)
    assert refusal.value.__context__ is None or refusal.value.__suppress_context__


@pytest.mark.parametrize("name", sorted(SAVED))
def test_a_missing_field_is_refused(name: str) -> None:
    rest = {field: value for field, value in SAVED.items() if field != name}

    with pytest.raises(ValueError, match="other fields"):
        Interview.from_json(json.dumps(rest))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("form", 1),
        ("version", None),
        ("at", ["q"]),
        ("answers", [["a", 1]]),
        ("passed", "q"),
        ("ticks", {"a": 1}),
        ("from_review", 0),
        ("revision", True),
        ("revision", 1.0),
    ],
)
def test_a_field_of_another_kind_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"damaged: {name}"):
        Interview.from_json(json.dumps(SAVED | {name: value}))


@pytest.mark.parametrize("name", ["passed", "ticks"])
def test_names_are_texts(name: str) -> None:
    with pytest.raises(ValueError, match="damaged: names"):
        Interview.from_json(json.dumps(SAVED | {name: ["a", 1]}))
