"""Events as cards that people put into other chats. Nothing in them is about whoever shares."""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from bot.events.links import EventLink
from bot.events.models import Event
from bot.events.views.labels import KINDS, SAMPLE, Onlooker, area, bold, listing, title_of, when
from bot.message import Button, Message, OpenLink, SharedCard

SHARED = "share"
"""The source of whoever comes through a shared card."""


def shared(
    eyes: Onlooker, events: Iterable[Event], link: Callable[[str], str]
) -> tuple[SharedCard, ...]:
    """A card for each event, in the language of whoever shares it.

    Args:
        eyes: whoever shares.
        events: planned ones.
        link: makes the web address that opens the bot with a payload.
    """
    return tuple(_card(eyes, event, link) for event in events)


def _card(eyes: Onlooker, event: Event, link: Callable[[str], str]) -> SharedCard:
    t = eyes.t
    title = title_of(t, event.title)
    lines = [
        bold(t, title),
        when(t, event),
        listing(t, [t.plain(KINDS[event.kind]), area(eyes, event)]),
    ]
    if event.sample:
        lines.append(t(SAMPLE))
    url = link(EventLink(event.id, SHARED).payload)
    message = Message(Markup("\n").join(lines)).with_buttons(
        [Button(t.plain("See and book"), OpenLink(url))]
    )
    short = t.plain("{date}, {place}", date=t.short_date(event.starts_at), place=area(eyes, event))
    return SharedCard(f"e{event.id}", title, short, message)
