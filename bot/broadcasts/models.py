"""A broadcast, and what became of it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.broadcasts.audience import Audience
from bot.message import Media

SOURCE: Final = "en"
"""The language that every broadcast is written in, and that people get who have no text of their
own."""


ALBUM: Final = 2
"""From so many pictures or files on, Telegram shows an album."""


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


SOMEBODY: Final = -1
"""Who read a text and has erased their data since."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a broadcast says in one language.

    Attributes:
        html: as Telegram knows it, safe as it is.
        by: the number of who wrote it; 0 once they have erased their data.
        reviewed_by: the number of a second person who read it in this language; 0 for nobody,
            and SOMEBODY once they have erased their data.
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
        asked_by: who asked last for it to be sent, also where their limit did not allow it; None
            once it has been changed since.
        approved_by: the second person.
        approved_revision: of what they saw.
        texts: by language code.
        posts: numbers of groups in which it is posted as well.
        send_at: when it is to begin; None: as soon as it may.
        begins_at: when it does, which is later where `send_at` is outside the hours; None of a
            draft.
        critical: people's health can depend on it, so no unreviewed text of it goes out.
        urgent: why it may leave at any hour; "" where it may not.
        mailing_id: what it is sent as, once it has begun.
        recall_id: what takes it away again.
        follows_id: the broadcast that this one corrects.
        remark: what a second person asked to be changed before it goes out; "" for nothing.
        people: how many it was owed to when it began.
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
    posts: frozenset[int] = frozenset()
    send_at: datetime | None = None
    begins_at: datetime | None = None
    repeats: Repeats = Repeats.NEVER
    critical: bool = False
    urgent: str = ""
    mailing_id: int | None = None
    recall_id: int | None = None
    follows_id: int | None = None
    remark: str = ""
    people: int = 0
    began_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_approved(self) -> bool:
        """Whether a second person has approved it as it is now."""
        return self.approved_by is not None and self.approved_revision == self.revision

    @property
    def is_album(self) -> bool:
        """Whether Telegram shows its pictures or files as an album, which has no buttons."""
        return len(self.media) >= ALBUM

    @property
    def has_words(self) -> bool:
        """Whether there is a text in the language that every broadcast is written in."""
        return SOURCE in self.texts

    def language_for(self, language: str | None) -> str:
        """The code of the language in which a person of this language gets it."""
        text = self.texts.get(language or SOURCE)
        unfit = text is None or (self.critical and language != SOURCE and not text.reviewed_by)
        return SOURCE if unfit or language is None else language
