"""Files that authors send: which are taken, and what becomes of one that is read."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from bot.errors import FormTooLarge, NotAForm
from bot.forms.inputs import Sent, cleaned
from bot.forms.xlsform import Code, limits
from bot.forms.xlsform.packed import SUFFIX as PACKED
from bot.surveys.findings import Finding
from bot.surveys.readings import Reading

SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".md", ".markdown", PACKED})
"""How the names of files end that may be forms. One with macros is refused when it is read, with
the reason."""
LISTS: Final = (".csv", ".tsv")
"""How the names of files end that may be lists for a form."""
LARGEST: Final = limits.FILE_BYTES
"""Bytes of the largest form or list that is taken."""
_COPY: Final = re.compile(r" ?\(\d+\)(?=\.[^.]*$)")
LONGEST_NAME: Final = 100  # characters of a file's name that are kept


def filename_of(sent: Sent) -> str:
    """The name under which a file is kept that may be a form.

    Raises:
        NotAForm: no form has such a name.
        FormTooLarge: it is larger than any form is.
    """
    path = PurePosixPath(cleaned(sent.name).replace("\n", " ").replace("/", "_"))
    if path.suffix.lower() not in SUFFIXES:
        raise NotAForm
    if sent.size is not None and sent.size > largest(path.name):
        raise FormTooLarge(largest(path.name))
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix


def wanted_as(filename: str, names: Iterable[str]) -> str:
    """The name under which a form wants a list that somebody sent; "" where it wants none such.

    Capitals do not count, nor the number that browsers put behind a file's second copy.
    """
    sent = _COPY.sub("", filename).casefold()
    return next((name for name in names if name.casefold() in {sent, filename.casefold()}), "")


def largest(filename: str) -> int:
    """Bytes of the largest file of this name that is taken."""
    return limits.PACKED_BYTES if filename.lower().endswith(PACKED) else LARGEST


def too_large(filename: str) -> Reading:
    """What is said of a file that turns out larger than it should be."""
    return refused(Code.FILE_TOO_BIG, limit=str(largest(filename)))


def refused(code: Code, **details: str) -> Reading:
    """What is said of a file of which nothing else can be said."""
    return Reading(findings=(Finding(code, is_error=True, details=details),))
