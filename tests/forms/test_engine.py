from dataclasses import replace

import pytest

from bot.errors import InterviewStale
from bot.forms import engine
from bot.forms.definition import Choice, Form, Kind, Question
from bot.forms.happened import Asked, Finished, Line, Progress, ReviewShown
from bot.forms.inputs import Done, Picked, Raw, Refusal, Toggled, Typed
from bot.forms.interview import OVER, Interview
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


def at_the_review() -> Talk:
    talk = Talk(VISIT)
    talk.picks("yes")
    talk.skips()
    talk.types("3")
    talk.types("2")
    return talk


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


def test_resume_shows_the_question_with_the_ticks_so_far_and_changes_nothing() -> None:
    talk = Talk(VISIT)
    talk.picks("yes")
    talk.toggles("bsl")

    assert talk.resumes() == ["asked needs 2/3"]
    assert talk.asked.ticks == ("bsl",)


def test_one_question_needs_no_review() -> None:
    form = Form("f", "1", (Question("name", Kind.TEXT, "Name?"), Question("bye", Kind.NOTE, "Bye")))
    talk = Talk(form)

    assert talk.types("Ana") == ["answered name=Ana", "finished name=Ana bye"]
    assert talk.interview.at == OVER
    assert talk.resumes() == ["finished name=Ana bye"]


@pytest.mark.parametrize(("kind", "ends"), [("short", "finished"), ("long", "review")])
def test_a_rule_of_the_form_decides_whether_the_answers_are_reviewed(kind: str, ends: str) -> None:
    questions = (Question("kind", Kind.TEXT, "Kind?"), Question("more", Kind.TEXT, "More?"))
    talk = Talk(Form("f", "1", questions, review=lambda answers: answers["kind"] == "long"))
    talk.types(kind)

    assert talk.types("x") == ["answered more=x", f"{ends} kind={kind} more=x"]


def test_a_review_of_nothing_can_be_finished_and_has_nothing_before_it() -> None:
    only = Question("why", Kind.TEXT, "Why?", relevant=lambda _: False)
    talk = Talk(Form("f", "1", (only,), review=lambda _: True))

    assert talk.opens() == ["review"]
    assert talk.goes_back() == ["refused review: nothing_before", "review"]
    assert talk.finishes() == ["finished"]


def test_what_is_known_is_not_asked_but_can_be_changed() -> None:
    talk = Talk(VISIT, {"coming": True, "needs": ["bsl", "ramp"], "adults": 2, "children": None})

    assert talk.opens() == ["asked children 4/4"]
    assert talk.types("0") == [
        "answered children=0",
        "review coming=True needs=('ramp', 'bsl') adults=2 children=0 thanks",
    ]
    assert talk.changes("needs") == ["asked needs 2/4"]


@pytest.mark.parametrize(
    "known",
    [{"adults": 9}, {"adults": "2"}, {"adults": True}, {"needs": ["stairs"]}, {"needs": "bsl"}],
)
def test_what_is_known_but_does_not_fit_is_asked(known: dict[str, Value]) -> None:
    talk = Talk(VISIT, {"coming": True, **known})

    assert talk.opens() == ["asked needs 2/3"]
    assert talk.interview.answers == {"coming": True}


def test_everything_known_leads_to_the_review_at_once() -> None:
    talk = Talk(VISIT, {"coming": False, "why_not": "ill"})

    assert talk.opens() == ["review coming=False why_not=ill thanks"]


def test_facts_are_read_by_rules_and_kept_out_of_the_record() -> None:
    form = Form(
        "f",
        "1",
        (
            Question(
                "still", Kind.CONFIRM, "Still so?", choices=YES_NO, relevant=lambda a: "old" in a
            ),
            Question("needs", Kind.TEXT, "What?", relevant=lambda a: a["still"] is not True),
        ),
        facts=frozenset({"old"}),
    )

    assert Talk(form).opens() == ["asked needs 1/1"]
    assert Talk(form, {"old": None}).opens() == ["asked needs 1/1"]
    talk = Talk(form, {"old": ("bsl",)})
    assert talk.opens() == ["asked still 1/2"]
    assert talk.picks("yes") == ["answered still=True", "finished still=True"]
    assert talk.interview.answers == {"old": ("bsl",), "still": True}


