from dataclasses import replace

import pytest

from bot.errors import InterviewStale
from bot.forms import engine
from bot.forms.definition import Form, Kind, Question
from bot.forms.happened import Asked, Finished
from bot.forms.inputs import Picked, Typed
from bot.forms.interview import Interview
from tests.forms.talk import Talk
from tests.forms.visit import VISIT, at_the_review


def test_a_conversation_from_the_welcome_to_the_record() -> None:
    talk = Talk(VISIT)

    assert talk.opens() == ["asked welcome, coming 1/1"]
    assert talk.types("yes") == ["answered coming=True", "asked needs 2/3"]
    assert talk.toggles("bsl") == ["ticked needs +bsl", "asked needs 2/3"]
    assert talk.toggles("ramp") == ["ticked needs +ramp", "asked needs 2/3"]
    assert talk.is_done() == ["answered needs=('ramp', 'bsl')", "asked adults 3/3"]
    assert talk.types("two") == ["refused adults: not_a_number", "asked adults 3/3"]
    assert talk.types("٢") == ["answered adults=2", "asked children 4/4"]
    assert talk.types("3") == ["refused children: more_than_come maximum=2", "asked children 4/4"]
    assert talk.types("1") == [
        "answered children=1",
        "review coming=True needs=('ramp', 'bsl') adults=2 children=1 thanks",
    ]
    assert talk.finishes() == ["finished coming=True needs=('ramp', 'bsl') adults=2 children=1"]
    assert talk.record == {"coming": True, "needs": ("ramp", "bsl"), "adults": 2, "children": 1}


def test_resume_shows_the_question_with_the_ticks_so_far_and_changes_nothing() -> None:
    talk = Talk(VISIT)
    talk.picks("yes")
    talk.toggles("bsl")

    assert talk.resumes() == ["asked needs 2/3"]
    assert talk.asked.ticks == ("bsl",)


def test_an_interview_that_is_over_takes_nothing_more() -> None:
    talk = at_the_review()
    talk.finishes()
    over = talk.interview

    for verb in (engine.skip, engine.keep, engine.back, engine.review, engine.finish):
        with pytest.raises(InterviewStale):
            verb(VISIT, over)
    with pytest.raises(InterviewStale):
        engine.answer(VISIT, over, Typed("1"))
    with pytest.raises(InterviewStale):
        engine.change(VISIT, over, "coming")


@pytest.mark.parametrize("name", ["why_not", "adults", "children", "welcome", "nothing", ""])
def test_only_what_was_answered_or_skipped_can_be_changed(name: str) -> None:
    talk = Talk(VISIT)
    talk.picks("yes")

    with pytest.raises(InterviewStale):
        talk.changes(name)


def test_an_interview_of_another_form_or_version_is_not_walked() -> None:
    interview = engine.begin(VISIT).interview

    for other in (replace(VISIT, name="other"), replace(VISIT, version="2")):
        with pytest.raises(ValueError, match="interview of 'visit' '1' cannot go on"):
            engine.answer(other, interview, Picked("yes"))
        with pytest.raises(ValueError, match="interview of 'visit' '1' cannot go on"):
            engine.resume(other, interview)


def test_a_question_that_a_release_took_away_is_stale_and_resume_goes_on_from_there() -> None:
    lost = Interview("visit", "1", at="gone", answers={"coming": True, "gone": 1}, revision=7)

    with pytest.raises(InterviewStale):
        engine.answer(VISIT, lost, Typed("1"))
    step = engine.resume(VISIT, lost)
    assert isinstance(step.shown, Asked)
    assert step.shown.question.name == "needs"
    assert step.interview == Interview(
        "visit", "1", at="needs", answers={"coming": True}, revision=8
    )


def test_a_form_that_asks_this_person_nothing_ends_at_once() -> None:
    form = Form("f", "1", (Question("hello", Kind.NOTE, "Hello."),))
    step = engine.begin(form)

    assert step.shown == Finished({}, form.questions)
