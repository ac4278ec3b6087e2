import pytest

from bot.forms.definition import TEXT_LIMIT, Choice, Form, Kind, Question
from bot.forms.inputs import Done, Located, Picked, Raw, Sent, Toggled, Typed
from bot.forms.kinds import KINDS
from bot.forms.values import Value
from tests.forms.talk import Talk

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
FRUIT = (
    Choice("apple", "Apple"),
    Choice("pear", "Pear"),
    Choice("plum", "Plum"),
    Choice("none", "None of these", exclusive=True),
    Choice("silent", "Prefer not to say", exclusive=True),
)
LABELS = {choice.key: choice.label for choice in FRUIT}


def asking(question: Question) -> Talk:
    return Talk(Form("f", "1", (question,)))


def fruit(*, maximum: int | None = None, required: bool = False) -> Talk:
    return asking(
        Question("q", Kind.CHOOSE_MANY, "?", choices=FRUIT, maximum=maximum, required=required)
    )


ONE = Question("q", Kind.CHOOSE_ONE, "?", choices=FRUIT)
TEXT = Question("q", Kind.TEXT, "?", maximum=5)
NUMBER = Question("q", Kind.NUMBER, "?", minimum=-2, maximum=10)
CONFIRM = Question("q", Kind.CONFIRM, "?", choices=YES_NO)


def test_every_kind_but_a_note_is_answered() -> None:
    assert set(KINDS) == set(Kind) - {Kind.NOTE}


@pytest.mark.parametrize("raw", [Picked("pear"), Typed("2"), Typed("PEAR", LABELS), Typed("pear")])
def test_one_choice_is_picked_or_typed(raw: Raw) -> None:
    assert asking(ONE).says(raw) == ["answered q=pear", "finished q=pear"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (Picked("fig"), "not_offered"),
        (Typed("fig", LABELS), "not_offered"),
        (Typed("same", {"apple": "Same", "pear": "same"}), "several_meant number=2"),
        (Toggled("pear"), "not_an_answer"),
        (Done(), "not_an_answer"),
        (Located(51.5, -0.1), "not_an_answer"),
        (Sent("image", "file 1"), "not_an_answer"),
    ],
)
def test_one_choice_takes_nothing_else(raw: Raw, reason: str) -> None:
    assert asking(ONE).says(raw) == [f"refused q: {reason}", "asked q 1/1"]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (Picked("yes"), True),
        (Picked("no"), False),
        (Typed("haa", {"yes": "Haa", "no": "Maya"}), True),
        (Typed("2"), False),
    ],
)
def test_yes_and_no_are_true_and_false(raw: Raw, value: Value) -> None:
    assert asking(CONFIRM).says(raw) == [f"answered q={value}", f"finished q={value}"]


def test_neither_yes_nor_no_is_refused() -> None:
    assert asking(CONFIRM).types("maybe") == ["refused q: not_offered", "asked q 1/1"]


def test_ticks_come_and_go_and_are_kept_in_the_order_of_the_choices() -> None:
    talk = fruit()

    assert talk.toggles("plum") == ["ticked q +plum", "asked q 1/1"]
    assert talk.toggles("apple") == ["ticked q +apple", "asked q 1/1"]
    assert talk.toggles("pear") == ["ticked q +pear", "asked q 1/1"]
    assert talk.toggles("plum") == ["ticked q -plum", "asked q 1/1"]
    assert talk.is_done() == ["answered q=('apple', 'pear')", "finished q=('apple', 'pear')"]


def test_an_exclusive_choice_unticks_the_others_and_they_untick_it() -> None:
    talk = fruit()
    talk.toggles("apple")
    talk.toggles("pear")

    assert talk.toggles("none") == ["ticked q +none -apple -pear", "asked q 1/1"]
    assert talk.toggles("silent") == ["ticked q +silent -none", "asked q 1/1"]
    assert talk.toggles("plum") == ["ticked q +plum -silent", "asked q 1/1"]
    assert talk.toggles("plum") == ["ticked q -plum", "asked q 1/1"]


def test_no_more_than_the_maximum_can_be_ticked_but_an_exclusive_choice_always_can() -> None:
    talk = fruit(maximum=2)
    talk.toggles("apple")
    talk.toggles("pear")

    assert talk.toggles("plum") == ["refused q: too_many maximum=2", "asked q 1/1"]
    assert talk.toggles("none") == ["ticked q +none -apple -pear", "asked q 1/1"]


