"""The files that a form names: choices and tables in .csv, pictures and sounds of its labels."""

import dataclasses
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

_PULLDATA = re.compile(r"""pulldata\s*\(\s*(?:'([^']+)'|"([^"]+)")""")


def look_at_files(
    form: FormSheets, beside: Mapping[str, bytes], findings: Findings
) -> frozenset[str]:
    """Find files that are named and missing, or cannot be read as tables.

    Args:
        form: the form.
        beside: the files that came with it, by name.
        findings: where to note.

    Returns:
        The names of the files beside the form that it names.
    """
    used: set[str] = set()
    for table in _tables(form):
        name = table.file
        if name not in beside:
            details = {"file": name, **_like(name, beside)}
            findings.at(form.survey_name, table.step, Code.CSV_MISSING, table.cell, **details)
            continue
        used.add(name)
        for column in _missing_columns(name, beside[name], table.columns, findings):
            findings.at(
                *(form.survey_name, table.step, Code.CSV_COLUMN_MISSING, table.cell),
                file=name,
                column=column,
            )
    for sheet, item, cell in _media(form):
        if cell.text in beside:
            used.add(cell.text)
        else:
            details = {"file": cell.text, **_like(cell.text, beside)}
            findings.at(sheet, item, Code.MEDIA_MISSING, cell, **details)
    return frozenset(used)


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


def _missing_columns(
    name: str, content: bytes, columns: Iterable[str], findings: Findings
) -> list[str]:
    """The columns that a table does not have; why it cannot be read goes to the findings."""
    try:
        table = read_csv(content)
    except FormRefused as refusal:
        for problem in refusal.problems:
            details = {**problem.details, "file": name}
            findings.add(dataclasses.replace(problem, details=details))
        return []
    return [column for column in columns if column not in table.columns]


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
