"""What a person needs to take part: asked once, kept sealed, changed or deleted at any time."""

from bot.chat.context import Turn
from bot.chat.interviews import Conversation, Interviews, Saved, Taken
from bot.chat.routes import Routes
from bot.chat.walking import asks_to_stop, heard, pressed
from bot.errors import EventNotFound, InterviewStale
from bot.events.models import Event
from bot.events.views.access import ask_organisers
from bot.forms.happened import Finished, Step
from bot.i18n import Translator
from bot.message import Message
from bot.people.models import Needs
from bot.people.needs_form import FORM, NeedsDesk, known_as_answers
from bot.people.views import needs as views
from handlers.events import catalogue, onlooker


async def known(turn: Turn) -> Needs | None:
    """What the person needs, if they told us."""
    return await _desk(turn).known(turn.person.id)


async def was_asked(turn: Turn) -> bool:
    """Whether the person was ever asked what they need."""
    return await _conversation(turn).was_begun()


async def after_booking(turn: Turn, event: Event, known: Needs | None, *, was_asked: bool) -> None:
    """Ask whoever was never asked; ask others whether what we know is still right.

    Args:
        turn: of whoever has booked.
        event: what they booked.
        known: what they need, if they told us.
        was_asked: whether they were ever asked.
    """
    if known is not None:
        turn.reply(views.still_hold(turn.t, known, event.id))
    elif not was_asked:
        step = await _conversation(turn).begin_first(turn.now, subject=str(event.id))
        turn.reply(_question(turn, step))


async def show(turn: Turn) -> None:
    """What we know, and what to do with it."""
    match turn.tap.args:
        case ("ask", *_):
            known = await _desk(turn).known(turn.person.id)
            step = await _conversation(turn).begin(
                turn.now,
                subject=str(turn.tap.number(1)),
                prefill=known_as_answers(known) if known else {},
            )
            turn.show(_question(turn, step))
        case ("yes", *_):
            known = await _desk(turn).confirm(turn.person.id, turn.now)
            turn.show(await _settled(turn, known, str(turn.tap.number(1))))
        case ("delete", *_):
            await _desk(turn).erase(turn.person.id, turn.now)
            await _conversation(turn).stop(turn.now)
            turn.show(views.deleted(turn.t))
        case _:
            known = await _desk(turn).known(turn.person.id)
            turn.show(views.overview(turn.t, _english(turn), known))


async def walk(turn: Turn) -> None:
    """A button of the form."""
    if asks_to_stop(turn):
        await _desk(turn).erase(turn.person.id, turn.now)
        await _conversation(turn).stop(turn.now)
        turn.show(views.deleted(turn.t))
        return
    try:
        taken = await pressed(turn, _conversation(turn))
    except InterviewStale:
        await _show_where_we_are(turn)
    else:
        turn.show(await _next(turn, taken))


async def hear(turn: Turn, saved: Saved) -> bool:
    """Typed words, if the form waits for them; False leaves them to others."""
    if saved.form != FORM.name:
        return False
    taken = await heard(turn, saved, _conversation(turn), views.labels)
    if taken is None:
        return False
    turn.reply(await _next(turn, taken))
    return True


async def _next(turn: Turn, taken: Taken) -> Message:
    if not isinstance(taken.step.shown, Finished):
        return _question(turn, taken.step)
    record = taken.step.shown.record
    kept = await _desk(turn).keep(turn.person, record, turn.t.language, turn.now)
    return await _settled(turn, kept, taken.subject)


async def _settled(turn: Turn, needs: Needs | None, subject: str) -> Message:
    if needs is None:
        return views.nothing_kept(turn.t)
    try:
        event = await catalogue(turn).get(int(subject or 0))
    except EventNotFound:
        return views.kept(turn.t, needs)
    return views.kept(turn.t, needs, *ask_organisers(onlooker(turn), event, needs))


async def _show_where_we_are(turn: Turn) -> None:
    turn.toast(views.old_question(turn.t))
    now = await _conversation(turn).now()
    if now is not None:
        turn.show(_question(turn, now.step))
    else:
        known = await _desk(turn).known(turn.person.id)
        turn.show(views.overview(turn.t, _english(turn), known))


def _question(turn: Turn, step: Step) -> Message:
    return views.question(turn.t, _english(turn), step)


def _english(turn: Turn) -> Translator:
    return turn.house.catalogues.translator("en")


def _conversation(turn: Turn) -> Conversation:
    return Conversation(Interviews(turn.work, turn.house.vault), FORM, turn.person.id)


def _desk(turn: Turn) -> NeedsDesk:
    return NeedsDesk(turn.work, turn.house.vault)


def register(routes: Routes) -> None:
    """Listen for the questions' buttons."""
    routes.tap("needs", show)
    routes.tap(views.WALK, walk)
