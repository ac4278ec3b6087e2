"""Finding events: the list, what narrows it down, the card and what hangs on it."""

from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.errors import EventNotFound
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.events.links import EventLink
from bot.events.look import Look
from bot.events.models import Event, Position
from bot.events.views import bookings, cards, filters, lists
from bot.events.views.labels import Onlooker
from bot.message import Message


def onlooker(turn: Turn) -> Onlooker:
    """Whoever sent the update, as views want them."""
    return Onlooker(turn.t, turn.house.content.boroughs, turn.now)


def catalogue(turn: Turn) -> EventCatalogue:
    """The events, within this turn's transaction."""
    return EventCatalogue(turn.work, turn.house.content.boroughs)


def look_in(turn: Turn, at: int) -> Look:
    """The look that the pressed button carries; what the person sees first where it has none."""
    boroughs = turn.house.content.boroughs
    args = turn.tap.args
    found = Look.read(args[at], boroughs) if len(args) > at else None
    return found or Look.around(turn.person.borough, boroughs)


async def next_events(turn: Turn) -> None:
    """What comes next around the person."""
    turn.show(await listed(turn, Look.around(turn.person.borough, turn.house.content.boroughs)))


async def show_list(turn: Turn) -> None:
    """The list that a button stands for."""
    look = look_in(turn, 0)
    if look.source:
        look = Look.around(turn.person.borough, turn.house.content.boroughs)
    turn.show(await listed(turn, look))


async def listed(turn: Turn, look: Look) -> Message:
    """What a person looks at, as a message."""
    events = catalogue(turn)
    page = await events.upcoming(look.filters, turn.now, look.page, lists.PAGE_SIZE)
    if page.total:
        return lists.event_list(onlooker(turn), page, look)
    ways = await events.loosened(look.filters, turn.now)
    return lists.nothing_found(onlooker(turn), look, ways)


async def narrow(turn: Turn) -> None:
    """What can be changed about the list, or one thing to choose."""
    eyes, look = onlooker(turn), look_in(turn, 0)
    match turn.tap.args[1:]:
        case ("area", *_):
            turn.show(filters.choose_area(eyes, look, turn.person.borough))
        case ("kind", *_):
            turn.show(filters.choose_kind(eyes, look))
        case ("when", *_):
            turn.show(filters.choose_when(eyes, look))
        case ("language", *_):
            spoken = await catalogue(turn).languages_spoken(turn.now)
            turn.show(filters.choose_language(eyes, look, spoken))
        case ("access", *_):
            turn.show(filters.choose_access(eyes, look, turn.tap.number(2)))
        case _:
            turn.show(filters.narrow(eyes, look))


async def ask_near(turn: Turn) -> None:
    """Ask where the person is."""
    turn.reply(lists.ask_location(turn.t))


async def near(turn: Turn) -> None:
    """The events nearest to a shared place, which is not kept."""
    message = turn.update.message
    if message is not None and message.location is not None:
        here = Position(message.location.latitude, message.location.longitude)
        found = await catalogue(turn).nearest(here, turn.now, lists.PAGE_SIZE)
        turn.reply(lists.near_list(onlooker(turn), found))


async def show_card(turn: Turn) -> None:
    """An event, in the place of the list."""
    turn.show(await card(turn, turn.tap.number(0), look_in(turn, 1)))


async def open_card(turn: Turn) -> None:
    """An event in a message of its own."""
    turn.reply(await card(turn, turn.tap.number(0), look_in(turn, 1)))


async def open_link(turn: Turn, link: EventLink) -> None:
    """The event that a link leads to; a booking of it remembers where the person came from."""
    look = Look(source=link.source) if link.source else look_in(turn, 1)
    turn.reply(await card(turn, link.event_id, look))


async def card(turn: Turn, event_id: int, look: Look) -> Message:
    """An event's card, as this person sees it."""
    try:
        event, booked = await turn.work.together(
            catalogue(turn).get(event_id),
            BookingDesk(turn.work).is_going(event_id, turn.person.id),
        )
    except EventNotFound:
        return cards.unknown(turn.t)
    return cards.card(onlooker(turn), event, look, booked=booked)


async def about(turn: Turn) -> None:
    """The whole description."""
    if event := await _event(turn):
        eyes, look = onlooker(turn), look_in(turn, 2)
        turn.show(cards.about(eyes, event, look, turn.tap.number(1)))


async def who(turn: Turn) -> None:
    """Who will be there."""
    if event := await _event(turn):
        eyes, look = onlooker(turn), look_in(turn, 2)
        turn.show(cards.who(eyes, event, look, turn.tap.number(1)))


async def send_calendar(turn: Turn) -> None:
    """The event as a calendar file."""
    if event := await _event(turn):
        booked = await BookingDesk(turn.work).is_going(event.id, turn.person.id)
        turn.reply(bookings.calendar(onlooker(turn), event, booked=booked))


async def send_place(turn: Turn) -> None:
    """Where the event is, on the map."""
    if event := await _event(turn):
        turn.reply(cards.directions(onlooker(turn), event) or cards.no_place(turn.t))


async def _event(turn: Turn) -> Event | None:
    """The event a button names; where there is none, the person is told."""
    try:
        return await catalogue(turn).get(turn.tap.number(0))
    except EventNotFound:
        turn.show(cards.unknown(turn.t))
        return None


def register(routes: Routes) -> None:
    """Listen for everything about finding events."""
    routes.command("events", next_events)
    routes.tap("events", next_events)
    routes.tap("list", show_list)
    routes.tap("narrow", narrow)
    routes.tap("near", ask_near)
    routes.tap("event", show_card)
    routes.tap("open", open_card)
    routes.tap("about", about)
    routes.tap("who", who)
    routes.tap("calendar", send_calendar)
    routes.tap("directions", send_place)
