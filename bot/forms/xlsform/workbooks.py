"""Tables from spreadsheet programs: .xlsx by openpyxl, .xls by xlrd, cells as pyxform says them."""

import io
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import xlrd
from openpyxl import load_workbook
from pyxform.xls2json_backends import xls_value_to_unicode, xlsx_value_to_str

from bot.forms.xlsform.archive import has_formulas
from bot.forms.xlsform.result import Code, FormRefused, Problem
from bot.forms.xlsform.tables import Book, Line, Unread


def read_xlsx(content: bytes) -> Book:
    """The sheets of an .xlsx or .xlsm. Formulas are never evaluated: their saved value counts.

    Raises:
        FormRefused: the file is damaged, dangerous, has macros or is another kind of file.
    """
    formulas = has_formulas(content)
    book = Book(gaps=True)
    with warnings.catch_warnings():
        # openpyxl warns of pictures, drop-down lists and styles that it passes over.
        warnings.simplefilter("ignore")
        try:
            values = load_workbook(BytesIO(content), read_only=True, data_only=True)
            sources = load_workbook(BytesIO(content), read_only=True) if formulas else None
            for name, key in book.named(sheet.title for sheet in values.worksheets):
                book.add(name, key, _xlsx_lines(values[name], sources and sources[name]))
        except (FormRefused, MemoryError):
            raise
        except Exception as error:
            # A file that says it is a workbook can break its reader anywhere: it is damaged.
            raise _refused(Code.FILE_DAMAGED) from error
    return book


def _xlsx_lines(values: Any, sources: Any) -> Iterator[Line]:
    """Numbers and cells of a sheet.

    Args:
        values: the sheet as openpyxl reads it with `data_only`.
        sources: the same sheet without, if there are formulas.
    """
    values.reset_dimensions()  # a file may say that it is smaller than it is
    if sources is None:
        for number, cells in enumerate(values.iter_rows(), start=1):
            yield number, [_xlsx_cell(cell) for cell in cells]
        return
    sources.reset_dimensions()
    lines = zip(values.iter_rows(), sources.iter_rows(), strict=False)
    for number, (cells, originals) in enumerate(lines, start=1):
        yield number, [_xlsx_cell(*pair) for pair in zip(cells, originals, strict=False)]


def _xlsx_cell(cell: Any, source: Any = None) -> str | Unread:
    if cell.data_type == "e":
        return Unread(Code.FORMULA_FAILS, {"value": str(cell.value)})
    if cell.value is None:
        # The saved value of a formula may be an empty text; then the cell has the type of a text.
        missing = source is not None and source.data_type == "f" and cell.data_type == "n"
        return Unread(Code.FORMULA_WITHOUT_VALUE, {}) if missing else ""
    return str(xlsx_value_to_str(_bare(cell.value))).strip()


def read_xls(content: bytes) -> Book:
    """The sheets of an .xls of Excel 2.0 to 2003, by the saved values of formulas.

    Raises:
        FormRefused: the file is damaged, has macros or a password, or is another kind of file.
    """
    for mark, code in (
        ("EncryptedPackage", Code.FILE_HAS_PASSWORD),  # an .xlsx in a locked box
        ("_VBA_PROJECT_CUR", Code.FILE_HAS_MACROS),
        ("WordDocument", Code.FILE_OF_ANOTHER_KIND),
        ("PowerPoint Document", Code.FILE_OF_ANOTHER_KIND),
    ):
        # The names of streams stand in an OLE file as UTF-16, each after a block's beginning.
        if mark.encode("utf-16-le") in content:
            kinds = {"W": "text document", "P": "slides"}
            raise _refused(code, **({"kind": kinds[mark[0]]} if mark[0] in kinds else {}))
    book = Book(gaps=True)
    try:
        # xlrd would print what it stumbles over.
        opened = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
        for name, key in book.named(opened.sheet_names()):
            book.add(name, key, _xls_lines(opened.sheet_by_name(name), opened.datemode))
    except (FormRefused, MemoryError):
        raise
    except Exception as error:
        locked = "encrypted" in str(error)
        raise _refused(Code.FILE_HAS_PASSWORD if locked else Code.FILE_DAMAGED) from error
    return book


def _xls_lines(sheet: Any, datemode: int) -> Iterator[Line]:
    for number in range(sheet.nrows):
        yield number + 1, [_xls_cell(cell, datemode) for cell in sheet.row(number)]


def _xls_cell(cell: Any, datemode: int) -> str | Unread:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Unread(Code.FORMULA_FAILS, {"value": xlrd.error_text_from_code.get(cell.value, "")})
    if cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
        return ""
    return str(xls_value_to_unicode(_bare(cell.value), cell.ctype, datemode)).strip()


def _bare(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _refused(code: Code, **details: str) -> FormRefused:
    return FormRefused([Problem(code, details=details)])
