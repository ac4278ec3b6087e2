"""Secondary instances: the tables of choices that a form brings along, shared by everybody."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from math import isnan
from xml.etree.ElementTree import Element

from bot.forms.expressions.values import number_of_text, text_of_node

_FEW = 32  # children up to which looking through them beats keeping a map of their names


class Document:
    """A tree of elements, with what ElementTree does not know of it: parents and order.

    Attributes:
        top: stands above the root, as XPath's root node does.
    """

    def __init__(self, root: Element) -> None:
        self.top = Element("")
        self.top.append(root)
        self._named: dict[Element, dict[str, list[Element]]] = {}
        self._parents: dict[Element, Element] = {}
        self._places: dict[Element, int] = {}

    def children(self, parent: Element, name: str) -> list[Element]:
        """The child elements of this name, in document order."""
        if len(parent) <= _FEW:
            return [child for child in parent if child.tag == name]
        named = self._named.get(parent)
        if named is None:
            named = self._named[parent] = {}
            for child in parent:
                named.setdefault(child.tag, []).append(child)
        return named.get(name, [])

    @property
    def parents(self) -> Mapping[Element, Element]:
        """Every element but `top` -> the one it stands in."""
        if not self._parents:
            self._parents = {child: parent for parent in self.top.iter() for child in parent}
        return self._parents

    @property
    def places(self) -> Mapping[Element, int]:
        """Every element -> its place in document order."""
        if not self._places:
            self._places = {node: place for place, node in enumerate(self.top.iter())}
        return self._places


class Table(Document):
    """A secondary instance, with indexes of its rows that are made when first asked for."""

    def __init__(self, root: Element) -> None:
        super().__init__(root)
        self._texts: dict[tuple[Element, str, str], dict[str, list[int]]] = {}
        self._numbers: dict[tuple[Element, str, str, tzinfo], dict[float, list[int]]] = {}
        self._named_columns: dict[tuple[Element, str], frozenset[str]] = {}

    def rows_by_text(self, parent: Element, row: str, column: str) -> Mapping[str, list[int]]:
        """Text of a column -> which of the `row` elements of the parent have it, from 0."""
        key = (parent, row, column)
        index = self._texts.get(key)
        if index is None:
            if column not in self._columns(parent, row):
                return {}
            index = self._texts[key] = {}
            for place, text in self._cells(parent, row, column):
                _note(index.setdefault(text, []), place)
        return index

    def rows_by_number(
        self, parent: Element, row: str, column: str, zone: tzinfo
    ) -> Mapping[float, list[int]]:
        """Number of a column -> which rows have it."""
        key = (parent, row, column, zone)
        index = self._numbers.get(key)
        if index is None:
            if column not in self._columns(parent, row):
                return {}
            index = self._numbers[key] = {}
            for place, text in self._cells(parent, row, column):
                number = number_of_text(text, zone)
                if not isnan(number):  # equal to nothing, but a dict would find it
                    _note(index.setdefault(number, []), place)
        return index

    def _columns(self, parent: Element, row: str) -> frozenset[str]:
        """The columns that there are: no index is kept of others, whose names people may type."""
        columns = self._named_columns.get((parent, row))
        if columns is None:
            cells = (cell for element in self.children(parent, row) for cell in element)
            columns = frozenset(cell.tag for cell in cells)
            self._named_columns[parent, row] = columns
        return columns

    def _cells(self, parent: Element, row: str, column: str) -> Iterator[tuple[int, str]]:
        for place, element in enumerate(self.children(parent, row)):
            for cell in element:
                if cell.tag == column:
                    yield place, text_of_node(cell)


class Instances(Mapping[str, Element]):
    """A form's secondary instances by id. Make one per form and keep it: it holds the indexes.

    Args:
        roots: id -> the element inside <instance id="…">, most often <root>. It is not changed,
            and must not change any more.
    """

    def __init__(self, roots: Mapping[str, Element]) -> None:
        self._roots = dict(roots)
        self._tables: dict[str, Table] = {}

    def table(self, name: str) -> Table | None:
        """The instance of this id, or None if the form has none."""
        table = self._tables.get(name)
        if table is None and name in self._roots:
            table = self._tables[name] = Table(self._roots[name])
        return table

    def holding(self, node: Element) -> Document | None:
        """The table, of those used so far, which the element is in."""
        return next((table for table in self._tables.values() if node in table.places), None)

    def __getitem__(self, name: str) -> Element:
        return self._roots[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._roots)

    def __len__(self) -> int:
        return len(self._roots)


def _note(places: list[int], place: int) -> None:
    if not places or places[-1] != place:
        places.append(place)
