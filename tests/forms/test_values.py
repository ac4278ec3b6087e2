import math
from types import MappingProxyType

import pytest

from bot.forms.values import INTEGER_LIMIT, Answers, frozen

KNOWN = Answers({"age": 3, "name": "Ana"}, frozenset({"age", "name", "town"}))


def test_a_rule_reads_what_was_answered() -> None:
    assert (KNOWN["age"], KNOWN.get("name"), dict(KNOWN)) == (3, "Ana", {"age": 3, "name": "Ana"})
    assert ("age" in KNOWN, "town" in KNOWN, len(KNOWN)) == (True, False, 2)


def test_what_is_unanswered_reads_as_none_and_as_a_default() -> None:
    assert (KNOWN["town"], KNOWN.get("town"), KNOWN.get("town", "none")) == (None, None, "none")


def test_a_name_the_form_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError, match="twon"):
        KNOWN["twon"]


def test_what_json_can_carry_is_frozen() -> None:
    value = {"list": [1, 2.5, None, True, "x", ("y",)], "map": MappingProxyType({"a": []})}

    assert frozen(value) == {"list": (1, 2.5, None, True, "x", ("y",)), "map": {"a": ()}}


@pytest.mark.parametrize("value", [object(), {1: "a"}, {"a": {1, 2}}, [b"x"]])
def test_what_json_cannot_carry_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="an answer cannot be kept as"):
        frozen(value)


@pytest.mark.parametrize("number", [math.nan, math.inf, [-math.inf], INTEGER_LIMIT, -(2**70)])
def test_a_number_that_no_database_holds_is_refused(number: object) -> None:
    with pytest.raises(ValueError, match="out of range"):
        frozen(number)


def test_the_outermost_integers_are_kept() -> None:
    assert frozen([INTEGER_LIMIT - 1, -INTEGER_LIMIT]) == (INTEGER_LIMIT - 1, -INTEGER_LIMIT)
