"""An event as a calendar file (RFC 5545) that every calendar program opens.

No words for people in here: the caller chooses title, description and place in the reader's
language.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.clock import LONDON
from bot.events.models import Event, EventStatus

_PRODUCT = "-//Baobab//Baobab//EN"
_STATUSES = {
    EventStatus.PLANNED: "CONFIRMED",
    EventStatus.POSTPONED: "TENTATIVE",
    EventStatus.CANCELLED: "CANCELLED",
}


@dataclass(frozen=True, slots=True)
class CalendarTexts:
    """What the file says, in plain text, not HTML.

    Attributes:
        title: one line.
        description: may have several lines.
        place: one line; "" leaves it out.
        language: code of the language of all three, such as "so"; "" when they are mixed.
    """

    title: str
    description: str = ""
    place: str = ""
    language: str = ""


def calendar_file(event: Event, texts: CalendarTexts, now: datetime) -> bytes:
    """The event as the bytes of an .ics file.

    Opened again after the event changed, the file updates the entry that the earlier one made:
    UID stays and SEQUENCE rises with the event's revision. Times are London wall time, and the
    file says when its clocks change.

    Args:
        event: which event.
        texts: in the reader's language.
        now: the time at which the file is made; aware.
    """
    from icalendar import Calendar, Timezone, vGeo, vText  # loading it takes a while
    from icalendar import Event as CalendarEvent

    zone = ZoneInfo(event.timezone)
    entry = CalendarEvent()
    entry.add("UID", event.uid)
    entry.add("DTSTAMP", now)
    entry.add("SEQUENCE", event.revision)
    entry.add("DTSTART", _wall(event.starts_at, zone))
    entry.add("DTEND", _wall(event.ends_at, zone))
    entry.add("STATUS", _STATUSES[event.status])
    spoken = {"LANGUAGE": texts.language} if texts.language else {}
    for name, text in (
        ("SUMMARY", texts.title),
        ("DESCRIPTION", texts.description),
        ("LOCATION", texts.place),
    ):
        if text:
            entry.add(name, vText(text), parameters=spoken)
    if event.position is not None:
        entry.add("GEO", vGeo((event.position.latitude, event.position.longitude)))
    if event.online_link:
        entry.add("URL", event.online_link)
        entry.add(
            "CONFERENCE", event.online_link, parameters={"VALUE": "URI", "FEATURE": "AUDIO,VIDEO"}
        )
    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    if zone.key == LONDON.key:
        calendar.add_component(Timezone.from_ical(_LONDON))
    calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment as London's clocks show it; other zones, which we do not describe, in UTC."""
    return moment.astimezone(LONDON if zone.key == LONDON.key else UTC)


# The clocks of the United Kingdom since 1996 (the Summer Time Order 2002 keeps the rule): forward
# on the last Sunday of March and back on the last Sunday of October, both at 01:00 UTC. The
# library can describe any zone, but puts the spring change an hour late (RFC 5545, 3.6.5 wants
# the time that clocks show before it).
_LONDON = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
END:STANDARD
END:VTIMEZONE
"""
