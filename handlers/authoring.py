"""Surveys for those who write them: sending a form, trying, publishing and closing it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial, wraps

from bot.chat import menus
from bot.chat.context import Turn
from bot.chat.interviews import Conversation, Input, Interviews, Saved, Taken
from bot.chat.routes import Routes
from bot.errors import (
    ClosingDatePast,
    DraftNotFound,
    FormTooLarge,
    InterviewStale,
    NotAForm,
    NotAllowed,
    SurveyClosed,
    TooManyDrafts,
)
from bot.forms import engine
from bot.forms.happened import Asked, Finished, Refused, Step
from bot.forms.inputs import Picked, Sent, Typed
from bot.forms.interview import Interview
from bot.forms.route import AnyForm
from bot.message import Message
from bot.people.models import Right
from bot.people.roles import Roles, may
from bot.surveys.authoring import AuthorDesk
from bot.surveys.publishing import FORM, Wishes, known_as_answers
from bot.surveys.views import authoring as views
from bot.surveys.views import publishing, trying
from handlers import trying as trial
from handlers.events import number_in
from handlers.surveys import LINK

ATTENTION = timedelta(hours=1)
"""For how long typed words answer an open question; after that they are a search again."""
DID: Mapping[str, Callable[[str], Input]] = {
    "pick": lambda key: partial(engine.answer, raw=Picked(key)),
    "skip": lambda _: engine.skip,
    "keep": lambda _: engine.keep,
    "back": lambda _: engine.back,
    "finish": lambda _: engine.finish,
    "change": lambda name: partial(engine.change, name=name),
}
Handler = Callable[[Turn], Awaitable[None]]


def _stale(_key: str) -> Input:
    """What a button does that no screen of ours has."""

    def refuse(_form: AnyForm, _interview: Interview) -> Step:
        raise InterviewStale

    return refuse


def _for_authors(handler: Handler) -> Handler:
    """The handler, with what those see who may not do it, and whose draft or survey is gone."""

    @wraps(handler)
    async def handle(turn: Turn) -> None:
        try:
            await handler(turn)
        except NotAllowed:
            turn.show(views.not_allowed(turn.t))
            # Their menu may still have the command, from when they had the role.
            roles = await Roles(turn.work).of(turn.person.id)
            menu = menus.for_chat(turn.t, turn.person.telegram_id, roles)
            turn.call(menu.method, **menu.params)
        except (DraftNotFound, SurveyClosed):
            turn.toast(views.gone(turn.t))
            turn.show(await _overview(turn))

    return handle


async def received(turn: Turn) -> bool:
    """A file from somebody who may publish surveys; False: it is none, or they are none such."""
    sent = turn.sent
    if not isinstance(sent, Sent) or sent.kind != "file":
        return False
    if not may(await Roles(turn.work).of(turn.person.id), Right.PUBLISH_SURVEYS):
        return False
    try:
        draft = await _desk(turn).take(sent, turn.now)
    except (NotAForm, FormTooLarge, TooManyDrafts) as why:
        turn.reply(views.not_taken(turn.t, why))
    else:
        turn.reply(views.taken(turn.t, draft))
    return True


@_for_authors
async def show(turn: Turn) -> None:
    """Drafts and surveys, or what the button names."""
    desk = _desk(turn)
    match turn.tap.args:
        case ("draft", int(draft_id), *_):
            draft = await desk.draft(draft_id)
            turn.show(views.draft(_seen(turn), draft, number_in(turn, 2)))
        case ("try", int(draft_id), *more):
            turn.show(await _tried(turn, draft_id, more))
        case ("publish", int(draft_id)):
            turn.show(await _begin(turn, draft_id))
        case ("discard", int(draft_id)):
            discarded = await desk.discard(draft_id)
            await _interviews(turn).erase(turn.person.id, discarded.form)
            turn.show(views.discarded(turn.t, discarded))
        case ("survey", int(survey_id)):
            turn.show(await _survey(turn, survey_id))
        case ("close", int(survey_id)):
            turn.show(views.closing(turn.t, await desk.survey(survey_id)))
        case ("shut", int(survey_id)):
            await desk.close(survey_id, turn.now)
            turn.toast(views.is_closed(turn.t))
            turn.show(await _survey(turn, survey_id))
        case _:
            turn.show(await _overview(turn))


async def _overview(turn: Turn) -> Message:
    desk = _desk(turn)
    page = number_in(turn, 1) if turn.tap.args[:1] == ("page",) else 0
    return views.authoring(_seen(turn), await desk.drafts(), await desk.surveys(), page)


async def _survey(turn: Turn, survey_id: int) -> Message:
    counted = await _desk(turn).survey(survey_id)
    return views.survey(_seen(turn), counted, turn.house.link(f"{LINK}{survey_id}"))


async def _tried(turn: Turn, draft_id: int, more: list[str | int]) -> Message:
    trying_it = await trial.Trial.of_draft(turn, draft_id)
    match more:
        case [int(place)]:
            return await trying_it.start(place)
        case _ if len(trying_it.survey.languages) > 1:
            draft = await _desk(turn).draft(draft_id)
            return views.languages(_seen(turn), draft, number_in(turn, 3))
        case _:
            return await trying_it.start(0)


async def _begin(turn: Turn, draft_id: int) -> Message:
    """Ask how a draft is to be published."""
    desk = _desk(turn)
    draft = await desk.usable(draft_id)
    before = await desk.before(draft)
    known = known_as_answers(
        views.title_of(turn.t, draft.title),
        turn.now,
        turn.house.zone,
        before.survey.audience if before else None,
        before.survey.closes_at if before else None,
    )
    step = await _conversation(turn).begin(turn.now, subject=str(draft_id), prefill=known)
    return await _question(turn, draft_id, step)


@_for_authors
async def walk(turn: Turn) -> None:
    """A button of the questions before a survey is published."""
    args = [str(arg) for arg in turn.tap.args]
    _, did, key = (*args, "", "", "")[:3]
    conversation = _conversation(turn)
    now = await conversation.now()
    if now is None:
        await _desk(turn).drafts()  # whether they may at all
        turn.toast(publishing.old_question(turn.t))
        turn.show(await _overview(turn))
        return
    draft_id = int(now.subject)
    await _usable(turn, draft_id)
    if did == "stop":
        await conversation.stop(turn.now)
        turn.show(publishing.stopped(turn.t, draft_id))
        return
    try:
        taken = await conversation.take(number_in(turn, 0), DID.get(did, _stale)(key), turn.now)
    except InterviewStale:
        turn.toast(publishing.old_question(turn.t))
        turn.show(await _question(turn, draft_id, now.step))
    else:
        turn.show(await _next(turn, taken))


async def hear(turn: Turn, saved: Saved) -> bool:
    """Typed words, if a question waits for them before a survey is published."""
    late = turn.now - saved.updated_at > ATTENTION
    if saved.form != FORM.name or late or not turn.text:
        return False
    conversation = _conversation(turn)
    now = await conversation.now()
    if now is None or not isinstance(now.step.shown, Asked):
        return False
    try:
        await _usable(turn, int(now.subject))
    except (NotAllowed, DraftNotFound):
        return False
    asked = now.step.shown
    typed = Typed(
        turn.text,
        publishing.labels(turn.t, asked.choices),
        language=turn.t.language,
        today=turn.now.astimezone(turn.house.zone).date(),
        zone=turn.house.zone,
    )
    taken = await conversation.take(None, partial(engine.answer, raw=typed), turn.now)
    if asked.choices and any(isinstance(each, Refused) for each in taken.step.effects):
        return False  # no choice is called that: they speak of something else
    turn.reply(await _next(turn, taken))
    return True


async def _next(turn: Turn, taken: Taken) -> Message:
    draft_id, shown = int(taken.subject), taken.step.shown
    if not isinstance(shown, Finished):
        return await _question(turn, draft_id, taken.step)
    draft = await _desk(turn).usable(draft_id)
    wishes = Wishes.of(shown.record)
    zone = turn.house.zone
    try:
        survey = await _desk(turn).publish(draft_id, wishes, turn.t.language, turn.now, zone)
    except ClosingDatePast:
        known = known_as_answers(wishes.title, turn.now, zone, wishes.audience)
        step = await _conversation(turn).begin(turn.now, subject=taken.subject, prefill=known)
        turn.toast(publishing.day_is_over(turn.t))
        return await _question(turn, draft_id, step)
    await _interviews(turn).erase(turn.person.id, draft.form)
    return publishing.published(turn.t, survey, turn.house.link(f"{LINK}{survey.id}"))


async def _usable(turn: Turn, draft_id: int) -> None:
    """Nothing, as long as the draft can be published; else nothing more is asked about it."""
    try:
        await _desk(turn).usable(draft_id)
    except DraftNotFound:
        await _conversation(turn).stop(turn.now)
        raise


async def _question(turn: Turn, draft_id: int, step: Step) -> Message:
    desk = _desk(turn)
    draft = await desk.usable(draft_id)
    return publishing.question(_seen(turn), draft, await desk.before(draft), step)


def _seen(turn: Turn) -> views.Desk:
    return views.Desk(turn.t, turn.house.catalogues, turn.now, turn.house.zone)


def _desk(turn: Turn) -> AuthorDesk:
    return AuthorDesk(turn.work, turn.person.id)


def _conversation(turn: Turn) -> Conversation:
    return Conversation(_interviews(turn), FORM, turn.person.id)


def _interviews(turn: Turn) -> Interviews:
    return Interviews(turn.work, turn.house.vault)


def register(routes: Routes) -> None:
    """Listen for /publish and the buttons of authors."""
    routes.command("publish", show)
    routes.tap(views.AUTHOR, show)
    routes.tap(publishing.WALK, walk)
    routes.tap(trying.WALK, _for_authors(trial.walk))
