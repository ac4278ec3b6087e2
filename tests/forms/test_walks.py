"""Random forms, taken by people who answer, mistype, skip, go back and change their mind."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InterviewStale
from bot.forms.definition import OK, Choice, Form, Kind, Question
from bot.forms.happened import Asked, Finished, ReviewShown
from bot.forms.inputs import Done, Located, Picked, Raw, Refusal, Sent, Toggled, Typed
from bot.forms.values import Answers, Record, Value
from tests.forms.talk import Talk

KEYS = ("a", "b", "c", "none")
CHOICES = tuple(Choice(key, key.upper(), exclusive=key == "none") for key in KEYS)
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
FACT = "fact"
ALL_VALUES = ("a", "b", ("a", "c"), ("none",), 0, 4, True, False, "text", None)


@dataclass(frozen=True)
class Depends:
    """A rule: the answer to `on` is among `values`, or is not."""

    on: str
    values: tuple[Value, ...]
    negated: bool

    def __call__(self, answers: Answers) -> bool:
        same = any(type(answers[self.on]) is type(v) and answers[self.on] == v for v in self.values)
        return same != self.negated


@dataclass(frozen=True)
class OfferedBy:
    """The choices without the one that was chosen at `on`."""

    on: str

    def __call__(self, answers: Answers) -> tuple[Choice, ...]:
        return tuple(choice for choice in CHOICES if choice.key != answers[self.on])


def even(value: Value, _answers: Answers) -> Refusal | None:
    assert isinstance(value, int)
    return Refusal("odd") if value % 2 else None


def read_aloud(_question: Question, raw: Raw, _answers: Answers) -> Value | Refusal:
    return {"said": [raw.text]} if isinstance(raw, Typed) else Refusal("say it")


@st.composite
def questions(draw: st.DrawFn, name: str, earlier: tuple[str, ...]) -> Question:
    kind = draw(st.sampled_from(Kind))
    on = st.sampled_from(earlier)
    relevant = draw(
        st.none()
        | st.builds(
            Depends,
            on=on,
            values=st.lists(st.sampled_from(ALL_VALUES), min_size=1, max_size=3).map(tuple),
            negated=st.booleans(),
        )
    )
    choices = draw(st.just(CHOICES) | st.builds(OfferedBy, on=on))
    chosen = kind in {Kind.CHOOSE_ONE, Kind.CHOOSE_MANY, Kind.RANK}
    fixed = {Kind.CONFIRM: YES_NO, Kind.ACKNOWLEDGE: (Choice(OK, "I have read this"),)}
    scale = kind is Kind.RANGE
    return Question(
        name,
        kind,
        "?",
        choices=choices if chosen else fixed.get(kind, ()),
        required=kind is not Kind.NOTE and draw(st.booleans()),
        relevant=relevant,
        constraint=even if kind is Kind.NUMBER and draw(st.booleans()) else None,
        minimum=0 if scale or kind is Kind.NUMBER else None,
        maximum=10 if scale else 2 if kind is Kind.CHOOSE_MANY and draw(st.booleans()) else None,
        reader=read_aloud if kind is Kind.CUSTOM else None,
        step=2 if scale else None,
        media="file" if kind is Kind.FILE else "",
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    made: list[Question] = []
    for place in range(draw(st.integers(1, 8))):
        earlier = (FACT, *(question.name for question in made))
        made.append(draw(questions(f"q{place}", earlier)))
    review = draw(st.none() | st.booleans())
    rule = None if review is None else (lambda _answers: review)
    return Form("random", "1", tuple(made), facts=frozenset({FACT}), review=rule)


anything = (
    st.builds(Picked, st.sampled_from((*KEYS, "yes", "no", "?")))
    | st.builds(Toggled, st.sampled_from((*KEYS, "?")))
    | st.builds(Typed, st.sampled_from(("1", "2", "1, 3", "7", "yes", "a", "", "x" * 3000)))
    | st.builds(Typed, st.text(max_size=5))
    | st.just(Done())
    | st.builds(Located, st.floats(), st.floats())
    | st.builds(Sent, st.sampled_from(["image", "file"]), st.just("f"), size=st.integers(0, 10**8))
)
verbs = st.sampled_from(["skips", "keeps", "goes_back", "reviews", "finishes", "resumes"])
changes = st.builds("q{}".format, st.integers(0, 7))
knowing: st.SearchStrategy[Mapping[str, Value]] = st.dictionaries(
    st.sampled_from([FACT, "q0"]), st.sampled_from(ALL_VALUES)
)


def do(talk: Talk, move: Raw | str) -> None:
    if not isinstance(move, str):
        talk.says(move)
    elif not move.startswith("q"):
        getattr(talk, move)()
    else:
        shown = talk.step.shown
        try:
            talk.changes(move)
        except InterviewStale:
            assert not (
                isinstance(shown, ReviewShown)
                and any(line.question.name == move for line in shown.lines)
            )


TYPED = {
    Kind.DATE: "15/3/20{:02}",
    Kind.TIME: "{:02}:15",
    Kind.DATETIME: "15/3/20{:02} 10:15",
    Kind.ACKNOWLEDGE: "1",
}


def answer_well(talk: Talk, asked: Asked, taste: int) -> None:
    """A fitting answer that depends on the question and the person's taste alone."""
    question = asked.question
    match question.kind:
        case Kind.CHOOSE_ONE:
            talk.picks(asked.choices[taste % len(asked.choices)].key)
        case Kind.CHOOSE_MANY:
            wanted = asked.choices[taste % len(asked.choices)].key
            for key in (*asked.ticks, wanted):
                talk.toggles(key)
            talk.is_done()
        case Kind.CONFIRM:
            talk.picks(("yes", "no")[taste % 2])
        case Kind.RANK:
            places = range(1, len(asked.choices) + 1)
            talk.types(", ".join(str((taste + place) % len(places) + 1) for place in places))
        case Kind.PLACE:
            talk.says(Located(51 + taste / 10, -0.1))
        case Kind.FILE:
            talk.says(Sent("image", f"file {taste}"))
        case _:
            talk.types(TYPED.get(question.kind, "{}").format(taste * 2))


