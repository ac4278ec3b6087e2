"""What has changed about an event that somebody has booked."""

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from bot.clock import from_micros
from bot.events.changes import Told
from bot.events.look import Look
from bot.events.models import Event, EventStatus
from bot.events.views.cards import online
from bot.events.views.labels import (
    SAMPLE,
    Onlooker,
    bold,
    find_events,
    listing,
    title_of,
    when,
    where,
)
from bot.message import Button, Message, Tap
from bot.people.views.welcome import my_bookings

_GAP = Markup("\n\n")
_LINE = Markup("\n")


def changed(eyes: Onlooker, event: Event, was: Told) -> Message:
    """From what to what an event has changed, and whether they still come.

    Args:
        eyes: whoever has a place.
        event: as it is now.
        was: as it was when they were last told.
    """
    t = eyes.t
    blocks = [_heading(eyes, event, was), bold(t, title_of(t, event.title))]
    if event.sample:
        blocks.append(t(SAMPLE))
    if event.status is EventStatus.CANCELLED:
        before = _as_it_was(event, was)
        blocks.append(t("It was to be: {when}", when=when(t, before)))
        blocks.append(t("Your place ends. You do not need to do anything."))
        return Message(_GAP.join(blocks)).with_buttons([find_events(t)], [my_bookings(t)])
    blocks.append(_LINE.join(_facts(eyes, event, was)))
    code = Look().code(eyes.boroughs)
    give_back = Button(t.plain("Cancel my place"), Tap.to("unbook", event.id, code))
    if event.status is EventStatus.POSTPONED:
        blocks.append(t("I tell you when there is a new date. Your place stays until then."))
        return Message(_GAP.join(blocks)).with_buttons([give_back], [my_bookings(t)])
    blocks.append(t("Are you still coming?"))
    return Message(_GAP.join(blocks)).with_buttons(
        [Button(t.plain("I'm coming"), Tap.to("coming", event.id)), give_back],
        [Button(t.plain("Calendar file"), Tap.to("calendar", event.id))],
        [Button(t.plain("Open the event"), Tap.to("open", event.id, code))],
    )


def _heading(eyes: Onlooker, event: Event, was: Told) -> Markup:
    t = eyes.t
    if event.status is EventStatus.CANCELLED:
        return t("<b>Cancelled: an event that you booked will not happen.</b>")
    if event.status is EventStatus.POSTPONED and was.status != EventStatus.POSTPONED:
        return t("<b>Postponed: an event that you booked will be on another date.</b>")
    if was.status == EventStatus.CANCELLED:
        return t("<b>Good news: an event that you booked will happen after all.</b>")
    return t("<b>An event that you booked has changed.</b>")


def _facts(eyes: Onlooker, event: Event, was: Told) -> Iterator[Markup]:
    """What is new and what it was before; what stays the same only once."""
    t = eyes.t
    now_is = Told.of_draft(event)
    before = _as_it_was(event, was)
    if now_is.span != was.span:
        yield t("<b>New time:</b> {when}", when=when(t, event))
        yield t("Before: {when}", when=when(t, before))
    else:
        yield t("<b>When:</b> {when}", when=when(t, event))
    held, held_before = where(eyes, event), where(eyes, before)
    if now_is.place != was.place:
        place = listing(t, held) if held else t("The place is not known yet.")
        yield t("<b>New place:</b> {place}", place=place)
        if held_before:
            yield t("Before: {place}", place=listing(t, held_before))
    elif held:
        yield t("<b>Where:</b> {place}", place=listing(t, held))
    if now_is.online_link != was.online_link:
        if event.is_online:
            yield t("<b>The link to join is new.</b>")
        else:
            yield t("<b>You cannot join from home any more.</b>")
    if event.is_online:
        yield online(t, event, booked=True)


def _as_it_was(event: Event, was: Told) -> Event:
    return replace(
        event,
        starts_at=from_micros(was.starts_at),
        ends_at=from_micros(was.ends_at),
        venue=was.venue,
        borough=was.borough,
        outcode=was.outcode,
        online_link=was.online_link,
    )
