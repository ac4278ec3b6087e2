"""One event: its card, the rest of its description, and who will be there."""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.events.look import Look
from bot.events.models import Activity, ActivityKind, Event, EventStatus
from bot.events.views.labels import (
    ACTIVITIES,
    KINDS,
    NAME,
    SAMPLE,
    Onlooker,
    access_names,
    bold,
    find_events,
    in_own_language,
    language_names,
    listing,
    places,
    slanted,
    title_of,
    told_of,
    turning,
    when,
    where,
)
from bot.events.views.lengths import clip, parts, units
from bot.events.views.remembering import Told, remembered
from bot.i18n import Translator
from bot.message import Button, Message, OpenLink, Place, ShareInline, Shown, Tap
from bot.people.views.welcome import back_home

DESCRIPTION = 900  # UTF-16 units of a description on the card; the rest has screens of its own
SCREEN = 2800  # UTF-16 units of a longer text on one screen, well under Telegram's 4,096
NAMED = 4  # activities of a kind that the card names
ENTRIES = 12  # activities on one screen
LINK = 500

_GAP = Markup("\n\n")
_LINE = Markup("\n")


def card(eyes: Onlooker, event: Event, look: Look, *, booked: bool) -> Message:
    """Everything about an event that fits on one screen, and what can be done with it."""
    told = _told(eyes, event)
    blocks = [
        *warnings(eyes, event, booked=booked),
        told.heading,
        _LINE.join(_facts(eyes, event, told, booked=booked)),
        told.more,
    ]
    rows = _actions(eyes, event, look, booked=booked, more=told.goes_on)
    text = _GAP.join(block for block in blocks if block)
    shows = Shown(event.id, look.code(eyes.boroughs))
    return Message(text, shows=shows).with_buttons(*rows)


@remembered
def _told(eyes: Onlooker, event: Event) -> Told:
    t = eyes.t
    told = parts(told_of(t, event), DESCRIPTION)
    more = (*_paragraphs(told[:1]), _LINE.join(_programme(t, event)), _only_in_english(t, event))
    return Told(
        _LINE.join((listing(t, [t.plain(KINDS[event.kind])]), bold(t, title_of(t, event.title)))),
        tuple(_held(eyes, event)),
        tuple(_lasting_facts(t, event)),
        _GAP.join(block for block in more if block),
        len(told) > 1,
    )


def about(eyes: Onlooker, event: Event, look: Look, page: int) -> Message:
    """The whole description, in as many screens as it takes."""
    t = eyes.t
    screens = parts(told_of(t, event), SCREEN) or [""]
    page = min(max(1, page), len(screens))
    blocks = [bold(t, title_of(t, event.title)), *_paragraphs([screens[page - 1]])]
    return _paged(t, blocks, (page, len(screens)), _here("about", eyes, event, look))


def who(eyes: Onlooker, event: Event, look: Look, page: int) -> Message:
    """The activities of an event: health checks, talks, stalls, each with its organisation."""
    t = eyes.t
    screens = list(_screens(t, event)) or [[t("We do not know yet who will be there.")]]
    page = min(max(1, page), len(screens))
    heading = t("<b>Who will be there: {title}</b>", title=title_of(t, event.title))
    return _paged(
        t,
        [heading, *screens[page - 1]],
        (page, len(screens)),
        _here("who", eyes, event, look),
    )


def directions(eyes: Onlooker, event: Event) -> Message | None:
    """The event's place on the map; None where it has none."""
    if event.position is None:
        return None
    title = title_of(eyes.t, event.title)
    address = ", ".join(where(eyes, event)) or title
    point = event.position
    return Message(Markup(), place=Place(point.latitude, point.longitude, title, address))


def no_place(t: Translator) -> Message:
    """The event's place is not on the map (any more)."""
    return Message(t("This event has no place on the map. The event says where it is."))


def unknown(t: Translator) -> Message:
    """There is no such event, or not any more."""
    return Message(
        t("We do not have this event any more. Other events may suit you.")
    ).with_buttons([find_events(t)], [back_home(t)])