def test_a_name_the_form_does_not_have_cannot_be_known() -> None:
    with pytest.raises(ValueError, match="'visit' does not know age, colour"):
        engine.begin(VISIT, {"coming": True, "colour": "red", "age": 3})


def test_the_count_of_revisions_can_go_on_from_an_older_interview() -> None:
    first = engine.begin(VISIT, revision=41).interview

    assert first.revision == 41
    assert engine.answer(VISIT, first, Picked("yes")).interview.revision == 42


def test_choices_follow_from_earlier_answers_and_an_answer_no_longer_offered_is_dropped() -> None:
    towns = {"uk": ("Leeds", "York"), "fr": ("Lyon",)}

    def of_country(answers: Answers) -> tuple[Choice, ...]:
        return tuple(Choice(town, town) for town in towns.get(str(answers["country"]), ()))

    form = Form(
        "f",
        "1",
        (
            Question("country", Kind.TEXT, "Country?"),
            Question("town", Kind.CHOOSE_ONE, "Town?", choices=of_country),
        ),
    )
    talk = Talk(form)

    assert talk.types("uk") == ["answered country=uk", "asked town 2/2"]
    assert talk.types("2") == ["answered town=York", "review country=uk town=York"]
    talk.changes("country")
    assert talk.types("fr") == ["answered country=fr", "dropped town", "asked town 2/2"]
    assert talk.picks("York") == ["refused town: not_offered", "asked town 2/2"]
    assert talk.picks("Lyon") == ["answered town=Lyon", "review country=fr town=Lyon"]
    talk.changes("country")
    assert talk.types("sea") == [
        "answered country=sea",
        "dropped town",
        "finished country=sea",
    ]


def place(_question: Question, raw: Raw, answers: Answers) -> Value | Refusal:
    match raw:
        case Picked(choice):
            return choice
        case Typed(text):
            if text == str(answers["city"]):
                return {"outcode": "NW10", "near": ["brent", "ealing"]}
            return Refusal("unknown_place", {"nearest": "Brent"})
        case Toggled() | Done():
            return Refusal("say_a_place")


PLACES = Form(
    "places",
    "1",
    (
        Question("city", Kind.TEXT, "City?"),
        Question(
            "place", Kind.CUSTOM, "Place?", choices=(Choice("unsure", "Not sure"),), reader=place
        ),
    ),
)


def test_a_room_reads_a_custom_question_in_its_own_way() -> None:
    talk = Talk(PLACES)
    talk.types("London")

    assert talk.types("Kent") == ["refused place: unknown_place nearest=Brent", "asked place 2/2"]
    assert talk.is_done() == ["refused place: say_a_place", "asked place 2/2"]
    assert talk.types("  \n") == ["refused place: empty", "asked place 2/2"]
    assert talk.picks("else") == ["refused place: not_offered", "asked place 2/2"]
    assert talk.picks("unsure")[0] == "answered place=unsure"
    talk.changes("place")
    talk.types(" London\x00 ")
    talk.finishes()
    assert talk.record == {
        "city": "London",
        "place": {"outcode": "NW10", "near": ("brent", "ealing")},
    }


def test_a_reader_that_reads_nothing_is_an_error_of_the_program() -> None:
    question = Question("q", Kind.CUSTOM, "?", reader=lambda _question, _raw, _answers: None)
    form = Form("f", "1", (question,))

    with pytest.raises(TypeError, match="'q': its reader read nothing"):
        engine.answer(form, engine.begin(form).interview, Typed("x"))


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
