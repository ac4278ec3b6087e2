import pytest

from bot.forms.definition import Form, Kind, Question
from bot.forms.happened import Asked, Line, Progress, ReviewShown
from tests.forms.talk import Talk
from tests.forms.visit import NEEDS, VISIT, YES_NO, at_the_review


def test_a_change_drops_the_answers_it_hides_and_asks_what_it_brings() -> None:
    talk = at_the_review()

    assert talk.changes("coming") == ["asked welcome, coming 1/4"]
    assert talk.picks("no") == [
        "answered coming=False",
        "dropped adults children",
        "asked why_not 2/2",
    ]
    assert talk.types("I am away") == [
        "answered why_not=I am away",
        "review coming=False why_not=I am away thanks",
    ]
    assert talk.finishes() == ["finished coming=False why_not=I am away"]


def test_a_question_that_was_hidden_and_comes_back_is_asked_anew_even_if_skipped_before() -> None:
    talk = at_the_review()
    talk.changes("coming")
    talk.picks("no")
    talk.goes_back()

    assert talk.picks("yes") == ["answered coming=True", "asked needs 2/3"]


def test_a_change_drops_an_answer_that_breaks_its_constraint_now_and_asks_it_again() -> None:
    talk = at_the_review()
    talk.changes("adults")

    assert talk.types("1") == ["answered adults=1", "dropped children", "asked children 4/4"]


def test_a_change_that_fits_leads_straight_back_to_the_review() -> None:
    talk = at_the_review()
    talk.changes("adults")

    assert talk.types("4") == [
        "answered adults=4",
        "review coming=True needs=None adults=4 children=2 thanks",
    ]


@pytest.mark.parametrize("verb", ["goes_back", "keeps"])
def test_a_change_can_be_left_without_changing_anything(verb: str) -> None:
    talk = at_the_review()
    review = talk.opens()[-1]
    talk.changes("adults")

    assert getattr(talk, verb)()[-1] == review


def test_a_skipped_question_can_be_answered_from_the_review() -> None:
    talk = at_the_review()

    assert talk.changes("needs") == ["asked needs 2/4"]
    assert talk.types("captions") == ["ticked needs +captions", "asked needs 2/4"]
    assert talk.is_done() == [
        "answered needs=('captions',)",
        "review coming=True needs=('captions',) adults=3 children=2 thanks",
    ]


def test_going_back_keeps_the_answers_and_keep_returns_to_where_one_was() -> None:
    talk = Talk(VISIT)
    talk.picks("yes")
    talk.toggles("bsl")
    talk.is_done()

    assert talk.goes_back() == ["went back from adults", "asked needs 2/3"]
    assert talk.asked.answer == talk.asked.ticks == ("bsl",)
    assert talk.goes_back() == ["went back from needs", "asked welcome, coming 1/3"]
    assert talk.goes_back() == ["refused coming: nothing_before", "asked welcome, coming 1/3"]
    assert talk.keeps() == ["asked adults 3/3"]
    assert talk.keeps() == ["refused adults: unanswered", "asked adults 3/3"]


def test_a_skipped_question_can_be_kept_skipped() -> None:
    talk = Talk(VISIT)
    talk.picks("yes")
    talk.skips()
    talk.goes_back()

    assert talk.asked.can_keep
    assert talk.keeps() == ["asked adults 3/3"]


def test_skip_is_refused_where_an_answer_is_required() -> None:
    talk = Talk(VISIT)

    assert talk.skips() == ["refused coming: required", "asked welcome, coming 1/1"]


def test_skipping_an_answered_question_takes_its_answer_and_what_hangs_on_it_away() -> None:
    form = Form(
        "f",
        "1",
        (
            Question("pet", Kind.TEXT, "A pet?"),
            Question("name", Kind.TEXT, "Its name?", relevant=lambda a: a["pet"] is not None),
            Question("end", Kind.TEXT, "Anything else?"),
        ),
    )
    talk = Talk(form)
    talk.types("a cat")
    talk.types("Misha")
    talk.goes_back()
    talk.goes_back()

    assert talk.skips() == ["skipped pet", "dropped name", "asked end 2/2"]


def test_done_without_ticks_is_a_skip() -> None:
    talk = Talk(VISIT)
    talk.picks("yes")

    assert talk.is_done() == ["skipped needs", "asked adults 3/3"]


def test_taking_all_ticks_away_leaves_an_answered_question_unanswered() -> None:
    talk = Talk(VISIT)
    talk.picks("yes")
    talk.toggles("bsl")
    talk.is_done()
    talk.goes_back()
    talk.toggles("bsl")

    assert talk.is_done() == ["skipped needs", "asked adults 3/3"]
    assert talk.interview.answers == {"coming": True}


def test_a_review_in_the_middle_leads_back_to_the_open_question() -> None:
    talk = Talk(VISIT)
    talk.picks("yes")
    talk.toggles("none")
    talk.is_done()

    assert talk.reviews() == ["review coming=True needs=('none',) thanks …"]
    assert talk.goes_back() == ["went back from review", "asked adults 3/3"]
    talk.reviews()
    assert talk.finishes() == ["asked adults 3/3"]


def test_back_from_a_review_skips_no_question_that_is_still_open() -> None:
    names = ("first", "second", "third")
    talk = Talk(Form("f", "1", tuple(Question(name, Kind.TEXT, "?") for name in names)))
    talk.types("x")
    talk.reviews()

    assert talk.goes_back() == ["went back from review", "asked second 2/3"]


def test_back_from_a_full_review_leads_to_the_last_question() -> None:
    talk = at_the_review()

    assert talk.goes_back() == ["went back from review", "asked children 4/4"]


def test_what_is_no_answer_to_the_review_shows_it_again() -> None:
    talk = at_the_review()
    review = talk.opens()[-1]

    assert talk.types("hello") == ["refused review: not_an_answer", review]
    assert talk.skips() == ["refused review: not_an_answer", review]
    assert talk.keeps() == ["refused review: unanswered", review]
    assert talk.reviews() == [review]
    assert talk.resumes() == [review]


def test_finish_asks_what_is_open_and_leaves_the_ticks_alone() -> None:
    talk = Talk(VISIT)
    talk.picks("yes")
    talk.toggles("bsl")
    before = talk.interview

    assert talk.finishes() == ["asked needs 2/3"]
    assert talk.interview == before


def test_everything_a_view_needs_comes_with_the_question() -> None:
    talk = Talk(VISIT)
    talk.picks("yes")
    talk.toggles("bsl")
    needs = VISIT.questions[2]

    assert talk.step.shown == Asked(
        question=needs,
        choices=NEEDS,
        notes=(),
        progress=Progress(2, 3),
        ticks=("bsl",),
        can_go_back=True,
        can_skip=True,
    )


def test_everything_a_view_needs_comes_with_the_review_and_with_a_change() -> None:
    talk = Talk(VISIT)
    talk.picks("yes")
    talk.toggles("bsl")
    talk.is_done()
    welcome, coming, needs = VISIT.questions[:3]

    talk.reviews()
    assert talk.step.shown == ReviewShown(
        (Line(coming, YES_NO, value=True), Line(needs, NEEDS, ("bsl",))),
        (VISIT.questions[-1],),
        complete=False,
    )
    talk.changes("coming")
    assert talk.asked == Asked(
        question=coming,
        choices=YES_NO,
        notes=(welcome,),
        progress=Progress(1, 3),
        answer=True,
        can_go_back=True,
        can_keep=True,
        from_review=True,
    )
