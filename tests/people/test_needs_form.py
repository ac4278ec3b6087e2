"""What people need: the form, and what becomes of its end."""

from datetime import UTC, datetime
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from bot.chat import callback_data
from bot.config import HOME
from bot.db import Database
from bot.forms import engine
from bot.forms.happened import Asked, Finished, ReviewShown, Step
from bot.forms.inputs import Done, Picked, Toggled, Typed
from bot.forms.interview import Interview
from bot.i18n import Catalogues
from bot.message import Tap
from bot.people.models import Needs, Purpose
from bot.people.needs_form import (
    FORM,
    INTERPRETER,
    OTHER,
    PRESENCE,
    SENSES,
    NeedsDesk,
    known_as_answers,
)
from bot.people.service import Consents, People
from bot.people.vault import Vault
from bot.people.views import needs as views

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
VAULT = Vault(b"k" * 32)
CATALOGUES = Catalogues(HOME / "locales")
EN = CATALOGUES.translator("en")


def test_every_question_and_choice_has_words() -> None:
    names = {question.name for question in FORM.questions}
    keys = {"none", "some", *SENSES, *PRESENCE}

    assert views.QUESTIONS.keys() == names
    assert views.SHORT.keys() == names - {"any"}
    assert views.CHOICES.keys() == keys


def test_whoever_needs_nothing_is_done_with_one_tap() -> None:
    first = engine.begin(FORM)

    ended = engine.answer(FORM, first.interview, Picked("none"))

    assert ended.shown == Finished({"any": "none"}, ())


inputs = st.lists(
    st.one_of(
        st.builds(Picked, st.sampled_from(["none", "some"])),
        st.builds(Toggled, st.sampled_from([*SENSES, *PRESENCE])),
        st.just(Done()),
        st.builds(Typed, st.text(max_size=600)),
    ).map(lambda raw: partial(engine.answer, raw=raw))
    | st.sampled_from([engine.skip, engine.back, engine.keep, engine.review]),
    max_size=25,
)


@given(inputs=inputs, language=st.sampled_from(["en", "so", "ar", "fr"]))
def test_every_screen_fits_and_every_button_is_understood(inputs: list, language: str) -> None:  # type: ignore[type-arg]  # functions of the engine
    t = CATALOGUES.translator(language)
    step = engine.begin(FORM, revision=10**6)
    for each in inputs:
        message = views.question(t, EN, step)
        buttons = [button for row in message.buttons for button in row]
        assert len(message.text.striptags().encode("utf-16-le")) // 2 <= 4096
        assert len(buttons) <= 8
        for button in buttons:
            assert len(button.label) <= 64
            assert isinstance(button.action, Tap)
            assert callback_data.read(callback_data.write(button.action)) == button.action
        if isinstance(step.shown, Finished):
            break
        step = each(FORM, Interview.from_json(step.interview.to_json()))


def test_what_is_known_comes_back_for_a_change() -> None:
    needs = Needs(frozenset({"bsl", "step_free", OTHER, INTERPRETER}), "tea", NOW, "Somali")

    step = engine.begin(FORM, known_as_answers(needs))

    assert isinstance(step.shown, ReviewShown)
    assert {line.question.name: line.value for line in step.shown.lines} == {
        "any": "some",
        "senses": ("bsl",),
        "presence": ("step_free", INTERPRETER, OTHER),
        INTERPRETER: "Somali",
        OTHER: "tea",
    }


def test_what_is_not_needed_any_more_takes_its_words_with_it() -> None:
    needs = Needs(frozenset({"bsl", OTHER}), "tea", NOW)
    step = engine.begin(FORM, known_as_answers(needs))
    step = engine.change(FORM, step.interview, "presence")
    step = engine.answer(FORM, step.interview, Toggled(OTHER))
    step = engine.answer(FORM, step.interview, Done())

    ended = engine.finish(FORM, step.interview)

    assert ended.shown == Finished({"any": "some", "senses": ("bsl",)}, ())


async def test_keeping_needs_is_a_consent_and_erasing_takes_it_back(db: Database) -> None:
    record = {"any": "some", "senses": ("bsl",), "presence": (OTHER,), OTHER: "tea"}
    async with db.work() as work:
        person = await People(work).greet(7, NOW)
        desk, consents = NeedsDesk(work, VAULT), Consents(work)
        kept = await desk.keep(person, record, "so", NOW)
        agreed = await consents.holds(person.id, Purpose.NEEDS)
        await desk.erase(person.id, NOW)

        assert kept == Needs(frozenset({"bsl", OTHER}), "tea", NOW)
        assert agreed
        assert not await consents.holds(person.id, Purpose.NEEDS)
        assert await desk.known(person.id) is None


async def test_a_form_without_any_need_keeps_nothing_and_erases_what_was(db: Database) -> None:
    async with db.work() as work:
        person = await People(work).greet(7, NOW)
        desk = NeedsDesk(work, VAULT)
        await desk.keep(person, {"any": "some", "senses": ("bsl",)}, "so", NOW)

        assert await desk.keep(person, {"any": "none"}, "so", NOW) is None
        assert await desk.known(person.id) is None


def test_a_typed_answer_that_is_too_long_is_refused_kindly() -> None:
    step: Step = engine.begin(FORM, {"any": "some", "senses": ("bsl",), "presence": (OTHER,)})
    assert isinstance(step.shown, Asked)

    step = engine.answer(FORM, step.interview, Typed("a" * 501))

    assert views.question(EN, EN, step).text.split("\n")[0] == (
        "This is too long. Please write it shorter."
    )
