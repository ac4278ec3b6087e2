"""A person, and what we keep about them, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.people.interests import Interest


class Purpose(StrEnum):
    """What a person can agree to; each on its own, and each can be taken back."""

    NEEDS = "needs"
    """We keep what they need to take part, and show it to the organisers."""
    NEWS = "news"
    """We tell them about events they did not ask for one by one."""
    REMINDERS = "reminders"
    """We remind them of the events they have booked, and ask afterwards how it was."""
    RESEARCH = "research"
    """We invite them to surveys and circles."""


class Role(StrEnum):
    """What a person does for the organisation; whoever has none is a resident."""

    VOLUNTEER = "volunteer"
    ORGANISER = "organiser"
    STEERING = "steering"
    """Of the Race Steering Group."""
    ANALYST = "analyst"
    ADMIN = "admin"


class Right(StrEnum):
    """What only some roles may do."""

    SEE_SCHEDULE = "see schedule"
    """See what the bot will send, and how many people answered."""
    SEE_NEEDS = "see needs"
    """See what people with a place at an event need, without who they are."""
    PUBLISH_SURVEYS = "publish surveys"
    """Send in forms, try and publish them, and close surveys."""
    WRITE_BROADCASTS = "write broadcasts"
    """Write broadcasts, and send those that go to few people."""
    APPROVE_BROADCASTS = "approve broadcasts"
    """Let somebody else's broadcast go out."""
    READ_REPORTS = "read reports"
    """Read what came of broadcasts, in numbers."""
    SEND_URGENT = "send urgent"
    """Let a broadcast go out at any hour, with a reason."""
    LIFT_LIMITS = "lift limits"
    """Let a new volunteer send as much as others."""
    INVITE = "invite"
    """Give roles and take them away."""
    READ_LOG = "read log"
    """Read who did what that only some may do."""
    NAME_GROUPS = "name groups"
    """Say what a group at Telegram is for, and in which language the bot writes there."""


class Group(StrEnum):
    """Whom people can belong to."""

    THINK_TANK = "think tank"
    """Of the African Caribbean Think Tank."""
    CIRCLES = "circles"
    """Who come to Listening Circles."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a role holds; empty: everywhere.

    With both, it is for those people of these boroughs who are in one of these groups.

    Attributes:
        boroughs: keys of boroughs.
    """

    boroughs: frozenset[str] = frozenset()
    groups: frozenset[Group] = frozenset()

    def covers(self, other: "Scope") -> bool:
        """Whether everybody whom another scope is about is in this one, too."""
        return _wider(self.boroughs, other.boroughs) and _wider(self.groups, other.groups)


