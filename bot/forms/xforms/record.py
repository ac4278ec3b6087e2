"""What a finished survey leaves: its answers and calculations in XForm terms."""

from collections.abc import Mapping

from bot.forms.definition import Kind
from bot.forms.interview import Interview
from bot.forms.values import Value
from bot.forms.xforms.asking import kind_of
from bot.forms.xforms.instance import Instance, Known
from bot.forms.xforms.model import Node
from bot.forms.xforms.places import Place
from bot.forms.xforms.sitting import Sitting
from bot.forms.xforms.values import as_value

_META = "meta"  # the node of an XForm that names the answerer's device and the like


def record_of(sitting: Sitting, interview: Interview) -> Mapping[str, Value]:
    """The record of an interview that is over.

    Names are those of the form. A group is a mapping, a repeat a list of mappings, the answer to
    select_multiple and rank a list. What is empty or not relevant is absent, and so is what
    pyxform adds: "meta", and a repeat's count. So is what the form worked out from the clock, by
    chance or in somebody's language, which could tell whose record it is.
    """
    known = Known(interview.answers, interview.given, frozenset(interview.passed))
    instance = Instance(sitting.plan, sitting.moment, known)
    return _inside(instance, instance.places[sitting.plan.form.root.path][0])


def _inside(instance: Instance, group: Place) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for child in group.node.children:
        if child.name == _META and group.above is None:
            continue
        there = [
            place
            for place in instance.places[child.path]
            if place.above is group and place.relevant
        ]
        if child.children:
            inner = [_inside(instance, place) for place in there]
            if any(inner):
                found[child.name] = tuple(inner) if child.repeat else inner[0]
        elif there and not _is_made_up(instance, child):
            value = _leaf(instance, there[0])
            if value is not None and value != "":
                found[child.name] = value
    return found


def _is_made_up(instance: Instance, node: Node) -> bool:
    """Whether a node is not the author's: pyxform adds one that holds a repeat's count."""
    bind = instance.plan.bind(node.path)
    counts = node.path.removesuffix("_count") in instance.plan.repeats
    return counts and bind.readonly is not None and bind.calculate is not None


def _leaf(instance: Instance, place: Place) -> Value:
    answer = instance.answers.get(place.name)
    control = instance.plan.controls.get(place.node.path)
    if answer is None and place.node.path in instance.plan.untold.paths:
        return None
    bind = instance.plan.bind(place.node.path)
    kind = Kind.TEXT if control is None else kind_of(control, bind)
    if kind is Kind.FILE:
        return answer
    value = as_value(place.text, kind)
    if kind is Kind.CHOOSE_MANY and isinstance(value, tuple):
        return _as_listed(instance, place, value)
    return value


def _as_listed(instance: Instance, place: Place, keys: tuple[Value, ...]) -> Value:
    """Ticked choices in the order of the form's list, which is the same for everybody.

    The order in which somebody saw them came by chance, and would tell one answerer from another.
    """
    control = instance.plan.controls[place.node.path]
    names = control.choices.nodes.instances if control.choices else ()
    listed = [
        item.findtext("name", "")
        for name in names
        for item in instance.plan.form.instances.get(name, ())
    ]
    order = {key: number for number, key in enumerate(dict.fromkeys(listed))}
    return tuple(sorted(keys, key=lambda key: order.get(str(key), len(order))))
