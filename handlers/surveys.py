"""Surveys: which there are, and taking one, a question at a time."""

from bot.chat.context import Turn
from bot.chat.interviews import Interviews, Saved
from bot.chat.routes import Routes
from bot.errors import InterviewStale, SurveyClosed
from bot.message import Message, as_number
from bot.people.models import Right
from bot.people.roles import Roles, may
from bot.surveys.desk import SurveyDesk
from bot.surveys.models import PREFIX
from bot.surveys.views import keyboard, overview, questions
from bot.surveys.views.authoring import to_authoring
from handlers import answering
from handlers.answering import heard, press
from handlers.taking import Taking

LINK = "s-"
"""How the payload of a link to a survey begins; its number follows."""


def survey_in(payload: str) -> int | None:
    """The number of a survey; None where a link leads to something else."""
    return as_number(payload.removeprefix(LINK)) if payload.startswith(LINK) else None


async def opened(turn: Turn, survey_id: int) -> Message:
    """The survey that a link leads to."""
    try:
        taking = await Taking.of(turn, survey_id)
    except SurveyClosed:
        return overview.gone(turn.t)
    return overview.card(turn.t, taking.offer, turn.house.catalogues)


async def show(turn: Turn) -> None:
    """The surveys, or one of them, or the way into it."""
    if not turn.tap.args:
        turn.show(await _all(turn))
        return
    try:
        taking = await Taking.of(turn, turn.tap.number(0))
        match turn.tap.args[1:]:
            case ("begin", int(place)):
                turn.show(await taking.begin(place))
            case ("begin",):
                turn.show(await taking.begin(None))
            case ("go",):
                turn.show(await taking.come_back())
            case ("drop",):
                turn.show(taking.ask_to_drop(None))
            case _:
                turn.show(overview.card(turn.t, taking.offer, turn.house.catalogues))
    except InterviewStale:
        turn.show(await taking.where())
    except SurveyClosed:
        turn.show(overview.gone(turn.t))


async def _all(turn: Turn) -> Message:
    roles = await Roles(turn.work).of(turn.person.id)
    found = await SurveyDesk(turn.work).open_for(roles, turn.now)
    interviews = Interviews(turn.work, turn.house.vault)
    takings = [
        Taking(turn, survey, await interviews.get(turn.person.id, survey.form)) for survey in found
    ]
    message = overview.surveys(turn.t, [taking.offer for taking in takings])
    if may(roles, Right.PUBLISH_SURVEYS):
        return message.with_buttons([to_authoring(turn.t)])
    return message


async def walk(turn: Turn) -> None:
    """A button under a question."""
    did, what = turn.tap.text(2), turn.tap.text(3)
    try:
        taking = await Taking.of(turn, turn.tap.number(0))
        if did == "pause":
            turn.show(await taking.pause())
        elif did in {"drop", "erase"}:
            await _drop(turn, taking, did)
        else:
            await press(turn, taking, did, what)
    except InterviewStale:
        turn.toast(questions.old_question(turn.t))
        turn.show(await taking.where())
    except SurveyClosed:
        turn.show(overview.gone(turn.t))


async def _drop(turn: Turn, taking: Taking, did: str) -> None:
    """Delete the answers so far once they said yes; an old button leads to where they are."""
    revision = turn.tap.number(1)
    try:
        ask = did == "drop"
        turn.show(taking.ask_to_drop(revision) if ask else await taking.drop(revision))
    except InterviewStale:
        turn.toast(questions.old_question(turn.t))
        turn.show(await taking.where())


async def hear(turn: Turn, saved: Saved) -> bool:
    """Typed words, a shared place or a file, if a survey waits for it; False: it is not for one."""
    if not saved.form.startswith(PREFIX):
        return False
    try:
        taking = await Taking.of(turn, int(saved.form.removeprefix(PREFIX)))
    except SurveyClosed:
        # Said once: from then on nothing waits for what they type.
        await Interviews(turn.work, turn.house.vault).pause(turn.person.id, saved, turn.now)
        turn.reply(overview.gone(turn.t))
        return True
    return await heard(turn, taking, saved.updated_at)


async def refuse(turn: Turn, saved: Saved) -> bool:
    """Ask again where something was sent that can be no answer; False: no survey waits for one."""
    if not saved.form.startswith(PREFIX):
        return False
    try:
        taking = await Taking.of(turn, int(saved.form.removeprefix(PREFIX)))
    except SurveyClosed:
        return False
    return await answering.refuse(turn, taking)


def register(routes: Routes) -> None:
    """Listen for /survey and for the buttons of surveys."""
    routes.command("survey", show)
    routes.tap("survey", show)
    routes.tap(keyboard.WALK, walk)
