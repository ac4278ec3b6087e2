"""Reads the times of day people type."""

import re
from datetime import time

from bot.forms.inputs import Reason
from bot.forms.spelling import as_written

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")


def read_time(text: str) -> time | Reason:
    """The time of day written in `text`, to the minute, or why there is none."""
    match = _CLOCK.fullmatch(as_written(text))
    if match is None:
        return Reason.NOT_A_TIME
    try:
        return time(int(match[1]), int(match[2]))
    except ValueError:
        return Reason.IMPOSSIBLE_TIME
