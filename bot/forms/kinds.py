"""How each kind of question reads an answer. The registry is closed: a form cannot add to it.

Only a custom question brings its own reader (`bot.forms.definition.Reader`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol, TypeAlias

from typing_extensions import override

from bot.forms.definition import TEXT_LIMIT, YES, Choice, Kind, Question
from bot.forms.inputs import Done, Picked, Raw, Reason, Refusal, Toggled, Typed
from bot.forms.matching import Offer, whole_number
from bot.forms.values import Answers, Value, frozen


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put to a person now: what is offered, ticked and known."""

    question: Question
    choices: tuple[Choice, ...]
    answers: Answers
    ticks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """The answer, read."""

    value: Value


@dataclass(frozen=True, slots=True)
class Marked:
    """No answer yet, but other ticks than before, in the order of the choices."""

    ticks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """The person wants to give no answer."""


Reading: TypeAlias = Read | Marked | Blank | Refusal

_NOT_AN_ANSWER: Final = Refusal(Reason.NOT_AN_ANSWER)


class Reads(Protocol):
    """Reads answers to one kind of question."""

    def read(self, put: Put, raw: Raw) -> Reading:
        """What the person's words or taps mean as an answer."""

    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        """`value` as this question would keep it now; None where it could not be its answer."""


class _ChooseOne:
    """One of the choices: its key."""

    def read(self, put: Put, raw: Raw) -> Reading:
        match raw:
            case Picked(choice) if any(choice == offered.key for offered in put.choices):
                return Read(choice)
            case Picked():
                return Refusal(Reason.NOT_OFFERED)
            case Typed():
                found = Offer(put.choices, raw.labels).called(raw.clean)
                return Read(found[0]) if len(found) == 1 else _unnamed(found)
            case Toggled() | Done():
                return _NOT_AN_ANSWER

    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:  # noqa: ARG002 -- fits any question
        for choice in choices:
            if choice.key == value:
                return value
        return None


class _Confirm(_ChooseOne):
    """Yes or no: a bool."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        reading = super().read(put, raw)
        return Read(reading.value == YES) if isinstance(reading, Read) else reading

    @override
    def fit(self, _question: Question, _choices: tuple[Choice, ...], value: Value) -> Value:
        return value if isinstance(value, bool) else None


class _ChooseMany:
    """Any of the choices: a tuple of their keys, in their order.

    Typed choices are ticked, and unticked when all of them were ticked already; only Done ends
    the question, because people who type often send one choice per message.
    """

    def read(self, put: Put, raw: Raw) -> Reading:
        match raw:
            case Toggled(choice) if any(choice == offered.key for offered in put.choices):
                return self._toggled(put, (choice,))
            case Toggled():
                return Refusal(Reason.NOT_OFFERED)
            case Typed():
                return self._typed(put, raw)
            case Done() if put.ticks:
                return Read(put.ticks)
            case Done():
                return Refusal(Reason.NOTHING_TICKED) if put.question.required else Blank()
            case Picked():
                return _NOT_AN_ANSWER

    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, tuple) or not value:
            return None
        chosen = tuple(choice for choice in choices if choice.key in value)
        most = 1 if any(choice.exclusive for choice in chosen) else question.maximum
        fits = len(chosen) == len(value) and (most is None or len(chosen) <= most)
        return tuple(choice.key for choice in chosen) if fits else None

    def _typed(self, put: Put, raw: Typed) -> Reading:
        found = Offer(put.choices, raw.labels).all_called(raw.clean)
        unnamed = next((keys for keys in found if len(keys) != 1), None)
        if unnamed is not None:
            return _unnamed(unnamed)
        return self._toggled(put, tuple(dict.fromkeys(keys[0] for keys in found)))

    def _toggled(self, put: Put, keys: tuple[str, ...]) -> Reading:
        exclusive = {choice.key for choice in put.choices if choice.exclusive}
        if set(keys) <= set(put.ticks):
            ticks = set(put.ticks) - set(keys)
        elif exclusive.isdisjoint(keys):
            ticks = set(put.ticks).difference(exclusive).union(keys)
        elif len(keys) == 1:
            ticks = set(keys)
        else:
            return Refusal(Reason.ONLY_ALONE)
        most = put.question.maximum
        if most is not None and len(ticks) > most:
            return Refusal(Reason.TOO_MANY, {"maximum": most})
        return Marked(tuple(choice.key for choice in put.choices if choice.key in ticks))


class _Text:
    """Anything in the person's own words: a str."""

    def read(self, put: Put, raw: Raw) -> Reading:
        if not isinstance(raw, Typed):
            return _NOT_AN_ANSWER
        most = put.question.maximum or TEXT_LIMIT
        text = raw.clean
        if len(text) > most:
            return Refusal(Reason.TOO_LONG, {"maximum": most})
        return Read(text) if text else Refusal(Reason.EMPTY)

    def fit(self, question: Question, _choices: tuple[Choice, ...], value: Value) -> Value:
        most = question.maximum or TEXT_LIMIT
        return value if isinstance(value, str) and 0 < len(value) <= most else None


class _Number:
    """A whole number: an int."""

    def read(self, put: Put, raw: Raw) -> Reading:
        if not isinstance(raw, Typed):
            return _NOT_AN_ANSWER
        number = whole_number(raw.clean)
        if number is None:
            return Refusal(Reason.NOT_A_NUMBER)
        return self._outside(put.question, number) or Read(number)

    def fit(self, question: Question, _choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return value if self._outside(question, value) is None else None

    def _outside(self, question: Question, number: int) -> Refusal | None:
        low, high = question.minimum, question.maximum
        bounds = (("minimum", low), ("maximum", high))
        details = {name: bound for name, bound in bounds if bound is not None}
        if low is not None and number < low:
            return Refusal(Reason.TOO_SMALL, details)
        if high is not None and number > high:
            return Refusal(Reason.TOO_LARGE, details)
        return None


class _Custom:
    """Whatever the question's own reader makes of it."""

    def read(self, put: Put, raw: Raw) -> Reading:
        if isinstance(raw, Picked) and all(raw.choice != choice.key for choice in put.choices):
            return Refusal(Reason.NOT_OFFERED)
        if isinstance(raw, Typed):
            raw = Typed(raw.clean, raw.labels)
            if not raw.text:
                return Refusal(Reason.EMPTY)
        reader = put.question.reader
        value = None if reader is None else reader(put.question, raw, put.answers)
        if value is None:
            raise TypeError(f"question {put.question.name!r}: its reader read nothing")
        return value if isinstance(value, Refusal) else Read(frozen(value))

    def fit(self, _question: Question, _choices: tuple[Choice, ...], value: Value) -> Value:
        return value


KINDS: Final[Mapping[Kind, Reads]] = MappingProxyType(
    {
        Kind.CHOOSE_ONE: _ChooseOne(),
        Kind.CHOOSE_MANY: _ChooseMany(),
        Kind.TEXT: _Text(),
        Kind.NUMBER: _Number(),
        Kind.CONFIRM: _Confirm(),
        Kind.CUSTOM: _Custom(),
    }
)
"""Every kind of question that is answered; a note is only read."""


def _unnamed(found: tuple[str, ...]) -> Refusal:
    """Why typed text names no single choice."""
    return Refusal(Reason.SEVERAL_MEANT if found else Reason.NOT_OFFERED)
