"""Booking a place, giving it back, and the person's own list."""

from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.errors import BookingNotFound, EventCancelled, EventFull, EventNotFound, EventOver
from bot.events.booking import BookingDesk
from bot.events.models import Event
from bot.events.views import bookings
from handlers import needs, reminders
from handlers.events import catalogue, look_in, onlooker

REFUSALS = (EventNotFound, EventFull, EventCancelled, EventOver, BookingNotFound)


async def book(turn: Turn) -> None:
    """Book a place with one tap."""
    event_id, look = turn.tap.number(0), look_in(turn, 1)
    try:
        booked, known, was_asked, leads = await turn.work.together(
            BookingDesk(turn.work).book(event_id, turn.person.id, turn.now, look.source),
            needs.known(turn),
            needs.was_asked(turn),
            reminders.chosen(turn),
        )
    except REFUSALS as why:
        event = await _event(turn, event_id)
        turn.show(bookings.not_booked(onlooker(turn), event, look, why))
        return
    already = booked.was_already
    said = bookings.booked(onlooker(turn), booked.event, look, already=already)
    turn.show(reminders.below_booking(turn, booked.event, said, leads))
    if already:
        turn.toast(bookings.already_booked(turn.t))
    else:
        await needs.after_booking(turn, booked.event, known, was_asked=was_asked)


async def unbook(turn: Turn) -> None:
    """Give a place back with one tap."""
    event_id, look = turn.tap.number(0), look_in(turn, 1)
    try:
        cancelled = await BookingDesk(turn.work).cancel(event_id, turn.person.id, turn.now)
    except REFUSALS as why:
        event = await _event(turn, event_id)
        turn.show(bookings.not_cancelled(onlooker(turn), event, look, why))
        return
    turn.show(bookings.cancelled(onlooker(turn), cancelled.event, look))


async def mine(turn: Turn) -> None:
    """The person's places at what is still to come."""
    found = await BookingDesk(turn.work).mine(turn.person.id, turn.now)
    turn.show(bookings.my_bookings(onlooker(turn), found, turn.tap.number(0)))


async def _event(turn: Turn, event_id: int) -> Event | None:
    try:
        return await catalogue(turn).get(event_id)
    except EventNotFound:
        return None


def register(routes: Routes) -> None:
    """Listen for everything about bookings."""
    routes.command("bookings", mine)
    routes.tap("bookings", mine)
    routes.tap("book", book)
    routes.tap("unbook", unbook)
