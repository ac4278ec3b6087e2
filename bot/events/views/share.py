"""Events as cards that people put into other chats. Nothing in them is about whoever shares."""

import re
from collections.abc import Callable, Iterable

from markupsafe import Markup

from bot.events.links import EventLink
from bot.events.models import Event
from bot.events.views.cards import warnings
from bot.events.views.labels import KINDS, Onlooker, area, bold, listing, title_of, when
from bot.message import Button, Message, OpenLink, SharedCard

SHARED = "share"
"""The source of whoever comes through a shared card."""
_KEY = "e"
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


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


def card_now(eyes: Onlooker, event: Event, link: Callable[[str], str]) -> Message:
    """A card that somebody shared, as it must read now: perhaps the event does not happen."""
    t = eyes.t
    lines = [
        *warnings(eyes, event, booked=False),
        bold(t, title_of(t, event.title)),
        when(t, event),
        listing(t, [t.plain(KINDS[event.kind]), area(eyes, event)]),
    ]
    url = link(EventLink(event.id, SHARED).payload)
    return Message(Markup("\n").join(lines)).with_buttons(
        [Button(t.plain("See and book"), OpenLink(url))]
    )


def event_of(key: str) -> int | None:
    """The event of a card by its key; None for what is no such key."""
    number = key.removeprefix(_KEY)
    return int(number) if key.startswith(_KEY) and _NUMBER.fullmatch(number) else None


def _card(eyes: Onlooker, event: Event, link: Callable[[str], str]) -> SharedCard:
    t = eyes.t
    title = title_of(t, event.title)
    message = card_now(eyes, event, link)
    short = t.plain("{date}, {place}", date=t.short_date(event.starts_at), place=area(eyes, event))
    return SharedCard(f"{_KEY}{event.id}", title, short, message)
