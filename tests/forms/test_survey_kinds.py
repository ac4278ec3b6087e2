"""The kinds of question that surveys bring: orders, scales, dates, places, files."""

from datetime import date

import pytest

from bot.forms.definition import OK, Choice, Form, Kind, Question
from bot.forms.inputs import Done, Located, Picked, Raw, Refusal, Sent, Toggled, Typed
from bot.forms.kinds import KINDS, Marked, Put, Read
from bot.forms.values import Answers, Value
from tests.forms.talk import Talk

TODAY = date(2026, 3, 20)
MEALS = (Choice("tea", "Tea"), Choice("rice", "Rice"), Choice("soup", "Soup"))
IN_FRENCH = {"tea": "Thé", "rice": "Du riz", "soup": "Soupe"}
RANK = Question("q", Kind.RANK, "?", choices=MEALS)
AGREE = Question("q", Kind.ACKNOWLEDGE, "?", choices=(Choice(OK, "I agree"),))
DECIMAL = Question("q", Kind.DECIMAL, "?", minimum=-1.5, maximum=10)
SCALE = Question("q", Kind.RANGE, "?", minimum=0, maximum=1, step=0.1)
STEPS = tuple(Choice(str(step), str(step)) for step in range(5, 11))
BUTTONS = Question("q", Kind.RANGE, "?", minimum=5, maximum=10, step=1, choices=STEPS)
DATE = Question("q", Kind.DATE, "?")
MONTH = Question("q", Kind.DATE, "?", appearance=frozenset({"month-year", "no-calendar"}))
YEAR = Question("q", Kind.DATE, "?", appearance=frozenset({"year"}))
TIME = Question("q", Kind.TIME, "?")
MOMENT = Question("q", Kind.DATETIME, "?")
PLACE = Question("q", Kind.PLACE, "?")
PICTURE = Question("q", Kind.FILE, "?", media="image")
PAPER = Question("q", Kind.FILE, "?", media="file")

ALL = (RANK, AGREE, DECIMAL, SCALE, BUTTONS, DATE, MONTH, YEAR, TIME, MOMENT, PLACE, PICTURE, PAPER)


def asking(question: Question) -> Talk:
    return Talk(Form("f", "1", (question,)))


def put(question: Question, ticks: tuple[str, ...] = ()) -> Put:
    choices = question.choices
    assert not callable(choices)
    return Put(question, choices, Answers({}, frozenset({"q"})), ticks)


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        (AGREE, Picked(OK), OK),
        (AGREE, Typed("i AGREE", {OK: "I agree"}), OK),
        (AGREE, Typed("d'accord", {OK: "D’accord !"}), OK),
        (AGREE, Typed("موافق", {OK: "مُوافق"}), OK),
        (AGREE, Typed("ok"), OK),
        (AGREE, Typed("1"), OK),
        (DECIMAL, Typed("3,5"), 3.5),
        (DECIMAL, Typed("٣٫٥", language="ar"), 3.5),
        (DECIMAL, Typed("1,234", language="fr"), 1.234),
        (DECIMAL, Typed("7.0"), 7),
        (DECIMAL, Typed("-1.5"), -1.5),
        (SCALE, Typed("0.3"), 0.3),
        (SCALE, Typed("٠٫٧"), 0.7),
        (SCALE, Typed("1"), 1),
        (BUTTONS, Picked("7"), 7),
        (BUTTONS, Typed("7"), 7),
        (BUTTONS, Typed("٧"), 7),
        (BUTTONS, Typed("ugu badan", {"10": "Ugu badan"}), 10),
        (DATE, Typed("29/3/2026"), "2026-03-29"),
        (DATE, Typed("29 Maarso 2026", language="so"), "2026-03-29"),
        (DATE, Typed("٢٩ مارس ٢٠٢٦", language="ar"), "2026-03-29"),
        (DATE, Typed("demain", language="fr", today=TODAY), "2026-03-21"),
        (DATE, Typed("29.3.26", today=TODAY), "2026-03-29"),
        (MONTH, Typed("3/2026"), "2026-03-01"),
        (MONTH, Typed("29 March 2026"), "2026-03-01"),
        (YEAR, Typed("2026"), "2026-01-01"),
        (TIME, Typed("2pm"), "14:00"),
        (TIME, Typed("٢:٠٥ م", language="ar"), "14:05"),
        (MOMENT, Typed("29/3/2026 14:05"), "2026-03-29T14:05:00.000+01:00"),
        (
            MOMENT,
            Typed("demain à 14h", language="fr", today=TODAY),
            "2026-03-21T14:00:00.000+00:00",
        ),
        (PLACE, Located(51.5074, -0.1278), "51.5074 -0.1278 0 0"),
        (PLACE, Located(51.5074, -0.1278, 12.5), "51.5074 -0.1278 0 12.5"),
        (PLACE, Typed("51.5, -0.12"), "51.5 -0.12 0 0"),
        (PICTURE, Sent("image", "id"), {"file_id": "id", "name": "", "mime": ""}),
        (
            PICTURE,
            Sent("file", "id", "photo.png", "image/png", 20 * 1024 * 1024),
            {"file_id": "id", "name": "photo.png", "mime": "image/png"},
        ),
        (PAPER, Sent("audio", "id"), {"file_id": "id", "name": "", "mime": ""}),
        (
            PAPER,
            Sent("file", "id", "a\x00\ud800\nb.pdf", "application/pdf"),
            {"file_id": "id", "name": "a b.pdf", "mime": "application/pdf"},
        ),
    ],
)
def test_an_answer_is_kept_in_one_form(question: Question, raw: Raw, value: Value) -> None:
    talk = asking(question)
    talk.says(raw)

    assert talk.record == {"q": value}
    assert type(talk.record["q"]) is type(value)