def warnings(eyes: Onlooker, event: Event, *, booked: bool) -> Iterator[Markup]:
    """What must be read first."""
    t = eyes.t
    if event.status is EventStatus.CANCELLED:
        yield t("<b>This event is cancelled.</b> It will not happen.")
    elif event.ends_at <= eyes.now:
        yield t("<b>This event is over.</b>")
    elif event.status is EventStatus.POSTPONED:
        yield t("<b>This event is postponed.</b> The date below is the old one.")
    elif event.starts_at <= eyes.now and event.capacity is None:
        yield t("<b>This event is on now.</b>")
    elif event.starts_at <= eyes.now:
        yield t("<b>This event has begun.</b> You cannot book a place now.")
    if event.sample:
        yield t(SAMPLE)
    if booked and event.status is not EventStatus.CANCELLED:
        yield t("<b>You have a place.</b>")


def _facts(eyes: Onlooker, event: Event, told: Told, *, booked: bool) -> Iterator[Markup]:
    t = eyes.t
    yield from told.held
    if event.is_online:
        yield online(t, event, booked=booked)
    yield from told.facts
    if event.status is not EventStatus.CANCELLED and event.starts_at > eyes.now:
        if event.places_left == 0 and not booked:
            yield t("<b>Places:</b> Full. Somebody may cancel, so look again later.")
        elif left := places(t, event):
            yield t("<b>Places:</b> {places}", places=left)


def _held(eyes: Onlooker, event: Event) -> Iterator[Markup]:
    t = eyes.t
    yield t("<b>When:</b> {when}", when=when(t, event))
    if held := where(eyes, event):
        yield t("<b>Where:</b> {place}", place=listing(t, held))
    elif not event.is_online:
        yield t("<b>Where:</b> The place is not known yet.")


def _lasting_facts(t: Translator, event: Event) -> Iterator[Markup]:
    if event.organisation:
        yield t("<b>Who runs it:</b> {organisation}", organisation=clip(event.organisation, NAME))
    if event.languages:
        names = listing(t, language_names(t, event.languages))
        yield t("<b>Languages spoken there:</b> {languages}", languages=names)
    if event.access:
        facts = listing(t, access_names(t, event.access))
        yield t("<b>Access:</b> {facts}", facts=facts)


def online(t: Translator, event: Event, *, booked: bool) -> Markup:
    """How to take part from home; the address is for those who have a place."""
    if not booked:
        return t("<b>Online:</b> You get the link when you book.")
    return t("<b>Online:</b> Join here: {link}", link=clip(event.online_link, LINK))


def _programme(t: Translator, event: Event) -> Iterator[Markup]:
    """What the card says of the activities, in a few lines."""
    for kind, label in ACTIVITIES.items():
        its = [each for each in event.activities if each.kind is kind]
        if not its:
            continue
        if kind is ActivityKind.STALL:
            yield t.plural("There is {n} stall.", "There are {n} stalls.", len(its))
            continue
        named: list[object] = [_named(t, event, each) for each in its[:NAMED]]
        if len(its) > NAMED:
            named.append(t.plain_plural("{n} more", "{n} more", len(its) - NAMED))
        yield t("<b>{what}:</b> {names}", what=t.plain(label), names=listing(t, named))
    organisations = {each.organisation for each in event.activities if each.organisation}
    if len(organisations) > 1:
        yield t.plural(
            "{n} organisation takes part.", "{n} organisations take part.", len(organisations)
        )


def _named(t: Translator, event: Event, activity: Activity) -> str:
    title = clip(t.pick(activity.title)[0], NAME)
    if activity.starts_at is None or activity.kind is ActivityKind.HEALTH_CHECK:
        return title
    start = t.time(activity.starts_at, ZoneInfo(event.timezone))
    return t.plain("{time} {title}", time=start, title=title)


def _screens(t: Translator, event: Event) -> Iterator[list[Markup]]:
    """Activities by kind, as many on a screen as fit."""
    screen: list[Markup] = []
    room, entries, shown_kind = SCREEN, ENTRIES, None
    for activity in sorted(event.activities, key=lambda each: list(ACTIVITIES).index(each.kind)):
        entry = _entry(t, event, activity)
        size = units(entry.striptags()) + NAME
        if screen and (entries == 0 or size > room):
            yield screen
            screen, room, entries, shown_kind = [], SCREEN, ENTRIES, None
        if activity.kind is not shown_kind:
            screen.append(bold(t, t.plain(ACTIVITIES[activity.kind])))
            shown_kind = activity.kind
        screen.append(entry)
        room, entries = room - size, entries - 1
    if screen:
        yield screen


