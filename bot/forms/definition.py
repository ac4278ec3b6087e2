"""Forms as data: questions, their choices, and the rules between them.

A form is frozen and shared by everybody who takes it. Rules are functions of the earlier answers;
a form declared in Python hands in a lambda. They must depend on nothing else: the same answers
must always lead to the same questions, today and after a restart. They are asked from the
beginning, to tell how many questions are left, so they must bear answers that are still None.

Labels and hints are text keys. Nothing here shows them to anybody; a view translates them.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from bot.forms.inputs import Raw, Refusal
from bot.forms.values import Answers, Value

TEXT_LIMIT = 2000  # characters of a typed answer where a question sets no maximum
YES, NO = "yes", "no"  # the two choices of a confirm question
OK = "OK"  # the one choice of an acknowledge question, and its answer
MEDIA = frozenset({"image", "audio", "video", "file"})  # what a file question may ask for
ROUGHLY: Final = 1_000
"""Metres to which a place is kept where nothing more is asked for."""
NEARLY: Final = 100
"""Metres to which a place is kept at best: nobody's home is to be found by it."""
_NAME = re.compile(r"[^\W\d][\w.-]*")  # a letter or "_" first: what XML lets a name be

Rule: TypeAlias = Callable[[Answers], bool]
"""Decides from the earlier answers."""

Constraint: TypeAlias = Callable[[Value, Answers], Refusal | None]
"""Judges an answer, given the earlier ones: None takes it."""


