"""Location paths: steps along axes, from the root, the context node or any node-set."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from xml.etree.ElementTree import Element

from bot.forms.expressions.filters import Filter
from bot.forms.expressions.grammar import Token, call_of
from bot.forms.expressions.parts import Part, Path, Place, nodes_run
from bot.forms.expressions.problems import ExpressionRefused, Refusal
from bot.forms.expressions.scene import FEW, Focus, Scene
from bot.forms.expressions.table import FUNCTIONS
from bot.forms.expressions.values import Kind

if TYPE_CHECKING:
    from bot.forms.expressions.compiling import Compiler

Find: TypeAlias = Callable[[Focus], list[Element]]
_ANY_NODE = "node()"  # a test; "*" leaves out the root node, which has no name


@dataclass(frozen=True, slots=True)
class _Step:
    axis: str
    test: str
    predicates: Sequence[Token] = field(default=())

    @property
    def simple(self) -> bool:
        return self.axis == "child" and self.test not in {"*", _ANY_NODE} and not self.predicates


def path_part(compiler: "Compiler", token: Token, place: Place) -> Part:
    """A path such as /data/a, ../kids[age > 4]/name or instance('x')/root/item."""
    start, steps = _flattened(token)
    if start is None:
        return _walk(compiler, _here(place), steps)
    if start.symbol in {"/", "//"}:
        return _absolute(compiler, steps)
    base, predicates = _peeled(start)
    part = compiler.step(base, place)
    if part.kind not in {Kind.NODES, Kind.ANY}:
        raise ExpressionRefused(Refusal.UNSUPPORTED, base.source[:40])
    find = nodes_run(part, base.source)
    inner = Place(part.path, inside=True, table=part.table)
    for predicate in predicates:
        find = _filtered(find, Filter(compiler, predicate, inner))
    filtered = Part(find, Kind.NODES, bound=part.bound, path=part.path, table=part.table)
    return _walk(compiler, filtered, steps)


def _absolute(compiler: "Compiler", steps: Sequence[_Step]) -> Part:
    """An absolute path; inside a repeat it stays in the repeat of the context node.

    "Absolute paths inside repeats are always evaluated as if they are relative to the current
    nodeset" (OpenRosa XForms, Repeats). The last step is not held to it: count(/data/kids) counts
    them all, wherever it stands.
    """
    simple = 0
    while simple < len(steps) and steps[simple].simple:
        simple += 1
    names = tuple(step.test for step in steps[:simple])
    shared = 0
    while shared < min(simple, len(steps) - 1, len(compiler.at)) and (
        names[shared] == compiler.at[shared]
    ):
        shared += 1
    everywhere = "/".join(names)
    if shared < 2:  # noqa: PLR2004 -- the root itself never repeats

        def find(focus: Focus) -> list[Element]:
            nodes = focus.scene.simple(everywhere, names)
            return nodes if len(nodes) <= FEW else focus.scene.found(nodes)

    else:
        levels, tag, rest = len(compiler.at) - shared, names[shared - 1], names[shared:]

        def find(focus: Focus) -> list[Element]:
            scene = focus.scene
            anchor = _ancestor(scene, levels)
            if anchor is None or anchor.tag != tag:
                return scene.found(scene.simple(everywhere, names))
            found = [anchor]
            for name in rest:
                found = [child for node in found for child in scene.children(node, name)]
            return found if len(found) <= FEW else scene.found(found)

    return _walk(compiler, Part(find, Kind.NODES, path=names), steps[simple:])


def _ancestor(scene: Scene, levels: int) -> Element | None:
    node: Element | None = scene.node
    for _ in range(levels):
        node = scene.parent(node) if node is not None else None
    return node


def _walk(compiler: "Compiler", start: Part, steps: Sequence[_Step]) -> Part:
    find = nodes_run(start, "/")
    path, table = start.path, start.table
    for step in steps:
        before = path
        path = _onward(path, step)
        inner = Place(path, inside=True, table=table)
        filters = [Filter(compiler, predicate, inner) for predicate in step.predicates]
        if before is not None and path is None:
            compiler.note(before)
        find = _stepped(find, step, filters, table)
    return Part(find, Kind.NODES, bound=start.bound, path=path, table=table)


def _onward(path: Path | None, step: _Step) -> Path | None:
    """The generic path after the step; None if it is not known."""
    if path is None or step.test == "*":
        return None
    if step.axis == "child" and step.test != _ANY_NODE:
        return (*path, step.test)
    if step.axis.endswith("-sibling") and step.test != _ANY_NODE:
        return (*path[:-1], step.test)
    if step.axis == "self":
        return path
    if step.axis == "parent" and path:
        return path[:-1]
    return None


def _stepped(find: Find, step: _Step, filters: Sequence[Filter], table: str | None) -> Find:
    if step.axis == "child" and step.test not in {"*", _ANY_NODE}:
        if table is not None:
            return _rows(find, step.test, filters, table)
        if not filters:
            return _children(find, step.test)
    if step.axis == "self" and step.test == _ANY_NODE and not filters:
        return find
    reach = _AXES[step.axis]
    test = step.test

    def stepped(focus: Focus) -> list[Element]:
        scene = focus.scene
        found: list[Element] = []
        for node in find(focus):
            reached = reach(scene, node)
            if test == "*":
                reached = [each for each in reached if each.tag]
            elif test != _ANY_NODE:
                reached = [each for each in reached if each.tag == test]
            scene.look_at(len(reached))
            for each in filters:
                reached = each.keep(focus, reached)
            found.extend(reached)
        return scene.in_order(found)

    return stepped


def _children(find: Find, name: str) -> Find:
    def children(focus: Focus) -> list[Element]:
        scene = focus.scene
        named = scene.children
        nodes = find(focus)
        if len(nodes) == 1:
            found = named(nodes[0], name)
        else:
            found = [child for node in nodes for child in named(node, name)]
        return found if len(found) <= FEW else scene.found(found)

    return children


def _rows(find: Find, name: str, filters: Sequence[Filter], table_id: str) -> Find:
    def rows(focus: Focus) -> list[Element]:
        table = focus.scene.instances.table(table_id)
        if table is None:
            return []
        found: list[Element] = []
        for node in find(focus):
            if filters and filters[0].indexed:
                kept = filters[0].keep_rows(focus, table, node, name)
                others = filters[1:]
            else:
                kept, others = table.children(node, name), filters
            for each in others:
                kept = each.keep(focus, kept)
            found.extend(kept)
        return found if len(found) <= FEW else focus.scene.found(found)

    return rows


def _filtered(find: Find, predicate: Filter) -> Find:
    return lambda focus: predicate.keep(focus, find(focus))


def _flattened(token: Token) -> tuple[Token | None, list[_Step]]:
    """Where the path starts (None: at the context node) and its steps."""
    steps: list[_Step] = []
    while token.symbol in {"/", "//"}:
        if len(token):
            steps.append(_step(token[-1]))
        if token.symbol == "//":
            steps.append(_Step("descendant-or-self", _ANY_NODE))
        if len(token) < 2:  # noqa: PLR2004 -- it begins with this slash
            return token, steps[::-1]
        token = token[0]
    base, _ = _peeled(token)
    if base.symbol == "(" or call_of(base) is not None:
        return token, steps[::-1]
    return None, [_step(token), *steps[::-1]]


def _peeled(token: Token) -> tuple[Token, list[Token]]:
    """What predicates are on, and they."""
    predicates = []
    while token.symbol == "[":
        predicates.append(token[1])
        token = token[0]
    return token, predicates[::-1]


def _step(token: Token) -> _Step:
    base, predicates = _peeled(token)
    axis, test = "child", base
    if base.symbol == "..":
        return _Step("parent", _ANY_NODE, predicates)
    if base.symbol == ".":
        return _Step("self", _ANY_NODE, predicates)
    if base.symbol in _AXES or base.label == "axis":
        axis, test = base.symbol, base[0]
    if axis not in _AXES:
        raise ExpressionRefused(Refusal.UNSUPPORTED, axis)
    if call_of(test) is not None:
        name = (call_of(test) or ("", ()))[0]
        raise ExpressionRefused(
            Refusal.UNSUPPORTED if name in FUNCTIONS else Refusal.UNKNOWN_FUNCTION, name
        )
    if test.symbol == "node":
        return _Step(axis, _ANY_NODE, predicates)
    if test.symbol == "*":
        return _Step(axis, "*", predicates)
    if test.symbol == ":":  # an instance here has no namespaces
        test = test[1]
    if test.symbol != "(name)":
        raise ExpressionRefused(Refusal.UNSUPPORTED, test.symbol)
    return _Step(axis, str(test.value), predicates)


def _here(place: Place) -> Part:
    return Part(_context, Kind.NODES, bound=True, path=place.path, table=place.table)


def _context(focus: Focus) -> list[Element]:
    return [focus.node]


def _parent(scene: Scene, node: Element) -> list[Element]:
    parent = scene.parent(node)
    return [] if parent is None else [parent]


def _ancestors(scene: Scene, node: Element) -> list[Element]:
    """Nearest first, as positions on a reverse axis count."""
    found = []
    parent = scene.parent(node)
    while parent is not None:
        found.append(parent)
        parent = scene.parent(parent)
    return found


def _siblings(scene: Scene, node: Element) -> tuple[list[Element], int]:
    parent = scene.parent(node)
    siblings = scene.found([node] if parent is None else list(parent))
    return siblings, siblings.index(node)


def _before(scene: Scene, node: Element) -> list[Element]:
    siblings, place = _siblings(scene, node)
    return siblings[:place][::-1]


def _after(scene: Scene, node: Element) -> list[Element]:
    siblings, place = _siblings(scene, node)
    return siblings[place + 1 :]


_AXES: Mapping[str, Callable[[Scene, Element], list[Element]]] = {
    "child": lambda _scene, node: list(node),
    "self": lambda _scene, node: [node],
    "parent": _parent,
    "ancestor": _ancestors,
    "ancestor-or-self": lambda scene, node: [node, *_ancestors(scene, node)],
    "descendant": lambda _scene, node: list(node.iter())[1:],
    "descendant-or-self": lambda _scene, node: list(node.iter()),
    "preceding-sibling": _before,
    "following-sibling": _after,
}
