"""Answers that are dates and times of day."""

import re
from datetime import date, datetime, time

from typing_extensions import override

from bot.forms.dates import read_date
from bot.forms.definition import Choice, Question
from bot.forms.inputs import Raw, Reason, Refusal, Typed
from bot.forms.kinds.reading import NOT_AN_ANSWER, Put, Read, Reading, Reads
from bot.forms.times import read_time
from bot.forms.values import Value

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_OFFSET = r"(?:Z|[+-]\d\d:\d\d)"
_TIME = re.compile(rf"\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?{_OFFSET}?")
_DATETIME = re.compile(rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?{_OFFSET}")


class Date(Reads):
    """A date: "2026-03-29"; the first of the month or year where that is enough."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        if not isinstance(raw, Typed):
            return NOT_AN_ANSWER
        day = read_date(raw.clean)
        return Refusal(day) if isinstance(day, Reason) else Read(day.isoformat())

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            return None
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            return None


class Time(Reads):
    """A time of day, to the minute: "14:05"."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        if not isinstance(raw, Typed):
            return NOT_AN_ANSWER
        hour = read_time(raw.clean)
        return Refusal(hour) if isinstance(hour, Reason) else Read(hour.strftime("%H:%M"))

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, str) or not _TIME.fullmatch(value):
            return None
        try:
            return time.fromisoformat(value).strftime("%H:%M")
        except ValueError:
            return None


class DateTime(Reads):
    """A date and a time of day, with the offset of the person's zone."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        if not isinstance(raw, Typed):
            return NOT_AN_ANSWER
        words, _, clock = raw.clean.replace("T", " ").rpartition(" ")
        day, hour = read_date(words), read_time(clock)
        if isinstance(day, Reason):
            return Refusal(day)
        if isinstance(hour, Reason):
            return Refusal(hour)
        return Read(datetime.combine(day, hour, raw.zone).isoformat(timespec="milliseconds"))

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, str) or not _DATETIME.fullmatch(value):
            return None
        try:
            return datetime.fromisoformat(value).isoformat(timespec="milliseconds")
        except ValueError:
            return None
