"""Predicates, and how those over a secondary instance are answered without looking at each row."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from bot.forms.expressions import operators
from bot.forms.expressions.grammar import Name, Token, chain
from bot.forms.expressions.instances import Table
from bot.forms.expressions.parts import Part, Place, Run, truth_run
from bot.forms.expressions.scene import Focus
from bot.forms.expressions.values import Kind, Value, text_of_node, to_truth

if TYPE_CHECKING:
    from bot.forms.expressions.compiling import Compiler


_ORDINARY = 30  # parts of a predicate; each node weighs as much more as it is longer


class Filter:
    """One predicate, [ … ].

    Args:
        compiler: of the expression that it is in.
        token: what stands between the brackets.
        place: where its context nodes are.
    """

    def __init__(self, compiler: "Compiler", token: Token, place: Place) -> None:
        while token.symbol == "(":
            token = token[0]
        self._weight = 1 + sum(1 for _ in token.iter()) // _ORDINARY
        self._nth: float | None = None
        self._number: Run | None = None
        self._lookups: list[tuple[str, Run, Callable[[Focus], bool]]] = []
        self._others: list[Callable[[Focus], bool]] = []
        terms = chain(token, "and")
        for term in terms:
            part, lookup = _term(compiler, term, place)
            if len(terms) == 1 and part.kind is Kind.NUMBER:
                self._number = part.run
                self._nth = part.constant if isinstance(part.constant, float) else None
            elif len(terms) == 1 and part.kind is Kind.ANY:
                self._number = part.run
            elif lookup is None:
                self._others.append(truth_run(part))
            else:
                self._lookups.append((*lookup, truth_run(part)))
        self._tests = [test for _, _, test in self._lookups] + self._others

    def keep(self, focus: Focus, nodes: Sequence[Element]) -> list[Element]:
        """Those of the nodes for which the predicate holds; their order gives the positions."""
        if self._nth is not None:
            place = int(self._nth) if self._nth.is_integer() else 0
            return list(nodes[place - 1 : place]) if place > 0 else []
        focus.scene.look_at(len(nodes) * self._weight)
        inner = Focus(focus.scene, focus.node, size=len(nodes))
        kept = []
        for position, node in enumerate(nodes, 1):
            inner.node = node
            inner.position = position
            if self._holds(inner):
                kept.append(node)
        return kept

    def keep_rows(self, focus: Focus, table: Table, parent: Element, name: str) -> list[Element]:
        """`keep` of the parent's children of this name, by the indexes where they can help."""
        rows = table.children(parent, name)
        tests = self._others
        found: list[Sequence[int]] = []
        for column, run, test in self._lookups:
            places = _places(focus, run(focus), table, (parent, name, column))
            if places is None:
                tests = [*tests, test]
            else:
                found.append(places)
        if not found:
            return self.keep(focus, rows)
        found.sort(key=len)
        places = found[0]
        for others in found[1:]:
            focus.scene.look_at(len(others))
            also = set(others)
            places = [place for place in places if place in also]
        focus.scene.look_at(len(places) * self._weight)
        if not tests:
            return [rows[place] for place in places]
        inner = Focus(focus.scene, focus.node, size=len(rows))
        kept = []
        for place in places:
            inner.node = rows[place]
            inner.position = place + 1
            if all(test(inner) for test in tests):
                kept.append(inner.node)
        return kept

    @property
    def indexed(self) -> bool:
        """Whether an index can help."""
        return bool(self._lookups)

    def _holds(self, inner: Focus) -> bool:
        if self._number is None:
            return all(test(inner) for test in self._tests)
        value = self._number(inner)
        if isinstance(value, float):
            return value == inner.position
        return to_truth(value)


def _term(compiler: "Compiler", token: Token, place: Place) -> tuple[Part, tuple[str, Run] | None]:
    """One condition and, if it is "column = something else", the column and that."""
    while token.symbol == "(":
        token = token[0]
    if token.symbol != "=" or len(token) != 2:  # noqa: PLR2004
        return compiler.part(token, place), None
    sides = [compiler.part(side, place) for side in token]
    part = operators.comparison("=", *sides)
    if place.table is not None:
        for column, other in ((0, 1), (1, 0)):
            name = token[column]
            if isinstance(name, Name) and not name.called and not sides[other].bound:
                return part, (str(name.value), sides[other].run)
    return part, None


def _places(
    focus: Focus, value: Value, table: Table, column: tuple[Element, str, str]
) -> Sequence[int] | None:
    """Rows whose cell equals the value; None if no index can tell."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return table.rows_by_number(*column, focus.scene.zone).get(value, ())
    rows = table.rows_by_text(*column)
    if isinstance(value, str):
        return rows.get(value, ())
    texts = {text_of_node(node) for node in value}
    return sorted({place for text in texts for place in rows.get(text, ())})