class Kind(StrEnum):
    """How a question is answered; `bot.forms.kinds` reads each."""

    CHOOSE_ONE = "choose_one"
    CHOOSE_MANY = "choose_many"
    TEXT = "text"
    NUMBER = "number"
    CONFIRM = "confirm"
    NOTE = "note"
    CUSTOM = "custom"
    DECIMAL = "decimal"
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    RANK = "rank"
    ACKNOWLEDGE = "acknowledge"
    PLACE = "place"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose.

    Attributes:
        key: what is kept in the answer, and what a button carries.
        label: text key.
        exclusive: of choose_many: it stands alone ("none of these", "prefer not to say"), so
            ticking it unticks the others, and they untick it.
        shows: what is shown or played with it: "image", "audio" or "video" -> name of a file.
    """

    key: str
    label: str
    exclusive: bool = False
    shows: Mapping[str, str] = field(default_factory=dict, hash=False)


_CHOSEN = frozenset({Kind.CHOOSE_ONE, Kind.CHOOSE_MANY, Kind.RANK})
_WITH_CHOICES = _CHOSEN | {Kind.CONFIRM, Kind.ACKNOWLEDGE, Kind.RANGE, Kind.CUSTOM}
_BOUNDED = frozenset({Kind.NUMBER, Kind.DECIMAL, Kind.RANGE})
_COUNTED = frozenset({Kind.TEXT, Kind.CHOOSE_MANY})

Choices: TypeAlias = tuple[Choice, ...] | Callable[[Answers], tuple[Choice, ...]]
"""The choices, or how they follow from the earlier answers."""


class Reader(Protocol):
    """Reads the answers to one custom question, such as a place in the person's own words."""

    def __call__(self, question: "Question", raw: Raw, answers: Answers, /) -> Value | Refusal:
        """The answer as a value (not None), or why it is not taken.

        Typed text arrives composed, trimmed and without control characters. Must depend on
        nothing but its arguments and data that stays the same while the program runs.
        """


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form, or a note: something to read that is shown with what follows it.

    Attributes:
        name: unique in the form; the answer's name in the record.
        kind: how it is answered. The value kept is

            - choose_one: the choice's key;
            - choose_many: a tuple of keys in the order of the choices;
            - rank: a tuple of all keys, what the person puts first first;
            - confirm: bool; acknowledge: OK;
            - text: str; number: int; decimal and range: int, or float where there is a fraction;
            - date: "2026-03-29"; time: "14:05";
              datetime: "2026-03-29T14:05:00.000+01:00", with the offset of the person's zone;
            - place: "latitude longitude altitude accuracy" as OpenRosa writes a geopoint, degrees
              and metres, 0 where unknown: "51.5074 -0.1278 0 12";
            - file: {"file_id": …, "name": …, "mime": …}, texts; "" where unknown;
            - custom: what the reader returns.
        label: text key of what is asked.
        hint: text key of what helps to answer, or "".
        choices: of choose_one, choose_many and rank; of confirm exactly YES and NO; of acknowledge
            exactly OK; of range the steps as buttons, or none; of custom any. A question that
            must be chosen from, and has no choices now, is not asked.
        required: whether it cannot be skipped.
        relevant: whether it is asked; None means always.
        constraint: judges an answer that its kind has taken.
        minimum: of number, decimal and range: the least; None means no bound.
        maximum: of number, decimal and range: the most; of text: the most characters; of
            choose_many: the most ticks. None means no bound, for text TEXT_LIMIT.
        reader: of custom: reads the answer.
        step: of range: how far apart the numbers are that may be answered, from the minimum on.
        appearance: how the form's author wants it shown, in ODK's words. Of date, "year" makes a
            year enough, and "month-year" a month; kept is the first day.
        media: of file: what is asked for, one of MEDIA; "file" takes any.
        required_message: text key of what to say when a required question is skipped, or "".
        within: of place: to how many metres it is kept, ROUGHLY or NEARLY; None means as given.
    """

    name: str
    kind: Kind
    label: str
    hint: str = ""
    choices: Choices = ()
    required: bool = False
    relevant: Rule | None = None
    constraint: Constraint | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    reader: Reader | None = None
    step: int | float | None = None
    appearance: frozenset[str] = frozenset()
    media: str = ""
    required_message: str = ""
    within: int | None = None

    def __post_init__(self) -> None:
        problem = _problem(self)
        if problem:
            raise ValueError(f"question {self.name!r}: {problem}")

    @property
    def chosen(self) -> bool:
        """Whether it can only be answered by choosing."""
        return self.kind in _CHOSEN


@dataclass(frozen=True, slots=True)
class Form:
    """Questions in the order in which they are asked.

    Attributes:
        name: what an interview remembers the form by.
        version: changes whenever a saved interview could read the questions differently.
        questions: at least one; their names are unique.
        facts: names of what the caller knows at the beginning and rules may read, such as
            "knows_needs"; nobody is asked for them and the record does not hold them.
        review: whether the person checks their answers before the end, decided when all are
            given; None means: if there was more than one question.
        names: every name that rules may read: of the questions and the facts.

    Raises:
        ValueError: the form or a question contradicts itself; the message names the question.
    """

    name: str
    version: str
    questions: tuple[Question, ...]
    facts: frozenset[str] = frozenset()
    review: Rule | None = None
    names: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = [question.name for question in self.questions]
        if not names:
            raise ValueError(f"form {self.name!r}: it asks nothing")
        for name in sorted({*names, *self.facts}):
            if names.count(name) + (name in self.facts) > 1:
                raise ValueError(f"form {self.name!r}: two things are called {name!r}")
        object.__setattr__(self, "names", self.facts.union(names))


def _problem(question: Question) -> str:
    """What contradicts itself in a question, or ""."""
    kind, choices = question.kind, question.choices
    keys = () if callable(choices) else tuple(choice.key for choice in choices)
    low, high, step = question.minimum, question.maximum, question.step
    bounds = tuple(bound for bound in (low, high, step) if bound is not None)
    rules = (
        (not _NAME.fullmatch(question.name), "the name must be a word"),
        (len(set(keys)) < len(keys) or "" in keys, "every choice needs a key of its own"),
        (question.chosen and choices == (), "there is nothing to choose"),
        (kind is Kind.CONFIRM and keys != (YES, NO), "the choices must be yes and no, so called"),
        (kind is Kind.ACKNOWLEDGE and keys != (OK,), "the one choice must be OK, so called"),
        (kind not in _WITH_CHOICES and choices != (), "it takes no choices"),
        ((kind is Kind.CUSTOM) != (question.reader is not None), "only custom has a reader"),
        (low is not None and kind not in _BOUNDED, "only a number has a minimum"),
        (high is not None and kind not in _BOUNDED | _COUNTED, "it takes no maximum"),
        (high is not None and kind in _COUNTED and high < 1, "the maximum is below one"),
        (not all(map(math.isfinite, bounds)), "a bound is no number"),
        (low is not None and high is not None and low > high, "the bounds leave nothing"),
        ((kind is Kind.RANGE) != (step is not None), "a range has a step, and nothing else has"),
        (step is not None and step <= 0, "the step leads nowhere"),
        (kind is Kind.RANGE and (low is None or high is None), "a range has two ends"),
        (kind is Kind.FILE and question.media not in MEDIA, "it asks for no kind of file"),
        (kind is not Kind.FILE and question.media != "", "only a file has a kind of media"),
        (
            kind is Kind.NOTE and (question.required or question.constraint is not None),
            "a note is not answered",
        ),
    )
    return next((words for wrong, words in rules if wrong), "")