def _entry(t: Translator, event: Event, activity: Activity) -> Markup:
    lines = [listing(t, [clip(t.pick(activity.title)[0], NAME)])]
    details = []
    if activity.starts_at is not None:
        zone = ZoneInfo(event.timezone)
        start = t.time(activity.starts_at, zone)
        if activity.ends_at is None:
            details.append(start)
        else:
            end = t.time(activity.ends_at, zone)
            details.append(t.plain("{start} to {end}", start=start, end=end))
    if activity.organisation:
        details.append(clip(activity.organisation, NAME))
    if activity.slot_minutes:
        details.append(t.plain_plural("{n} minute each", "{n} minutes each", activity.slot_minutes))
    if details:
        lines.append(listing(t, details))
    if told := in_own_language(t, activity.description):
        lines.append(slanted(t, clip(told, 2 * NAME)))
    return _LINE.join(lines)


def _actions(
    eyes: Onlooker, event: Event, look: Look, *, booked: bool, more: bool
) -> Iterator[list[Button]]:
    t = eyes.t
    code = look.code(eyes.boroughs)
    open_now = event.status is not EventStatus.CANCELLED and event.starts_at > eyes.now
    if booked and event.starts_at > eyes.now:
        yield [Button(t.plain("Cancel my place"), Tap.to("unbook", event.id, code))]
    elif open_now and event.places_left != 0:
        yield [Button(t.plain("Book"), Tap.to("book", event.id, code))]
    if booked and _is_web(event.online_link):
        yield [Button(t.plain("Join online"), OpenLink(event.online_link))]
    files = []
    if event.status is not EventStatus.CANCELLED and event.ends_at > eyes.now:
        files.append(Button(t.plain("Calendar file"), Tap.to("calendar", event.id)))
    if event.position is not None:
        files.append(Button(t.plain("Directions"), Tap.to("directions", event.id)))
    yield files
    reading = []
    if more:
        reading.append(Button(t.plain("Read more"), Tap.to("about", event.id, 1, code)))
    if event.activities:
        reading.append(Button(t.plain("Who will be there"), Tap.to("who", event.id, 1, code)))
    yield reading
    if open_now:
        yield [Button(t.plain("Share"), ShareInline(f"event {event.id}"))]
    yield [Button(t.plain("Back to the list"), Tap.to("list", code))]


def _is_web(link: str) -> bool:
    return re.fullmatch(r"https?://\S+", link) is not None


def _paged(t: Translator, blocks: list[Markup], at: tuple[int, int], here: Tap) -> Message:
    """A screen of several, with the way to the others and back to the card.

    Args:
        t: the reader's voice.
        blocks: what the screen says.
        at: its number, and how many there are.
        here: event and look, with the verb that opens these screens.
    """
    page, pages = at
    event_id, code = here.args
    if pages > 1:
        blocks = [*blocks, t("Page {page} of {pages}.", page=page, pages=pages)]
    pager = turning(
        t,
        Tap.to(here.verb, event_id, page - 1, code) if page > 1 else None,
        Tap.to(here.verb, event_id, page + 1, code) if page < pages else None,
    )
    back = Button(t.plain("Back to the event"), Tap.to("event", event_id, code))
    return Message(_GAP.join(blocks)).with_buttons(pager, [back])


def _here(verb: str, eyes: Onlooker, event: Event, look: Look) -> Tap:
    return Tap.to(verb, event.id, look.code(eyes.boroughs))


def _paragraphs(texts: list[str]) -> list[Markup]:
    return [Markup(Markup.escape(text)) for text in texts]  # noqa: S704 -- escaped here


def _only_in_english(t: Translator, event: Event) -> Markup:
    texts = [texts for texts in (event.title, event.description) if texts]
    if all(texts.get(t.language) for texts in texts):
        return Markup()
    return t("The organisers wrote this in English only.")
