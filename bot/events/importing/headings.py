"""The first row of a table, and the rows below it by column."""

from collections.abc import Iterable, Iterator, Sequence

from bot.events.importing import limits, vocabulary
from bot.events.importing.cells import Cell, text_in
from bot.events.importing.result import Problems, listed
from bot.events.importing.table import Row

_FIRST_COLUMNS = ("uid", "kind", "title", "date", "start", "end", "venue")


def rows_below(
    lines: Iterable[tuple[int, Sequence[Cell]]],
    problems: Problems,
    *,
    sheet: str = "",
    is_activity: bool = False,
) -> Iterator[Row]:
    """The rows of a table; what is wrong with its shape is noted as a problem.

    Args:
        lines: numbers and cells, the headings first; empty lines are passed over.
        problems: where to note.
        sheet: the name of the sheet, where a file has several that are read.
        is_activity: the rows are activities, not events.
    """
    place = f"Sheet {sheet}, row" if sheet else "Row"
    filled = ((number, cells) for number, cells in lines if any(map(_holds, cells)))
    heading = next(filled, None)
    if heading is None:
        if not is_activity:
            problems.add(f"There is no table here. The first row names columns: {_known()}.")
        return
    number, cells = heading
    columns = _columns(cells, f"{place} {number}", problems)
    if columns is None:
        return
    for count, (number, cells) in enumerate(filled, start=1):
        if count > limits.ROWS:
            problems.add(f"The table has more than {limits.ROWS:,} rows. Make several files of it.")
            return
        where = f"{place} {number}"
        if any(map(_holds, cells[len(columns) :])):
            problems.add(
                f"{where}: there is something to the right of the last heading. A text that "
                "holds a comma needs double quotes around it."
            )
        found = {
            column: cell
            for column, cell in zip(columns, cells, strict=False)
            if column and _holds(cell)
        }
        if found:
            yield Row(where, found, is_activity)


def _columns(cells: Sequence[Cell], where: str, problems: Problems) -> list[str] | None:
    """The columns that the headings name, or None when they are no headings."""
    headings = [text_in(cell) for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    columns = [vocabulary.column_named(heading) or "" for heading in headings]
    if not any(columns):
        problems.add(f"{where} names no column we know. The first row names columns: {_known()}.")
        return None
    for index, (heading, column) in enumerate(zip(headings, columns, strict=True)):
        if heading and not column:
            nearest = vocabulary.nearest_to(heading.replace(" ", "_"), vocabulary.COLUMNS)
            hint = f"Did you mean “{nearest}”?" if nearest else f"Known columns: {_known()}."
            problems.add(f"{where}, column “{heading[:50]}”: this column is not known. {hint}")
        elif column and column in columns[:index]:
            problems.add(f"{where}, column “{heading}”: this column is there twice.")
    return columns


def _known() -> str:
    rest = sorted(vocabulary.COLUMNS - set(_FIRST_COLUMNS))
    return listed([*_FIRST_COLUMNS, *rest]).replace(" or ", " and ")


def _holds(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))
