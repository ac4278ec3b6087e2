"""Answers that are numbers: whole ones, decimals, steps of a scale."""

from decimal import Decimal as Exact

from typing_extensions import override

from bot.forms.definition import Choice, Question
from bot.forms.inputs import Picked, Raw, Reason, Refusal, Typed
from bot.forms.kinds.choosing import unnamed
from bot.forms.kinds.reading import NOT_AN_ANSWER, Put, Read, Reading, Reads
from bot.forms.matching import Offer
from bot.forms.numbers import decimal_number, plain, whole_number
from bot.forms.values import Value


class Number(Reads):
    """A whole number: an int."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        if not isinstance(raw, Typed):
            return NOT_AN_ANSWER
        number = whole_number(raw.clean)
        if number is None:
            return Refusal(Reason.NOT_A_NUMBER)
        return _outside(put.question, number) or Read(number)

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return value if _outside(question, value) is None else None


class Decimal(Reads):
    """A number with or without a fraction: a float or an int."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        if not isinstance(raw, Typed):
            return NOT_AN_ANSWER
        number = decimal_number(raw.clean, raw.language)
        if isinstance(number, Reason):
            return Refusal(number)
        value = plain(number)
        return _outside(put.question, value) or Read(value)

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return None
        return value if _outside(question, value) is None else None


class Range(Reads):
    """A number on a scale from a minimum to a maximum by equal steps: an int or a float.

    What is typed is the number itself, never the place of a button.
    """

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        match raw:
            case Picked(choice) if any(choice == offered.key for offered in put.choices):
                return self._taken(put.question, decimal_number(choice))
            case Picked():
                return Refusal(Reason.NOT_OFFERED)
            case Typed():
                return self._typed(put, raw)
            case _:
                return NOT_AN_ANSWER

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return None
        return value if _off_scale(question, value) is None else None

    def _typed(self, put: Put, raw: Typed) -> Reading:
        number = decimal_number(raw.clean, raw.language)
        if number is Reason.NOT_A_NUMBER and put.choices:
            found = Offer(put.choices, raw.labels).called(raw.clean)
            if len(found) > 1:
                return unnamed(found)
            if found:
                number = decimal_number(found[0])
        return self._taken(put.question, number)

    def _taken(self, question: Question, number: Exact | Reason) -> Reading:
        if isinstance(number, Reason):
            return Refusal(number)
        value = plain(number)
        return _off_scale(question, value) or Read(value)


def _bounds(question: Question) -> dict[str, Value]:
    bounds = (("minimum", question.minimum), ("maximum", question.maximum))
    return {name: bound for name, bound in bounds if bound is not None}


def _outside(question: Question, number: float) -> Refusal | None:
    """Why a number is out of bounds; None if it is within."""
    low, high = question.minimum, question.maximum
    if low is not None and number < low:
        return Refusal(Reason.TOO_SMALL, _bounds(question))
    if high is not None and number > high:
        return Refusal(Reason.TOO_LARGE, _bounds(question))
    return None


def _off_scale(question: Question, number: float) -> Refusal | None:
    """Why a number is not on the scale; None if it is."""
    outside = _outside(question, number)
    low, step = question.minimum, question.step
    if outside is not None or low is None or step is None:
        return outside
    # As written, because 0.3 is no multiple of 0.1 in binary.
    if (Exact(str(number)) - Exact(str(low))) % Exact(str(step)):
        return Refusal(Reason.NOT_A_STEP, {**_bounds(question), "step": step})
    return None
