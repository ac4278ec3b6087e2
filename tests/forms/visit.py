"""A form with something of everything: coming to a place."""

from bot.forms.definition import Choice, Form, Kind, Question
from bot.forms.inputs import Refusal
from bot.forms.values import Answers, Value
from tests.forms.talk import Talk

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
NEEDS = (
    Choice("ramp", "A ramp"),
    Choice("bsl", "BSL"),
    Choice("captions", "Captions"),
    Choice("none", "None of these", exclusive=True),
    Choice("silent", "Prefer not to say", exclusive=True),
)


def no_adults(value: Value, answers: Answers) -> Refusal | None:
    adults = answers["adults"]
    assert isinstance(adults, int)
    assert isinstance(value, int)
    return Refusal("more_than_come", {"maximum": adults}) if value > adults else None


VISIT = Form(
    "visit",
    "1",
    (
        Question("welcome", Kind.NOTE, "Welcome."),
        Question("coming", Kind.CONFIRM, "Are you coming?", choices=YES_NO, required=True),
        Question(
            "needs",
            Kind.CHOOSE_MANY,
            "What would help you?",
            choices=NEEDS,
            maximum=2,
            relevant=lambda answers: answers["coming"] is True,
        ),
        Question(
            "adults",
            Kind.NUMBER,
            "How many people?",
            minimum=1,
            maximum=5,
            required=True,
            relevant=lambda answers: answers["coming"] is True,
        ),
        Question(
            "children",
            Kind.NUMBER,
            "How many of them are children?",
            minimum=0,
            constraint=no_adults,
            relevant=lambda answers: answers["adults"] is not None,
        ),
        Question(
            "why_not",
            Kind.TEXT,
            "Why not?",
            maximum=10,
            relevant=lambda answers: answers["coming"] is False,
        ),
        Question("thanks", Kind.NOTE, "Thank you."),
    ),
)


def at_the_review() -> Talk:
    talk = Talk(VISIT)
    talk.picks("yes")
    talk.skips()
    talk.types("3")
    talk.types("2")
    return talk
