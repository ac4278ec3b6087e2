"""What an input led to, as values named in the past tense, for views to find words for.

A step ends with what the person sees now: the question asked, the review, or the end.
"""

from dataclasses import dataclass
from typing import TypeAlias

from bot.forms.definition import Choice, Question
from bot.forms.inputs import Refusal
from bot.forms.interview import Interview
from bot.forms.values import Record, Value


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer was taken."""

    question: Question
    value: Value


@dataclass(frozen=True, slots=True)
class Skipped:
    """The question was left unanswered; an answer it had is gone."""

    question: Question


@dataclass(frozen=True, slots=True)
class Ticked:
    """Ticks changed at a choose_many question, which waits for Done.

    Attributes:
        on: keys that are ticked now and were not.
        off: keys that were ticked and are not now; exclusive choices cause this too.
    """

    question: Question
    on: tuple[str, ...]
    off: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The input changed nothing.

    Attributes:
        question: what was being asked; None at the review.
        why: the reason, with what its words need.
    """

    question: Question | None
    why: Refusal


@dataclass(frozen=True, slots=True)
class WentBack:
    """The person went back from `question`; None: from the review."""

    question: Question | None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Answers no longer fit what was changed, and are gone.

    Attributes:
        questions: whose answers; those that are still asked will be asked again.
    """

    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the person is: "3 of about 9".

    Attributes:
        number: of this question among those asked, from 1.
        about: how many are asked as far as the answers tell; later answers may add some.
    """

    number: int
    about: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question was put, with everything a view needs to show it.

    Attributes:
        question: what is asked.
        choices: what is offered; the person may type their numbers, counted from 1.
        notes: what to read before the question.
        progress: how far the person is.
        answer: the present answer where the person came back to one; None: unanswered.
        ticks: keys ticked now (choose_many).
        can_go_back: whether a question comes before.
        can_skip: whether it may be left unanswered.
        can_keep: whether it was answered or skipped before, so `keep` goes on from it.
        from_review: whether the person is changing one answer; back leads to the review.
    """

    question: Question
    choices: tuple[Choice, ...]
    notes: tuple[Question, ...]
    progress: Progress
    answer: Value = None
    ticks: tuple[str, ...] = ()
    can_go_back: bool = False
    can_skip: bool = False
    can_keep: bool = False
    from_review: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the review.

    Attributes:
        question: what was asked; `engine.change` takes its name.
        choices: what was offered, so that keys can be shown by their labels.
        value: the answer; None where it was skipped.
    """

    question: Question
    choices: tuple[Choice, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """The answers are shown for checking.

    Attributes:
        lines: what was asked so far, in order.
        notes: what to read after the last question.
        complete: whether `finish` ends the interview; otherwise it asks what is still open.
    """

    lines: tuple[Line, ...]
    notes: tuple[Question, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """The interview is over.

    Attributes:
        record: the answers, without what was skipped, hidden, or a fact.
        notes: what to read after the last question; empty where a review has shown them.
    """

    record: Record
    notes: tuple[Question, ...]


Shown: TypeAlias = Asked | ReviewShown | Finished
"""What a step ends with."""

Effect: TypeAlias = Answered | Skipped | Ticked | Refused | WentBack | Dropped
"""What an input did."""

Happened: TypeAlias = Effect | Shown
"""Anything that can happen in a step."""


@dataclass(frozen=True, slots=True)
class Step:
    """An input, taken.

    Attributes:
        interview: to be saved; the very same object as before where nothing changed.
        effects: what the input did, in order.
        shown: what the person sees now.
    """

    interview: Interview
    effects: tuple[Effect, ...]
    shown: Shown

    @property
    def happened(self) -> tuple[Happened, ...]:
        """Everything that happened, in order; the last is what is shown."""
        return (*self.effects, self.shown)
