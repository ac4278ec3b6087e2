"""A broadcast, to whom it goes, and what became of it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from bot.message import Media, MediaKind
from bot.people.models import Group, Role

SOURCE: Final = "en"
"""The language that every broadcast is written in, and that people get who have no text of their
own."""


class Stage(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    """A second person has to approve it."""
    SCHEDULED = "scheduled"
    """It begins by itself at its time."""
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"
    """Somebody ended it before everybody had it."""
    RECALLING = "recalling"
    """It is being taken out of people's chats."""
    RECALLED = "recalled"

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self in {Stage.DRAFT, Stage.WAITING, Stage.SCHEDULED}

    @property
    def is_under_way(self) -> bool:
        """Whether messages may be leaving."""
        return self in {Stage.SENDING, Stage.PAUSED, Stage.RECALLING}


class Repeats(StrEnum):
    """How often a broadcast is sent again."""

    NEVER = ""
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Mark(StrEnum):
    """What a person did with a broadcast."""

    OPENED = "opened"
    """They opened what its button shows."""
    STOPPED = "stopped"
    """They stopped news, or all messages, because of it."""


class Basis(StrEnum):
    """Why we may write to people, which decides whom we leave out."""

    NEWS = "news"
    """They agreed to news."""
    BOOKING = "booking"
    """They have or had a place at the event that it is about."""
    ROLE = "role"
    """They work with us."""
    CORRECTION = "correction"
    """They got what it corrects."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a broadcast is for. Nothing chosen: everybody who agreed to news.

    Attributes:
        boroughs: keys; a person lives there or follows it.
        languages: codes.
        interests: keys of what people follow.
        booked: numbers of events that they have a place at.
        attended: numbers of events that they had a place at and that are over.
        got: the number of a broadcast that reached them; 0 for none.
        every: all of these must hold, not just one.
        not_told_for: days without a broadcast, at least; 0: it does not matter.
        not_booked: numbers of events that they have no place at.
    """

    boroughs: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    groups: frozenset[Group] = frozenset()
    roles: frozenset[Role] = frozenset()
    booked: frozenset[int] = frozenset()
    attended: frozenset[int] = frozenset()
    got: int = 0
    every: bool = True
    not_told_for: int = 0
    not_booked: frozenset[int] = frozenset()

    @property
    def conditions(self) -> int:
        """How many kinds of conditions there are."""
        kinds = (
            self.boroughs,
            self.languages,
            self.interests,
            self.groups,
            self.roles,
            self.booked,
            self.attended,
            self.got,
        )
        return sum(1 for kind in kinds if kind)

    @property
    def basis(self) -> Basis:
        """Why we may write to whoever this holds for."""
        sure = self.every or self.conditions == 1
        if sure and self.got:
            return Basis.CORRECTION
        if sure and (self.booked or self.attended):
            return Basis.BOOKING
        return Basis.ROLE if sure and self.roles else Basis.NEWS

    def toggled(self, kind: str, key: str | int) -> Self:
        """The same with one key of a kind of condition added, or taken away."""
        before: frozenset[Any] = getattr(self, kind)
        changed: dict[str, Any] = {kind: before ^ {_KINDS[kind](key)}}
        return replace(self, **changed)

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it; what is not chosen is left out."""
        kept: dict[str, Any] = {
            kind: sorted(chosen) for kind in _KINDS if (chosen := getattr(self, kind))
        }
        if self.got:
            kept["got"] = self.got
        if self.not_told_for:
            kept["not_told_for"] = self.not_told_for
        return kept if self.every else kept | {"every": False}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """What `plain` made."""
        lists: dict[str, Any] = {
            kind: frozenset(make(key) for key in kept.get(kind, ()))
            for kind, make in _KINDS.items()
        }
        return cls(
            **lists,
            got=kept.get("got", 0),
            every=kept.get("every", True),
            not_told_for=kept.get("not_told_for", 0),
        )


_KINDS: Final[Mapping[str, type]] = {
    "boroughs": str,
    "languages": str,
    "interests": str,
    "groups": Group,
    "roles": Role,
    "booked": int,
    "attended": int,
    "not_booked": int,
}
"""The conditions that are lists, and what stands in each."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a broadcast says in one language.

    Attributes:
        html: as Telegram knows it, safe as it is.
        by: the number of who wrote it; 0 once they have erased their data.
        reviewed_by: the number of a second person who read it in this language; 0 for nobody.
    """

    html: str
    by: int = 0
    reviewed_by: int = 0


class LinkKind(StrEnum):
    """What a button under a broadcast opens."""

    EVENT = "event"
    SURVEY = "survey"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Link:
    """A button under a broadcast.

    Attributes:
        to: the number of an event or survey, or a web address.
        label: of a web address.
    """

    kind: LinkKind
    to: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One update to an audience, from its first draft to its end.

    Attributes:
        revision: counts changes of what people would get.
        author_id: who began it; None once they have erased their data. Alike for the others.
        editor_id: who changed it last.
        asked_by: who asked for it to be sent.
        approved_by: the second person.
        approved_revision: of what they saw.
        texts: by language code.
        send_at: when it is to begin; None: as soon as it may.
        critical: people's health can depend on it, so no unreviewed text of it goes out.
        urgent: why it may leave at any hour; "" where it may not.
        mailing_id: what it is sent as, once it has begun.
        recall_id: what takes it away again.
        follows_id: the broadcast that this one corrects.
        shown_in: the chat in which its progress is shown, and the message there.
    """

    id: int
    stage: Stage
    created_at: datetime
    edited_at: datetime
    revision: int = 0
    author_id: int | None = None
    editor_id: int | None = None
    asked_by: int | None = None
    approved_by: int | None = None
    approved_revision: int | None = None
    audience: Audience = field(default_factory=Audience)
    texts: Mapping[str, Text] = field(default_factory=dict)
    media: tuple[Media, ...] = ()
    links: tuple[Link, ...] = ()
    send_at: datetime | None = None
    repeats: Repeats = Repeats.NEVER
    critical: bool = False
    urgent: str = ""
    mailing_id: int | None = None
    recall_id: int | None = None
    follows_id: int | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    shown_in: int | None = None
    shown_message: int | None = None

    @property
    def is_approved(self) -> bool:
        """Whether a second person has approved it as it is now."""
        return self.approved_by is not None and self.approved_revision == self.revision

    @property
    def has_words(self) -> bool:
        """Whether there is a text in the language that every broadcast is written in."""
        return SOURCE in self.texts

    def language_for(self, language: str | None) -> str:
        """The code of the language in which a person of this language gets it."""
        text = self.texts.get(language or SOURCE)
        unfit = text is None or (self.critical and language != SOURCE and not text.reviewed_by)
        return SOURCE if unfit or language is None else language


@dataclass(frozen=True, slots=True)
class Part:
    """How many people of one language in one borough a broadcast would reach, or why not.

    Attributes:
        reason: why they are left out, as in delivery.models.Reason; "" where they are not.
    """

    language: str
    borough: str
    reason: str
    people: int


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a broadcast would reach now."""

    parts: tuple[Part, ...]

    @property
    def people(self) -> int:
        """How many would get it."""
        return sum(part.people for part in self.parts if not part.reason)

    def by(self, what: str) -> dict[str, int]:
        """How many would get it, by "language" or "borough", the largest number first."""
        found: dict[str, int] = {}
        for part in self.parts:
            if not part.reason:
                key = getattr(part, what)
                found[key] = found.get(key, 0) + part.people
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    @property
    def left_out(self) -> dict[str, int]:
        """How many would not get it although the audience fits, by why."""
        found: dict[str, int] = {}
        for part in self.parts:
            if part.reason:
                found[part.reason] = found.get(part.reason, 0) + part.people
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def media_of(kept: list[Mapping[str, str]]) -> tuple[Media, ...]:
    """Media as JSON holds them."""
    return tuple(Media(MediaKind(each["kind"]), each["file_id"]) for each in kept)
