"""Answers in the person's own words, and those that a form reads by itself."""

from dataclasses import replace

from typing_extensions import override

from bot.forms.definition import TEXT_LIMIT, Choice, Question
from bot.forms.inputs import Picked, Raw, Reason, Refusal, Typed
from bot.forms.kinds.reading import NOT_AN_ANSWER, Put, Read, Reading, Reads
from bot.forms.values import Value, frozen


class Text(Reads):
    """Anything in the person's own words: a str."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        if not isinstance(raw, Typed):
            return NOT_AN_ANSWER
        most = put.question.maximum or TEXT_LIMIT
        text = raw.clean
        if len(text) > most:
            return Refusal(Reason.TOO_LONG, {"maximum": most})
        return Read(text) if text else Refusal(Reason.EMPTY)

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        most = question.maximum or TEXT_LIMIT
        return value if isinstance(value, str) and 0 < len(value) <= most else None


class Custom(Reads):
    """Whatever the question's own reader makes of it."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        if isinstance(raw, Picked) and all(raw.choice != choice.key for choice in put.choices):
            return Refusal(Reason.NOT_OFFERED)
        if isinstance(raw, Typed):
            raw = replace(raw, text=raw.clean)
            if not raw.text:
                return Refusal(Reason.EMPTY)
        reader = put.question.reader
        value = None if reader is None else reader(put.question, raw, put.answers)
        if value is None:
            raise TypeError(f"question {put.question.name!r}: its reader read nothing")
        return value if isinstance(value, Refusal) else Read(frozen(value))

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        return value
