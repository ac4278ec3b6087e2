"""The operators of XPath 1.0 on parts."""

import operator
from collections.abc import Callable, Mapping, Sequence
from math import copysign, fmod, inf, isinf, isnan, nan
from xml.etree.ElementTree import Element

from bot.forms.expressions.parts import Part, Run, nodes_run, number_run, truth_run
from bot.forms.expressions.problems import ExpressionRefused, Refusal
from bot.forms.expressions.scene import Focus
from bot.forms.expressions.values import Kind, different, equal, ordered, text_of_node

COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def logical(symbol: str, parts: Sequence[Part]) -> Part:
    """and, or: the first operand that settles it is the last evaluated."""
    runs = [truth_run(part) for part in parts]
    run: Run
    if len(runs) == 2:  # noqa: PLR2004 -- by far the most frequent
        one, two = runs
        if symbol == "and":
            run = lambda focus: one(focus) and two(focus)  # noqa: E731 -- one name, many shapes
        else:
            run = lambda focus: one(focus) or two(focus)  # noqa: E731
    elif symbol == "and":
        run = lambda focus: all(each(focus) for each in runs)  # noqa: E731
    else:
        run = lambda focus: any(each(focus) for each in runs)  # noqa: E731
    return Part(run, Kind.TRUTH, bound=_bound(parts))


def comparison(symbol: str, left: Part, right: Part) -> Part:
    """=, != and the four of order."""
    bound = left.bound or right.bound
    if symbol in {"=", "!="}:
        for one, other in ((left, right), (right, left)):
            if one.kind is Kind.NODES and isinstance(other.constant, str):
                return Part(_nodes_against(one, other.constant, symbol), Kind.TRUTH, bound=bound)
        holds = equal if symbol == "=" else different
        return Part(
            lambda focus: holds(left.run(focus), right.run(focus), focus.scene.zone),
            Kind.TRUTH,
            bound=bound,
        )
    relation = COMPARISONS[symbol]

    def compare(focus: Focus) -> bool:
        one, other = left.run(focus), right.run(focus)
        if isinstance(one, list) and isinstance(other, list):
            focus.scene.look_at(len(one) * len(other))
        return ordered(one, other, focus.scene.zone, relation)

    return Part(compare, Kind.TRUTH, bound=bound)


def _nodes_against(part: Part, text: str, symbol: str) -> Run:
    find = nodes_run(part, symbol)
    if symbol == "=":

        def any_is(focus: Focus) -> bool:
            return any(text_of_node(node) == text for node in find(focus))

        return any_is

    def any_is_not(focus: Focus) -> bool:
        return any(text_of_node(node) != text for node in find(focus))

    return any_is_not


def union(parts: Sequence[Part]) -> Part:
    """The nodes of all, once each and in document order."""
    if any(part.kind not in {Kind.NODES, Kind.ANY} for part in parts):
        raise ExpressionRefused(Refusal.WRONG_ARGUMENTS, "|")
    runs = [nodes_run(part, "|") for part in parts]

    def unite(focus: Focus) -> list[Element]:
        return focus.scene.in_order([node for run in runs for node in run(focus)])

    return Part(unite, Kind.NODES, bound=_bound(parts))


def arithmetic(first: Part, terms: Sequence[tuple[str, Part]]) -> Part:
    """A chain from left to right, such as a + b - c."""
    start = number_run(first)
    steps = [(ARITHMETIC[symbol], number_run(part)) for symbol, part in terms]

    def compute(focus: Focus) -> float:
        total = start(focus)
        for combine, run in steps:
            total = combine(total, run(focus))
        return total

    return Part(compute, Kind.NUMBER, bound=_bound([first, *(part for _, part in terms)]))


def negation(part: Part, times: int) -> Part:
    """The number of the part, its sign turned so many times."""
    number = number_run(part)
    if times % 2:
        return Part(lambda focus: -number(focus), Kind.NUMBER, bound=part.bound)
    return Part(number, Kind.NUMBER, bound=part.bound)


def divide(dividend: float, divisor: float) -> float:
    """div, as IEEE 754 has it: nothing is an error."""
    if divisor:
        return dividend / divisor
    if dividend == 0 or isnan(dividend):
        return nan
    return copysign(inf, dividend) * copysign(1, divisor)


def remainder(dividend: float, divisor: float) -> float:
    """mod: the remainder of a division that truncates, with the sign of the dividend."""
    if divisor == 0 or isinf(dividend) or isnan(dividend) or isnan(divisor):
        return nan
    return fmod(dividend, divisor)


def _bound(parts: Sequence[Part]) -> bool:
    return any(part.bound for part in parts)


ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": divide,
    "mod": remainder,
}

SYMBOLS = frozenset(["and", "or", "|", *COMPARISONS, *ARITHMETIC])
