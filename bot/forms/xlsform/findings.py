"""Collects what is wrong with a form, so that an author can mend everything at once."""

import dataclasses
from collections import Counter

from bot.forms.xlsform import limits
from bot.forms.xlsform.outline import Cell, Item
from bot.forms.xlsform.result import Code, Problem, Severity


class Findings:
    """The problems of one form, each kept once."""

    def __init__(self, sheets: list[str]) -> None:
        """Begin.

        Args:
            sheets: the names of the form's sheets in their order, which problems follow.
        """
        self._order = {name: number for number, name in enumerate(["", *sheets])}
        self._found: list[Problem] = []
        self._more: Counter[Severity] = Counter()

    def add(self, problem: Problem) -> None:
        """Keep a problem, unless it is here already or one more would be too many."""
        if problem not in self._found:
            # Counted apart, so that no number of warnings hides an error.
            alike = sum(found.severity is problem.severity for found in self._found)
            if alike < limits.PROBLEMS:
                self._found.append(problem)
            else:
                self._more[problem.severity] += 1

    def at(self, sheet: str, item: Item, code: Code, cell: Cell | str = "", **details: str) -> None:
        """Keep an error of a row.

        Args:
            sheet: the row's sheet.
            item: the row.
            code: what is wrong.
            cell: the cell, or the heading of its column.
            details: what goes with the code.
        """
        heading = cell.heading if isinstance(cell, Cell) else cell or None
        self.add(Problem(code, Severity.ERROR, sheet, item.row.number, heading, details))

    def warn(
        self, sheet: str, item: Item, code: Code, cell: Cell | str = "", **details: str
    ) -> None:
        """Keep a warning of a row; arguments as for `at`."""
        heading = cell.heading if isinstance(cell, Cell) else cell or None
        self.add(Problem(code, Severity.WARNING, sheet, item.row.number, heading, details))

    @property
    def errors(self) -> bool:
        """Whether anything found stops the form."""
        return any(problem.severity is Severity.ERROR for problem in self._found)

    def add_objection(self, objection: Problem) -> None:
        """Keep what pyxform says, or only its sentence if the problem was found before."""
        for number, found in enumerate(self._found):
            if _same(found, objection):
                details = {"pyxform": objection.details["pyxform"], **found.details}
                self._found[number] = dataclasses.replace(found, details=details)
                return
        self.add(objection)

    def all(self) -> tuple[Problem, ...]:
        """The problems in the order of the file."""
        found = sorted(
            self._found,
            key=lambda problem: (self._order.get(problem.sheet, 0), problem.row or 0),
        )
        more = [
            Problem(Code.MORE_PROBLEMS, severity, details={"count": str(count)})
            for severity, count in self._more.items()
        ]
        return (*found, *more)


def _same(found: Problem, objection: Problem) -> bool:
    if found.severity is not objection.severity:
        return False
    if objection.code is Code.TRANSLATION_COLUMN_MISSING:  # a sheet can lack several
        return found == objection
    if objection.row is None:
        return found.code is objection.code
    return (found.sheet, found.row) == (objection.sheet, objection.row) and (
        found.code is objection.code or found.column == objection.column
    )
