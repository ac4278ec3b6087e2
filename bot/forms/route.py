"""The way through a form that a person's answers lead to.

Everything that knows how a form is laid out is here: the engine only sees stops, in order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.forms.definition import Choice, Form, Kind, Question
from bot.forms.inputs import Refusal
from bot.forms.kinds import KINDS
from bot.forms.values import Answers, Record, Value


class Stop(NamedTuple):
    """A question that is asked on this route.

    Attributes:
        question: what is asked.
        choices: what is offered, in order.
        notes: what there is to read since the question before.
    """

    question: Question
    choices: tuple[Choice, ...]
    notes: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """The questions these answers lead to, and what is left of the answers.

    Attributes:
        form: the form walked.
        stops: the questions, in order; rules that wait for an answer may add more later.
        notes: what there is to read after the last question.
        answers: the facts, then the answers that still stand, in the order of the stops.
        dropped: the questions whose answer is hidden or no longer fits.
    """

    form: Form
    stops: tuple[Stop, ...]
    notes: tuple[Question, ...]
    answers: Mapping[str, Value]
    dropped: tuple[Question, ...]

    def place(self, name: str) -> int | None:
        """Where the question stands among the stops, from 0; None if it is not asked."""
        for place, stop in enumerate(self.stops):
            if stop.question.name == name:
                return place
        return None

    @property
    def record(self) -> Record:
        """The answers to what is asked on this route, without the facts."""
        facts = self.form.facts
        return {name: value for name, value in self.answers.items() if name not in facts}

    @property
    def wants_review(self) -> bool:
        """Whether the person should check the answers before the end."""
        if self.form.review is None:
            return len(self.stops) > 1
        return self.form.review(Answers(self.answers, self.form.names))


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

    def on(self, answers: Mapping[str, Value]) -> Route:
        """Walks to the end with these answers, which differ only from the halt onwards."""
        self._answers = answers
        if self._halted is not None:
            self._judge(self._halted.question, self._halted)
        for question in self._form.questions[self._walked :]:
            self._judge(question, self._put(question))
        return Route(self._form, tuple(self._stops), self._notes, self._kept, tuple(self._dropped))

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
        if value is None or refused(question, value, self.known) is not None:
            self._dropped.append(question)
        else:
            self._kept[question.name] = value


def trace(form: Form, answers: Mapping[str, Value]) -> Route:
    """The route through `form` that these answers (and facts, by name) lead to."""
    return Walk(form, answers).on(answers)


def refused(question: Question, value: Value, known: Answers) -> Refusal | None:
    """Why the question's own constraint does not take the value; None if it does."""
    return None if question.constraint is None else question.constraint(value, known)