@pytest.mark.parametrize(
    ("question", "raw", "why"),
    [
        (AGREE, Typed("no"), "not_offered"),
        (AGREE, Picked("no"), "not_offered"),
        (DECIMAL, Typed("three"), "not_a_number"),
        (DECIMAL, Typed("1,234", language="ar"), "ambiguous_number"),
        (DECIMAL, Typed("-1,6"), "too_small minimum=-1.5 maximum=10"),
        (DECIMAL, Typed("10.01"), "too_large minimum=-1.5 maximum=10"),
        (SCALE, Typed("0.35"), "not_a_step minimum=0 maximum=1 step=0.1"),
        (SCALE, Typed("1.1"), "too_large minimum=0 maximum=1"),
        (SCALE, Typed("some"), "not_a_number"),
        (SCALE, Picked("0.3"), "not_offered"),
        (BUTTONS, Typed("1"), "too_small minimum=5 maximum=10"),
        (BUTTONS, Typed("7.5"), "not_a_step minimum=5 maximum=10 step=1"),
        (BUTTONS, Typed("much", {"5": "Much", "6": "much"}), "several_meant number=2"),
        (BUTTONS, Typed("much"), "not_a_number"),
        (BUTTONS, Picked("11"), "not_offered"),
        (DATE, Typed("5"), "not_a_date"),
        (DATE, Typed("June"), "day_missing"),
        (DATE, Typed("29 March", today=TODAY), "year_missing"),
        (DATE, Typed("30/2/2026"), "impossible_date"),
        (MONTH, Typed("March"), "year_missing"),
        (YEAR, Typed("88", today=TODAY), "year_unclear"),
        (TIME, Typed("5"), "ambiguous_time"),
        (TIME, Typed("25:00"), "impossible_time"),
        (TIME, Typed("late"), "not_a_time"),
        (MOMENT, Typed("29/3/2026"), "time_missing"),
        (MOMENT, Typed("14:05"), "date_missing"),
        (PLACE, Typed("NW10"), "not_a_place"),
        (PLACE, Located(91, 0), "no_such_place"),
        (PLACE, Located(float("nan"), 0), "no_such_place"),
        (PICTURE, Sent("file", "id", "cv.pdf", "application/pdf"), "other_file media=image"),
        (PICTURE, Sent("video", "id", "a.mp4", "video/mp4"), "other_file media=image"),
        (PICTURE, Sent("image", "id", size=20 * 1024 * 1024 + 1), "file_too_large maximum=20"),
    ],
)
def test_a_refusal_says_what_would_help(question: Question, raw: Raw, why: str) -> None:
    assert asking(question).says(raw) == [f"refused q: {why}", "asked q 1/1"]


INPUTS: tuple[Raw, ...] = (
    Picked("tea"), Toggled("tea"), Done(), Typed("x"), Located(51, 0), Sent("image", "id"),
)  # fmt: skip
TAKEN: dict[Kind, tuple[type[object], ...]] = {
    Kind.RANK: (Toggled, Done, Typed),
    Kind.ACKNOWLEDGE: (Picked, Typed),
    Kind.RANGE: (Picked, Typed),
    Kind.PLACE: (Located, Typed),
    Kind.FILE: (Sent,),
}


