"""What the compiler works with: parts of an expression as closures, and the kinds of functions."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto, unique
from math import nan
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from xml.etree.ElementTree import Element

from bot.forms.expressions.problems import EvaluationFailed, Failure
from bot.forms.expressions.scene import Focus
from bot.forms.expressions.values import (
    Kind,
    Value,
    number_of_text,
    text_of_node,
    text_of_number,
    to_number,
    to_text,
    to_truth,
)

if TYPE_CHECKING:
    from bot.forms.expressions.compiling import Compiler
    from bot.forms.expressions.grammar import Token

Run: TypeAlias = Callable[[Focus], Value]
Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression, ready to run.

    Attributes:
        run: its value at a focus.
        kind: what kind of value that will be.
        bound: it depends on the context node or its position, so it differs between the items
            of a predicate; or on luck, so it may not be evaluated once for all of them.
        constant: the value of a literal.
        path: generic path of the nodes that it gives, if they are known to be of the primary
            instance.
        table: id of the secondary instance that its nodes are of, if that is known.
    """

    run: Run
    kind: Kind
    bound: bool = False
    constant: str | float | None = None
    path: Path | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an expression the compiler is.

    Attributes:
        path: generic path of the context node; None if it is not of the primary instance.
        inside: in a predicate.
        table: id of the secondary instance that the context node is of, if that is known.
    """

    path: Path | None
    inside: bool = False
    table: str | None = None


Build: TypeAlias = "Callable[[Compiler, Sequence[Token], Place], Part]"


@unique
class Outside(Enum):
    """What a result can hang on that stands in no answer."""

    CLOCK = auto()
    CHANCE = auto()
    LANGUAGE = auto()


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the table.

    Attributes:
        takes: its parameters: t text, n number, b truth, s node-set, v any value; a ? after one
            that may be left out, a * after one that may come any number of times or not at all.
        gives: kind of its result.
        call: computes the result from the converted arguments.
        build: makes the part itself, from arguments not compiled yet: for functions that do not
            evaluate all of them, or want a literal.
        focused: `call` gets the focus before the arguments.
        bound: without arguments it reads the context node.
        outside: what else than its arguments the result hangs on.
    """

    takes: str
    gives: Kind
    call: Callable[..., Value] | None = None
    build: "Build | None" = None
    focused: bool = False
    bound: bool = False
    outside: "Outside | None" = None
    parameters: tuple[str, ...] = field(init=False)
    least: int = field(init=False)
    most: int | None = field(init=False)

    def __post_init__(self) -> None:
        found = re.findall(r"([tnbsv])([?*]?)", self.takes)
        set_field = object.__setattr__
        set_field(self, "parameters", tuple(letter for letter, _ in found))
        set_field(self, "least", sum(not mark for _, mark in found))
        set_field(self, "most", None if "*" in self.takes else len(found))

    @property
    def steady(self) -> bool:
        """Whether the same arguments always give the same result."""
        return self.outside is None

    def parameter(self, place: int) -> str:
        """The letter of the argument at this place; the last one goes on."""
        return self.parameters[min(place, len(self.parameters) - 1)]


def text_run(part: Part) -> Callable[[Focus], str]:
    """The part's value as a text."""
    run = part.run
    if part.kind is Kind.TEXT:
        return cast("Callable[[Focus], str]", run)
    if part.kind is Kind.NUMBER:
        number = cast("Callable[[Focus], float]", run)
        return lambda focus: text_of_number(number(focus))
    if part.kind is Kind.NODES:
        find = cast("Callable[[Focus], list[Element]]", run)

        def text_of_first(focus: Focus) -> str:
            nodes = find(focus)
            return text_of_node(nodes[0]) if nodes else ""

        return text_of_first
    return lambda focus: to_text(run(focus))


def number_run(part: Part) -> Callable[[Focus], float]:
    """The part's value as a number."""
    run = part.run
    if part.kind is Kind.NUMBER:
        return cast("Callable[[Focus], float]", run)
    if part.kind is Kind.NODES:
        find = cast("Callable[[Focus], list[Element]]", run)

        def number_of_first(focus: Focus) -> float:
            nodes = find(focus)
            return number_of_text(text_of_node(nodes[0]), focus.scene.zone) if nodes else nan

        return number_of_first
    return lambda focus: to_number(run(focus), focus.scene.zone)


def truth_run(part: Part) -> Callable[[Focus], bool]:
    """The part's value as a truth."""
    run = part.run
    if part.kind is Kind.TRUTH:
        return cast("Callable[[Focus], bool]", run)
    return lambda focus: to_truth(run(focus))


def nodes_run(part: Part, function: str) -> Callable[[Focus], list[Element]]:
    """The part's value as a node-set; what else it turns out to be fails."""
    run = part.run
    if part.kind is Kind.NODES:
        return cast("Callable[[Focus], list[Element]]", run)

    def nodes(focus: Focus) -> list[Element]:
        value = run(focus)
        if isinstance(value, list):
            return value
        raise EvaluationFailed(Failure.WRONG_ARGUMENTS, function)

    return nodes


def converted(part: Part, letter: str, function: str) -> Callable[[Focus], Any]:
    """The part's value as a parameter wants it; letters as in `Function.takes`."""
    if letter == "t":
        return text_run(part)
    if letter == "n":
        return number_run(part)
    if letter == "b":
        return truth_run(part)
    if letter == "s":
        return nodes_run(part, function)
    return part.run


def literal(value: str | float) -> Part:
    """A part that is always the same."""
    kind = Kind.TEXT if isinstance(value, str) else Kind.NUMBER
    return Part(lambda _focus: value, kind, constant=value)
