"""Tables as text: .csv however the program that saved it writes them, and tables in Markdown."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from bot.forms.xlsform import limits
from bot.forms.xlsform.result import Code, FormRefused, Problem
from bot.forms.xlsform.tables import Book, Line, too_many

_DELIMITERS = ",;\t"
_EXCEL_SAYS = re.compile(r"sep=(.)(?:\r\n?|\n)", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")


def read_delimited(content: bytes) -> Book:
    """The sheets of a .csv: a sheet's name stands alone in the first column, its table right of it.

    Raises:
        FormRefused: the file is no text, or too big to go on.
    """
    text = decoded(content)
    book = Book(gaps=False)
    _fill(book, delimited(text))
    return book


def read_markdown(content: bytes) -> Book:
    """The sheets of a Markdown file: as `read_delimited`, with a table's bars between the cells.

    Lines that are no rows of a table, and rules between headings and rows, say nothing.

    Raises:
        FormRefused: the file is no text, or too big to go on.
    """
    book = Book(gaps=False)
    _fill(book, _rows(decoded(content)))
    return book


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 that says so.

    Raises:
        FormRefused: it is neither.
    """
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise FormRefused([Problem(Code.FILE_NOT_UTF8)]) from None
    if "\0" in text:
        raise FormRefused([Problem(Code.FILE_OF_ANOTHER_KIND, details={"kind": ""})])
    return text


def delimited(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a .csv with their numbers, without spaces around the cells.

    Raises:
        FormRefused: a double quote has no partner.
    """
    delimiter = ""
    if saying := _EXCEL_SAYS.match(text):
        delimiter = saying[1]
        text = "\n" + text[saying.end() :]  # its line still counts, so that row numbers are right
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), strict=True
    )
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        code, details = Code.QUOTES_UNMATCHED, {}
        if "field larger" in str(error):
            code, details = Code.CELL_TOO_LONG, {"limit": str(limits.CELL_CHARACTERS)}
        raise FormRefused([Problem(code, row=number + 1, details=details)]) from None


def _delimiter(text: str) -> str:
    """What most often stands between the cells of the first lines, where headings are."""
    first = [line for line in text[:20_000].splitlines() if line.strip()][:2]
    return max(_DELIMITERS, key="".join(first).count)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        row = line.strip()
        if not row.startswith("|"):
            continue
        if row.count("|") > 2 * limits.COLUMNS:
            raise too_many(Code.TOO_MANY_COLUMNS, limits.COLUMNS)
        cells = [cell.strip().replace(r"\|", "|") for cell in _BAR.split(row)[1:]]
        if not cells[-1] or cells[-1].startswith("#"):  # a remark behind the last bar
            cells.pop()
        if not all(_RULE.fullmatch(cell) for cell in cells):
            yield number, cells


def _fill(book: Book, lines: Iterable[tuple[int, list[str]]]) -> None:
    """Share lines out among the sheets that their first cells name."""
    tables: list[tuple[str, list[Line]]] = []
    for number, (name, *cells) in ((number, cells or [""]) for number, cells in lines):
        if name:
            tables.append((name, []))
            if len(tables) > limits.SHEETS:
                raise too_many(Code.TOO_MANY_SHEETS, limits.SHEETS)
        if any(cells):
            if not tables:
                book.problems.append(Problem(Code.TEXT_ABOVE_SHEETS, row=number))
                tables.append(("", []))
            tables[-1][1].append((number, cells))
    keys = dict(book.named(name for name, _ in tables if name))
    for name, below in tables:
        if name in keys:
            book.add(name, keys[name], below)