@pytest.mark.parametrize("question", ALL)
@pytest.mark.parametrize("raw", INPUTS)
def test_what_is_no_way_to_answer_a_question_is_refused(question: Question, raw: Raw) -> None:
    reading = KINDS[question.kind].read(put(question), raw)
    ways = TAKEN.get(question.kind, (Typed,))

    assert (reading == Refusal("not_an_answer")) is not isinstance(raw, ways)


HOSTILE = (
    "", " ", "x" * 10_000, "9" * 10_000, "1, " * 3_000, "👍" * 100, "\x00", "\ud800",
    "\u202e\u200f", "٣\u0300" * 500, "=1+1", "<b>", "%s", "{}", "1e999", "-" * 1_000, "( " * 1_000,
)  # fmt: skip


@pytest.mark.parametrize("question", ALL)
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["en", "so", "ar", "fr"])
def test_nothing_that_is_typed_does_harm(question: Question, text: str, language: str) -> None:
    typed = Typed(text, IN_FRENCH, language, TODAY)

    assert isinstance(KINDS[question.kind].read(put(question), typed), Refusal)


def test_an_order_grows_at_its_end_and_waits_for_done() -> None:
    talk = asking(RANK)

    assert talk.toggles("soup") == ["ticked q +soup", "asked q 1/1"]
    assert talk.types("thé", IN_FRENCH) == ["ticked q +tea", "asked q 1/1"]
    assert talk.asked.ticks == ("soup", "tea")
    assert talk.is_done() == ["refused q: not_all_ranked missing=1", "asked q 1/1"]
    assert talk.toggles("soup") == ["ticked q -soup", "asked q 1/1"]
    assert talk.types("du riz, soupe", IN_FRENCH) == ["ticked q +rice +soup", "asked q 1/1"]
    assert talk.is_done()[0] == "answered q=('tea', 'rice', 'soup')"


@pytest.mark.parametrize(
    "typed",
    [
        "3, 1, 2",
        "3 1 2",
        "3\n1\n2",
        "3 > 1 > 2",
        "٣، ١، ٢",
        "፫ ፩ ፪",
        "soupe, the, du riz",
        "Soupe; Thé; 2",
        "soup > tea > rice",
    ],
)
def test_a_whole_order_that_is_typed_is_the_answer(typed: str) -> None:
    whole = Read(("soup", "tea", "rice"))

    assert KINDS[Kind.RANK].read(put(RANK), Typed(typed, IN_FRENCH)) == whole
    assert KINDS[Kind.RANK].read(put(RANK, ("rice", "tea")), Typed(typed, IN_FRENCH)) == whole


@pytest.mark.parametrize(
    ("ticks", "raw", "read"),
    [
        (("tea",), Typed("1"), Marked(())),
        (("tea", "rice"), Typed("1, 2"), Marked(())),
        (("tea", "rice"), Typed("1, 3"), Marked(("tea", "rice", "soup"))),
        (("tea",), Typed("1, 1"), Refusal("named_twice")),
        ((), Typed("1, 2, 1"), Refusal("named_twice")),
        ((), Typed("1, 4"), Refusal("not_offered")),
        ((), Typed("1 > cake"), Refusal("not_offered")),
        ((), Typed("x", {"tea": "X", "rice": "x"}), Refusal("several_meant", {"number": 2})),
        ((), Toggled("cake"), Refusal("not_offered")),
        ((), Picked("tea"), Refusal("not_an_answer")),
        (("tea", "rice"), Done(), Refusal("not_all_ranked", {"missing": 1})),
        (("tea", "rice", "soup"), Done(), Read(("tea", "rice", "soup"))),
    ],
)
def test_an_order_takes_part_of_it_at_a_time(
    ticks: tuple[str, ...], raw: Raw, read: object
) -> None:
    assert KINDS[Kind.RANK].read(put(RANK, ticks), raw) == read


def test_an_order_may_be_left_out_only_where_it_is_not_required() -> None:
    required = Question("q", Kind.RANK, "?", choices=MEALS, required=True)

    assert asking(RANK).is_done() == ["skipped q", "finished"]
    assert asking(required).is_done() == ["refused q: nothing_ticked", "asked q 1/1"]


def test_the_forms_rules_help_with_a_missing_year() -> None:
    def in_time(value: Value) -> Refusal | None:
        return None if isinstance(value, str) and value >= "2026-03-20" else Refusal("past")

    asked = Put(DATE, (), Answers({}, frozenset()), judge=in_time)
    typed = Typed("29 March", today=TODAY)
    assert KINDS[Kind.DATE].read(asked, typed) == Read("2026-03-29")

    asked = Put(MOMENT, (), Answers({}, frozenset()), judge=in_time)
    typed = Typed("29 March 2pm", today=TODAY)
    assert KINDS[Kind.DATETIME].read(asked, typed) == Read("2026-03-29T14:00:00.000+01:00")


