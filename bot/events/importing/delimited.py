"""Tables as text: .csv, however the program that saved it writes them."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from bot.events.importing import vocabulary
from bot.events.importing.cells import Cell
from bot.events.importing.headings import rows_below
from bot.events.importing.result import Problems, refused
from bot.events.importing.table import Row

_DELIMITERS = ",;\t"
_SAY_UTF8 = "In Excel, choose “Save as” and the type “CSV UTF-8”."
# Western European text has single letters with accents; several in a row are another script.
_OTHER_SCRIPT = re.compile(rb"[\x80-\xff]{4}")
_EXCEL_SAYS = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_delimited(content: bytes, problems: Problems) -> tuple[list[Row], tuple[str, ...]]:
    """The rows of a .csv file, and notes about how it was read.

    Raises:
        ImportRefused: the file is not text that can be read.
    """
    text, notes = _decoded(content)
    delimiter = ""
    if saying := _EXCEL_SAYS.match(text):
        delimiter = saying[1]
        text = "\n" + text[saying.end() :]  # its line still counts, so that row numbers are right
    delimiter = delimiter or _delimiter(text)
    rows = list(rows_below(_lines(text, delimiter, problems), problems))
    return rows, notes


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), ()
        except UnicodeDecodeError:
            raise refused(f"The file starts as UTF-16 text but is not. {_SAY_UTF8}") from None
    if b"\0" in content:
        raise refused("This is not a table as text. Save it as .csv or .xlsx and try again.")
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        if _OTHER_SCRIPT.search(content):
            raise refused(f"The letters of this file cannot be read safely. {_SAY_UTF8}") from None
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise refused(f"The letters of this file cannot be read. {_SAY_UTF8}") from None
    note = "The file is not UTF-8, so it was read as Windows-1252. Look at letters with accents."
    return text, (note,)


def _delimiter(text: str) -> str:
    """The delimiter that makes the first line name the most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(
        _DELIMITERS,
        key=lambda each: sum(
            vocabulary.column_named(part.strip(' "')) is not None for part in first.split(each)
        ),
    )


def _lines(text: str, delimiter: str, problems: Problems) -> Iterator[tuple[int, Sequence[Cell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            for column, cell in enumerate(cells, start=1):
                if cell.startswith("=") and len(cell) > 1:
                    problems.add(
                        f"Row {number}, cell {column}: this is a formula. Write its value instead."
                    )
            yield number, cells
    except csv.Error as error:
        quotes = "field larger" not in str(error)
        problems.add(
            f"Row {number + 1}: "
            + (
                "the double quotes do not match. A text in double quotes ends with one, and a "
                "double quote inside it is written twice."
                if quotes
                else "one cell holds more text than fits. Is a double quote missing at its end?"
            )
        )
