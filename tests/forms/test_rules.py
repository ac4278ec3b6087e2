import pytest

from bot.forms import engine
from bot.forms.definition import Choice, Form, Kind, Question
from bot.forms.inputs import Done, Picked, Raw, Refusal, Toggled, Typed
from bot.forms.interview import OVER
from bot.forms.values import Answers, Value
from tests.forms.talk import Talk
from tests.forms.visit import VISIT, YES_NO


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
