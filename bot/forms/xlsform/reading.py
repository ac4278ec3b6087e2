"""From the bytes of a file to its sheets, whatever the file is called."""

from pathlib import PurePosixPath

from bot.forms.xlsform.result import Code, FormRefused, Problem, Sheet
from bot.forms.xlsform.sizes import refuse_sizes
from bot.forms.xlsform.tables import Book
from bot.forms.xlsform.texts import read_delimited, read_markdown
from bot.forms.xlsform.workbooks import read_xls, read_xlsx

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, but also .doc and encrypted .xlsx
_OLDER_XLS = (b"\x09\x08\x10\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
# How files begin that people take for spreadsheets.
_BEGINNINGS = {
    b"%PDF": "pdf",
    b"{\\rtf": "text document",
    b"<!doctype html": "html",
    b"<html": "html",
    b"<table": "html",
    b"<?xml": "xml",
    b"\x89png": "picture",
    b"\xff\xd8\xff": "picture",
}
# What the detail `kind` of FILE_OF_ANOTHER_KIND may be; empty if we cannot tell.
OTHER_KINDS = frozenset(
    {"opendocument", "slides", "xlsb", "numbers", "zip", "", *_BEGINNINGS.values()}
)


def read_sheets(content: bytes, filename: str) -> tuple[Sheet, ...]:
    """The sheets of a form, with the numbers of their rows; sheets that mean nothing are left out.

    Args:
        content: an .xlsx (or .xlsm), .xls, .csv or .md file.
        filename: its name. What a file holds counts more than its name's end, which only tells
            tables in text apart.

    Raises:
        FormRefused: the file is damaged, dangerous or too big, or not all of it can be read.
    """
    book = read_book(content, filename)
    if book.problems:
        raise FormRefused(book.problems)
    return tuple(book.sheets.values())


def read_book(content: bytes, filename: str) -> Book:
    """The sheets as read, with the problems found on the way that concern single cells.

    Raises:
        FormRefused: the file is damaged, dangerous or too big to go on.
    """
    refuse_sizes(content, {})
    if content.startswith(_ZIP):
        return read_xlsx(content)
    if content.startswith((_OLE, *_OLDER_XLS)):
        return read_xls(content)
    suffix = PurePosixPath(filename.lower()).suffix
    beginning = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    for start, kind in _BEGINNINGS.items():
        if beginning[:20].lower().startswith(start.lower()):
            raise FormRefused([Problem(Code.FILE_OF_ANOTHER_KIND, details={"kind": kind})])
    if suffix in {".xlsx", ".xlsm", ".xls"}:
        raise FormRefused([Problem(Code.FILE_DAMAGED)])
    if suffix in {".md", ".markdown"} or (suffix not in {".csv", ".tsv"} and beginning[:1] == b"|"):
        return read_markdown(content)
    if suffix in {".csv", ".tsv"}:
        return read_delimited(content)
    raise FormRefused([Problem(Code.FILE_OF_ANOTHER_KIND, details={"kind": ""})])
