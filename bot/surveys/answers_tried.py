"""The answers with which a form is tried: those that its rules tell apart, and one besides."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from bot.forms.definition import OK, Kind
from bot.forms.expressions import Expression
from bot.forms.values import Value
from bot.forms.xforms.asking import bounds_of, kind_of
from bot.forms.xforms.model import Control
from bot.forms.xforms.plan import Plan

NUMBERS: Final = frozenset({Kind.NUMBER, Kind.DECIMAL, Kind.RANGE})
_KEYS: Final = 12  # choices of one question that are told apart
_TOGETHER: Final = 4  # choices of one question of which every set is tried
_TEXT: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NUMBER: Final = re.compile(r"(?<![\w./-])-?\d+(?:\.\d+)?(?![\w./])")
_REASONED: Final = re.compile(r"[+*]|\s-\s|\bdiv\b|\bmod\b|\bcount-selected\b|\btoday\b|\bnow\b")


@dataclass(frozen=True, slots=True)
class Values:
    """Answers that are told apart.

    Attributes:
        answers: without "no answer".
        sure: whether every other answer does the same as one of them.
    """

    answers: list[Value]
    sure: bool


def values_for(plan: Plan, path: str, rules: Iterable[Expression]) -> Values:
    """The answers to a question that can make a difference to these rules."""
    control = plan.controls[path]
    written = " ".join(rule.source for rule in rules)
    texts = {one or other for one, other in _TEXT.findall(written)}
    match kind_of(control, plan.bind(path)):
        case Kind.CHOOSE_ONE:
            return _choices(plan, control, texts)
        case Kind.CHOOSE_MANY | Kind.RANK:
            return _sets(plan, control, texts, counted="count-selected" in written)
        case kind if kind in NUMBERS:
            numbers = _NUMBER.findall(_TEXT.sub("", written))
            return _numbers(control, numbers, sure=not _REASONED.search(written))
        case Kind.ACKNOWLEDGE:
            return Values([OK], sure=True)
        case Kind.TEXT:
            return Values([*sorted(texts - {""}), "x"], sure=False)
        case _:
            return Values([], sure=False)


def _keys(plan: Plan, control: Control) -> list[str]:
    names = control.choices.nodes.instances if control.choices else ()
    items = (item for name in names for item in plan.form.instances.get(name, ()))
    return list(dict.fromkeys(item.findtext("name", "") for item in items))


def _choices(plan: Plan, control: Control, named: set[str]) -> Values:
    keys = _keys(plan, control)
    looked_up = any(
        control.path in itemset.nodes.references
        for each in plan.controls.values()
        if (itemset := each.choices) is not None
    )
    told_apart = [key for key in keys if key in named or looked_up]
    others = [key for key in keys if key not in told_apart]
    kept = told_apart[:_KEYS] + others[:1]
    return Values(list(kept), sure=len(told_apart) <= _KEYS)


def _sets(plan: Plan, control: Control, named: set[str], *, counted: bool) -> Values:
    keys = _keys(plan, control)
    told_apart = [key for key in keys if key in named]
    others = [key for key in keys if key not in named]
    found: list[Value] = []
    for rest in ([], others[:1], others):
        for size in range(min(len(told_apart), _TOGETHER) + 1):
            found += [(*each, *rest) for each in combinations(told_apart[:_TOGETHER], size)]
    few = len(told_apart) <= _TOGETHER and not counted
    return Values([each for each in dict.fromkeys(found) if each], sure=few)


def _numbers(control: Control, written: list[str], *, sure: bool) -> Values:
    found = {0.0, 1.0}
    for text in written:
        found.update((float(text) - 1, float(text), float(text) + 1))
    if bounds := bounds_of(control):
        found.update(map(float, bounds[:2]))
        found = {number for number in found if bounds[0] <= number <= bounds[1]}
    whole = [int(number) if number.is_integer() else number for number in sorted(found)]
    return Values(list(whole), sure=sure)
