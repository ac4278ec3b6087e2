"""An expression of a form, compiled once and evaluated for everybody."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from xml.etree.ElementTree import Element

from bot.forms.expressions.parts import Outside, Place, Run, number_run, text_run, truth_run
from bot.forms.expressions.problems import EvaluationFailed, ExpressionRefused, Failure, Refusal
from bot.forms.expressions.scene import Focus, Scene

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. Everybody shares it; nothing of an evaluation stays in it.

    Attributes:
        source: as the form has it.
        references: generic absolute paths of the nodes of the primary instance that it reads, in
            the order met, such as "/data/kids/kage". The path of a group or repeat stands for all
            that is in it, and for how many there are: count(/data/kids), /data/g/*, //x.
        instances: ids of the secondary instances that it reads.
        steady: the result is the same whenever the nodes of `references` hold the same. Not so
            with now(), random(), once(), the position of a repeat, or labels, which depend on the
            language.
        outside: what of the clock, chance and the language it reads.
    """

    source: str
    references: tuple[str, ...]
    instances: tuple[str, ...]
    steady: bool
    outside: frozenset[Outside]
    _text: Callable[[Focus], str] = field(repr=False, compare=False)
    _number: Callable[[Focus], float] = field(repr=False, compare=False)
    _truth: Callable[[Focus], bool] = field(repr=False, compare=False)
    _value: Run = field(repr=False, compare=False)

    def text(self, scene: Scene) -> str:
        """The result as a text, as XPath's string() makes it.

        Raises:
            EvaluationFailed: there is no result, as for all these methods.
        """
        return _evaluated(self._text, scene)

    def number(self, scene: Scene) -> float:
        """The result as a number; NaN if it is none. A date is its days since 1970-01-01."""
        return _evaluated(self._number, scene)

    def truth(self, scene: Scene) -> bool:
        """The result as a truth, as XPath's boolean() makes it."""
        return _evaluated(self._truth, scene)

    def nodes(self, scene: Scene) -> list[Element]:
        """The elements of a node-set, in document order unless shuffled; else none."""
        value = _evaluated(self._value, scene)
        return list(value) if isinstance(value, list) else []


def compile_expression(source: str, at: str) -> Expression:
    """Compile an expression of a form.

    Args:
        source: XPath 1.0 with the OpenRosa functions.
        at: generic absolute path of the node that it belongs to, such as "/data/kids/kage":
            where relative paths start.

    Raises:
        ExpressionRefused: it cannot be used.
    """
    path = tuple(name for name in at.split("/") if name)
    # elementpath takes a seventh of a second to load, and most processes begin without a survey.
    from bot.forms.expressions.compiling import Compiler
    from bot.forms.expressions.grammar import DEPTH_LIMIT, parse

    compiler = Compiler(path)
    try:
        part = compiler.part(parse(source), Place(path))
    except RecursionError:
        raise ExpressionRefused(Refusal.TOO_DEEP, str(DEPTH_LIMIT)) from None
    return Expression(
        source,
        tuple(compiler.references),
        tuple(compiler.instances),
        compiler.steady,
        frozenset(compiler.outside),
        text_run(part),
        number_run(part),
        truth_run(part),
        part.run,
    )


def _evaluated(run: Callable[[Focus], _Result], scene: Scene) -> _Result:
    scene.begin()
    try:
        return run(Focus(scene, scene.node))
    except RecursionError:
        raise EvaluationFailed(Failure.TOO_MUCH) from None
