"""Random forms, walked with random answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import InterviewStale
from bot.forms import engine
from bot.forms.happened import Asked, Finished, ReviewShown
from bot.forms.inputs import Done, Picked, Raw, Toggled, Typed
from tests.forms.xforms.taking import Taking, table

CHOICES = """
| choices | | | | |
| | list_name | name | label | only |
| | c | a | Ay | x |
| | c | b | Bee | x |
| | c | z | Zed | y |
"""
TYPES = ("integer", "text", "select_one c", "select_multiple c")


@dataclass(frozen=True)
class Row:
    """A question of a random form.

    Attributes:
        after: the earlier question that decides whether it is asked; -1: always.
        repeats: whether it stands in a repeat of its own.
    """

    kind: str
    after: int
    required: bool
    repeats: bool


@st.composite
def rows(draw: st.DrawFn) -> tuple[Row, ...]:
    count = draw(st.integers(1, 6))
    return tuple(
        Row(
            draw(st.sampled_from(TYPES)),
            draw(st.integers(-1, number - 1)),
            draw(st.booleans()),
            draw(st.booleans()) and draw(st.booleans()),
        )
        for number in range(count)
    )


def written(form: tuple[Row, ...]) -> str:
    lines = []
    for number, row in enumerate(form):
        shown = rule(form, row)
        required = "yes" if row.required else ""
        kept = ". < 50" if row.kind == "integer" else ""
        line = f"{row.kind} | q{number} | Q{number}? | {shown} | {required} | {kept} | "
        if row.repeats:
            lines.append(f"begin_repeat | r{number} | R{number} | {shown} | | | ")
            line = f"{row.kind} | q{number} | Q{number}? | | {required} | {kept} | "
        lines.append(line)
        if row.repeats:
            lines.append("end_repeat | | | | | | ")
    lines.append(f"calculate | all | | | | | count-non-empty(${{q{len(form) - 1}}})")
    columns = "type | name | label | relevant | required | constraint | calculation"
    return table(columns, *lines, choices=CHOICES)


def rule(form: tuple[Row, ...], row: Row) -> str:
    if row.after < 0 or form[row.after].repeats:
        return ""
    name = f"${{q{row.after}}}"
    match form[row.after].kind:
        case "integer":
            return f"{name} > 3"
        case "text":
            return f"{name} != ''"
        case "select_one c":
            return f"{name} = 'a'"
        case _:
            return f"selected({name}, 'b')"


def holds(form: tuple[Row, ...], row: Row, record: Mapping[str, object]) -> bool:
    """What `rule` says, worked out by hand from the record."""
    if row.after < 0 or form[row.after].repeats:
        return True
    value = record.get(f"q{row.after}")
    match form[row.after].kind:
        case "integer":
            return isinstance(value, int) and value > 3
        case "text":
            return bool(value)
        case "select_one c":
            return value == "a"
        case _:
            return isinstance(value, tuple) and "b" in value


RAW: st.SearchStrategy[Raw] = st.one_of(
    st.sampled_from([Picked(key) for key in ("a", "b", "z", "yes", "no", "?")]),
    st.sampled_from([Toggled(key) for key in ("a", "b", "z", "?")]),
    st.just(Done()),
    st.sampled_from([Typed(text) for text in ("1", "7", "60", "ay, bee", "hello", "", "yes")]),
)
DEEDS = st.one_of(
    RAW.map(lambda raw: partial(engine.answer, raw=raw)),
    RAW.map(lambda raw: partial(engine.answer, raw=raw)),
    st.sampled_from([engine.skip, engine.back, engine.keep, engine.review, engine.finish]),
    st.integers(0, 8).map(lambda place: partial(change, place=place)),
)


def change(form: object, interview: object, *, place: int) -> object:
    shown = engine.resume(form, interview).shown  # type: ignore[arg-type]
    if not isinstance(shown, ReviewShown) or place >= len(shown.lines):
        raise InterviewStale
    name = shown.lines[place].question.name
    return engine.change(form, interview, name)  # type: ignore[arg-type]


def ended(person: Taking) -> Mapping[str, object]:
    """The record, after whatever is required was answered somehow."""
    for _ in range(60):
        shown = person.step.shown
        if isinstance(shown, Finished):
            break
        if isinstance(shown, ReviewShown):
            person.does(engine.finish)
        elif shown.can_skip:
            person.skips()
        else:
            answered(person, shown)
    return person.record


def answered(person: Taking, shown: Asked) -> None:
    kind = shown.question.kind.value
    if kind == "choose_many":
        person.answers(Done()) if shown.ticks else person.ticks("a")
    elif kind in {"choose_one", "confirm"}:
        person.picks("no" if kind == "confirm" else "a")
    else:
        person.says("7")


@settings(max_examples=60)
@given(rows(), st.lists(DEEDS, max_size=30))
def test_no_way_through_a_form_leads_nowhere(
    form: tuple[Row, ...], deeds: list[partial[object]]
) -> None:
    person = Taking(written(form))
    for deed in deeds:
        if isinstance(person.step.shown, Finished):
            break
        try:
            person.does(deed)  # type: ignore[arg-type]
        except InterviewStale:
            continue
        lines = (
            engine.review(person._sitting(), person.step.interview).shown
            if not isinstance(person.step.shown, Finished)
            else None
        )
        if isinstance(lines, ReviewShown):
            kept = {line.question.name for line in lines.lines if line.value is not None}
            assert set(person.step.interview.answers) == kept
    record = ended(person)
    for number, row in enumerate(form):
        name = f"r{number}" if row.repeats else f"q{number}"
        if name in record:
            assert holds(form, row, record)


@settings(max_examples=40)
@given(rows(), st.data())
def test_back_and_forth_ends_in_the_same_record(form: tuple[Row, ...], data: st.DataObject) -> None:
    straight, wandering = Taking(written(form)), Taking(written(form))
    for _ in range(60):
        shown = straight.step.shown
        if not isinstance(shown, Asked):
            break
        answered(straight, shown)
        assert isinstance(wandering.step.shown, Asked)
        answered(wandering, wandering.step.shown)
        if isinstance(wandering.step.shown, Asked) and data.draw(st.booleans()):
            steps = data.draw(st.integers(1, 3))
            at = wandering.name
            for _ in range(steps):
                if wandering.asked.can_go_back:
                    wandering.goes_back()
            while wandering.name != at:
                wandering.keeps()
    assert ended(straight) == ended(wandering)
