"""From lines of cells to sheets: what all kinds of files have in common."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.forms.xlsform import limits
from bot.forms.xlsform.result import Code, FormRefused, Problem, Row, Sheet

SURVEY = "survey"
CHOICES = "choices"
SETTINGS = "settings"
# The sheets that XLSForm knows: pyxform.constants.SUPPORTED_SHEET_NAMES; a test compares.
SHEETS = frozenset({SURVEY, CHOICES, SETTINGS, "external_choices", "entities", "osm"})
TABLE = "table"  # of a .csv beside a form
_MOST_ROWS = {
    SURVEY: limits.SURVEY_ROWS,
    CHOICES: limits.CHOICE_ROWS,
    TABLE: limits.CSV_ROWS,
}
_SPACES = re.compile(r" +")
# Not in XML 1.0, so no XForm can hold them.
REFUSED_CHARACTERS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Unread(NamedTuple):
    """A cell whose value is not there, though it should be.

    Attributes:
        code: why.
        details: what goes with it.
    """

    code: Code
    details: Mapping[str, str]


# A row's number and its cells, without spaces around them.
Line = tuple[int, Sequence[str | Unread]]


@dataclass(slots=True)
class Book:
    """The sheets of a file, as they are read.

    Attributes:
        gaps: whether empty rows between rows count, as they do in spreadsheets.
        names: of all sheets, as in the file.
        sheets: those that count, by their names in small letters.
        problems: of single cells and headings.
    """

    gaps: bool
    names: list[str] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def named(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Keep the names of all sheets; give those that count, each with its place in `sheets`.

        Raises:
            FormRefused: there are too many sheets.
        """
        self.names = list(names)
        if len(self.names) > limits.SHEETS:
            raise too_many(Code.TOO_MANY_SHEETS, limits.SHEETS)
        counting = [(name, key) for name in self.names if (key := name.strip().lower()) in SHEETS]
        if not counting and len(self.names) == 1:
            return [(self.names[0], SURVEY)]  # as pyxform does
        return counting

    def add(self, name: str, key: str, lines: Iterable[Line]) -> None:
        """Take in a sheet.

        Args:
            name: as in the file.
            key: its place in `sheets`.
            lines: its rows in order; the first that is not empty holds the headings.

        Raises:
            FormRefused: there are too many rows or columns.
        """
        if key in self.sheets:
            self.problems.append(Problem(Code.SHEET_TWICE, sheet=name))
            return
        numbered = iter(lines)
        heading, columns = self._headings(name, numbered)
        most = _MOST_ROWS.get(key, limits.OTHER_ROWS)
        rows: list[Row] = []
        for number, cells in numbered:
            if number > limits.MOST_ROWS:
                raise too_many(Code.TOO_MANY_ROWS, most, sheet=name)
            filled = self._filled(name, number, zip(columns, cells, strict=False))
            if filled:
                if len(rows) >= most or number > limits.LAST_ROW:
                    raise too_many(Code.TOO_MANY_ROWS, most, sheet=name)
                rows.append(Row(number, filled))
        named = tuple(dict.fromkeys(column for column in columns if column))
        self.sheets[key] = Sheet(name, named, tuple(rows), heading)

    def _headings(self, sheet: str, lines: Iterator[Line]) -> tuple[int, list[str]]:
        """The first row that is not empty: its number and its cells."""
        for number, cells in lines:
            columns = ["" if isinstance(cell, Unread) else _SPACES.sub(" ", cell) for cell in cells]
            if any(columns):
                while not columns[-1]:
                    columns.pop()
                self._look_at_headings(sheet, number, columns)
                return number, columns
        return 1, []

    def _filled(
        self, sheet: str, number: int, cells: Iterable[tuple[str, str | Unread]]
    ) -> dict[str, str]:
        """The cells of a row that hold something and stand under a heading."""
        filled = {}
        for column, cell in cells:
            if not column:
                continue
            if isinstance(cell, Unread):
                self.problems.append(
                    Problem(cell.code, sheet=sheet, row=number, column=column, details=cell.details)
                )
            elif cell:
                self._look_at_text(sheet, number, column, cell)
                filled[column] = cell
        return filled

    def _look_at_headings(self, sheet: str, number: int, columns: Sequence[str]) -> None:
        if len(columns) > limits.COLUMNS:
            raise too_many(Code.TOO_MANY_COLUMNS, limits.COLUMNS, sheet=sheet)
        seen = set()
        for column in columns:
            self._look_at_text(sheet, number, column, column)
            if column and column in seen:
                self.problems.append(
                    Problem(Code.COLUMN_TWICE, sheet=sheet, row=number, column=column)
                )
            seen.add(column)

    def _look_at_text(self, sheet: str, number: int, column: str, text: str) -> None:
        code, details = None, {}
        if len(text) > limits.CELL_CHARACTERS:
            code, details = Code.CELL_TOO_LONG, {"limit": str(limits.CELL_CHARACTERS)}
        elif found := REFUSED_CHARACTERS.search(text):
            code, details = Code.CHARACTER_REFUSED, {"character": f"U+{ord(found[0]):04X}"}
        if code:
            self.problems.append(
                Problem(code, sheet=sheet, row=number, column=column[:100], details=details)
            )


def too_many(code: Code, limit: int, sheet: str = "") -> FormRefused:
    """The refusal of a whole file because it holds too much of something."""
    return FormRefused([Problem(code, sheet=sheet, details={"limit": str(limit)})])
