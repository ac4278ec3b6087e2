import math
from collections.abc import Callable

import pytest

from bot.forms.definition import OK, Choice, Form, Kind, Question
from bot.forms.inputs import Raw
from bot.forms.values import Answers, Value

A = Choice("a", "A")
YES, NO = Choice("yes", "Yes"), Choice("no", "No")


def as_is(_question: Question, _raw: Raw, _answers: Answers) -> Value:
    return "read"


@pytest.mark.parametrize(
    ("declare", "problem"),
    [
        (lambda: Question("", Kind.TEXT, "?"), "the name must be a word"),
        (lambda: Question("two words", Kind.TEXT, "?"), "the name must be a word"),
        (lambda: Question("@review", Kind.TEXT, "?"), "the name must be a word"),
        (lambda: Question("q", Kind.CHOOSE_ONE, "?"), "there is nothing to choose"),
        (lambda: Question("q", Kind.CHOOSE_MANY, "?"), "there is nothing to choose"),
        (lambda: Question("q", Kind.CHOOSE_ONE, "?", choices=(A, A)), "a key of its own"),
        (lambda: Question("q", Kind.CHOOSE_ONE, "?", choices=(Choice("", "A"),)), "of its own"),
        (lambda: Question("q", Kind.CONFIRM, "?"), "the choices must be yes and no"),
        (lambda: Question("q", Kind.CONFIRM, "?", choices=(YES, A)), "must be yes and no"),
        (lambda: Question("q", Kind.TEXT, "?", choices=(A,)), "it takes no choices"),
        (lambda: Question("q", Kind.NUMBER, "?", choices=lambda _: (A,)), "it takes no choices"),
        (lambda: Question("q", Kind.CUSTOM, "?"), "only custom has a reader"),
        (lambda: Question("q", Kind.TEXT, "?", reader=as_is), "only custom has a reader"),
        (lambda: Question("q", Kind.TEXT, "?", minimum=1), "only a number has a minimum"),
        (lambda: Question("q", Kind.NOTE, "?", maximum=1), "it takes no maximum"),
        (lambda: Question("q", Kind.TEXT, "?", maximum=0), "the maximum is below one"),
        (lambda: Question("q", Kind.NUMBER, "?", minimum=2, maximum=1), "bounds leave nothing"),
        (lambda: Question("q", Kind.NOTE, "?", required=True), "a note is not answered"),
        (lambda: Question("q", Kind.RANK, "?"), "there is nothing to choose"),
        (lambda: Question("q", Kind.RANK, "?", choices=(A,), maximum=1), "it takes no maximum"),
        (lambda: Question("q", Kind.ACKNOWLEDGE, "?"), "the one choice must be OK"),
        (lambda: Question("q", Kind.ACKNOWLEDGE, "?", choices=(A,)), "the one choice must be OK"),
        (lambda: Question("q", Kind.DATE, "?", choices=(A,)), "it takes no choices"),
        (lambda: Question("q", Kind.PLACE, "?", choices=(A,)), "it takes no choices"),
        (lambda: Question("q", Kind.DATE, "?", minimum=1), "only a number has a minimum"),
        (lambda: Question("q", Kind.TIME, "?", maximum=1), "it takes no maximum"),
        (lambda: Question("q", Kind.DECIMAL, "?", maximum=math.nan), "a bound is no number"),
        (lambda: Question("q", Kind.DECIMAL, "?", minimum=-math.inf), "a bound is no number"),
        (lambda: Question("q", Kind.RANGE, "?", minimum=0, maximum=1), "a range has a step"),
        (lambda: Question("q", Kind.NUMBER, "?", step=1), "a range has a step"),
        (
            lambda: Question("q", Kind.RANGE, "?", minimum=0, maximum=1, step=0),
            "the step leads nowhere",
        ),
        (lambda: Question("q", Kind.RANGE, "?", minimum=0, step=1), "a range has two ends"),
        (lambda: Question("q", Kind.RANGE, "?", maximum=0, step=1), "a range has two ends"),
        (lambda: Question("q", Kind.FILE, "?"), "no kind of file"),
        (lambda: Question("q", Kind.FILE, "?", media="smell"), "no kind of file"),
        (lambda: Question("q", Kind.TEXT, "?", media="image"), "only a file has a kind of media"),
    ],
)
def test_a_question_that_contradicts_itself_is_refused(
    declare: Callable[[], Question], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        declare()


def test_names_of_any_script_and_of_xlsforms_are_words() -> None:
    names = ("q1", "_q", "q-1.a", "عمر", "größe")

    assert tuple(Question(name, Kind.TEXT, "?").name for name in names) == names


@pytest.mark.parametrize(
    "declare",
    [
        lambda: Question("q", Kind.NUMBER, "?", minimum=-5, maximum=-1),
        lambda: Question("q", Kind.NUMBER, "?", maximum=0),
        lambda: Question("q", Kind.CONFIRM, "?", choices=(YES, NO)),
        lambda: Question("q", Kind.CHOOSE_ONE, "?", choices=lambda _: (A,)),
        lambda: Question("q", Kind.CUSTOM, "?", choices=(A,), reader=as_is),
        lambda: Question("q", Kind.DECIMAL, "?", minimum=-0.5, maximum=0.5),
        lambda: Question("q", Kind.RANGE, "?", minimum=-1, maximum=1, step=0.1),
        lambda: Question("q", Kind.RANGE, "?", minimum=0, maximum=1, step=1, choices=(A,)),
        lambda: Question("q", Kind.RANK, "?", choices=lambda _: (A,)),
        lambda: Question("q", Kind.ACKNOWLEDGE, "?", choices=(Choice(OK, "I agree"),)),
        lambda: Question("q", Kind.DATE, "?", appearance=frozenset({"month-year"})),
        lambda: Question("q", Kind.FILE, "?", media="image", required_message="We need it."),
    ],
)
def test_a_question_that_makes_sense_is_taken(declare: Callable[[], Question]) -> None:
    assert declare().name == "q"


def test_a_form_that_asks_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="form 'f': it asks nothing"):
        Form("f", "1", ())


@pytest.mark.parametrize(("names", "facts"), [(("a", "b", "a"), ()), (("a",), ("a",))])
def test_two_things_of_one_name_are_refused(names: tuple[str, ...], facts: tuple[str, ...]) -> None:
    questions = tuple(Question(name, Kind.TEXT, "?") for name in names)

    with pytest.raises(ValueError, match="form 'f': two things are called 'a'"):
        Form("f", "1", questions, facts=frozenset(facts))