@pytest.mark.parametrize(
    ("question", "fits", "does_not"),
    [
        (RANK, [("soup", "tea", "rice")], [(), ("tea",), ("tea", "tea", "soup"), "tea", None,
                                           ("tea", "rice", "cake"), ("tea", "rice", "soup", "x")]),
        (AGREE, [OK], ["ok", True, "", None]),
        (DECIMAL, [3.5, 3, -1.5], [-2, 10.5, "3", True, None]),
        (SCALE, [0.3, 1, 0], [0.35, 1.1, "0.3", True]),
        (DATE, ["2026-03-29"], ["2026-02-30", "29/3/2026", "20260329", "2026-3-29", "", 5, None]),
        (TIME, ["14:05"], ["24:00", "2pm", "", 5]),
        (MOMENT, ["2026-03-29T14:05:00.000+01:00"], ["2026-03-29T14:05:00", "2026-03-29", 5,
                                                     "2026-02-30T14:05:00.000+01:00"]),
        (PLACE, ["51.5 -0.12 0 0"], ["London", "91 0 0 0", "", 5]),
        (PICTURE, [{"file_id": "a", "name": "", "mime": ""}],
         ["a", {}, {"file_id": "a"}, {"file_id": "", "name": "", "mime": ""},
          {"file_id": 1, "name": "", "mime": ""}]),
    ],
)  # fmt: skip
def test_only_an_answer_the_question_could_have_fits_it(
    question: Question, fits: list[Value], does_not: list[Value]
) -> None:
    for value in fits:
        assert Talk(Form("f", "1", (question,)), {"q": value}).record == {"q": value}
    for value in does_not:
        assert Talk(Form("f", "1", (question,)), {"q": value}).interview.answers == {}


@pytest.mark.parametrize(
    ("question", "given", "kept"),
    [
        (MONTH, "2026-03-29", "2026-03-01"),
        (YEAR, "2026-03-29", "2026-01-01"),
        (TIME, "14:05:30.000+01:00", "14:05"),
        (MOMENT, "2026-03-29T14:05+01:00", "2026-03-29T14:05:00.000+01:00"),
        (MOMENT, "2026-03-29T14:05:00Z", "2026-03-29T14:05:00.000+00:00"),
        (PLACE, "51.50 -0.120", "51.5 -0.12 0 0"),
    ],
)
def test_a_value_is_brought_into_the_form_in_which_it_is_kept(
    question: Question, given: str, kept: str
) -> None:
    assert Talk(Form("f", "1", (question,)), {"q": given}).record == {"q": kept}


CHOSEN = (
    Question("q", Kind.CHOOSE_ONE, "?", choices=MEALS),
    Question("q", Kind.CHOOSE_MANY, "?", choices=MEALS),
    RANK,
)


@pytest.mark.parametrize("question", CHOSEN)
@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("CAFÉ", "Café"),
        ("cafe", "Café"),
        ("Qaxwo", "QAXWO!"),
        ("قهوه", "قَهْوَة"),
        ("شاي ١٢", "شاي 12"),
        ("ቡና", "☕ ቡና"),
        ("l'eau", "L’eau"),
        ("2", "Café"),
        ("٢", "Café"),
        ("፪", "Café"),
        ("۲.", "Café"),
    ],
)
def test_a_choice_is_named_alike_wherever_one_chooses(
    question: Question, typed: str, label: str
) -> None:
    labels = {"tea": "One", "rice": label, "soup": "Three"}
    reading = KINDS[question.kind].read(put(question), Typed(typed, labels))

    one = question.kind is Kind.CHOOSE_ONE
    assert reading == (Read("rice") if one else Marked(("rice",)))


@pytest.mark.parametrize("kind", [Kind.CHOOSE_ONE, Kind.CHOOSE_MANY, Kind.RANK])
def test_of_thousands_of_choices_a_part_of_one_label_is_enough(kind: Kind) -> None:
    streets = tuple(Choice(f"s{place}", f"Street {place}x") for place in range(5_000))
    labels = {street.key: street.label for street in streets} | {"s4321": "Harlesden Road"}
    asked = put(Question("q", kind, "?", choices=streets))

    one = Read("s4321") if kind is Kind.CHOOSE_ONE else Marked(("s4321",))
    assert KINDS[kind].read(asked, Typed("harles", labels)) == one
    many = Refusal("several_meant", {"number": 4_999})
    assert KINDS[kind].read(asked, Typed("street", labels)) == many
