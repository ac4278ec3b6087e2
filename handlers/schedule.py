"""/schedule: what will be sent, what people answered and need; for whoever may see it."""

from bot.chat import ahead
from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.errors import EventNotFound, NotAllowed
from bot.message import Message
from bot.people.views import fallback
from bot.people.views import roles as role_views
from bot.reminders.needs import EventNeeds
from bot.reminders.outlook import Coming
from bot.reminders.schedule import Schedule
from bot.reminders.views import needs as needs_views
from bot.reminders.views import schedule as views
from handlers.guard import guarded


async def _events(turn: Turn) -> Message:
    page = turn.tap.number(1) if turn.tap.args[:1] == ("events",) else 1
    found = await Schedule(turn.work).events(turn.person.id, page, turn.now)
    return views.events(turn.t, found)


@guarded(role_views.not_allowed, (EventNotFound,), fallback.old_button, _events)
async def show(turn: Turn) -> None:
    """What will be sent, or whatever page of it the button names."""
    schedule = Schedule(turn.work)
    match turn.tap.args:
        case ("events", *_):
            turn.show(await _events(turn))
        case ("event", int(event_id), *_):
            await _show_event(turn, schedule, event_id)
        case ("needs", int(event_id), *_):
            await _show_needs(turn, schedule, event_id)
        case _:
            await schedule.require(turn.person.id)  # before all is counted
            coming = _coming(turn)
            found = await schedule.ahead(turn.person.id, coming, turn.now)
            page_of_it = turn.tap.number(0)
            turn.show(views.ahead(turn.t, found, page_of_it, turn.now, turn.house.zone))


def _coming(turn: Turn) -> list[Coming]:
    """All that will be sent, counted anew for this look: it goes over very many rows."""
    zone, now = turn.house.zone, turn.now
    key = ("coming", turn.number)
    return turn.house.readings.recall(key, lambda work: ahead.coming(work, zone, now), now)


async def _show_event(turn: Turn, schedule: Schedule, event_id: int) -> None:
    answered = await schedule.answers(turn.person.id, event_id, turn.now)
    turn.show(views.answers(turn.t, answered, turn.tap.number(2), turn.now))


async def _show_needs(turn: Turn, schedule: Schedule, event_id: int) -> None:
    try:
        needed = await EventNeeds(turn.work, turn.house.vault).look(
            turn.person.id, event_id, turn.now
        )
    except NotAllowed:
        turn.toast(fallback.old_button(turn.t))
        await _show_event(turn, schedule, event_id)
    else:
        turn.show(needs_views.needed(turn.t, needed, turn.tap.number(2), turn.tap.number(3)))


def register(routes: Routes) -> None:
    """Listen for /schedule and its buttons."""
    routes.command("schedule", show)
    routes.tap("schedule", show)
