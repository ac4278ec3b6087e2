"""Surveys for those who write them: sending a form, trying, publishing and closing it."""

from bot.chat.context import Turn
from bot.chat.interviews import Interviews
from bot.chat.routes import Routes
from bot.errors import (
    DraftNotFound,
    FormTooLarge,
    NotAForm,
    SurveyClosed,
    TooManyDrafts,
)
from bot.forms.inputs import Sent
from bot.message import Message
from bot.people.models import Right
from bot.people.roles import Roles, may
from bot.surveys.authoring import AuthorDesk
from bot.surveys.views import authoring as views
from bot.surveys.views import drafts, published, trying
from bot.surveys.views import publishing as asking
from handlers import publishing
from handlers import trying as trial
from handlers.guard import guarded
from handlers.surveys import LINK


async def _overview(turn: Turn) -> Message:
    desk = _desk(turn)
    page = turn.tap.number(1) if turn.tap.args[:1] == ("page",) else 0
    return views.authoring(publishing.seen(turn), await desk.drafts(), await desk.surveys(), page)


_for_authors = guarded(views.not_allowed, (DraftNotFound, SurveyClosed), views.gone, _overview)


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
        turn.reply(drafts.not_taken(turn.t, why))
    else:
        turn.reply(drafts.taken(turn.t, draft))
    return True


@_for_authors
async def show(turn: Turn) -> None:
    """Drafts and surveys, or what the button names."""
    desk = _desk(turn)
    match turn.tap.args:
        case ("draft", int(draft_id), *_):
            draft = await desk.draft(draft_id)
            turn.show(drafts.draft(publishing.seen(turn), draft, turn.tap.number(2)))
        case ("try", int(draft_id), *more):
            turn.show(await _tried(turn, draft_id, more))
        case ("publish", int(draft_id)):
            turn.show(await publishing.begin(turn, draft_id))
        case ("discard", int(draft_id)):
            discarded = await desk.discard(draft_id)
            await _interviews(turn).erase(turn.person.id, discarded.form)
            turn.show(drafts.discarded(turn.t, discarded))
        case ("survey", int(survey_id)):
            turn.show(await _survey(turn, survey_id))
        case ("close", int(survey_id)):
            turn.show(published.closing(publishing.seen(turn), await desk.survey(survey_id)))
        case ("shut", int(survey_id)):
            await desk.close(survey_id, turn.now)
            turn.toast(published.is_closed(turn.t))
            turn.show(await _survey(turn, survey_id))
        case _:
            turn.show(await _overview(turn))


async def _survey(turn: Turn, survey_id: int) -> Message:
    counted = await _desk(turn).survey(survey_id)
    return published.survey(publishing.seen(turn), counted, turn.house.link(f"{LINK}{survey_id}"))


async def _tried(turn: Turn, draft_id: int, more: list[str | int]) -> Message:
    trying_it = await trial.Trial.of_draft(turn, draft_id)
    match more:
        case [int(place)]:
            return await trying_it.start(place)
        case _ if len(trying_it.survey.languages) > 1:
            draft = await _desk(turn).draft(draft_id)
            return drafts.languages(publishing.seen(turn), draft, turn.tap.number(3))
        case _:
            return await trying_it.start(0)


@_for_authors
async def walk(turn: Turn) -> None:
    """A button of the questions before a survey is published."""
    if not await publishing.walk(turn):
        turn.toast(asking.old_question(turn.t))
        turn.show(await _overview(turn))


def _desk(turn: Turn) -> AuthorDesk:
    return AuthorDesk(turn.work, turn.person.id)


def _interviews(turn: Turn) -> Interviews:
    return Interviews(turn.work, turn.house.vault)


def register(routes: Routes) -> None:
    """Listen for /publish and the buttons of authors."""
    routes.command("publish", show)
    routes.tap(views.AUTHOR, show)
    routes.tap(asking.WALK, walk)
    routes.tap(trying.WALK, _for_authors(trial.walk))
