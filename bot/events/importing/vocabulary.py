"""The names that tables may use: columns, kinds, access facts, languages, status."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from babel import Locale, localedata
from rapidfuzz import fuzz, process

from bot.events.models import AccessFact, ActivityKind, EventKind, EventStatus
from bot.people.folding import fold

TEXTS = ("title", "description")  # with a language after them as well: title_so
EVENT_ONLY = (
    "end_date",
    "venue",
    "postcode",
    "borough",
    "latitude",
    "longitude",
    "online_link",
    "topics",
    "access",
    "languages",
    "status",
)
ACTIVITY_ONLY = ("event", "slot_minutes")
BOTH = ("uid", "kind", "date", "start", "end", "organisation", "capacity")
COLUMNS = frozenset((*TEXTS, *EVENT_ONLY, *ACTIVITY_ONLY, *BOTH))

_TRANSLATED = re.compile(r"(title|description)_([a-z]{2,3})")
_LIKE_ENOUGH = 65  # of 100; "tittle" is like "title" (91), "phone" is like no column


_Value = TypeVar("_Value")


def _names(*groups: tuple[_Value, str]) -> Mapping[str, _Value]:
    return MappingProxyType(
        {fold(name): value for value, names in groups for name in names.split(",")}
    )


EVENT_KINDS = _names(
    (EventKind.EXPO, "expo,health expo,health day,health fair"),
    (EventKind.WEBINAR, "webinar,online talk"),
    (EventKind.THINK_TANK, "think tank,think tank activity,think-tank"),
    (EventKind.LISTENING_CIRCLE, "listening circle"),
)
ACTIVITY_KINDS = _names(
    (ActivityKind.HEALTH_CHECK, "health check,check"),
    (ActivityKind.WEBINAR, "webinar"),
    (ActivityKind.TALK, "talk"),
    (ActivityKind.STALL, "stall,stand"),
)
STATUSES = _names(
    (EventStatus.PLANNED, "planned,confirmed"),
    (EventStatus.POSTPONED, "postponed"),
    (EventStatus.CANCELLED, "cancelled,canceled"),
)
ACCESS = _names(
    (AccessFact.STEP_FREE, "step free,step-free access,wheelchair access"),
    (AccessFact.ACCESSIBLE_TOILET, "accessible toilet,disabled toilet"),
    (AccessFact.HEARING_LOOP, "hearing loop,induction loop"),
    (AccessFact.BSL, "bsl,british sign language,bsl interpreter"),
    (AccessFact.CAPTIONS, "captions,live captions,subtitles"),
    (AccessFact.LARGE_PRINT, "large print"),
    (AccessFact.EASY_READ, "easy read"),
    (AccessFact.INTERPRETER, "interpreter,interpreters,language interpreter"),
    (AccessFact.QUIET_SPACE, "quiet space,quiet room"),
    (AccessFact.SEATING, "seating,seats,chairs"),
    (AccessFact.CARER_WELCOME, "carer welcome,carers welcome"),
    (AccessFact.CRECHE, "creche,childcare"),
    (AccessFact.WOMEN_ONLY, "women only,women-only"),
    (AccessFact.PRAYER_ROOM, "prayer room"),
)

# Names that are usual in Britain and not CLDR's.
_ALSO_CALLED = {
    "twi": "ak",
    "panjabi": "pa",
    "farsi": "fa",
    "bangla": "bn",
    "mandarin": "zh",
    "tagalog": "fil",
    "kurmanji": "ku",
}


def column_named(header: str) -> str | None:
    """The column that a heading names, or None; case, spaces and hyphens do not matter."""
    name = fold(header).replace(" ", "_")
    if name in COLUMNS:
        return name
    if match := _TRANSLATED.fullmatch(name):
        text, language = match.groups()
        if localedata.exists(language):
            return text if language == "en" else name
    return None


def nearest_to(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like this one, or None when none is like it."""
    found = process.extractOne(
        name.casefold(), list(known), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH
    )
    return found[0] if found else None


def language_named(text: str) -> str | None:
    """The code of the language that a text names, in English or its own name, or by code."""
    return _languages().get(fold(text)) or _languages().get(fold(text.partition("-")[0]))


def language_like(text: str) -> str | None:
    """The name of a language that is most like this text, in its usual spelling, or None."""
    name = nearest_to(fold(text), (known for known in _languages() if len(known) > 3))  # noqa: PLR2004 -- no codes
    return name.title() if name else None


@cache
def _languages() -> Mapping[str, str]:
    english = Locale("en")
    named: dict[str, str] = {}
    for code, name in english.languages.items():
        if code.isalpha() and code.islower() and len(code) <= 3:  # noqa: PLR2004 -- ISO 639 codes
            named.setdefault(fold(code), code)
            named.setdefault(fold(name), code)
    for code in ("so", "ar", "fr", "pt", "es", "am", "ti", "sw", "yo", "ak", "ln"):
        named.setdefault(fold(Locale(code).languages[code]), code)
    return MappingProxyType(named | _ALSO_CALLED)
