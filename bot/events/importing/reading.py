"""Reading a file, whichever kind it is."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path

from bot.errors import ImportRefused
from bot.events.importing import limits
from bot.events.importing.delimited import read_delimited
from bot.events.importing.drafting import drafts_from
from bot.events.importing.result import ImportedFile, Problems, refused
from bot.events.importing.spreadsheet import read_spreadsheet
from bot.people.boroughs import Boroughs

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK"
_CALENDAR = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:V", re.IGNORECASE)
_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml)", re.IGNORECASE)
_KINDS = (".ics", ".csv", ".xlsx")
_READABLE = "Baobab reads calendars (.ics) and tables (.csv, .xlsx)."
_ADVICE = {
    ".xls": "Open it in Excel, choose “Save as” and the type .xlsx.",
    ".ods": "Choose “Save as” and the type .xlsx, or .csv.",
    ".numbers": "In Numbers, choose “Export to” and then Excel or CSV.",
    ".txt": "If it is a table, save it as .csv; if it is a calendar, name it .ics.",
    ".tsv": "If it is a table, name it .csv; tabs between the cells are fine.",
    ".pdf": "Write the events into a table and save that.",
    ".docx": "Copy the table into a spreadsheet and save that.",
    ".json": "Ask whoever made it for a calendar file or a table.",
}


def read_events(path: Path, *, now: datetime, boroughs: Boroughs) -> ImportedFile:
    """Read the events of a file: .ics, .csv or .xlsx.

    Args:
        path: the file; its name must end with what it is.
        now: the time, aware; repeating events are written out from here on.
        boroughs: to recognise boroughs and postcodes.

    Raises:
        ImportRefused: the file, or anything in it, is wrong; nothing of it is given.
    """
    return _read(path, now, boroughs, sample=False)


def read_samples(folder: Path, *, now: datetime, boroughs: Boroughs) -> ImportedFile:
    """Read all tables of sample events in a folder, as one.

    Their dates may count from the day they are loaded: `+12` is twelve days later,
    `+12 Saturday` the first Saturday from then on.

    Raises:
        ImportRefused: one of them is wrong; each problem names its file.
    """
    files: dict[str, ImportedFile] = {}
    for path in sorted(folder.glob("*.csv")):
        try:
            files[path.name] = _read(path, now, boroughs, sample=True)
        except ImportRefused as error:
            raise ImportRefused([f"{path.name}: {each}" for each in error.problems]) from error
    drafts = tuple(draft for file in files.values() for draft in file.drafts)
    twice = [uid for uid, times in Counter(draft.uid for draft in drafts).items() if times > 1]
    if twice:
        raise refused(f"Two sample events have the same uid: {', '.join(twice)}.")
    notes = (f"{name}: {note}" for name, file in files.items() for note in file.notes)
    return ImportedFile(drafts, tuple(notes))


def _read(path: Path, now: datetime, boroughs: Boroughs, *, sample: bool) -> ImportedFile:
    kind = path.suffix.casefold()
    content = _content(path)
    if kind not in _KINDS:
        raise refused(f"“{path.name}” cannot be read. {_ADVICE.get(kind, _READABLE)}")
    _refuse_another_kind(content, kind)
    if kind == ".ics":
        from bot.events.importing.calendars import read_calendar

        return read_calendar(content, now, boroughs)
    problems = Problems()
    notes: tuple[str, ...] = ()
    if kind == ".csv":
        rows, notes = read_delimited(content, problems)
    else:
        rows = read_spreadsheet(content, problems)
    if not rows:
        problems.refuse_if_any()
    imported = drafts_from(rows, boroughs, now, problems, sample=sample)
    return ImportedFile(imported.drafts, notes + imported.notes)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > limits.FILE_BYTES:
            megabytes = limits.FILE_BYTES // 1_000_000
            raise refused(f"“{path.name}” is bigger than {megabytes} MB. Make several files of it.")
        with path.open("rb") as file:
            content = file.read(limits.FILE_BYTES + 1)
    except FileNotFoundError:
        raise refused(f"There is no file “{path.name}”. Is its name right?") from None
    except IsADirectoryError:
        raise refused(f"“{path.name}” is a folder. Name one of the files in it.") from None
    except OSError:
        raise refused(f"“{path.name}” cannot be opened. May you read it?") from None
    if not content.strip():
        raise refused(f"“{path.name}” is empty.")
    return content


def _refuse_another_kind(content: bytes, kind: str) -> None:
    """Refuse a file that is not what its name says, with what to do about it."""
    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            raise refused("This file has a password. Save it without one and try again.")
        raise refused("This is an old Excel or Office file. Choose “Save as” and the type .xlsx.")
    if _WEB_PAGE.match(content):
        raise refused("This is a web page, not the file itself. Download the file and try again.")
    if kind != ".xlsx" and content.startswith(_ZIP):
        raise refused(f"This is not a {kind} file. If it is from Excel, let its name end in .xlsx.")
    if kind == ".xlsx" and not content.startswith(_ZIP):
        raise refused("This is not an .xlsx file. If it is a table as text, let it end in .csv.")
    if kind == ".csv" and _CALENDAR.match(content):
        raise refused("This is a calendar. Let its name end in .ics.")
