"""What people can narrow events down by, and what they get to see."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.clock import LONDON
from bot.events.models import AccessFact, Event, EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_SATURDAY = 5  # as datetime.weekday counts


class When(StrEnum):
    """A stretch of time as people name it, in wall time."""

    ANY = "any"
    TODAY = "today"
    THIS_WEEK = "this_week"
    WEEKEND = "weekend"
    MONTH = "month"

    def window(self, now: datetime, zone: ZoneInfo = LONDON) -> tuple[datetime, datetime | None]:
        """From when until when this is, never beginning before `now`.

        Today ends at midnight, this week with Sunday and this month with its last day. The
        weekend is the next Saturday and Sunday, or what is left of this one.
        """
        today = now.astimezone(zone).date()
        first = today
        match self:
            case When.ANY:
                return now, None
            case When.TODAY:
                after = today + timedelta(days=1)
            case When.THIS_WEEK:
                after = today + timedelta(days=7 - today.weekday())
            case When.WEEKEND:
                after = today + timedelta(days=7 - today.weekday())
                first = today + timedelta(days=max(0, _SATURDAY - today.weekday()))
            case When.MONTH:
                after = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
        # Midnights are taken from the wall: a day is 23 or 25 hours long when clocks change.
        begins = datetime.combine(first, time(), zone)
        return max(now, begins), datetime.combine(after, time(), zone)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person wants to see. A filter that is not set lets everything through.

    Attributes:
        borough: key of a borough; events without a borough never match it.
        with_neighbours: let events in the boroughs around it match, too.
        or_online: let events that people can join from home match, wherever they are held.
        language: code of a language spoken at the event.
        access: what the event must offer, all of it.
        words: typed words; each must be in a title (in any language), the venue, the
            organisation, a topic or an activity.
    """

    borough: str | None = None
    with_neighbours: bool = False
    or_online: bool = False
    kind: EventKind | None = None
    when: When = When.ANY
    language: str | None = None
    access: frozenset[AccessFact] = frozenset()
    words: str = ""

    def loosened(self) -> "Iterator[tuple[str, Filters]]":
        """These filters with one of them given up or widened, and the name of that filter.

        The name is that of the attribute that differs, in the order in which people would
        rather give something up: first "with_neighbours", last "access".
        """
        if self.borough and not self.with_neighbours:
            yield "with_neighbours", replace(self, with_neighbours=True)
        if self.borough:
            yield "borough", replace(self, borough=None, with_neighbours=False, or_online=False)
        if self.when is not When.ANY:
            yield "when", replace(self, when=When.ANY)
        if self.kind:
            yield "kind", replace(self, kind=None)
        if self.words.strip():
            yield "words", replace(self, words="")
        if self.language:
            yield "language", replace(self, language=None)
        if self.access:
            yield "access", replace(self, access=frozenset())


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list.

    Attributes:
        page: which one, counted from 1; 1 when there is nothing.
        pages: how many there are; at least 1.
        total: how many events there are on all pages.
    """

    events: tuple[Event, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Loosening:
    """A way out of an empty list.

    Attributes:
        given_up: the name of the filter that was given up or widened.
        filters: what is left.
        total: how many events those find; at least 1.
    """

    given_up: str
    filters: Filters
    total: int


@dataclass(frozen=True, slots=True)
class Nearby:
    """An event and how far away it is, in kilometres as the crow flies."""

    event: Event
    kilometres: float
