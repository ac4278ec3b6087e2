"""Lists of events: what comes next, what was searched for, what is near."""
# ruff: noqa: ERA001 -- comments for translators look like code to it

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.numbers import format_decimal
from markupsafe import Markup

from bot.events.browse import Loosening, Nearby, Page
from bot.events.look import Look
from bot.events.models import Event, EventStatus
from bot.events.views.filters import seen_as
from bot.events.views.labels import (
    KINDS,
    LABEL,
    Onlooker,
    area,
    listing,
    places,
    title_of,
    turning,
    when,
)
from bot.events.views.lengths import clip
from bot.events.views.remembering import remembered
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.views.welcome import back_home

BUTTONS = 8  # on one screen: more are hard to take in, and hard to reach for some
WAYS_OUT = 5  # suggested when nothing was found
PAGE_SIZE = 5
MILES = 0.621371  # in a kilometre

_GAP = Markup("\n\n")
_WAYS = {
    # Translators: button
    "with_neighbours": N_("Add places nearby ({n})"),
    # Translators: button
    "borough": N_("All areas ({n})"),
    # Translators: button
    "when": N_("Any time ({n})"),
    # Translators: button
    "kind": N_("All kinds ({n})"),
    # Translators: button
    "words": N_("All events ({n})"),
    "everything": N_("All events ({n})"),
    # Translators: button
    "language": N_("Any language ({n})"),
    # Translators: button
    "access": N_("Any access ({n})"),
}


def event_list(eyes: Onlooker, page: Page, look: Look) -> Message:
    """One page of what a person wanted to see."""
    t = eyes.t
    first = (page.page - 1) * PAGE_SIZE + 1
    lines = [_heading(eyes, look)]
    lines += [block(eyes, number, event) for number, event in enumerate(page.events, first)]
    count = t.plural("{n} event in all.", "{n} events in all.", page.total)
    if page.pages > 1:
        turned = t("Page {page} of {pages}.", page=page.page, pages=page.pages)
        count = Markup(" ").join((turned, count))
    look = look.on_page(page.page)
    rows = list(_to_cards(eyes, page.events, first, "event", look.code(eyes.boroughs)))
    pager = turning(
        t,
        _to_page(eyes, look, page.page - 1) if page.page > 1 else None,
        _to_page(eyes, look, page.page + 1) if page.page < page.pages else None,
        by_time=True,
    )
    rows += [pager, (_narrow(eyes, look),)]
    return _with_home(t, Message(_GAP.join((*lines, count))).with_buttons(*rows))


def nothing_found(eyes: Onlooker, look: Look, ways: Iterable[Loosening]) -> Message:
    """What to say about an empty list, and which choice to give up so that it is not."""
    t = eyes.t
    lines = [_heading(eyes, look)]
    rows = [
        (Button(_loosened(t, way), Tap.to("list", Look(way.filters).code(eyes.boroughs))),)
        for way in ways
    ][:WAYS_OUT]
    if look.filters.words:
        lines.append(t("We found no event with these words. Check how they are written."))
    else:
        lines.append(t("We found no event for this."))
    if rows:
        lines.append(t("You can make your search wider:"))
    else:
        lines.append(t("Please look again in a few days."))
    message = Message(_GAP.join(lines)).with_buttons(*rows, (_narrow(eyes, look),))
    return _with_home(t, message)


def near_list(eyes: Onlooker, found: Iterable[Nearby]) -> Message:
    """The events nearest to the place a person shared."""
    t = eyes.t
    found = tuple(found)
    if not found:
        return Message(
            t("There is no event with a place on the map now.")
            + " "
            + t("We did not keep your location.")
        ).with_buttons(
            [Button(t.plain("See all events"), Tap.to("list", Look().code(eyes.boroughs)))],
            [back_home(t)],
        )
    lines = [t("<b>Events near you</b>")]
    for number, near in enumerate(found, 1):
        lines.append(block(eyes, number, near.event, _miles(t, near.kilometres)))
    lines.append(t("Distances are in a straight line.") + " " + t("We did not keep your location."))
    events = [near.event for near in found]
    code = Look().code(eyes.boroughs)
    # A card in the place of this list could not lead back to it: the location is not kept.
    rows = _to_cards(eyes, events, 1, "open", code)
    return _with_home(t, Message(_GAP.join(lines)).with_buttons(*rows))


