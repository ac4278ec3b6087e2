"""The files that a form names: choices and tables in .csv, pictures and sounds of its labels."""

import csv
import dataclasses
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pyxform.errors import PyXFormError
from pyxform.parsing.parameters import parse as read_parameters

from bot.forms.xlsform.findings import Findings
from bot.forms.xlsform.form import FormSheets
from bot.forms.xlsform.outline import Cell, Item, Step
from bot.forms.xlsform.result import Code, FormRefused, Sheet
from bot.forms.xlsform.tables import TABLE, Book
from bot.forms.xlsform.texts import decoded, delimited

_LINE_ENDS = re.compile(r"\r\n?")
_PULLDATA = re.compile(r"""pulldata\s*\(\s*(?:'([^']+)'|"([^"]+)")""")


def look_at_files(
    form: FormSheets, beside: Mapping[str, bytes], findings: Findings
) -> Mapping[str, bytes]:
    """Find files that are named and missing, or cannot be read as tables.

    Args:
        form: the form.
        beside: the files that came with it, by name.
        findings: where to note.

    Returns:
        The files beside the form that it names; lists as `rewritten` from what was read.
    """
    sheets: dict[str, Sheet | None] = {}
    for table in _tables(form):
        name = table.file
        if name not in beside:
            details = {"file": name, **_like(name, beside)}
            findings.at(form.survey_name, table.step, Code.CSV_MISSING, table.cell, **details)
            continue
        if name not in sheets:
            sheets[name] = _read(name, beside[name], findings)
        for column in _missing(table.columns, sheets[name]):
            findings.at(
                *(form.survey_name, table.step, Code.CSV_COLUMN_MISSING, table.cell),
                file=name,
                column=column,
            )
    used = {name: rewritten(sheet) for name, sheet in sheets.items() if sheet is not None}
    for sheet, item, cell in _media(form):
        if cell.text in beside:
            used.setdefault(cell.text, beside[cell.text])
        else:
            details = {"file": cell.text, **_like(cell.text, beside)}
            findings.at(sheet, item, Code.MEDIA_MISSING, cell, **details)
    return used


def read_csv(content: bytes) -> Sheet:
    """The table in a .csv beside a form: choices of select_one_from_file, rows of pulldata.

    Raises:
        FormRefused: it is no table as text, or is too big.
    """
    book = Book(gaps=False)
    lines = ((number, cells) for number, cells in delimited(decoded(content)) if any(cells))
    book.add("", TABLE, lines)
    if book.problems:
        raise FormRefused(book.problems)
    return book.sheets[TABLE]


def rewritten(table: Sheet) -> bytes:
    """A table as everything after the check reads it: UTF-8 with commas, a row in a line.

    However a program saved it, what was checked is then what people are asked.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        cells = (row.cells.get(column, "") for column in table.columns)
        writer.writerow(_LINE_ENDS.sub("\n", cell) for cell in cells)
    return text.getvalue().encode()


class _Table(NamedTuple):
    """Where a .csv is named, and the columns that it must have."""

    step: Step
    cell: Cell
    file: str
    columns: tuple[str, ...] = ()


def _tables(form: FormSheets) -> Iterator[_Table]:
    for step in form.steps:
        for cell in step.cells:
            if cell.column == ("type",):
                if step.type.name == "csv-external" and step.name:
                    yield _Table(step, cell, f"{step.name}.csv")
                elif step.type.list_name.endswith(".csv"):
                    columns = _columns(step.text("parameters"))
                    yield _Table(step, cell, step.type.list_name, columns)
            else:
                for match in _PULLDATA.finditer(cell.text):
                    name = (match[1] or match[2]).removesuffix(".csv")
                    yield _Table(step, cell, f"{name}.csv")


def _read(name: str, content: bytes, findings: Findings) -> Sheet | None:
    """A table; None where it cannot be read: why goes to the findings."""
    try:
        return read_csv(content)
    except FormRefused as refusal:
        for problem in refusal.problems:
            details = {**problem.details, "file": name}
            findings.add(dataclasses.replace(problem, details=details))
        return None


def _missing(columns: Iterable[str], table: Sheet | None) -> list[str]:
    """The columns that a table should have and has not; none of one that cannot be read."""
    return [] if table is None else [each for each in columns if each not in table.columns]


def _columns(parameters: str) -> tuple[str, ...]:
    try:
        given = read_parameters(parameters, 0)
    except PyXFormError:
        return ()  # pyxform will say so, with the row
    return str(given.get("value", "name")), str(given.get("label", "label"))


def _media(form: FormSheets) -> Iterator[tuple[str, Item, Cell]]:
    rows: tuple[tuple[str, Iterable[Item]], ...] = (
        (form.survey_name, form.steps),
        (form.choices_name, form.choices),
    )
    for sheet, items in rows:
        for item in items:
            for cell in item.cells:
                if cell.column[0] == "media" and cell.text != "-" and "${" not in cell.text:
                    yield sheet, item, cell


def _like(name: str, beside: Mapping[str, bytes]) -> dict[str, str]:
    """A file whose name differs by capitals alone."""
    like = next((other for other in beside if other.lower() == name.lower()), "")
    return {"similar": like} if like else {}