def test_typed_choices_are_ticked_and_wait_for_done() -> None:
    talk = fruit(maximum=2)

    assert talk.types("1, 2, 3") == ["refused q: too_many maximum=2", "asked q 1/1"]
    assert talk.types("plum, apple", LABELS) == ["ticked q +apple +plum", "asked q 1/1"]
    assert talk.types("1 1 3") == ["ticked q -apple -plum", "asked q 1/1"]
    assert talk.types("2") == ["ticked q +pear", "asked q 1/1"]
    assert talk.types("2, 3") == ["ticked q +plum", "asked q 1/1"]
    assert talk.is_done() == ["answered q=('pear', 'plum')", "finished q=('pear', 'plum')"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (Typed("1, fig", LABELS), "not_offered"),
        (Typed("same", {"apple": "Same", "pear": "same"}), "several_meant number=2"),
        (Typed("1, none of these", LABELS), "only_alone"),
        (Typed("4 5"), "only_alone"),
        (Toggled("fig"), "not_offered"),
        (Picked("pear"), "not_an_answer"),
    ],
)
def test_ticks_stay_where_an_input_makes_no_sense(raw: Raw, reason: str) -> None:
    talk = fruit()
    talk.toggles("apple")

    assert talk.says(raw) == [f"refused q: {reason}", "asked q 1/1"]
    assert talk.asked.ticks == ("apple",)


def test_done_needs_a_tick_where_an_answer_is_required() -> None:
    assert fruit(required=True).is_done() == ["refused q: nothing_ticked", "asked q 1/1"]


@pytest.mark.parametrize(
    "raw", [Picked("x"), Toggled("x"), Done(), Located(51.5, -0.1), Sent("image", "file 1")]
)
@pytest.mark.parametrize("question", [TEXT, NUMBER])
def test_text_and_numbers_are_typed(question: Question, raw: Raw) -> None:
    assert asking(question).says(raw) == ["refused q: not_an_answer", "asked q 1/1"]


def test_text_is_kept_trimmed_composed_and_without_control_characters() -> None:
    talk = asking(TEXT)
    talk.types("  e\u0301\r\na\x00\ud800b\x7f ")

    assert talk.record == {"q": "é\nab"}


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "empty"), (" \n\t\x00", "empty"), ("123456", "too_long maximum=5")],
)
def test_text_has_something_in_it_and_a_greatest_length(text: str, why: str) -> None:
    assert asking(TEXT).types(text) == [f"refused q: {why}", "asked q 1/1"]


def test_text_without_a_maximum_of_its_own_has_the_general_one() -> None:
    talk = asking(Question("q", Kind.TEXT, "?"))

    assert talk.types("x" * (TEXT_LIMIT + 1))[0] == f"refused q: too_long maximum={TEXT_LIMIT}"
    assert talk.types("x" * TEXT_LIMIT)[0] == f"answered q={'x' * TEXT_LIMIT}"


@pytest.mark.parametrize("text", ["-2", "10", "٣"])
def test_a_number_within_its_bounds_is_taken(text: str) -> None:
    assert asking(NUMBER).types(text)[0] == f"answered q={int(text)}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ten", "not_a_number"),
        ("-3", "too_small minimum=-2 maximum=10"),
        ("11", "too_large minimum=-2 maximum=10"),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_the_bounds(text: str, why: str) -> None:
    assert asking(NUMBER).types(text) == [f"refused q: {why}", "asked q 1/1"]


def test_a_number_may_have_no_bounds() -> None:
    assert asking(Question("q", Kind.NUMBER, "?")).types("-999")[0] == "answered q=-999"


@pytest.mark.parametrize(
    ("question", "fits", "does_not"),
    [
        (ONE, ["pear"], ["fig", 1, True, ("pear",), None]),
        (CONFIRM, [True, False], ["yes", 1, 0, None]),
        (TEXT, ["a", "12345"], ["", "123456", 1, None]),
        (NUMBER, [-2, 10], [-3, 11, "1", True, 1.0, None]),
        (
            Question("q", Kind.CHOOSE_MANY, "?", choices=FRUIT, maximum=2),
            [("apple", "plum"), ("none",)],
            [(), ("fig",), ("none", "pear"), ("apple", "pear", "plum"), ("pear", "pear"), "pear"],
        ),
        (Question("q", Kind.NOTE, "?"), [], ["read", True]),
    ],
)
def test_only_an_answer_the_question_could_have_fits_it(
    question: Question, fits: list[Value], does_not: list[Value]
) -> None:
    for value in fits:
        assert Talk(Form("f", "1", (question,)), {"q": value}).record == {"q": value}
    for value in does_not:
        assert Talk(Form("f", "1", (question,)), {"q": value}).interview.answers == {}