def ask_location(t: Translator) -> Message:
    """Ask where a person is, and promise what happens with it."""
    return Message(
        t(
            "To find events near you, press the key “Share where I am”. "
            "You can also send a place on the map. "
            "We use it once to measure the distance. We do not keep it."
        )
        + "\n\n"
        + t("You do not want to share it? Type your borough or the first half of your postcode."),
        ask_location=t.plain("Share where I am"),
    )


def block(eyes: Onlooker, number: int, event: Event, distance: str = "") -> Markup:
    """An event in three short lines."""
    say = _lines if distance else _known_lines  # hardly anybody else is as far away
    return say(eyes, event, number, event.places_left, distance)


def _lines(eyes: Onlooker, event: Event, number: int, _left: int | None, distance: str) -> Markup:
    t = eyes.t
    told = _told(eyes, event)
    facts: list[object] = [*told.kind_and_area]
    if event.status is not EventStatus.CANCELLED:
        facts.append(places(t, event))
    if distance:
        facts.append(distance)
    if event.sample:
        facts.append(t.plain("Sample"))
    lines = [t("<b>{number}. {title}</b>", number=number, title=told.title)]
    if event.status is EventStatus.CANCELLED:
        lines.append(t("<b>Cancelled.</b> It will not happen."))
    elif event.status is EventStatus.POSTPONED:
        lines.append(t("<b>Postponed.</b> The new date is not known yet."))
    lines += [told.when, listing(t, (fact for fact in facts if fact))]
    return Markup("\n").join(lines)


_known_lines = remembered(_lines)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a list says of an event whoever looks at it, and whenever."""

    title: str
    when: Markup
    kind_and_area: tuple[str, str]


@remembered
def _told(eyes: Onlooker, event: Event) -> _Told:
    t = eyes.t
    kind_and_area = (t.plain(KINDS[event.kind]), area(eyes, event))
    return _Told(title_of(t, event.title), when(t, event), kind_and_area)


def _heading(eyes: Onlooker, look: Look) -> Markup:
    t = eyes.t
    if look.filters.words:
        return t("<b>Events with “{words}”</b>", words=look.filters.words)
    seen = seen_as(eyes, look.filters)
    if not seen:
        return t("<b>Next events</b>") + "\n" + t("You see all events.")
    return t("<b>Next events</b>") + "\n" + t("You see: {choices}", choices=listing(t, seen))


def _to_cards(
    eyes: Onlooker, events: Iterable[Event], first: int, verb: str, code: str
) -> Iterator[tuple[Button, ...]]:
    for number, event in enumerate(events, first):
        title = clip(eyes.t.pick(event.title)[0], LABEL - len(str(number)) - 6)
        label = eyes.t.plain("{number}. {title}", number=number, title=title)
        yield (Button(label, Tap.to(verb, event.id, code)),)


def _to_page(eyes: Onlooker, look: Look, page: int) -> Tap:
    return Tap.to("list", look.on_page(page).code(eyes.boroughs))


def _narrow(eyes: Onlooker, look: Look) -> Button:
    return Button(eyes.t.plain("Change what you see"), Tap.to("narrow", look.code(eyes.boroughs)))


def _with_home(t: Translator, message: Message) -> Message:
    """The way back, last; a page in the middle has no room for it, and the first one is near."""
    if sum(map(len, message.buttons)) >= BUTTONS:
        return message
    return message.with_buttons([back_home(t)])


def _miles(t: Translator, kilometres: float) -> str:
    # Never 0.0: where an event does not say where it is, it counts as in the middle of its borough.
    miles = format_decimal(max(kilometres * MILES, 0.1), format="0.0", locale=t.locale)
    return t.plain("{miles} miles away", miles=miles)


def _loosened(t: Translator, way: Loosening) -> str:
    return t.plain(_WAYS.get(way.given_up, _WAYS["words"]), n=way.total)
