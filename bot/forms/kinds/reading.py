"""What it means to read an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from bot.forms.definition import Choice, Question
from bot.forms.inputs import Raw, Reason, Refusal
from bot.forms.values import Answers, Value


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put to a person now.

    Attributes:
        question: what is asked.
        choices: what is offered.
        answers: what rules may know.
        ticks: the keys ticked so far.
        judge: why the form's rules refuse a value, None if they take it; asked only to find the
            year of a date that was typed without one. Without it no rule helps with that.
    """

    question: Question
    choices: tuple[Choice, ...]
    answers: Answers
    ticks: tuple[str, ...] = ()
    judge: Callable[[Value], Refusal | None] | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """The answer, read."""

    value: Value


@dataclass(frozen=True, slots=True)
class Marked:
    """No answer yet, but other ticks than before.

    Attributes:
        ticks: in the order of the choices; of rank, in the person's.
    """

    ticks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """The person wants to give no answer."""


Reading: TypeAlias = Read | Marked | Blank | Refusal

NOT_AN_ANSWER: Final = Refusal(Reason.NOT_AN_ANSWER)


class Reads(Protocol):
    """Reads answers to one kind of question."""

    def read(self, put: Put, raw: Raw) -> Reading:
        """What the person's words or taps mean as an answer."""

    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        """`value` as this question would keep it now; None where it could not be its answer."""
