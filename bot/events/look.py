"""What a person is looking at, as a code short enough for a button.

Every button of a list and of the cards opened from it carries the code, so that a message can be
turned back into the same list at any time, and nothing about it is kept. A code that is old,
damaged or forged reads as something harmless.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Self

from bot.events.browse import Filters, When
from bot.events.links import SOURCE
from bot.events.models import AccessFact, EventKind
from bot.people.boroughs import Boroughs

ONLINE = "online"
"""Stands for a borough when only what can be joined from home is wanted: no borough is called
that, so only `Filters.or_online` lets anything through."""
WORDS = 40  # bytes of typed words that a code carries; the rest of the 64 names the event
LAST_PAGE = 999

_KINDS = {"e": EventKind.EXPO, "w": EventKind.WEBINAR, "t": EventKind.THINK_TANK,
          "l": EventKind.LISTENING_CIRCLE}  # fmt: skip
_WHENS = {"d": When.TODAY, "w": When.THIS_WEEK, "e": When.WEEKEND, "m": When.MONTH}
_ACCESS = {
    "s": AccessFact.STEP_FREE,
    "t": AccessFact.ACCESSIBLE_TOILET,
    "h": AccessFact.HEARING_LOOP,
    "b": AccessFact.BSL,
    "c": AccessFact.CAPTIONS,
    "l": AccessFact.LARGE_PRINT,
    "e": AccessFact.EASY_READ,
    "i": AccessFact.INTERPRETER,
    "q": AccessFact.QUIET_SPACE,
    "r": AccessFact.SEATING,
    "a": AccessFact.CARER_WELCOME,
    "k": AccessFact.CRECHE,
    "w": AccessFact.WOMEN_ONLY,
    "p": AccessFact.PRAYER_ROOM,
}
_NONE = "-"
_FILTERS = re.compile(
    r"(?P<borough>\w*)(?P<around>\+?)(?P<online>@?)\.(?P<kind>.)(?P<when>.)\."
    r"(?P<language>[a-z]{0,3})\.(?P<access>[a-z]*)\.(?P<page>\d{1,3})",
    re.ASCII,
)
_WORDS = re.compile(r"\?(?P<page>\d{1,3})\.(?P<words>.*)", re.ASCII)
_ARRIVED = re.compile(rf"~(?P<source>[\w-]{{1,{SOURCE}}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Look:
    """What a person is looking at.

    Attributes:
        filters: what they narrowed the events down by.
        page: of the list, from 1.
        source: where they came from, when a link opened an event and they saw no list yet.
    """

    filters: Filters = field(default_factory=Filters)
    page: int = 1
    source: str = ""

    @classmethod
    def around(cls, borough: str | None, boroughs: Boroughs) -> Self:
        """What somebody from this borough sees first: there, next to it, and online."""
        if borough not in boroughs:
            return cls()
        return cls(Filters(borough=borough, with_neighbours=True, or_online=True))

    @classmethod
    def for_words(cls, text: str) -> Self:
        """What somebody looks for who typed this; no more of it than a code carries."""
        kept = ""
        for word in text.replace(":", " ").split():
            longer = f"{kept} {word}".strip()
            if len(longer.encode()) > WORDS:
                kept = kept or word.encode()[:WORDS].decode(errors="ignore")
                break
            kept = longer
        return cls(Filters(words=kept))

    @classmethod
    def read(cls, code: object, boroughs: Boroughs) -> Self | None:
        """What a code stands for; None where it stands for nothing."""
        text = str(code)
        if found := _ARRIVED.fullmatch(text):
            return cls(source=found["source"])
        if found := _WORDS.fullmatch(text):
            return replace(cls.for_words(found["words"]), page=_page(found["page"]))
        if found := _FILTERS.fullmatch(text):
            return cls(_filters(found, boroughs), _page(found["page"]))
        return None

    def code(self, boroughs: Boroughs) -> str:
        """This as a text without ":", of 50 bytes at most."""
        if self.source:
            return f"~{self.source}"
        filters, page = self.filters, min(self.page, LAST_PAGE)
        if filters.words:
            return f"?{page}.{filters.words}"
        area = _short(filters.borough, boroughs)
        area += "+" * filters.with_neighbours + "@" * filters.or_online
        kind = next((key for key, kind in _KINDS.items() if kind is filters.kind), _NONE)
        when = next((key for key, when in _WHENS.items() if when is filters.when), _NONE)
        access = "".join(key for key, fact in _ACCESS.items() if fact in filters.access)
        return f"{area}.{kind}{when}.{filters.language or ''}.{access}.{page}"

    def on_page(self, page: int) -> "Look":
        """Another page of the same."""
        return replace(self, page=page)


def _page(text: str) -> int:
    return max(1, int(text))


def _short(borough: str | None, boroughs: Boroughs) -> str:
    """A borough in few bytes that mean the same after a borough was added to the file."""
    if borough is None or borough not in boroughs:
        return ""
    return boroughs[borough].gss.removeprefix("E0")


def _filters(found: re.Match[str], boroughs: Boroughs) -> Filters:
    short = found["borough"]
    borough = next(
        (each.key for each in boroughs if short and _short(each.key, boroughs) == short), None
    )
    online = bool(found["online"])
    if not short and online:
        borough = ONLINE
    return Filters(
        borough=borough,
        with_neighbours=bool(borough and found["around"]),
        or_online=bool(borough) and online,
        kind=_KINDS.get(found["kind"]),
        when=_WHENS.get(found["when"], When.ANY),
        language=found["language"] or None,
        access=frozenset(_ACCESS[key] for key in found["access"] if key in _ACCESS),
    )