def _wider(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one condition lets through all that another does; an empty one lets through all."""
    return not one or (bool(other) and other <= one)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who talks to the bot.

    Attributes:
        telegram_id: their number at Telegram, which is also that of the private chat.
        language: the code of the language they chose; None until they chose one.
        borough: the key of a borough, or boroughs.ELSEWHERE or boroughs.UNSURE; None until they
            answered.
        outcode: the outward part of their postcode, if they gave one.
        source: where they first came from, such as the poster of an event.
        stopped_at: since when they want no messages they did not ask for.
        blocked_at: since when they block the bot.
    """

    id: int
    telegram_id: int
    created_at: datetime
    language: str | None = None
    borough: str | None = None
    outcode: str | None = None
    source: str | None = None
    stopped_at: datetime | None = None
    blocked_at: datetime | None = None

    @property
    def wants_messages(self) -> bool:
        """Whether we may send what is no answer to something they just did."""
        return self.stopped_at is None and self.blocked_at is None


@dataclass(frozen=True, slots=True)
class Consent:
    """One entry of the ledger: what a person agreed to, or took back.

    Attributes:
        wording: names the text they saw and its version, such as "needs-1".
        language: the code of the language they saw it in.
        given: False when they took it back.
    """

    purpose: Purpose
    wording: str
    language: str
    given: bool
    at: datetime


class FollowKind(StrEnum):
    """What people can have news of."""

    INTEREST = "interest"
    BOROUGH = "borough"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Followed:
    """What a person follows.

    Attributes:
        boroughs: keys; where they live is not among them unless they chose it.
    """

    interests: frozenset[Interest] = frozenset()
    boroughs: frozenset[str] = frozenset()
    groups: frozenset[Group] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """A role that a person has, and since when.

    Attributes:
        borough: the key of the borough in which it holds; empty: in all.
        group: for whom it holds; None: for everybody.
        label: by what those who give roles tell its holder from others.
        id: the number of this role of this person.
        person_id: whose it is.
    """

    role: Role
    at: datetime
    borough: str = ""
    group: Group | None = None
    label: str = ""
    id: int = field(default=0, compare=False)
    person_id: int = field(default=0, compare=False)

    @property
    def place(self) -> tuple[str, Group | None]:
        """Where it holds."""
        return self.borough, self.group

    def covers(self, role: Role, borough: str, group: Group | None) -> bool:
        """Whether whoever has this has that one already."""
        return (
            self.role is role
            and self.borough in {"", borough}
            and (self.group is None or self.group is group)
        )


@dataclass(frozen=True, slots=True)
class Invite:
    """A link that gives whoever follows it first a role.

    Attributes:
        used: somebody has accepted it.
        revoked: it was taken back.
        borough: as of Given.
        group: as of Given.
        label: as of Given.
        id: its number, which is not its code.
    """

    role: Role
    expires_at: datetime
    used: bool
    revoked: bool = False
    borough: str = ""
    group: Group | None = None
    label: str = ""
    id: int = 0


class Act(StrEnum):
    """What is noted because only some may do it."""

    ROLE_GIVEN = "role given"
    ROLE_TAKEN = "role taken"
    ROLES_LEFT = "roles left"
    """Somebody with a role deleted their data."""
    INVITE_MADE = "invite made"
    INVITE_REVOKED = "invite revoked"
    INVITE_USED = "invite used"
    SURVEY_PUBLISHED = "survey published"
    SURVEY_CLOSED = "survey closed"
    BROADCAST_ASKED = "broadcast asked"
    """Somebody asked for a broadcast to be sent."""
    BROADCAST_APPROVED = "broadcast approved"
    BROADCAST_SENT_BACK = "broadcast sent back"
    """A second person asked for a change before it goes out."""
    BROADCAST_WITHDRAWN = "broadcast withdrawn"
    """Somebody made a draft again of one that had not begun."""
    BROADCAST_DELETED = "broadcast deleted"
    """It was a draft."""
    TEXT_CHECKED = "text checked"
    """A second person says that a text is right in its language."""
    BROADCAST_BEGUN = "broadcast begun"
    BROADCAST_PAUSED = "broadcast paused"
    BROADCAST_RESUMED = "broadcast resumed"
    BROADCAST_STOPPED = "broadcast stopped"
    BROADCAST_TAKEN_BACK = "broadcast taken back"
    GROUP_NAMED = "group named"
    """Somebody said what a group at Telegram is for, and so which news it gets."""
    GROUP_LANGUAGE = "group language"
    LIMIT_LIFTED = "limit lifted"
    """A new volunteer may write to as many people as others."""
    NEEDS_SEEN = "needs seen"
    """Somebody looked at what the people of an event need."""
    LOG_EXPORTED = "log exported"
    LOG_SHORTENED = "log shortened"
    """Entries were erased because they were as old as they may get."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One entry of the log.

    Attributes:
        actor: our number of who did it; None: somebody at the command line, or the bot itself.
        subject: to what, as a word and a number, such as "invite 3".
        details: keys and numbers; never names, texts, or numbers at Telegram.
    """

    id: int
    at: datetime
    act: Act
    actor: int | None
    subject: str
    details: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Needs:
    """What a person needs to take part.

    Attributes:
        keys: of needs_form.SENSES and PRESENCE.
        note: in their own words; may be empty.
        interpreter: the language they need an interpreter for, as they wrote it; may be empty.
    """

    keys: frozenset[str]
    note: str
    updated_at: datetime
    interpreter: str = ""
