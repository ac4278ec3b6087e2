"""What is wrong with a broadcast, or may be, before it goes out."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.broadcasts import hours, wording
from bot.broadcasts.models import SOURCE, Broadcast, Link, LinkKind, Text
from bot.broadcasts.store import BroadcastStore
from bot.db import Work
from bot.events.models import EventStatus
from bot.events.store import EventStore
from bot.surveys.store import SurveyStore

LATELY: Final = timedelta(days=2)
"""How far back a broadcast that says nearly the same is looked for."""
ALIKE: Final = 0.9
"""From which ratio of SequenceMatcher on two texts say nearly the same."""
TALE: Final = 2000  # characters of a text that are compared; more takes long and tells no more


class Trouble(StrEnum):
    """What is wrong, or may be."""

    NO_TEXT = "no text"
    TOO_LONG = "too long"
    """In one language, named beside it."""
    BROKEN_LINK = "broken link"
    EVENT_GONE = "event gone"
    """A button opens an event that is over, cancelled or gone."""
    SURVEY_CLOSED = "survey closed"
    ALBUM_BUTTONS = "album buttons"
    """An album has no buttons, so they become links in the text."""
    QUIET = "quiet hours"
    ALIKE = "nearly the same"
    """As a broadcast of the last days."""
    PAST = "time passed"
    """It was to begin at a time that is over."""
    UNREVIEWED = "unreviewed"
    """People's health can depend on it, and nobody has read it in one language."""


FATAL: Final = frozenset(
    {
        Trouble.NO_TEXT,
        Trouble.TOO_LONG,
        Trouble.BROKEN_LINK,
        Trouble.EVENT_GONE,
        Trouble.SURVEY_CLOSED,
    }
)
"""What keeps a broadcast from going out; the rest is to be thought about."""


@dataclass(frozen=True, slots=True)
class Worry:
    """Something that is wrong, or may be.

    Attributes:
        about: a language's code, a web address, a number; "" for the whole.
    """

    trouble: Trouble
    about: str = ""


async def worries(work: Work, broadcast: Broadcast, now: datetime, zone: ZoneInfo) -> list[Worry]:
    """Everything that is wrong with a broadcast, or may be, the worst first."""
    found = [*in_words(broadcast)]
    for link in broadcast.links:
        found += await _in_link(work, link, now)
    if broadcast.send_at is not None and broadcast.send_at < now:
        found.append(Worry(Trouble.PAST))
    if not broadcast.urgent and not hours.is_open(max(broadcast.send_at or now, now), zone):
        found.append(Worry(Trouble.QUIET))
    if broadcast.has_words:
        before = await BroadcastStore(work).recent_texts(now - LATELY, broadcast.id)
        if number := _alike(broadcast.texts[SOURCE], before, broadcast.follows_id):
            found.append(Worry(Trouble.ALIKE, str(number)))
    return sorted(found, key=lambda worry: worry.trouble not in FATAL)


def in_words(broadcast: Broadcast) -> list[Worry]:
    """What the words of a broadcast have wrong with them."""
    most = wording.longest(with_files=bool(broadcast.media))
    found = [] if broadcast.has_words else [Worry(Trouble.NO_TEXT)]
    for language, text in broadcast.texts.items():
        if wording.length(text.html) > most:
            found.append(Worry(Trouble.TOO_LONG, language))
        if broadcast.critical and language != SOURCE and not text.reviewed_by:
            found.append(Worry(Trouble.UNREVIEWED, language))
        found += [
            Worry(Trouble.BROKEN_LINK, link)
            for link in wording.links(text.html)
            if not is_address(link)
        ]
    if broadcast.is_album and broadcast.links:
        found.append(Worry(Trouble.ALBUM_BUTTONS))
    return found


def is_address(link: str) -> bool:
    """Whether a text is a whole address of a page that everybody can open."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        fine = parts.port is None or parts.port > 0
    except ValueError:
        return False
    named = "." in host.strip(".") and not host.startswith(("-", "."))
    return parts.scheme in {"http", "https"} and named and fine and not parts.username


async def _in_link(work: Work, link: Link, now: datetime) -> list[Worry]:
    match link.kind:
        case LinkKind.EVENT:
            event = await EventStore(work).get(int(link.to))
            fine = event is not None and event.ends_at > now
            fine = fine and event is not None and event.status is EventStatus.PLANNED
            return [] if fine else [Worry(Trouble.EVENT_GONE, link.to)]
        case LinkKind.SURVEY:
            survey = await SurveyStore(work).get(int(link.to))
            fine = survey is not None and survey.is_open(now)
            return [] if fine else [Worry(Trouble.SURVEY_CLOSED, link.to)]
        case LinkKind.WEB:
            return [] if is_address(link.to) else [Worry(Trouble.BROKEN_LINK, link.to)]


def _alike(text: Text, before: Mapping[int, Mapping[str, Text]], corrects: int | None) -> int:
    """The number of an earlier broadcast that says nearly the same; 0 for none."""
    ours = wording.seen(text.html)[:TALE]
    for number, texts in before.items():
        if SOURCE not in texts or number == corrects:
            continue
        matcher = difflib.SequenceMatcher(None, ours, wording.seen(texts[SOURCE].html)[:TALE])
        if matcher.real_quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
            return number
    return 0
