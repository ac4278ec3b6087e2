"""Events, activities and bookings as values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What sort of thing people come to."""

    EXPO = "expo"
    WEBINAR = "webinar"
    THINK_TANK = "think_tank"
    LISTENING_CIRCLE = "listening_circle"


class EventStatus(StrEnum):
    """Whether an event will happen. A full event is planned; fullness follows from its places."""

    PLANNED = "planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class ActivityKind(StrEnum):
    """What happens at an event."""

    HEALTH_CHECK = "health_check"
    WEBINAR = "webinar"
    TALK = "talk"
    STALL = "stall"


class AccessFact(StrEnum):
    """What an event offers so that everybody can take part; the same keys name people's needs."""

    STEP_FREE = "step_free"
    ACCESSIBLE_TOILET = "accessible_toilet"
    HEARING_LOOP = "hearing_loop"
    BSL = "bsl"
    CAPTIONS = "captions"
    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"
    INTERPRETER = "interpreter"
    QUIET_SPACE = "quiet_space"
    SEATING = "seating"
    CARER_WELCOME = "carer_welcome"
    CRECHE = "creche"
    WOMEN_ONLY = "women_only"
    PRAYER_ROOM = "prayer_room"


class BookingState(StrEnum):
    """Where a person's place stands."""

    GOING = "going"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    ATTENDED = "attended"


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the map, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Activity:
    """Something at an event.

    Attributes:
        uid: identity within its event, stable over imports.
        title: text by language code; "en" is always there.
        organisation: who runs it, as they call themselves.
        slot_minutes: how long one slot of a health check is; None where there are no slots.
    """

    uid: str
    kind: ActivityKind
    title: dict[str, str]
    description: dict[str, str] = field(default_factory=dict)
    organisation: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    capacity: int | None = None
    slot_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as a file describes it, before it has a place in the database.

    Attributes:
        uid: identity over imports (RFC 5545 UID; for a table, its `uid` column).
        title: text by language code; "en" is always there and never empty.
        starts_at: aware; ends_at is later than it.
        timezone: IANA name in whose wall time people read the event.
        borough: key of a borough in content/boroughs.yaml, or None.
        outcode: the outward part of the venue's postcode, such as "NW10".
        capacity: how many may book; None means no limit.
        access: what it offers, of AccessFact.
        languages: codes of the languages spoken there.
        sequence: RFC 5545 SEQUENCE; a file with a lower one than we hold is old.
        sample: True for content that only shows how the bot works.
    """

    uid: str
    kind: EventKind
    title: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    timezone: str = "Europe/London"
    description: dict[str, str] = field(default_factory=dict)
    venue: str = ""
    borough: str | None = None
    outcode: str = ""
    position: Position | None = None
    online_link: str = ""
    organisation: str = ""
    topics: tuple[str, ...] = ()
    capacity: int | None = None
    access: frozenset[AccessFact] = frozenset()
    languages: frozenset[str] = frozenset()
    status: EventStatus = EventStatus.PLANNED
    sequence: int = 0
    sample: bool = False
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True, slots=True)
class Event(EventDraft):
    """An event people can find and book.

    Attributes:
        going: how many places are taken.
        revision: counts the changes people would notice.
        fingerprint: stands for all that its file said of it, SEQUENCE left out; empty for one
            that was cancelled without a file, and for one that is in no database.
    """

    id: int = 0
    going: int = 0
    revision: int = 0
    fingerprint: str = ""

    @property
    def places_left(self) -> int | None:
        """How many may still book; None means no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.going)

    @property
    def is_online(self) -> bool:
        """Whether people can take part from home."""
        return bool(self.online_link)


@dataclass(frozen=True, slots=True)
class Booking:
    """A person's place at an event.

    Attributes:
        confirmed_at: when they said that they are still coming.
    """

    id: int
    event_id: int
    person_id: int
    state: BookingState
    booked_at: datetime
    source: str = ""
    confirmed_at: datetime | None = None