def come_to_the_end(talk: Talk, tastes: Mapping[str, int]) -> Record:
    """Answers everything that is asked, well."""
    for _ in range(3 * len(talk.form.questions) + 3):
        shown = talk.step.shown
        match shown:
            case Finished(record):
                return record
            case ReviewShown():
                talk.finishes()
            case Asked():
                answer_well(talk, shown, tastes.get(shown.question.name, 0))
    pytest.fail("a dead end")


def visible(form: Form, record: Record, fact: Mapping[str, Value]) -> list[str]:
    """Which questions a person with this record meets, found in the plainest way."""
    known = {**fact}
    names = []
    for question in form.questions:
        answers = Answers(known, form.names)
        shown = question.relevant is None or question.relevant(answers)
        offered = question.choices(answers) if callable(question.choices) else question.choices
        if shown and question.kind is not Kind.NOTE and (offered or not question.chosen):
            names.append(question.name)
            if question.name in record:
                known[question.name] = record[question.name]
    return names


@given(
    form=forms(),
    known=knowing,
    moves=st.lists(anything | verbs | changes, max_size=30),
    tastes=st.dictionaries(changes, st.integers(0, 5)),
)
def test_every_walk_can_come_to_its_end_with_what_was_asked_and_nothing_else(
    form: Form, known: Mapping[str, Value], moves: list[Raw | str], tastes: Mapping[str, int]
) -> None:
    prefill = {name: value for name, value in known.items() if name in form.names}
    talk = Talk(form, prefill)
    for move in moves:
        if isinstance(talk.step.shown, Finished):
            break
        do(talk, move)
    record = come_to_the_end(talk, tastes)

    asked = visible(form, record, {FACT: prefill.get(FACT)})
    required = {question.name for question in form.questions if question.required}
    assert [name for name in asked if name in record] == list(record)
    assert [name for name in asked if name in required and name not in record] == []
    assert [
        name for name in asked if name not in record and name not in talk.interview.passed
    ] == []


@given(
    form=forms(),
    tastes=st.dictionaries(changes, st.integers(0, 5)),
    detours=st.lists(st.sampled_from(["on", "goes_back", "reviews", "resumes", "keeps", "change"])),
)
def test_going_back_and_forth_ends_in_the_same_record(
    form: Form, tastes: Mapping[str, int], detours: list[str]
) -> None:
    straight = come_to_the_end(Talk(form), tastes)
    talk = Talk(form)
    for detour in detours:
        shown = talk.step.shown
        if isinstance(shown, Finished):
            break
        if detour == "change" and isinstance(shown, ReviewShown) and shown.lines:
            talk.changes(shown.lines[0].question.name)
        elif detour == "on" and isinstance(shown, Asked):
            answer_well(talk, shown, tastes.get(shown.question.name, 0))
        elif detour not in {"change", "on"}:
            getattr(talk, detour)()

    assert come_to_the_end(talk, tastes) == straight


@given(form=forms(), tastes=st.dictionaries(changes, st.integers(0, 5)))
def test_progress_counts_up_to_the_number_of_questions_met(
    form: Form, tastes: Mapping[str, int]
) -> None:
    talk = Talk(form)
    numbers: list[int] = []
    while isinstance(talk.step.shown, Asked):
        assert talk.asked.progress.number <= talk.asked.progress.about
        numbers.append(talk.asked.progress.number)
        answer_well(talk, talk.asked, tastes.get(talk.asked.question.name, 0))

    assert numbers == list(range(1, len(numbers) + 1))
    assert len(come_to_the_end(talk, tastes)) == len(numbers)
