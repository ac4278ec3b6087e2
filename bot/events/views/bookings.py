"""Booking a place, giving it back, and a person's own list."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from bot.errors import (
    BaobabError,
    BookingNotFound,
    EventCancelled,
    EventFull,
    EventNotFound,
    EventOver,
)
from bot.events.calendar import CalendarTexts, calendar_file
from bot.events.look import Look
from bot.events.models import Booking, Event, EventStatus
from bot.events.views.cards import online, unknown
from bot.events.views.labels import (
    LABEL,
    SAMPLE,
    Onlooker,
    bold,
    find_events,
    listing,
    plain_listing,
    title_of,
    told_of,
    turning,
    when,
    where,
)
from bot.events.views.lengths import clip
from bot.events.views.lists import block
from bot.i18n import Translator
from bot.message import Button, Document, Message, Shown, Tap
from bot.people.views.welcome import back_home

FEW = 3  # bookings that fit on one screen of eight buttons
SOME = 2  # bookings on each of several screens, which need buttons to turn pages

_GAP = Markup("\n\n")
_LINE = Markup("\n")


def booked(eyes: Onlooker, event: Event, look: Look, *, already: bool = False) -> Message:
    """The person has a place: what they need to know, and how to give it back.

    Args:
        eyes: whoever has it.
        event: where.
        look: what they look at.
        already: they had it before they pressed the button.
    """
    t = eyes.t
    code = look.code(eyes.boroughs)
    facts = [
        bold(t, title_of(t, event.title)),
        t("<b>When:</b> {when}", when=when(t, event)),
    ]
    if held := where(eyes, event):
        facts.append(t("<b>Where:</b> {place}", place=listing(t, held)))
    if event.is_online:
        facts.append(online(t, event, booked=True))
    has = t("<b>You already have a place.</b>") if already else t("<b>You have a place.</b>")
    blocks = [has]
    if event.status is EventStatus.POSTPONED:
        blocks.append(t("<b>This event is postponed.</b> The date below is the old one."))
    blocks.append(_LINE.join(facts))
    if event.sample:
        blocks.append(t(SAMPLE))
    blocks.append(t("If you cannot come, please cancel. Then somebody else can have your place."))
    return Message(_GAP.join(blocks), shows=Shown(event.id, code)).with_buttons(
        [
            Button(
                t.plain("Cancel my place") if already else t.plain("Undo"),
                Tap.to("unbook", event.id, code),
            ),
            Button(t.plain("Calendar file"), Tap.to("calendar", event.id)),
        ],
        [Button(t.plain("My bookings"), Tap.to("bookings"))],
        [Button(t.plain("Back to the event"), Tap.to("event", event.id, code))],
    )


def already_booked(t: Translator) -> str:
    """Said when a person books what they have booked."""
    return t.plain("You already have a place.")


def cancelled(eyes: Onlooker, event: Event, look: Look) -> Message:
    """The person has no place any more, and can take that back while there is an event."""
    t = eyes.t
    blocks = [t("You gave back your place at <b>{title}</b>.", title=title_of(t, event.title))]
    again = []
    if event.status is not EventStatus.CANCELLED:
        blocks.append(t("Somebody else can have it now. Changed your mind? You can book again."))
        code = look.code(eyes.boroughs)
        again.append(Button(t.plain("Book again"), Tap.to("book", event.id, code)))
    return Message(_GAP.join(blocks)).with_buttons(
        again, [Button(t.plain("My bookings"), Tap.to("bookings"))], [find_events(t)]
    )


def not_booked(eyes: Onlooker, event: Event | None, look: Look, why: BaobabError) -> Message:
    """Why a place could not be booked, and what to do."""
    t = eyes.t
    if event is None or isinstance(why, EventNotFound):
        return unknown(t)
    title = title_of(t, event.title)
    code = look.code(eyes.boroughs)
    if isinstance(why, EventFull):
        text = t("Sorry, all places at <b>{title}</b> are taken.", title=title) + "\n\n"
        text += t("Somebody may cancel, so look again later. Or choose another event.")
    elif isinstance(why, EventCancelled):
        text = t("Sorry, <b>{title}</b> is cancelled. It will not happen.", title=title)
    elif isinstance(why, EventOver):
        text = t("Sorry, <b>{title}</b> has begun. You cannot book it any more.", title=title)
    else:
        raise why
    return Message(text).with_buttons(
        [find_events(t)], [Button(t.plain("Back to the event"), Tap.to("event", event.id, code))]
    )


def not_cancelled(eyes: Onlooker, event: Event | None, look: Look, why: BaobabError) -> Message:
    """Why a place could not be given back."""
    t = eyes.t
    if event is None or isinstance(why, EventNotFound):
        return unknown(t)
    title = title_of(t, event.title)
    code = look.code(eyes.boroughs)
    if isinstance(why, BookingNotFound):
        text = t("You have no place at <b>{title}</b>.", title=title)
    elif isinstance(why, EventOver):
        text = t("<b>{title}</b> has begun, so your place stays as it is.", title=title)
    else:
        raise why
    return Message(text).with_buttons(
        [Button(t.plain("My bookings"), Tap.to("bookings"))],
        [Button(t.plain("Back to the event"), Tap.to("event", event.id, code))],
    )


def not_confirmed(eyes: Onlooker, event: Event | None, why: BaobabError) -> Message:
    """Why it does not count any more that a person is coming, and what to do."""
    t = eyes.t
    if event is None or isinstance(why, EventNotFound):
        return unknown(t)
    title = title_of(t, event.title)
    code = Look().code(eyes.boroughs)
    again = []
    if isinstance(why, BookingNotFound):
        text = t("You have no place at <b>{title}</b> any more.", title=title)
        if event.status is not EventStatus.CANCELLED and event.starts_at > eyes.now:
            again.append(Button(t.plain("Book again"), Tap.to("book", event.id, code)))
    elif isinstance(why, EventCancelled):
        text = t("Sorry, <b>{title}</b> is cancelled. It will not happen.", title=title)
    elif isinstance(why, EventOver):
        text = t("<b>{title}</b> has begun, so your place stays as it is.", title=title)
    else:
        raise why
    return Message(text).with_buttons(
        again, [Button(t.plain("My bookings"), Tap.to("bookings"))], [find_events(t)]
    )


def my_bookings(eyes: Onlooker, mine: Sequence[tuple[Booking, Event]], page: int) -> Message:
    """A person's places at what is still to come, soonest first."""
    t = eyes.t
    if not mine:
        return Message(
            t("You have no bookings now.")
            + "\n"
            + t("Find an event, press Book, and it appears here.")
        ).with_buttons([find_events(t)], [_needs(t)], [back_home(t)])
    size = FEW if len(mine) <= FEW else SOME
    pages = -(-len(mine) // size)
    page = min(max(1, page), pages)
    first = (page - 1) * size + 1
    shown = [event for _, event in mine[first - 1 : first - 1 + size]]
    code = Look().code(eyes.boroughs)
    blocks = [t("<b>My bookings</b>")]
    rows = []
    for number, event in enumerate(shown, first):
        text = block(eyes, number, event)
        if event.is_online:
            text = _LINE.join((text, online(t, event, booked=True)))
        blocks.append(text)
        title = clip(t.pick(event.title)[0], LABEL - 12)
        row = [
            Button(
                t.plain("{number}. {title}", number=number, title=title),
                Tap.to("event", event.id, code),
            )
        ]
        if event.starts_at > eyes.now:
            give_back = t.plain("Cancel {number}", number=number)
            row.append(Button(give_back, Tap.to("unbook", event.id, code)))
        rows.append(row)
    if pages > 1:
        blocks.append(t("Page {page} of {pages}.", page=page, pages=pages))
    pager = turning(
        t,
        Tap.to("bookings", page - 1) if page > 1 else None,
        Tap.to("bookings", page + 1) if page < pages else None,
        by_time=True,
    )
    return Message(_GAP.join(blocks)).with_buttons(*rows, pager, [_needs(t)], [back_home(t)])


def calendar(eyes: Onlooker, event: Event, *, booked: bool) -> Message:
    """The event as a file that calendars read; the link to join is for those with a place."""
    t = eyes.t
    title = title_of(t, event.title)
    if event.status is EventStatus.CANCELLED:
        title = t.plain("Cancelled: {title}", title=title)
    told = told_of(t, event)
    if event.sample:
        told = t.plain(SAMPLE) + "\n\n" + told
    place = plain_listing(t, where(eyes, event)) or (t.plain("Online") if event.is_online else "")
    if not booked:
        event = replace(event, online_link="")
    content = calendar_file(event, CalendarTexts(title, told.strip(), place), eyes.now)
    caption = t("Open this file to put the event in your calendar.")
    return Message(caption, document=Document(f"baobab-{event.id}.ics", content, "text/calendar"))


def _needs(t: Translator) -> Button:
    return Button(t.plain("What I need to take part"), Tap.to("needs"))
