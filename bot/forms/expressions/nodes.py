"""Functions on nodes: counting, positions, repeats, and the tables of choices."""

import hashlib
from collections.abc import Mapping, Sequence
from math import isinf, isnan
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from bot.forms.expressions.parts import (
    Function,
    Outside,
    Part,
    Path,
    Place,
    nodes_run,
    number_run,
    text_run,
)
from bot.forms.expressions.problems import ExpressionRefused, Refusal
from bot.forms.expressions.scene import Focus
from bot.forms.expressions.values import Kind, Value, number_of_text, text_of_node, to_text

if TYPE_CHECKING:
    from bot.forms.expressions.compiling import Compiler
    from bot.forms.expressions.grammar import Token

_MODULUS = 2_147_483_647  # 2^31 - 1, of Park and Miller's generator
_MULTIPLIER = 16_807


def _count_non_empty(nodes: list[Element]) -> float:
    return float(sum(1 for node in nodes if text_of_node(node)))


def _build_position(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    """Without an argument as in XPath; else the place among siblings of the same name."""
    if not tokens:
        compiler.steady = compiler.steady and place.inside
        return Part(lambda focus: float(focus.position), Kind.NUMBER, bound=True)
    part = compiler.part(tokens[0], place)
    compiler.steady = compiler.steady and part.table is not None
    find = nodes_run(part, "position")

    def position(focus: Focus) -> float:
        nodes = find(focus)
        if not nodes:
            return float("nan")
        node = nodes[0]
        parent = focus.scene.parent(node)
        if parent is None:
            return 1.0
        siblings = focus.scene.found(focus.scene.children(parent, node.tag))
        return float(siblings.index(node) + 1)

    return Part(position, Kind.NUMBER, bound=part.bound)


def _build_last(_compiler: "Compiler", _tokens: Sequence["Token"], _place: Place) -> Part:
    return Part(lambda focus: float(focus.size), Kind.NUMBER, bound=True)


def _build_current(compiler: "Compiler", _tokens: Sequence["Token"], _place: Place) -> Part:
    """The node whose expression this is, in whatever predicate it stands."""
    return Part(lambda focus: [focus.scene.node], Kind.NODES, path=compiler.at)


def _build_instance(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    """Stands above the root of a secondary instance: instance('x')/root/item."""
    name = _id(compiler, tokens[0], place, "instance")

    def find(focus: Focus) -> list[Element]:
        table = focus.scene.instances.table(name)
        return [] if table is None else [table.top]

    return Part(find, Kind.NODES, table=name)


def _build_pulldata(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    """pulldata(id, wanted, column, value): instance(id)/root/item[column = value]/wanted."""
    name = _id(compiler, tokens[0], place, "pulldata")
    wanted, column, value = (text_run(compiler.part(token, place)) for token in tokens[1:])

    def pull(focus: Focus) -> str:
        table = focus.scene.instances.table(name)
        if table is None:
            return ""
        root = focus.scene.instances[name]
        places = table.rows_by_text(root, "item", column(focus)).get(value(focus))
        if not places:
            return ""
        cells = table.children(table.children(root, "item")[places[0]], wanted(focus))
        return text_of_node(cells[0]) if cells else ""

    return Part(pull, Kind.TEXT, bound=True)


def _id(compiler: "Compiler", token: "Token", place: Place, function: str) -> str:
    """Ids are literals, so that a form's files can be checked before anybody answers."""
    part = compiler.part(token, place)
    if not isinstance(part.constant, str):
        raise ExpressionRefused(Refusal.WRONG_ARGUMENTS, function)
    compiler.instances[part.constant] = None
    return part.constant


def _build_indexed_repeat(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    """indexed-repeat(node, repeat, number, …): the node in the repeats of these numbers."""
    target = compiler.part(tokens[0], place).path
    numbers: dict[Path, Part] = {}
    for repeat, number in zip(tokens[1::2], tokens[2::2], strict=False):
        path = compiler.part(repeat, place).path
        if path is None or target is None or target[: len(path)] != path or path == target:
            raise ExpressionRefused(Refusal.WRONG_ARGUMENTS, "indexed-repeat")
        numbers[path] = compiler.part(number, place)
    if target is None or len(tokens) % 2 == 0:
        raise ExpressionRefused(Refusal.WRONG_ARGUMENTS, "indexed-repeat")
    above = [target[: depth + 1] for depth in range(len(target))]
    levels = [(path[-1], number_run(numbers[path]) if path in numbers else None) for path in above]
    own = 0  # levels above the first numbered one that the context node is in too
    while above[own] not in numbers and compiler.at[: own + 1] == above[own]:
        own += 1

    def find(focus: Focus) -> list[Element]:
        scene = focus.scene
        lineage = _lineage(focus)
        nodes = [scene.top]
        for depth, (name, number) in enumerate(levels):
            nodes = scene.found([child for node in nodes for child in scene.children(node, name)])
            if number is not None:
                nodes = _nth(nodes, number(focus))
            elif depth < own:
                nodes = [node for node in nodes if node in lineage] or nodes
        return nodes

    return Part(find, Kind.NODES, bound=any(part.bound for part in numbers.values()))


def _lineage(focus: Focus) -> list[Element]:
    """The context node and all that it stands in."""
    lineage = [focus.scene.node]
    while (parent := focus.scene.parent(lineage[-1])) is not None:
        lineage.append(parent)
    return lineage


def _nth(nodes: list[Element], number: float) -> list[Element]:
    place = int(number) if 1 <= number <= len(nodes) else 0
    return nodes[place - 1 : place] if place else []


def _build_randomize(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    nodes = nodes_run(compiler.part(tokens[0], place), "randomize")
    if len(tokens) == 1:
        compiler.hang_on(Outside.CHANCE)
        return Part(
            lambda focus: _shuffled(nodes(focus), focus.scene.random.randrange(1, _MODULUS)),
            Kind.NODES,
            bound=True,
        )
    seed = compiler.part(tokens[1], place)
    return Part(
        lambda focus: _shuffled(nodes(focus), _seed(focus, seed.run(focus))),
        Kind.NODES,
        bound=True,
    )


def _seed(focus: Focus, value: Value) -> int:
    """A number cut to a whole one; an empty text is 0; of any other text, part of its SHA-256.

    As JavaRosa does, so that a form shuffles here as it does in ODK Collect.
    """
    text = to_text(value)
    number = number_of_text(text, focus.scene.zone)
    if isnan(number):
        if not text or text == "NaN":
            return 0
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)
    if isinf(number):
        return 2**63 - 1 if number > 0 else -(2**63)
    return int(number)


def _shuffled(nodes: Sequence[Element], seed: int) -> list[Element]:
    """Fisher and Yates's shuffle, inside out, with Park and Miller's generator.

    OpenRosa XForms, randomize().
    """
    state = abs(seed) % _MODULUS * (1 if seed >= 0 else -1)
    if state <= 0:
        state += _MODULUS - 1
    shuffled: list[Element] = []
    for place, node in enumerate(nodes):
        state = state * _MULTIPLIER % _MODULUS
        other = (state - 1) * (place + 1) // (_MODULUS - 1)
        if other == place:
            shuffled.append(node)
        else:
            shuffled.append(shuffled[other])
            shuffled[other] = node
    return shuffled


NODE_FUNCTIONS: Mapping[str, Function] = {
    "count": Function("s", Kind.NUMBER, lambda nodes: float(len(nodes))),
    "count-non-empty": Function("s", Kind.NUMBER, _count_non_empty),
    "position": Function("s?", Kind.NUMBER, build=_build_position),
    "last": Function("", Kind.NUMBER, build=_build_last),
    "current": Function("", Kind.NODES, build=_build_current),
    "instance": Function("t", Kind.NODES, build=_build_instance),
    "pulldata": Function("tttt", Kind.TEXT, build=_build_pulldata),
    "indexed-repeat": Function("ssns*", Kind.NODES, build=_build_indexed_repeat),
    "randomize": Function("sv?", Kind.NODES, build=_build_randomize),
}
