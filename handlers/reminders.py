"""Reminders: whether and when, and the buttons under them."""

from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.errors import BookingNotFound, EventCancelled, EventNotFound, EventOver
from bot.events.booking import BookingDesk
from bot.events.look import Look
from bot.events.models import Event
from bot.events.views import bookings, cards
from bot.message import Message, as_number
from bot.people.views import fallback
from bot.reminders.choices import ReminderChoices, known, to_come
from bot.reminders.feedback import Feedback
from bot.reminders.leads import NONE, Lead
from bot.reminders.views import choosing, reminding
from handlers.events import catalogue, onlooker

REFUSALS = (EventNotFound, EventCancelled, EventOver, BookingNotFound)


async def chosen(turn: Turn) -> Lead | None:
    """Which reminders the person wants; None where they never answered."""
    return await ReminderChoices(turn.work).of(turn.person.id)


def below_booking(turn: Turn, event: Event, booked: Message, leads: Lead | None) -> Message:
    """The words about a booking, and what the person will hear before the event.

    Args:
        turn: of whoever has booked.
        event: what they booked.
        booked: the words about that.
        leads: which reminders they want; None where they never answered.
    """
    coming = to_come(leads, event, turn.now, turn.house.zone)
    english = turn.house.catalogues.translator("en")
    return choosing.below_booking(onlooker(turn), english, booked, coming)


async def accept(turn: Turn) -> None:
    """Yes, remind me."""
    choices = ReminderChoices(turn.work)
    await choices.accept(turn.person.id, turn.t.language, turn.now)
    await _show_booking(turn)


async def decline(turn: Turn) -> None:
    """No reminders."""
    choices = ReminderChoices(turn.work)
    await choices.choose(turn.person.id, NONE, turn.t.language, turn.now)
    await _show_booking(turn)


async def _show_booking(turn: Turn) -> None:
    """The screen on which the question stood, with its answer."""
    event = await _event(turn)
    if event is None:
        return
    if not await BookingDesk(turn.work).is_going(event.id, turn.person.id):
        await screen(turn)
        return
    booked = bookings.booked(onlooker(turn), event, Look())
    turn.show(below_booking(turn, event, booked, await chosen(turn)))


async def screen(turn: Turn) -> None:
    """/reminders: what is chosen."""
    if turn.tap.args[:1] == ("none",):
        await _withdraw(turn)
        return
    turn.show(await _screen(turn))


async def _withdraw(turn: Turn) -> None:
    choices = ReminderChoices(turn.work)
    await choices.choose(turn.person.id, NONE, turn.t.language, turn.now)
    turn.toast(choosing.withdrawn(turn.t))
    # Under a reminder the button leaves the reminder as it is: it may still be needed.
    turn.reply(await _screen(turn))


async def choose(turn: Turn) -> None:
    """Choose a time, or take it away."""
    lead = known(turn.tap.number(0))
    if lead is None:
        turn.toast(fallback.old_button(turn.t))
    else:
        choices = ReminderChoices(turn.work)
        wanted = turn.tap.number(1) == 1
        await choices.set(turn.person.id, lead, turn.t.language, turn.now, wanted=wanted)
    turn.show(await _screen(turn))


async def _screen(turn: Turn) -> Message:
    leads = await ReminderChoices(turn.work).of(turn.person.id)
    english = turn.house.catalogues.translator("en")
    return choosing.screen(turn.t, english, leads, stopped=not turn.person.wants_messages)


async def coming(turn: Turn) -> None:
    """I'm coming."""
    event_id = turn.tap.number(0)
    try:
        event = await BookingDesk(turn.work).confirm(event_id, turn.person.id, turn.now)
    except REFUSALS as why:
        turn.show(bookings.not_confirmed(onlooker(turn), await _known(turn, event_id), why))
        return
    turn.show(await _same_day(turn) or reminding.answered(onlooker(turn), event))


async def cannot(turn: Turn) -> None:
    """I can't come: the place is given back at once."""
    event_id = turn.tap.number(0)
    try:
        cancelled = await BookingDesk(turn.work).cancel(event_id, turn.person.id, turn.now)
    except REFUSALS as why:
        event = await _known(turn, event_id)
        turn.show(bookings.not_cancelled(onlooker(turn), event, Look(), why))
        return
    others = await _same_day(turn)
    if others is None:
        turn.show(bookings.cancelled(onlooker(turn), cancelled.event, Look()))
    else:
        turn.show(others)
        turn.reply(bookings.cancelled(onlooker(turn), cancelled.event, Look()))


async def _same_day(turn: Turn) -> Message | None:
    """The reminder of several events, as things are now; None where it was of one."""
    among = str(turn.tap.args[1]) if len(turn.tap.args) > 1 else ""
    numbers = {each for each in map(as_number, among.split(",")) if each is not None}
    mine = await BookingDesk(turn.work).mine(turn.person.id, turn.now) if numbers else []
    shown = [
        (event, booking.confirmed_at is not None)
        for booking, event in mine
        if event.id in numbers and event.starts_at > turn.now
    ]
    return reminding.reminder(onlooker(turn), shown, turn.house.zone) if shown else None


async def how_was_it(turn: Turn) -> None:
    """The answer to the one question after an event."""
    answer = str(turn.tap.args[1]) if len(turn.tap.args) > 1 else ""
    event_id = turn.tap.number(0)
    went = await BookingDesk(turn.work).is_going(event_id, turn.person.id)
    if answer not in reminding.ANSWERS or not went:
        turn.toast(fallback.old_button(turn.t))
        return
    counted = await Feedback(turn.work).give(turn.person.id, event_id, answer)
    turn.show(reminding.answer_counted(turn.t, again=not counted))


async def _event(turn: Turn) -> Event | None:
    event = await _known(turn, turn.tap.number(0))
    if event is None:
        turn.show(cards.unknown(turn.t))
    return event


async def _known(turn: Turn, event_id: int) -> Event | None:
    try:
        return await catalogue(turn).get(event_id)
    except EventNotFound:
        return None


def register(routes: Routes) -> None:
    """Listen for everything about reminders."""
    routes.command("reminders", screen)
    routes.tap("reminders", screen)
    routes.tap("remind", choose)
    routes.tap("remindme", accept)
    routes.tap("noremind", decline)
    routes.tap("coming", coming)
    routes.tap("cannot", cannot)
    routes.tap("how", how_was_it)
