"""Saved conversations, on both databases."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.chat.interviews import Conversation, Interviews
from bot.db import Database, Work
from bot.errors import InterviewStale
from bot.forms import engine
from bot.forms.definition import Choice, Form, Kind, Question
from bot.forms.happened import Asked, Finished
from bot.forms.inputs import Picked, Typed
from bot.people.service import People
from bot.people.vault import Vault

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
VAULT = Vault(b"k" * 32)
CHOICES = (Choice("tea", "t"), Choice("no", "n"))
TEA = Form(
    name="tea",
    version="1",
    questions=(
        Question("drink", Kind.CHOOSE_ONE, "drink", choices=CHOICES),
        Question("why", Kind.TEXT, "why"),
    ),
)
pick_tea = partial(engine.answer, raw=Picked("tea"))
say_why = partial(engine.answer, raw=Typed("It is warm."))


async def amina(work: Work) -> int:
    return (await People(work).greet(7, NOW)).id


def talk(work: Work, person_id: int, form: Form = TEA, vault: Vault = VAULT) -> Conversation:
    return Conversation(Interviews(work, vault), form, person_id)


async def test_a_conversation_goes_on_where_it_was(db: Database) -> None:
    async with db.work() as work:
        person_id = await amina(work)
        first = await talk(work, person_id).begin(NOW, subject="12")
    async with db.work() as work:
        await talk(work, person_id).take(first.interview.revision, pick_tea, NOW)
    async with db.work() as work:
        now = await talk(work, person_id).now()

    assert now is not None
    assert now.subject == "12"
    assert isinstance(now.step.shown, Asked)
    assert now.step.shown.question.name == "why"


async def test_of_two_taps_on_the_same_screen_one_counts(db: Database) -> None:
    async with db.work() as work:
        person_id = await amina(work)
        conversation = talk(work, person_id)
        first = await conversation.begin(NOW)
        await conversation.take(first.interview.revision, pick_tea, NOW)

        with pytest.raises(InterviewStale):
            await conversation.take(first.interview.revision, pick_tea, NOW)


async def test_an_interview_as_new_as_the_one_kept_is_not_saved(db: Database) -> None:
    async with db.work() as work:
        person_id = await amina(work)
        step = await talk(work, person_id).begin(NOW)

        with pytest.raises(InterviewStale):
            await Interviews(work, VAULT).save(person_id, step.interview, "", NOW)


async def test_beginning_again_makes_earlier_buttons_old(db: Database) -> None:
    async with db.work() as work:
        person_id = await amina(work)
        conversation = talk(work, person_id)
        first = await conversation.begin(NOW)
        again = await conversation.begin(NOW)

        with pytest.raises(InterviewStale):
            await conversation.take(first.interview.revision, pick_tea, NOW)
        assert (await conversation.take(again.interview.revision, pick_tea, NOW)).step.effects


async def test_of_an_interview_that_is_over_no_answer_is_kept(db: Database) -> None:
    async with db.work() as work:
        person_id = await amina(work)
        conversation = talk(work, person_id)
        await conversation.begin(NOW)
        await conversation.take(None, pick_tea, NOW)
        await conversation.take(None, say_why, NOW)
        ended = await conversation.take(None, engine.finish, NOW)

        assert ended.step.shown == Finished({"drink": "tea", "why": "It is warm."}, ())
        assert await conversation.was_begun()
        assert await conversation.now() is None
        held = await Interviews(work, VAULT).held_about(person_id)
        assert held == {
            "conversations": [
                {"form": "tea", "about": "", "at": "2026-10-14T00:00:00+00:00", "answers": {}}
            ]
        }
        with pytest.raises(InterviewStale):
            await conversation.take(None, pick_tea, NOW)


async def test_what_nobody_went_on_with_is_forgotten_but_not_that_somebody_finished(
    db: Database,
) -> None:
    later = NOW + timedelta(days=30)
    async with db.work() as work:
        interviews = Interviews(work, VAULT)
        person_id = await amina(work)
        conversation = talk(work, person_id)
        await conversation.begin(NOW, subject="12")
        assert await interviews.forget_before(later) == 1
        assert not await conversation.was_begun()

        await conversation.begin(NOW, subject="12")
        await conversation.stop(NOW)
        assert await interviews.forget_before(later) == 0
        assert await conversation.was_begun()


async def test_stopping_forgets_the_answers_and_remembers_that_we_asked(db: Database) -> None:
    async with db.work() as work:
        person_id = await amina(work)
        conversation = talk(work, person_id)
        await conversation.begin(NOW)
        await conversation.take(None, pick_tea, NOW)
        await conversation.stop(NOW)

        saved = await Interviews(work, VAULT).get(person_id, "tea")
        assert saved is not None
        assert saved.interview is not None
        assert saved.interview.answers == {}
        assert await conversation.asked_since() is None


async def test_when_it_was_asked_is_known_while_it_is_open(db: Database) -> None:
    async with db.work() as work:
        person_id = await amina(work)
        conversation = talk(work, person_id)
        assert await conversation.asked_since() is None
        await conversation.begin(NOW)
        await conversation.take(None, pick_tea, NOW + timedelta(minutes=5))

        assert await conversation.asked_since() == NOW + timedelta(minutes=5)


async def test_what_cannot_be_read_any_more_is_asked_anew(db: Database) -> None:
    async with db.work() as work:
        person_id = await amina(work)
        first = await talk(work, person_id).begin(NOW)
        other = talk(work, person_id, vault=Vault(b"x" * 32))

        assert await other.now() is None
        assert (await other.begin(NOW)).interview.revision == first.interview.revision + 1
        held = await Interviews(work, VAULT).held_about(person_id)
        assert held["conversations"] == [
            {"form": "tea", "about": "", "at": "2026-10-14T09:00:00+00:00", "unreadable": True}
        ]


async def test_a_form_that_changed_meanwhile_is_asked_anew(db: Database) -> None:
    changed = Form(name="tea", version="2", questions=TEA.questions)
    async with db.work() as work:
        person_id = await amina(work)
        await talk(work, person_id).begin(NOW)

        assert await talk(work, person_id, form=changed).now() is None
        with pytest.raises(InterviewStale):
            await talk(work, person_id, form=changed).take(None, pick_tea, NOW)


async def test_forgetting_leaves_nothing(db: Database) -> None:
    async with db.work() as work:
        person_id = await amina(work)
        await talk(work, person_id).begin(NOW)
        await Interviews(work, VAULT).forget(person_id, NOW)

        assert await Interviews(work, VAULT).get(person_id, "tea") is None
        assert await Interviews(work, VAULT).held_about(person_id) == {"conversations": []}
