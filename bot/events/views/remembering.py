"""What is the same for everybody who reads a language is put into words once."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar, TypeVarTuple, Unpack

from markupsafe import Markup

from bot.events.models import Event
from bot.events.views.labels import Onlooker, borough_name

MOST = 1_000  # of each; more are begun to be remembered anew

Words = TypeVar("Words")
More = TypeVarTuple("More")


@dataclass(frozen=True, slots=True)
class Told:
    """What a card says whoever looks at it, and whenever.

    Attributes:
        heading: the kind and the title.
        held: when, and where if that is known.
        facts: who runs it, languages and access.
        more: description, activities, and whether it is in English only.
        goes_on: the description is longer than that.
    """

    heading: Markup
    held: tuple[Markup, ...]
    facts: tuple[Markup, ...]
    more: Markup
    goes_on: bool


def remembered(
    say: Callable[[Onlooker, Event, Unpack[More]], Words],
) -> Callable[[Onlooker, Event, Unpack[More]], Words]:
    """Remember what a view says of an event.

    For what depends on the reader's language, on what the event's file said, on the further
    arguments, and on nothing else: not on the time, or who looks.
    """
    said: dict[Hashable, Words] = {}

    @wraps(say)
    def once(eyes: Onlooker, event: Event, *more: *More) -> Words:
        if not event.fingerprint:  # of a cancelled event: it stands for nothing
            return say(eyes, event, *more)
        key = (eyes.t, event.fingerprint, borough_name(eyes.boroughs, event.borough), more)
        words = said.get(key)
        if words is None:
            if len(said) >= MOST:
                said.clear()
            words = said[key] = say(eyes, event, *more)
        return words

    return once
