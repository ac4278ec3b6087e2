"""Turns the tree of an expression into closures, and notes what it reads."""

from collections.abc import Callable, Sequence
from typing import cast

from bot.forms.expressions import operators
from bot.forms.expressions.grammar import Token, call_of, chain
from bot.forms.expressions.parts import (
    Function,
    Outside,
    Part,
    Path,
    Place,
    Run,
    converted,
    literal,
)
from bot.forms.expressions.paths import path_part
from bot.forms.expressions.problems import ExpressionRefused, Refusal
from bot.forms.expressions.scene import Focus
from bot.forms.expressions.table import FUNCTIONS
from bot.forms.expressions.values import Kind, Value

_LITERALS = {"(string)", "(integer)", "(decimal)", "(float)"}


class Compiler:
    """Compiles one expression.

    Args:
        at: names of the generic path of the node that the expression belongs to.

    Attributes:
        references: generic paths read, in the order met.
        instances: ids of secondary instances read.
        steady: whether the result depends on nothing but what is read.
        outside: what else it hangs on, as far as that can tell about a person.
    """

    def __init__(self, at: Path) -> None:
        self.at = at
        self.references: dict[str, None] = {}
        self.instances: dict[str, None] = {}
        self.steady = True
        self.outside: set[Outside] = set()

    def part(self, token: Token, place: Place) -> Part:
        """The token as a part whose value is used, so that what it reads is noted."""
        part = self.step(token, place)
        if part.path is not None:
            self.note(part.path)
        return part

    def note(self, path: Path) -> None:
        """Note that the nodes of this path are read."""
        self.references["/" + "/".join(path or self.at[:1])] = None

    def hang_on(self, outside: Outside) -> None:
        """Note that the result hangs on what stands in no answer."""
        self.steady = False
        self.outside.add(outside)

    def step(self, token: Token, place: Place) -> Part:
        """The token as a part, perhaps only the beginning of a path."""
        while token.symbol == "(":
            token = token[0]
        symbol = token.symbol
        if symbol in _LITERALS:
            return literal(str(token.value) if symbol == "(string)" else _float(token.value))
        if symbol in operators.SYMBOLS and len(token):
            return self._operation(token, place)
        call = call_of(token)
        return path_part(self, token, place) if call is None else self._call(*call, place)

    def _operation(self, token: Token, place: Place) -> Part:
        symbol = token.symbol
        if symbol in {"and", "or"}:
            sides = [self.part(side, place) for side in chain(token, symbol)]
            return operators.logical(symbol, sides)
        if symbol == "|":
            return operators.union([self.part(side, place) for side in chain(token, symbol)])
        if symbol in operators.COMPARISONS:
            left, right = (self.part(side, place) for side in token)
            return operators.comparison(symbol, left, right)
        return self._arithmetic(token, place)

    def _arithmetic(self, token: Token, place: Place) -> Part:
        signs = 0
        while token.symbol in {"-", "+"} and len(token) == 1:
            signs += token.symbol == "-"
            token = token[0]
        if signs or token.symbol not in operators.ARITHMETIC or len(token) < 2:  # noqa: PLR2004
            return operators.negation(self.part(token, place), times=signs)
        terms: list[tuple[str, Part]] = []
        while token.symbol in operators.ARITHMETIC and len(token) > 1:
            terms.append((token.symbol, self.part(token[1], place)))
            token = token[0]
        first = self.part(token, place)
        return operators.arithmetic(first, terms[::-1])

    def _call(self, name: str, tokens: Sequence[Token], place: Place) -> Part:
        function = FUNCTIONS.get(name)
        if function is None:
            raise ExpressionRefused(Refusal.UNKNOWN_FUNCTION, name)
        count = len(tokens)
        if count < function.least or (function.most is not None and count > function.most):
            raise ExpressionRefused(Refusal.WRONG_ARGUMENTS, name)
        if function.outside is not None:
            self.hang_on(function.outside)
        if function.build is not None:
            return function.build(self, tokens, place)
        return self.applied(name, function, tokens, place)

    def applied(self, name: str, function: Function, tokens: Sequence[Token], place: Place) -> Part:
        """The function's `call` on arguments that are all evaluated."""
        parts = [self.part(token, place) for token in tokens]
        for number, part in enumerate(parts):
            if function.parameter(number) == "s" and part.kind not in {Kind.NODES, Kind.ANY}:
                raise ExpressionRefused(Refusal.WRONG_ARGUMENTS, name)
        return Part(
            _applied(function, name, parts),
            function.gives,
            bound=any(part.bound for part in parts)
            or not function.steady
            or (function.bound and not parts),
        )


def _applied(function: Function, name: str, parts: Sequence[Part]) -> Run:
    call = cast("Callable[..., Value]", function.call)
    runs = [converted(part, function.parameter(number), name) for number, part in enumerate(parts)]
    if function.focused:
        runs.insert(0, _focus)
    match runs:
        case []:
            return lambda _focus: call()
        case [one]:
            return lambda focus: call(one(focus))
        case [one, two]:
            return lambda focus: call(one(focus), two(focus))
        case _:
            return lambda focus: call(*[run(focus) for run in runs])


def _focus(focus: Focus) -> Focus:
    return focus


def _float(value: object) -> float:
    try:
        return float(cast("float", value))
    except OverflowError:
        return float("inf")
