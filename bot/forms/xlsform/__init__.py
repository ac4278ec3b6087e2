"""XLSForms: surveys written in a spreadsheet, read through pyxform, the reference converter.

    try:
        converted = convert_trusted(content, "staff.xlsx", {"wards.csv": wards})
    except FormRefused as refusal:
        for problem in refusal.problems: ...         # code, severity, sheet, row, column, details
    else:
        converted.xform, converted.places["/data/age"], converted.warnings ...

Importing this package is cheap; pyxform, openpyxl and xlrd are imported when a form is converted.
Rooms: `result` (what converting gives), `limits` and `sizes`, `support` (what a chat can do, as
data); `isolation` (of a process that reads a stranger's file) and `wire` (to it), `conversion` (all
steps);
`reading` (bytes to sheets) with `archive`, `workbooks`, `texts` and `tables`; `form` and `outline`
(what the rows mean); `checking`, `chat` and `files` (what is wrong with them) with `findings`;
`objections` (what pyxform says); `writing`.
"""

from collections.abc import Mapping

from bot.forms.xlsform.result import (
    Code,
    Converted,
    FormRefused,
    Language,
    Place,
    Problem,
    Row,
    Severity,
    Sheet,
)

__all__ = [
    "Code",
    "Converted",
    "FormRefused",
    "Language",
    "Place",
    "Problem",
    "Row",
    "Severity",
    "Sheet",
    "convert_trusted",
    "read_csv",
    "read_sheets",
    "to_xlsx",
]


def convert_trusted(
    content: bytes, filename: str, beside: Mapping[str, bytes] | None = None
) -> Converted:
    """Read an XLSForm: .xlsx, .xls, .csv or .md.

    This blocks, for half a second as a rule, and has no limits on time and memory: it is for files
    of our own. Those of strangers are read in a child process (`bot.surveys.reading_apart`), with
    the limits of `isolation`.

    Args:
        content: the form.
        filename: its name; without its suffix it is the form's id, if the settings name none.
        beside: files that come with it, by name: choices and tables in .csv, pictures, sounds.

    Raises:
        FormRefused: there are errors; with all that were found.
    """
    from bot.forms.xlsform.conversion import convert_here  # imports pyxform: a third of a second

    return convert_here(content, filename, beside or {})


def read_sheets(content: bytes, filename: str) -> tuple[Sheet, ...]:
    """The sheets of a trusted form, with the numbers of their rows.

    Raises:
        FormRefused: the file is damaged, dangerous or too big, or not all of it can be read.
    """
    from bot.forms.xlsform import reading  # imports openpyxl and pyxform

    return reading.read_sheets(content, filename)


def read_csv(content: bytes) -> Sheet:
    """The table in a .csv beside a form: choices of select_one_from_file, rows of pulldata.

    Raises:
        FormRefused: it is no table as text, or is too big.
    """
    from bot.forms.xlsform import files  # imports pyxform

    return files.read_csv(content)


def to_xlsx(sheets: tuple[Sheet, ...]) -> bytes:
    """Sheets as an .xlsx that a spreadsheet program opens nicely.

    Args:
        sheets: as `read_sheets` gives them, whatever kind of file they come from.
    """
    from bot.forms.xlsform import writing  # imports openpyxl

    return writing.to_xlsx(sheets)
