"""Functions that decide: if, coalesce, once, and the truths."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING

from bot.forms.expressions.parts import Function, Part, Place, text_run, truth_run
from bot.forms.expressions.scene import Focus
from bot.forms.expressions.values import Kind, Value, text_of_node

if TYPE_CHECKING:
    from bot.forms.expressions.compiling import Compiler
    from bot.forms.expressions.grammar import Token


def _build_if(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    """Only the branch that counts is evaluated."""
    condition, then, otherwise = (compiler.part(token, place) for token in tokens)
    holds, yes, no = truth_run(condition), then.run, otherwise.run
    kind = then.kind if then.kind is otherwise.kind else Kind.ANY
    return Part(
        lambda focus: yes(focus) if holds(focus) else no(focus),
        kind,
        bound=condition.bound or then.bound or otherwise.bound,
    )


def _build_coalesce(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    """The first argument that is not empty; a number that is none (NaN) is empty too."""
    parts = [compiler.part(token, place) for token in tokens]

    def first(focus: Focus) -> Value:
        value: Value = ""
        for part in parts:
            value = part.run(focus)
            if not _empty(value):
                break
        return "" if _empty(value) else value

    return Part(first, Kind.ANY, bound=any(part.bound for part in parts))


def _empty(value: Value) -> bool:
    if isinstance(value, list):
        return not value or not text_of_node(value[0])
    if isinstance(value, str):
        return not value
    return isnan(value)


def _build_once(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    """The present value of the node if it has one; else the argument."""
    compiler.steady = False
    fresh = text_run(compiler.part(tokens[0], place))
    return Part(lambda focus: focus.scene.present() or fresh(focus), Kind.TEXT, bound=True)


def _build_depend(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    """The first argument; the others are only there to be depended on."""
    first, *_ = [compiler.part(token, place) for token in tokens]
    return first


CONTROL_FUNCTIONS: Mapping[str, Function] = {
    "if": Function("bvv", Kind.ANY, build=_build_if),
    "coalesce": Function("vvv*", Kind.ANY, build=_build_coalesce),
    "once": Function("t", Kind.TEXT, build=_build_once),
    "depend": Function("vv*", Kind.ANY, build=_build_depend),
    "true": Function("", Kind.TRUTH, lambda: True),
    "false": Function("", Kind.TRUTH, lambda: False),
    "not": Function("b", Kind.TRUTH, lambda truth: not truth),
    "boolean": Function("b", Kind.TRUTH, lambda truth: truth),
}
