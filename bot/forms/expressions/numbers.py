"""Functions on numbers."""

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from math import copysign, inf, isfinite, isinf, isnan, nan
from xml.etree.ElementTree import Element

from bot.forms.expressions.parts import Function
from bot.forms.expressions.scene import Focus
from bot.forms.expressions.values import (
    Kind,
    Value,
    number_of_text,
    text_of_node,
    to_number,
    to_text,
)

_PLACES_LIMIT = 30  # beyond this no digit of a float is left
_DECIMAL = Context(prec=400)  # a float has up to 309 digits before the point


def _number(focus: Focus, *numbers: float) -> float:
    if numbers:
        return numbers[0]
    return number_of_text(text_of_node(focus.node), focus.scene.zone)


def _round(number: float, places: float = 0.0) -> float:
    """To so many decimals; halves go up, as in XPath 1.0: round(-2.5) is -2."""
    if not isfinite(number):
        return number
    if not abs(places) <= _PLACES_LIMIT:  # NaN too
        return nan
    written = Decimal(repr(number))
    way = ROUND_HALF_UP if number > 0 else ROUND_HALF_DOWN
    step = Decimal(1).scaleb(-int(places))
    return float((written / step).quantize(Decimal(1), way, _DECIMAL) * step)


def _int(number: float) -> float:
    """Without the fraction."""
    return float(math.trunc(number)) if isfinite(number) else number


def _floor(number: float) -> float:
    return float(math.floor(number)) if isfinite(number) else number


def _ceiling(number: float) -> float:
    return float(math.ceil(number)) if isfinite(number) else number


def power(base: float, exponent: float) -> float:
    """pow, as IEEE 754 has it: infinite where it is too large, NaN where it is not real."""
    try:
        return math.pow(base, exponent)
    except OverflowError:
        odd = isfinite(exponent) and exponent % 2 == 1
        return -inf if base < 0 and odd else inf
    except ValueError:
        if base == 0:  # to a negative power
            odd = exponent % 2 == 1
            return copysign(inf, base) if odd else inf
        return nan


def _real(function: Callable[[float], float]) -> Callable[[float], float]:
    """The function with NaN where Python raises."""

    def compute(number: float) -> float:
        try:
            return function(number)
        except ValueError:
            return nan
        except OverflowError:
            return inf

    return compute


def _log(function: Callable[[float], float]) -> Callable[[float], float]:
    return _real(lambda number: -inf if number == 0 else function(number))


def answered(focus: Focus, values: Sequence[Value]) -> list[float]:
    """The numbers of all values, node-sets node by node; what is empty is passed over.

    The specification has it that an empty answer makes the whole NaN; Collect passes over it,
    and so an open question does not undo the sum of those answered.
    """
    numbers: list[float] = []
    zone = focus.scene.zone
    for value in values:
        texts = [text_of_node(node) for node in value] if isinstance(value, list) else None
        if texts is not None:
            numbers.extend(number_of_text(text, zone) for text in texts if text)
        elif to_text(value):
            numbers.append(to_number(value, zone))
    return numbers


def _sum(focus: Focus, nodes: list[Element]) -> float:
    numbers = answered(focus, [nodes])
    infinite = {number for number in numbers if isinf(number)}
    return sum(numbers) if infinite or any(map(isnan, numbers)) else math.fsum(numbers)


def _most(focus: Focus, *values: Value) -> float:
    return _extreme(max, answered(focus, values))


def _least(focus: Focus, *values: Value) -> float:
    return _extreme(min, answered(focus, values))


def _extreme(choose: Callable[[Sequence[float]], float], numbers: Sequence[float]) -> float:
    return nan if not numbers or any(map(isnan, numbers)) else choose(numbers)


def _function(call: Callable[..., float]) -> Function:
    return Function("n", Kind.NUMBER, call)


NUMBER_FUNCTIONS: Mapping[str, Function] = {
    "number": Function("n?", Kind.NUMBER, _number, focused=True, bound=True),
    "round": Function("nn?", Kind.NUMBER, _round),
    "int": _function(_int),
    "floor": _function(_floor),
    "ceiling": _function(_ceiling),
    "abs": _function(abs),
    "pow": Function("nn", Kind.NUMBER, power),
    "sqrt": _function(_real(math.sqrt)),
    "exp": _function(_real(math.exp)),
    "exp10": _function(lambda number: power(10.0, number)),
    "log": _function(_log(math.log)),
    "log10": _function(_log(math.log10)),
    "sin": _function(_real(math.sin)),
    "cos": _function(_real(math.cos)),
    "tan": _function(_real(math.tan)),
    "asin": _function(_real(math.asin)),
    "acos": _function(_real(math.acos)),
    "atan": _function(math.atan),
    "atan2": Function("nn", Kind.NUMBER, math.atan2),
    "pi": Function("", Kind.NUMBER, lambda: math.pi),
    "sum": Function("s", Kind.NUMBER, _sum, focused=True),
    "max": Function("vv*", Kind.NUMBER, _most, focused=True),
    "min": Function("vv*", Kind.NUMBER, _least, focused=True),
}
