"""Reads the dates people type."""

import re
from datetime import date

from bot.forms.inputs import Reason
from bot.forms.spelling import as_written

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")


def read_date(text: str) -> date | Reason:
    """The date written in `text`, or why there is none."""
    text = as_written(text)
    first, last = _YEAR_FIRST.fullmatch(text), _DAY_FIRST.fullmatch(text)
    parts = first.groups() if first else last.groups()[::-1] if last else None
    if parts is None:
        return Reason.NOT_A_DATE
    year, month, day = map(int, parts)
    try:
        return date(year, month, day)
    except ValueError:
        return Reason.IMPOSSIBLE_DATE
