"""What an XForm says at a place: texts with what is worked out in them, choices, questions."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol, cast

from bot.forms.definition import OK, Choice, Kind
from bot.forms.expressions import EvaluationFailed, Expression, Scene
from bot.forms.xforms.asking import LONG_RANGE, Asking, bounds_of, kind_of, language_of, within_of
from bot.forms.xforms.model import Control, Itemset, Tag, Text
from bot.forms.xforms.places import How, Moment, Place
from bot.forms.xforms.plan import Plan

EXCLUSIVE = "exclusive"
"""The column of the choices sheet that marks what stands alone: "none of these" and the like."""
_MARKS = re.compile(r"([\\`*_{}\[\]()#<>&])")
_YES = frozenset({"yes", "true", "true()", "1"})


class Working(Protocol):
    """An instance, as far as wording needs it."""

    @property
    def plan(self) -> Plan:
        """The form."""

    @property
    def moment(self) -> Moment:
        """When, and in which language."""

    @property
    def places(self) -> Mapping[str, list[Place]]:
        """By path, in the order of the repetitions."""

    def evaluate(self, rule: Expression, place: Place, how: How) -> Any:
        """What a rule comes to at a place."""

    def truth(self, rule: Expression | None, place: Place, *, otherwise: bool) -> bool:
        """Whether a rule holds at a place."""

    def read_by(self, rule: Expression) -> tuple[str, ...]:
        """The values that a lasting rule reads."""

    def scene(self, place: Place) -> Scene:
        """What an expression sees from a place."""


def say(at: Working, text: Text | None, place: Place) -> str:
    """A text in the language of the step; what is worked out in it is escaped for Markdown."""
    if text is None or not text.pieces:
        return ""
    pieces = text.pieces[language_of(text, at.moment.language.name, at.plan.form.default.name)]
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return pieces[0]
    return "".join(
        piece if isinstance(piece, str) else _escaped(str(at.evaluate(piece, place, "text")))
        for piece in pieces
    )


def shown_with(at: Working, text: Text) -> Mapping[str, str]:
    """What is shown or played with a text: "image", "audio", "video" -> name of a file.

    What the language of the step has none of comes in the form's default language.
    """
    if not text.media:
        return {}
    default = text.media.get(at.plan.form.default.name, {})
    return {**default, **text.media.get(at.moment.language.name, {})}


def choices(at: Working, control: Control, place: Place) -> tuple[Choice, ...]:
    """What can be chosen at a place, in order; what stands alone comes last after a shuffle."""
    if control.tag is Tag.TRIGGER:
        return (Choice(OK, OK),)
    itemset = control.choices
    if itemset is None:
        return _numbers(control)
    rules = (itemset.nodes, *at.plan.in_labels(itemset))
    if not all(map(at.plan.lasting, rules)):
        return _choices(at, itemset, place)
    read = tuple(text for rule in rules for text in at.read_by(rule))
    key = (control, at.moment.language, read)
    found = at.plan.memory.recall(key)
    if found is None:
        found = _choices(at, itemset, place)
        at.plan.memory.remember(key, found, rules, read)
    return cast("tuple[Choice, ...]", found)


def _choices(at: Working, itemset: Itemset, place: Place) -> tuple[Choice, ...]:
    try:
        items = itemset.nodes.nodes(at.scene(place))
    except EvaluationFailed:
        items = []
    found: dict[str, Choice] = {}
    for item in items:
        values = {child.tag: child.text or "" for child in item}
        key = values.get(itemset.value, "").strip()
        if not key:
            continue  # an answer that is not given yet cannot be chosen
        label = values.get(itemset.label, "")
        shows: Mapping[str, str] = {}
        if itemset.translated:
            text = at.plan.text(label) or Text()
            label, shows = say(at, text, place), shown_with(at, text)
        alone = values.get(EXCLUSIVE, "").strip().lower() in _YES
        found.setdefault(key, Choice(key, label or key, exclusive=alone, shows=shows))
    if itemset.shuffled:
        return tuple(sorted(found.values(), key=lambda choice: choice.exclusive))
    return tuple(found.values())


def _numbers(control: Control) -> tuple[Choice, ...]:
    """The numbers of a range, where they are few."""
    bounds = bounds_of(control)
    if bounds is None or not bounds[2] or (bounds[1] - bounds[0]) / bounds[2] >= LONG_RANGE:
        return ()
    least, most, step = bounds
    count = int((most - least) / step) + 1
    numbers = [format((least + step * number).normalize(), "f") for number in range(count)]
    return tuple(Choice(number, number) for number in numbers)


def choice_name(at: Working, place: Place, value: str) -> str:
    """The label of a choice of the question at a place; empty where there is none."""
    control = at.plan.controls.get(place.node.path)
    if control is None:
        return ""
    offered = place.choices or choices(at, control, place)
    return next((choice.label for choice in offered if choice.key == value), "")


def asking(at: Working, control: Control, place: Place) -> Asking:
    """The question that a control asks at a place."""
    key = ("asking", control, at.moment.language)
    lasting = at.plan.plain(control.path)
    if lasting and (known := at.plan.memory.recall(key)) is not None:
        return cast("Asking", known)
    question = _asking(at, control, place)
    if lasting:
        at.plan.memory.remember(key, question)
    return question


def _asking(at: Working, control: Control, place: Place) -> Asking:
    bind = at.plan.bind(control.path)
    kind = kind_of(control, bind)
    required = at.truth(bind.required, place, otherwise=False)
    if at.truth(bind.readonly, place, otherwise=False):
        kind, required = Kind.NOTE, False
    least, most, step = bounds_of(control) or (None, None, None)
    return Asking(
        name=place.name,
        kind=kind,
        label=say(at, control.label, place),
        hint=say(at, control.hint, place),
        required=required,
        minimum=_plain(least),
        maximum=_plain(most),
        step=_plain(step),
        appearance=control.appearance,
        media=control.media,
        required_message=say(at, bind.required_message, place) if required else "",
        within=within_of(control, bind),
        path=control.path,
        guidance=say(at, control.guidance, place),
        shows=shown_with(at, control.label),
    )


def with_value(label: str, place: Place) -> str:
    """The label of something that is only read, with its value; of choices, with their labels."""
    named = {choice.key: choice.label for choice in place.choices}
    values = place.text.split() if named else [place.text]
    said = [named.get(value) or _escaped(value) for value in values]
    return "\n".join(part for part in (label, *said) if part)


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _escaped(value: str) -> str:
    """A value so that nothing in it means anything in Markdown."""
    return _MARKS.sub(r"\\\1", value)
