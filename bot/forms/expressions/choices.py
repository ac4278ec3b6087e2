"""Functions on the answers to select questions: names of choices between spaces."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from bot.forms.expressions.parts import Function, Outside, Part, Path, Place, text_run
from bot.forms.expressions.problems import ExpressionRefused, Refusal
from bot.forms.expressions.scene import Focus
from bot.forms.expressions.values import (
    Kind,
    Value,
    number_of_text,
    text_of_node,
    to_text,
    to_truth,
)

if TYPE_CHECKING:
    from bot.forms.expressions.compiling import Compiler
    from bot.forms.expressions.grammar import Token

_NO_LIMIT = -1


def _selected(chosen: str, name: str) -> bool:
    return name.strip() in chosen.split()


def _selected_at(chosen: str, place: float) -> str:
    """The name at this place, from 0."""
    names = chosen.split()
    return (
        names[int(place)]
        if isfinite(place) and 0 <= int(place) < len(names) and (place >= 0)
        else ""
    )


def _checklist(focus: Focus, least: float, most: float, *answers: Value) -> bool:
    count = sum(_yes(focus, answer) for answer in _each(answers))
    return _within(count, least, most)


def _weighted_checklist(focus: Focus, least: float, most: float, *pairs: Value) -> bool:
    """Answers and weights in turn; two node-sets are paired node by node."""
    total = 0.0
    for answer, weight in zip(pairs[::2], pairs[1::2], strict=True):
        for one, heavy in zip(_each([answer]), _each([weight]), strict=False):
            if _yes(focus, one):
                total += number_of_text(to_text(heavy), focus.scene.zone)
    return _within(total, least, most)


def _each(values: Sequence[Value]) -> list[Value]:
    found: list[Value] = []
    for value in values:
        if isinstance(value, list):
            found.extend(map(text_of_node, value))
        else:
            found.append(value)
    return found


def _yes(focus: Focus, answer: Value) -> bool:
    """True, a number above 0 (OpenRosa XForms), or exactly "yes" (the ODK documentation)."""
    if isinstance(answer, str):
        return answer in {"yes", "true"} or number_of_text(answer, focus.scene.zone) > 0
    return answer > 0 if isinstance(answer, float) else to_truth(answer)


def _within(total: float, least: float, most: float) -> bool:
    return (least == _NO_LIMIT or total >= least) and (most == _NO_LIMIT or total <= most)


def _build_weighted(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    if len(tokens) % 2:
        raise ExpressionRefused(Refusal.WRONG_ARGUMENTS, "weighted-checklist")
    return compiler.applied("weighted-checklist", _WEIGHTED, tokens, place)


def _build_choice_name(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    """The second argument is a path between quotes: pyxform puts '${question}' there."""
    value = text_run(compiler.part(tokens[0], place))
    question = compiler.step(tokens[1], place)
    path = question.path
    if isinstance(question.constant, str):
        path = path_between_quotes(question.constant, compiler.at)
    if path is None:
        raise ExpressionRefused(Refusal.WRONG_ARGUMENTS, "jr:choice-name")
    written = "/" + "/".join(path)

    def label(focus: Focus) -> str:
        return focus.scene.label_of(written, value(focus))

    return Part(label, Kind.TEXT, bound=True)


def path_between_quotes(text: str, at: Path) -> Path | None:
    """The generic path that a text such as " ../kids/name " means at this node."""
    steps = text.strip().split("/")
    path = () if steps[0] == "" else at
    for step in steps[1:] if steps[0] == "" else steps:
        name = step.strip().split("[")[0]
        if name == "..":
            path = path[:-1]
        elif name.replace("current()", ".") != ".":
            path = (*path, name)
    return path or None


def _itext(focus: Focus, name: str) -> str:
    return focus.scene.itext(name)


def _count_selected(chosen: str) -> float:
    return float(len(chosen.split()))


_WEIGHTED = Function("nnv*", Kind.TRUTH, _weighted_checklist, focused=True)

CHOICE_FUNCTIONS: Mapping[str, Function] = {
    "selected": Function("tt", Kind.TRUTH, _selected),
    "is-selected": Function("tt", Kind.TRUTH, _selected),
    "selected-at": Function("tn", Kind.TEXT, _selected_at),
    "count-selected": Function("t", Kind.NUMBER, _count_selected),
    "checklist": Function("nnv*", Kind.TRUTH, _checklist, focused=True),
    "weighted-checklist": Function("nnv*", Kind.TRUTH, build=_build_weighted),
    "jr:choice-name": Function("tt", Kind.TEXT, build=_build_choice_name, outside=Outside.LANGUAGE),
    "jr:itext": Function("t", Kind.TEXT, _itext, focused=True, outside=Outside.LANGUAGE),
}
