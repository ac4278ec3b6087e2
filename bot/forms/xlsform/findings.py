"""Collects what is wrong with a form, so that an author can mend everything at once."""

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

    def add(self, problem: Problem) -> None:
        """Keep a problem, unless it is here already or one more would be too many."""
        if problem not in self._found and len(self._found) < limits.PROBLEMS:
            self._found.append(problem)

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

    def similar(self, problem: Problem) -> int | None:
        """Where among `all` a problem stands that says the same as another one does."""
        for number, found in enumerate(self._found):
            if found.severity is problem.severity and (
                (
                    found.sheet == problem.sheet
                    and found.row is not None
                    and found.row == problem.row
                )
                or (problem.row is None and found.code is problem.code)
            ):
                return number
        return None

    def explain(self, number: int, sentence: str) -> None:
        """Add pyxform's sentence to a problem that was found before pyxform found it."""
        found = self._found[number]
        if "pyxform" not in found.details:
            self._found[number] = Problem(
                found.code,
                found.severity,
                found.sheet,
                found.row,
                found.column,
                {**found.details, "pyxform": sentence},
            )

    def all(self) -> tuple[Problem, ...]:
        """The problems in the order of the file."""
        return tuple(
            sorted(
                self._found,
                key=lambda problem: (
                    self._order.get(problem.sheet, len(self._order)),
                    problem.row or 0,
                ),
            )
        )
