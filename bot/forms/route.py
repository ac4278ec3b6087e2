"""The way through a form that a person's answers lead to.

The engine only sees stops, in order. Here are what a form must offer for that, and the ways of
forms that are declared in Python; `bot.forms.xforms.sitting` has those of surveys.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeAlias

from bot.forms.definition import Choice, Form, Kind, Question
from bot.forms.inputs import Refusal
from bot.forms.interview import Interview
from bot.forms.kinds import KINDS
from bot.forms.values import Answers, Record, Value


class Stop(NamedTuple):
    """A question that is asked on this route.

    Attributes:
        question: what is asked.
        choices: what is offered, in order.
        notes: what there is to read since the question before.
        offered: the answer that the form suggests, until the person gives one; None: none.
    """

    question: Question
    choices: tuple[Choice, ...]
    notes: tuple[Question, ...]
    offered: Value = None


@dataclass(frozen=True, slots=True)
class Route:
    """The questions these answers lead to, and what is left of the answers.

    Attributes:
        stops: the questions, in order; rules that wait for an answer may add more later.
        notes: what there is to read after the last question.
        answers: the facts, then the answers that still stand, in the order of the stops.
        dropped: the questions whose answer is hidden or no longer fits.
        record: the answers to what is asked on this route, without the facts.
        wants_review: whether the person should check the answers before the end.
        given: what the form itself has filled in, by name; nobody has confirmed it.
    """

    stops: tuple[Stop, ...]
    notes: tuple[Question, ...]
    answers: Mapping[str, Value]
    dropped: tuple[Question, ...]
    record: Record
    wants_review: bool
    given: Mapping[str, Value] = field(default_factory=dict)

    def place(self, name: str) -> int | None:
        """Where the question stands among the stops, from 0; None if it is not asked."""
        for place, stop in enumerate(self.stops):
            if stop.question.name == name:
                return place
        return None


class Walking(Protocol):
    """A route being found, with a halt where somebody answers."""

    @property
    def known(self) -> Answers:
        """What a custom question's reader may know."""

    def to(self, name: str) -> Stop | None:
        """Walks until this question is put, before its answer; None if it is not asked.

        After None the walk is over, and only a new one leads to a route.
        """

    def judge(self, stop: Stop, value: Value) -> Refusal | None:
        """Why an answer that its kind has taken cannot stand here; None if it can."""

    def on(self, answers: Mapping[str, Value], passed: tuple[str, ...]) -> Route:
        """Walks to the end with these answers, which differ only from the halt onwards.

        `passed` names the questions that are left unanswered on purpose.
        """


class Layout(Protocol):
    """A form that is not declared in Python, as the engine walks it."""

    @property
    def name(self) -> str:
        """What an interview remembers the form by."""

    @property
    def version(self) -> str:
        """Which version of the form this is."""

    @property
    def names(self) -> frozenset[str]:
        """Every name that an interview may begin with."""

    def walk(self, interview: Interview) -> Walking:
        """A walk that begins with an interview's answers."""


class Walk:
    """A route being found: once through the questions, with a halt where somebody answers.

    Rules see the facts and the answers that stand at earlier questions, nothing else; so a
    dropped answer cannot hold on to another, and one pass settles everything.

    Args:
        form: the form to walk.
        answers: facts and answers, by name.
    """

    def __init__(self, form: Form, answers: Mapping[str, Value]) -> None:
        self._form = form
        self._answers = answers
        self._kept = {name: answers[name] for name in answers if name in form.facts}
        self.known = Answers(self._kept, form.names)
        """The facts and the answers that stand so far: what the next rule may know."""
        self._stops: list[Stop] = []
        self._notes: tuple[Question, ...] = ()
        self._dropped: list[Question] = []
        self._walked = 0
        self._halted: Stop | None = None

    def to(self, name: str) -> Stop | None:
        """Walks until this question is put, before its answer; None if it is not asked.

        After None the walk is over, and only a new one leads to a route.
        """
        for walked, question in enumerate(self._form.questions, 1):
            stop = self._put(question)
            if question.name == name:
                self._walked, self._halted = walked, stop
                return stop
            self._judge(question, stop)
        return None

    def judge(self, stop: Stop, value: Value) -> Refusal | None:
        """Why the question's own constraint does not take the value; None if it does."""
        return _refused(stop.question, value, self.known)

    def on(self, answers: Mapping[str, Value], passed: tuple[str, ...] = ()) -> Route:
        """Walks to the end with these answers, which differ only from the halt onwards."""
        del passed  # nothing of such a form depends on it
        self._answers = answers
        if self._halted is not None:
            self._judge(self._halted.question, self._halted)
        for question in self._form.questions[self._walked :]:
            self._judge(question, self._put(question))
        facts, review = self._form.facts, self._form.review
        return Route(
            stops=tuple(self._stops),
            notes=self._notes,
            answers=self._kept,
            dropped=tuple(self._dropped),
            record={name: value for name, value in self._kept.items() if name not in facts},
            wants_review=len(self._stops) > 1 if review is None else review(self.known),
        )

    def _put(self, question: Question) -> Stop | None:
        """The stop at this question, or None where it is not asked now."""
        if question.relevant is not None and not question.relevant(self.known):
            return None
        if question.kind is Kind.NOTE:
            self._notes = (*self._notes, question)
            return None
        choices = question.choices
        if callable(choices):
            choices = choices(self.known)
        if question.chosen and not choices:
            return None
        stop = Stop(question, choices, self._notes)
        self._stops.append(stop)
        self._notes = ()
        return stop

    def _judge(self, question: Question, stop: Stop | None) -> None:
        """Keeps the answer given to the question if it can stand."""
        given = self._answers.get(question.name)
        if given is None:
            return
        value = None if stop is None else KINDS[question.kind].fit(question, stop.choices, given)
        if value is None or _refused(question, value, self.known) is not None:
            self._dropped.append(question)
        else:
            self._kept[question.name] = value


def _refused(question: Question, value: Value, known: Answers) -> Refusal | None:
    return None if question.constraint is None else question.constraint(value, known)


AnyForm: TypeAlias = Form | Layout
"""Whatever the engine can walk."""


def walk(form: AnyForm, interview: Interview) -> Walking:
    """A walk through a form that begins with an interview's answers."""
    if isinstance(form, Form):
        return Walk(form, interview.answers)
    return form.walk(interview)
