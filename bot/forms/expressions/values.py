"""The four kinds of value of XPath 1.0, and how each becomes another.

A value is a text, a number (always a float), a truth, or a node-set: a list of elements in
document order. Conversions are those of XPath 1.0, section 4, but that texts which are dates or
dateTimes have a number (OpenRosa XForms, number()).
"""

import operator
import re
from collections.abc import Callable, Sequence
from datetime import tzinfo
from decimal import Decimal
from enum import Enum, auto, unique
from itertools import islice
from math import isfinite, isinf, isnan, nan
from typing import TypeAlias
from xml.etree.ElementTree import Element

from bot.forms.expressions.moments import Moment, number_of_moment, read_moment
from bot.forms.expressions.problems import EvaluationFailed, Failure

Value: TypeAlias = str | float | bool | list[Element]

_NUMBER = re.compile(r"[ \t\r\n]*-?(?:\d+\.?\d*|\.\d+)[ \t\r\n]*", re.ASCII)
_TEXTS_LIMIT = 500  # texts inside one element
_EXACT = 1e16  # from here on a float's digits are no longer all meant


@unique
class Kind(Enum):
    """What is known of a value before it is there."""

    TEXT = auto()
    NUMBER = auto()
    TRUTH = auto()
    NODES = auto()
    ANY = auto()


def text_of_node(node: Element) -> str:
    """The string-value of an element: its text with that of all elements below.

    Raises:
        EvaluationFailed: it holds a whole table or form, which nobody reads as one text.
    """
    if not len(node):
        return node.text or ""
    texts = list(islice(node.itertext(), _TEXTS_LIMIT + 1))
    if len(texts) > _TEXTS_LIMIT:
        raise EvaluationFailed(Failure.TOO_MUCH)
    return "".join(texts)


def text_of_number(number: float) -> str:
    """XPath 1.0's text of a number: whole ones without a point, none with an exponent."""
    if isnan(number):
        return "NaN"
    if isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < _EXACT:
        return str(int(number))
    written = repr(number)
    if "e" in written:
        written = f"{Decimal(written):f}"
    return written.removesuffix(".0")


def number_of_text(text: str, zone: tzinfo) -> float:
    """The number that the text is, the days since 1970 of a date or dateTime, or NaN."""
    if _NUMBER.fullmatch(text):
        return float(text)
    return number_of_moment(text, zone)


def to_text(value: Value) -> str:
    """string()."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return text_of_node(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return text_of_number(value)


def to_number(value: Value, zone: tzinfo) -> float:
    """number()."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        return number_of_text(value, zone)
    return number_of_text(text_of_node(value[0]), zone) if value else nan


def to_truth(value: Value) -> bool:
    """boolean()."""
    if isinstance(value, float):
        return value != 0 and not isnan(value)
    return bool(value)


def equal(left: Value, right: Value, zone: tzinfo) -> bool:
    """Equality (=): for node-sets whether any of their nodes make it true."""
    return _equality(left, right, zone, operator.eq)


def different(left: Value, right: Value, zone: tzinfo) -> bool:
    """Difference (!=): for node-sets whether any of their nodes make it true."""
    return _equality(left, right, zone, operator.ne)


def _equality(
    left: Value, right: Value, zone: tzinfo, holds: Callable[[object, object], bool]
) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return holds(to_truth(left), to_truth(right))
    if isinstance(left, float) or isinstance(right, float):
        return any(
            holds(one, other) for one in _numbers(left, zone) for other in _numbers(right, zone)
        )
    texts, others = set(_texts(left)), set(_texts(right))
    if holds is operator.eq:
        return not texts.isdisjoint(others)
    return bool(texts) and bool(others) and len(texts | others) > 1


def ordered(left: Value, right: Value, zone: tzinfo, holds: Callable[[float, float], bool]) -> bool:
    """An order (<, <=, >, >=): numbers are compared, and so dates.

    Where a date meets a dateTime, the date is its first minute on the form's clock, so that a
    person's today is never after their now.
    """
    if isinstance(left, bool) or isinstance(right, bool):
        return holds(to_number(to_truth(left), zone), to_number(to_truth(right), zone))
    if isinstance(left, float) or isinstance(right, float):
        return any(
            holds(one, other) for one in _numbers(left, zone) for other in _numbers(right, zone)
        )
    texts, others = _texts(left), _texts(right)
    return any(holds(*_comparable(one, other, zone)) for one in texts for other in others)


def _texts(value: Value) -> Sequence[str]:
    if isinstance(value, list):
        return [text_of_node(node) for node in value]
    return (to_text(value),)


def _numbers(value: Value, zone: tzinfo) -> Sequence[float]:
    if isinstance(value, list):
        return [number_of_text(text_of_node(node), zone) for node in value]
    return (to_number(value, zone),)


def _comparable(left: str, right: str, zone: tzinfo) -> tuple[float, float]:
    one, other = number_of_text(left, zone), number_of_text(right, zone)
    if isfinite(one) and isfinite(other) and ("T" in left) != ("T" in right):
        dates = read_moment(left, zone), read_moment(right, zone)
        if dates[0] is not None and dates[1] is not None:
            return _instant(dates[0], zone), _instant(dates[1], zone)
    return one, other


def _instant(moment: Moment, zone: tzinfo) -> float:
    return Moment(moment.day, moment.at(zone)).number()
