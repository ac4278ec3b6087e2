"""Publishing a survey: what its author is asked before, step by step."""

from bot.chat.context import Turn
from bot.chat.interviews import Conversation, Interviews, Saved, Taken
from bot.chat.walking import asks_to_stop, heard, pressed
from bot.errors import ClosingDatePast, DraftNotFound, InterviewStale, NotAllowed
from bot.forms.happened import Finished, Step
from bot.message import Message
from bot.surveys.authoring import AuthorDesk, titles_of
from bot.surveys.drafts import Draft
from bot.surveys.publishing import NAME, Wishes, form_for, known_as_answers
from bot.surveys.views import authoring as views
from bot.surveys.views import publishing
from handlers.surveys import LINK


def seen(turn: Turn) -> views.Desk:
    """What the views of authors are shown with."""
    house = turn.house
    return views.Desk(turn.t, house.catalogues, turn.now, house.zone, turn.person.id)


async def begin(turn: Turn, draft_id: int) -> Message:
    """Ask how a draft is to be published.

    Raises:
        NotAllowed, DraftNotFound: see AuthorDesk.
    """
    desk = _desk(turn)
    draft = await desk.usable(draft_id)
    before = await desk.before(draft)
    known = known_as_answers(
        titles_of(draft, before.survey if before else None),
        turn.now,
        turn.house.zone,
        before.survey.audience if before else None,
        before.survey.closes_at if before else None,
    )
    conversation = _conversation(turn, draft)
    step = await conversation.begin(turn.now, subject=str(draft_id), prefill=known)
    return await _question(turn, draft, step)


async def walk(turn: Turn) -> bool:
    """A button of the questions; False: nothing is asked any more.

    Raises:
        NotAllowed, DraftNotFound: see AuthorDesk.
    """
    draft = await _draft_of(turn, await _interviews(turn).get(turn.person.id, NAME))
    if draft is None:
        return False
    conversation = _conversation(turn, draft)
    now = await conversation.now()
    if now is None:
        return False
    if asks_to_stop(turn):
        await conversation.stop(turn.now)
        turn.show(publishing.stopped(turn.t, draft.id))
        return True
    try:
        taken = await pressed(turn, conversation)
    except InterviewStale:
        turn.toast(publishing.old_question(turn.t))
        turn.show(await _question(turn, draft, now.step))
    else:
        turn.show(await _next(turn, draft, taken))
    return True


async def hear(turn: Turn, saved: Saved) -> bool:
    """Typed words, if a question waits for them before a survey is published."""
    if saved.form != NAME:
        return False
    try:
        draft = await _draft_of(turn, saved)
    except (NotAllowed, DraftNotFound):
        return False
    if draft is None:
        return False
    taken = await heard(turn, saved, _conversation(turn, draft), publishing.labels)
    if taken is None:
        return False
    turn.reply(await _next(turn, draft, taken))
    return True


async def _next(turn: Turn, draft: Draft, taken: Taken) -> Message:
    shown = taken.step.shown
    if not isinstance(shown, Finished):
        return await _question(turn, draft, taken.step)
    wishes = Wishes.of(shown.record, draft.languages)
    zone = turn.house.zone
    try:
        survey = await _desk(turn).publish(draft.id, wishes, turn.now, zone)
    except ClosingDatePast:
        known = known_as_answers(tuple(wishes.titles.values()), turn.now, zone, wishes.audience)
        conversation = _conversation(turn, draft)
        step = await conversation.begin(turn.now, subject=taken.subject, prefill=known)
        turn.toast(publishing.day_is_over(turn.t))
        return await _question(turn, draft, step)
    await _interviews(turn).erase(turn.person.id, draft.form)
    return publishing.published(turn.t, survey, turn.house.link(f"{LINK}{survey.id}"))


async def _draft_of(turn: Turn, saved: Saved | None) -> Draft | None:
    """The draft that the open questions are about; where it is gone, nothing more is asked.

    Raises:
        NotAllowed, DraftNotFound: see AuthorDesk.
    """
    if saved is None or not saved.goes_on:
        await _desk(turn).drafts()  # whether they may at all
        return None
    try:
        return await _desk(turn).usable(int(saved.subject))
    except DraftNotFound:
        await Conversation(_interviews(turn), form_for(()), turn.person.id).stop(turn.now)
        raise


async def _question(turn: Turn, draft: Draft, step: Step) -> Message:
    desk = seen(turn)
    return publishing.question(desk, draft, await _desk(turn).before(draft), step)


def _desk(turn: Turn) -> AuthorDesk:
    return AuthorDesk(turn.work, turn.person.id)


def _conversation(turn: Turn, draft: Draft) -> Conversation:
    return Conversation(_interviews(turn), form_for(draft.languages), turn.person.id)


def _interviews(turn: Turn) -> Interviews:
    return Interviews(turn.work, turn.house.vault)
