"""Rows of a table, from whatever file, as drafts of events."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.events.importing import limits, vocabulary
from bot.events.importing.cells import (
    Cell,
    CellProblem,
    Reading,
    date_in,
    degrees_in,
    items_in,
    london_moment,
    text_in,
    time_in,
    whole_number_in,
)
from bot.events.importing.result import Problems, listed
from bot.events.importing.wording import paragraphs
from bot.events.models import AccessFact
from bot.people.folding import fold

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headings.

    Attributes:
        where: how people find it, such as "Row 5".
        cells: by column, only those that hold something.
        is_activity: it stands on a sheet of activities.
    """

    where: str
    cells: Mapping[str, Cell]
    is_activity: bool = False

    @property
    def describes_activity(self) -> bool:
        """Whether it is an activity of an event, not an event."""
        return self.is_activity or "event" in self.cells


@dataclass
class RowReader:
    """Reads the cells of one row; what cannot be read is noted and counts as empty."""

    row: Row
    problems: Problems
    reading: Reading
    notes: list[str] = field(default_factory=list)

    def problem(self, column: str, sentence: str) -> None:
        """Note that a cell is wrong."""
        self.problems.add(f"{self.row.where}, column “{column}”: {sentence}")

    def note(self, sentence: str) -> None:
        """Note something about the row that is worth a look but does no harm."""
        self.notes.append(f"{self.row.where}: {sentence}")

    def has(self, column: str) -> bool:
        """Whether the cell holds something."""
        return column in self.row.cells

    def required(self, column: str, why: str) -> bool:
        """Whether the cell holds something; if not, that is a problem."""
        if not self.has(column):
            self.problem(column, f"This cell is empty. {why}")
        return self.has(column)

    def text(self, column: str, longest: int) -> str:
        """The cell on one line."""
        return self._fitting(column, text_in(self.row.cells.get(column)), longest)

    def texts(self, column: str, longest: int, *, lines: bool = False) -> dict[str, str]:
        """A text in its languages, by code: from `title`, `title_so` and so on."""
        found = {}
        for name, cell in self.row.cells.items():
            base, _, language = name.partition("_")
            if base == column:
                text = paragraphs(str(cell)) if lines else text_in(cell)
                found[language or "en"] = self._fitting(name, text, longest)
        return {language: text for language, text in found.items() if text}

    def number(self, column: str, lowest: int, highest: int) -> int | None:
        """The whole number in the cell, or None."""
        return self._read(column, lambda cell: whole_number_in(cell, lowest, highest))

    def degrees(self, column: str, limit: int) -> float | None:
        """The degrees in the cell, or None."""
        return self._read(column, lambda cell: degrees_in(cell, limit))

    def day(self, column: str) -> date | None:
        """The day in the cell, or None."""
        return self._read(column, lambda cell: date_in(cell, self.reading))

    def moment(self, day: date, column: str) -> datetime | None:
        """The moment of that day at which a clock in London shows the time in the cell."""
        return self._read(column, lambda cell: london_moment(day, time_in(cell)))

    def one_of(self, column: str, names: Mapping[str, _Value]) -> _Value | None:
        """What the name in the cell stands for, or None."""
        return self._read(column, lambda cell: _named(text_in(cell), names))

    def some_of(self, column: str, find: Callable[[str], _Value]) -> frozenset[_Value]:
        """What the names in the cell stand for.

        Args:
            column: which cell.
            find: what one name stands for; raises CellProblem for a name that is not known.
        """
        found = set()
        for item in items_in(self.row.cells.get(column)):
            try:
                found.add(find(item))
            except CellProblem as problem:
                self.problem(column, str(problem))
        return frozenset(found)

    def only(self, columns: Iterable[str], reason: str) -> None:
        """Note every cell that holds something outside these columns."""
        allowed = set(columns)
        for column in self.row.cells:
            if column.partition("_")[0] not in vocabulary.TEXTS and column not in allowed:
                self.problem(column, reason)

    def _fitting(self, column: str, text: str, longest: int) -> str:
        if len(text) > longest:
            self.problem(column, f"This text has {len(text):,} characters; {longest:,} fit.")
        return text

    def _read(self, column: str, read: Callable[[Cell], _Value]) -> _Value | None:
        if not self.has(column):
            return None
        try:
            return read(self.row.cells[column])
        except CellProblem as problem:
            self.problem(column, str(problem))
            return None


def access_named(text: str) -> AccessFact:
    """The access fact of that name.

    Raises:
        CellProblem: there is none.
    """
    return _named(text, vocabulary.ACCESS)


def language_named(text: str) -> str:
    """The code of the language of that name.

    Raises:
        CellProblem: there is none.
    """
    if code := vocabulary.language_named(text):
        return code
    if nearest := vocabulary.language_like(text):
        raise CellProblem(f"“{text}” is no language we know. Did you mean “{nearest}”?")
    raise CellProblem(f"“{text}” is no language we know. Write its English name or its code.")


def _named(text: str, names: Mapping[str, _Value]) -> _Value:
    name = fold(text)
    if name in names:
        return names[name]
    if nearest := vocabulary.nearest_to(name, names):
        raise CellProblem(f"“{text}” is not known. Did you mean “{nearest}”?")
    first: dict[_Value, str] = {}
    for each, value in names.items():
        first.setdefault(value, each)
    raise CellProblem(f"“{text}” is not known. Write {listed(first.values())}.")


def longest_event_problem(starts_at: datetime, ends_at: datetime) -> str | None:
    """What is wrong with the end of an event, or None."""
    if ends_at <= starts_at:
        return (
            "The event ends before it starts, or at once. If it ends on a later day, write that "
            "day under “end_date”."
        )
    if ends_at - starts_at > limits.LONGEST_EVENT + timedelta(hours=1):
        return (
            f"The event lasts longer than {limits.LONGEST_EVENT.days} days. "
            "Write one row for each day."
        )
    return None
