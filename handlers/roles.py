"""Who may do what: inviting, taking back, and the log of what was done; for admins."""

from collections.abc import Iterable
from functools import partial

from bot.chat import menus, role_news
from bot.chat.context import Turn
from bot.chat.interviews import Conversation, Interviews, Saved, Taken
from bot.chat.routes import Routes
from bot.chat.walking import asks_to_stop, heard, pressed
from bot.errors import InterviewStale, InviteNotOpen, LastAdmin, NotAllowed, RoleNotFound
from bot.forms.definition import Choice
from bot.forms.happened import Finished
from bot.i18n import Translator
from bot.message import Message
from bot.people.inviting import NAME, Wanted, form_for
from bot.people.role_desk import RoleDesk
from bot.people.service import People
from bot.people.views import acts as log_views
from bot.people.views import holders as views
from bot.people.views import inviting
from bot.people.views.role_names import named, role_and_place
from handlers.guard import guarded
from handlers.invites import PREFIX


async def _overview(turn: Turn) -> Message:
    page = turn.tap.number(1) if turn.tap.args[:1] == ("page",) else 1
    return views.overview(_admin(turn), await _desk(turn).holders(page, turn.now))


_for_admins = guarded(views.not_allowed, (RoleNotFound, InviteNotOpen), views.gone, _overview)


@_for_admins
async def show(turn: Turn) -> None:
    """Who has which role, or what the button names."""
    desk = _desk(turn)
    match turn.tap.args:
        case ("person", int(person_id)):
            turn.show(views.holder(_admin(turn), await desk.holder(person_id)))
        case ("take", int(role_id)):
            turn.show(views.confirm_take(_admin(turn), await desk.role(role_id)))
        case ("taken", int(role_id)):
            await _take(turn, role_id)
        case ("invites",):
            turn.show(views.invites(_admin(turn), await desk.open_invites(turn.now)))
        case ("revoke", int(invite_id)):
            await desk.revoke(invite_id, turn.now)
            turn.toast(views.revoked(turn.t))
            turn.show(views.invites(_admin(turn), await desk.open_invites(turn.now)))
        case ("new",):
            await desk.may_invite()
            step = await _conversation(turn).begin(turn.now)
            turn.show(inviting.question(_admin(turn), step))
        case _:
            turn.show(await _overview(turn))


async def _take(turn: Turn, role_id: int) -> None:
    """Take a role away, and let its holder's menu and messages say so."""
    try:
        given = await _desk(turn).take(role_id, turn.now)
    except LastAdmin:
        turn.toast(views.last_admin(turn.t), alert=True)
        return
    if given.person_id == turn.person.id:
        words = role_and_place(turn.t, turn.house.content.boroughs, given)
        turn.show(views.told_taken(turn.t, words))
    else:
        await role_news.owe(turn.work, given, turn.now)
        turn.show(views.taken(_admin(turn), given))
    person = await People(turn.work).get(given.person_id)
    if person.blocked_at is None:
        await menus.refresh(turn, person)


@_for_admins
async def walk(turn: Turn) -> None:
    """A button of the questions before somebody is invited."""
    await _desk(turn).may_invite()
    conversation = _conversation(turn)
    now = await conversation.now()
    if now is None:
        turn.toast(inviting.old_question(turn.t))
        turn.show(await _overview(turn))
        return
    if asks_to_stop(turn):
        await conversation.stop(turn.now)
        turn.toast(inviting.stopped(turn.t))
        turn.show(await _overview(turn))
        return
    try:
        taken = await pressed(turn, conversation)
    except InterviewStale:
        turn.toast(inviting.old_question(turn.t))
        turn.show(inviting.question(_admin(turn), now.step))
    else:
        turn.show(await _next(turn, taken))


async def hear(turn: Turn, saved: Saved) -> bool:
    """Typed words, if a question waits for them before somebody is invited."""
    if saved.form != NAME:
        return False
    try:
        await _desk(turn).may_invite()
    except NotAllowed:
        return False
    taken = await heard(turn, saved, _conversation(turn), partial(_labels, turn))
    if taken is None:
        return False
    turn.reply(await _next(turn, taken))
    return True


def _labels(turn: Turn, t: Translator, choices: Iterable[Choice]) -> dict[str, str]:
    return inviting.labels(t, turn.house.content.boroughs, choices)


async def _next(turn: Turn, taken: Taken) -> Message:
    shown = taken.step.shown
    if not isinstance(shown, Finished):
        return inviting.question(_admin(turn), taken.step)
    wanted = Wanted.of(shown.record)
    code = await _desk(turn).invite(wanted, turn.now)
    boroughs = turn.house.content.boroughs
    words = named(turn.t, boroughs, wanted.role, wanted.borough, wanted.group)
    return views.invited(_admin(turn), words, turn.house.link(f"{PREFIX}{code}"), turn.now)


@_for_admins
async def show_log(turn: Turn) -> None:
    """What was done that only some may do, or all of it as a file."""
    match turn.tap.args:
        case ("file",):
            content = await _desk(turn).export_log(turn.house.zone, turn.now)
            turn.reply(log_views.exported(turn.t, content, turn.now, turn.house.zone))
        case ("page", int(page)):
            turn.show(log_views.log(_admin(turn), await _desk(turn).log(page)))
        case _:
            turn.show(log_views.log(_admin(turn), await _desk(turn).log(1)))


def _admin(turn: Turn) -> views.Admin:
    return views.Admin(turn.t, turn.house.content.boroughs, turn.person.id, turn.house.zone)


def _desk(turn: Turn) -> RoleDesk:
    return RoleDesk(turn.work, turn.person.id)


def _conversation(turn: Turn) -> Conversation:
    interviews = Interviews(turn.work, turn.house.vault)
    return Conversation(interviews, form_for(turn.house.content.boroughs), turn.person.id)


def register(routes: Routes) -> None:
    """Listen for /roles, /log and the buttons of admins."""
    routes.command("roles", show)
    routes.tap(views.VERB, show)
    routes.tap(inviting.WALK, walk)
    routes.command("log", show_log)
    routes.tap(log_views.VERB, show_log)
