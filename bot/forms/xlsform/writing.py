"""Sheets as an .xlsx: for people who would rather write in a spreadsheet program."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.forms.xlsform.result import Sheet

_NARROWEST, _WIDEST = 12, 60
_TEXT = "@"


def to_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """As `bot.forms.xlsform.to_xlsx`."""
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        table = workbook.create_sheet(sheet.name)
        table.freeze_panes = "A2"
        for number, column in enumerate(sheet.columns, start=1):
            texts = (row.cells.get(column, "") for row in sheet.rows)
            longest = max(map(len, [column, *texts]))
            width = min(max(longest + 2, _NARROWEST), _WIDEST)
            table.column_dimensions[get_column_letter(number)].width = width
        table.append([_cell(table, column, bold=True) for column in sheet.columns])
        for row in sheet.rows:
            table.append([_cell(table, row.cells.get(column, "")) for column in sheet.columns])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _cell(table: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(table, text or None)
    cell.number_format = _TEXT  # so that nobody's "007" or "1-2" becomes a number or a date
    if text:
        cell.data_type = "s"  # a text that begins with = is no formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=bold)
    return cell
