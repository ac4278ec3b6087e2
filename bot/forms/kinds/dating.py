"""Answers that are dates and times of day."""

import re
from datetime import date, datetime, time

from typing_extensions import override

from bot.forms.dates import Whole, first_day, read_date
from bot.forms.definition import Choice, Question
from bot.forms.inputs import Raw, Reason, Refusal, Typed
from bot.forms.kinds.reading import NOT_AN_ANSWER, Put, Read, Reading, Reads
from bot.forms.times import read_moment, read_time
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
        day = read_date(
            raw.clean,
            raw.language,
            raw.today,
            whole=whole_of(put.question),
            fits=lambda day: _fits(put, day.isoformat()),
        )
        return Refusal(day) if isinstance(day, Reason) else Read(day.isoformat())

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return None
        return first_day(day, whole_of(question)).isoformat()


class Time(Reads):
    """A time of day, to the minute: "14:05"."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        if not isinstance(raw, Typed):
            return NOT_AN_ANSWER
        hour = read_time(raw.clean, raw.language)
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
        moment = read_moment(
            raw.clean,
            raw.language,
            raw.today,
            raw.zone,
            fits=lambda moment: _fits(put, _kept(moment)),
        )
        return Refusal(moment) if isinstance(moment, Reason) else Read(_kept(moment))

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, str) or not _DATETIME.fullmatch(value):
            return None
        try:
            return _kept(datetime.fromisoformat(value))
        except ValueError:
            return None


def whole_of(question: Question) -> Whole:
    """How much of a date the question asks for."""
    if "year" in question.appearance:
        return Whole.YEAR
    return Whole.MONTH if "month-year" in question.appearance else Whole.DAY


def _fits(put: Put, value: str) -> bool:
    """Whether the form's rules take the value; True where it is not known."""
    return put.judge is None or put.judge(value) is None


def _kept(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
