"""Tables from Excel: .xlsx, looked at with care before it is unpacked."""

import re
import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.parsers.expat import ExpatError

from bot.archives import (
    UNREADABLE,
    has_entities,
    is_markup,
    needs_password,
    opened,
    unpacks_too_big,
)
from bot.events.importing import limits
from bot.events.importing.cells import Cell
from bot.events.importing.headings import rows_below
from bot.events.importing.result import Problems, refused
from bot.events.importing.table import Row

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

_DAMAGED = "The file is damaged. Open it in a spreadsheet program and save it again as .xlsx."
_BOMB = "Unpacked, this file is far too big. Copy only the table into a new file and save that."
_DECLARES = "This file holds XML entities, which no spreadsheet program writes."
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)>")
_ACTIVITIES = "activities"
_EVENTS = "events"


def read_spreadsheet(content: bytes, problems: Problems) -> list[Row]:
    """The rows of the sheet `events` (or the first one) and of the sheet `activities`.

    Raises:
        ImportRefused: the file is damaged, dangerous or no spreadsheet.
    """
    _look_inside(content)
    return [
        row
        for sheet in _sheets(content, problems)
        for row in rows_below(
            sheet.lines,
            problems,
            sheet=sheet.title if sheet.is_activities else "",
            is_activity=sheet.is_activities,
        )
    ]


class _Sheet(NamedTuple):
    title: str
    is_activities: bool
    lines: Sequence[tuple[int, Sequence[Cell]]]


def _sheets(content: bytes, problems: Problems) -> list[_Sheet]:
    """What stands on the sheets that are read."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of pictures, drop-down lists and styles that it passes over.
        warnings.simplefilter("ignore")
        try:
            values = load_workbook(BytesIO(content), read_only=True, data_only=True)
            formulas = load_workbook(BytesIO(content), read_only=True)
            return [
                _Sheet(
                    sheet.title,
                    is_activities,
                    list(_lines(sheet, formulas[sheet.title], problems)),
                )
                for sheet, is_activities in _chosen(values.worksheets)
            ]
        # A file that says it is a workbook can break openpyxl anywhere; all it means is damage.
        # (xml's ParseError is a SyntaxError.)
        except (
            *UNREADABLE,
            *(LookupError, TypeError, AttributeError, SyntaxError, ExpatError, AssertionError),
        ) as error:
            raise refused(_DAMAGED) from error


def _look_inside(content: bytes) -> None:
    """Refuse what would be dangerous to unpack, by what the archive says and really holds."""
    with opened(content, damaged=refused(_DAMAGED)) as archive:
        parts = archive.infolist()
        if unpacks_too_big(parts, len(content), limits.XLSX_BYTES):
            raise refused(_BOMB)
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            raise refused(_other_archive(names))
        for part in parts:
            if needs_password(part):
                raise refused("This file has a password. Save it without one and try again.")
            if is_markup(part):
                xml = archive.read(part)
                if has_entities(xml):
                    raise refused(_DECLARES)
                if part.filename.startswith("xl/worksheets/"):
                    _refuse_far_rows(xml)


def _refuse_far_rows(xml: bytes) -> None:
    """Refuse a sheet with something so far below that reading would never come to it."""
    for row in _ROW.finditer(xml):
        if int(row[1][:9]) > limits.XLSX_LAST_ROW:
            # Rows stand in order; formatted rows that hold nothing are common and harmless.
            if _VALUE.search(xml, row.end()):
                raise refused(
                    f"There is something below row {limits.XLSX_LAST_ROW:,}. Delete the empty rows "
                    "above it, or make several files."
                )
            return


def _other_archive(names: set[str]) -> str:
    if "mimetype" in names and "content.xml" in names:
        return "This is an OpenDocument file. Choose “Save as” and the type .xlsx, or .csv."
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "This is a text or slides, not a table. Copy the table into a spreadsheet."
    if "xl/workbook.bin" in names:
        return "This is an .xlsb file. Choose “Save as” and the type .xlsx."
    return "This is no spreadsheet. Save the table as .xlsx or .csv and try again."


def _chosen(
    sheets: "Sequence[ReadOnlyWorksheet | Worksheet]",
) -> "Iterator[tuple[ReadOnlyWorksheet | Worksheet, bool]]":
    """The sheets to read, and whether each holds activities."""
    by_name = {sheet.title.strip().casefold(): sheet for sheet in sheets}
    others = [sheet for name, sheet in by_name.items() if name != _ACTIVITIES]
    if _EVENTS in by_name:
        yield by_name[_EVENTS], False
    elif others:
        yield others[0], False
    if _ACTIVITIES in by_name:
        yield by_name[_ACTIVITIES], True


def _lines(values: Any, formulas: Any, problems: Problems) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Numbers and cells of a sheet; formulas without a value are noted as problems.

    Args:
        values: the sheet as openpyxl reads it with `data_only`.
        formulas: the same sheet without.
        problems: where to note.
    """
    bounds = {"max_row": limits.XLSX_LAST_ROW, "max_col": limits.XLSX_COLUMNS}
    lines = zip(values.iter_rows(**bounds), formulas.iter_rows(**bounds), strict=False)
    for number, (cells, sources) in enumerate(lines, start=1):
        for column, (cell, source) in enumerate(zip(cells, sources, strict=False), start=1):
            where = f"Sheet {values.title}, row {number}, cell {column}"
            if cell.data_type == "e":
                problems.add(f"{where}: the formula gives the error {cell.value}. Put it right.")
            elif source.data_type == "f" and cell.value is None:
                problems.add(
                    f"{where}: this formula has no value yet. Open the file in a spreadsheet "
                    "program, save it and try again, or write the value."
                )
        yield number, [cell.value for cell in cells]
