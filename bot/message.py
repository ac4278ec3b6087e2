"""What to say, as data. Views build messages; the chat adapter sends them.

Text is HTML as Telegram knows it, with every value escaped (`Markup` does that). Labels, toasts
and file names are plain text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, Self

from markupsafe import Markup

_DIGITS: Final = 16
"""Digits of the longest number of ours, a time in microseconds. A database takes some more, and
whoever reckons with a number, such as that of a page, needs them."""


def as_number(text: str) -> int | None:
    """The number in a button or link; None where it is none that could be ours.

    Anybody can write what they like into both.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        return None
    number = int(text)
    return number if str(number) == text else None


@dataclass(frozen=True, slots=True)
class Tap:
    """What pressing a button means: a verb a handler listens to, and short arguments.

    Attributes:
        verb: names the handler, such as "book".
        args: numbers and short keys; at most 64 bytes in all when written out.
    """

    verb: str
    args: tuple[str | int, ...] = ()

    @classmethod
    def to(cls, verb: str, *args: str | int) -> Self:
        """The tap for `verb` with these arguments."""
        return cls(verb, args)

    def number(self, place: int) -> int:
        """The number at this place of the arguments; 0 where there is none."""
        arg = self.args[place] if len(self.args) > place else 0
        return arg if isinstance(arg, int) else 0

    def text(self, place: int) -> str:
        """What stands at this place of the arguments, as text; empty where nothing does."""
        return str(self.args[place]) if len(self.args) > place else ""


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Pressing the button opens a web address."""

    url: str


@dataclass(frozen=True, slots=True)
class ShareInline:
    """Pressing the button lets the person choose a chat to share something in."""

    query: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: a plain label and what pressing it does."""

    label: str
    action: Tap | OpenLink | ShareInline


@dataclass(frozen=True, slots=True)
class Document:
    """A small file to send with a message."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


class MediaKind(StrEnum):
    """What a file is shown as, in the Bot API's words."""

    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    VOICE = "voice"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Media:
    """A file that Telegram has already, to be shown again.

    Attributes:
        file_id: Telegram's handle to it, good for this bot alone.
    """

    kind: MediaKind
    file_id: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that we keep, to be shown. Telegram gets it when it is first shown to somebody.

    Attributes:
        digest: of its content, by which it is found.
        name: as its author calls it.
    """

    kind: MediaKind
    digest: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map with a name, shown so that directions are one tap away."""

    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The event that a message shows, so that it can be brought up to date when that changes.

    Attributes:
        look: what the person came from, as a code.
    """

    event_id: int
    look: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one person.

    Attributes:
        text: Telegram HTML; of a message with a document, its caption (1,024 characters at most).
        buttons: rows of buttons under the message.
        document: a file to send; the text becomes its caption.
        media: a file that Telegram has already, or up to ten as one album; the text becomes their
            caption. An album has no buttons.
        kept: a file that we keep; the text becomes its caption.
        place: a point on the map to send; the text is not shown.
        ask_location: the label of a key that shares the person's location, shown under the
            place where they type; None takes no such key away.
        shows: the event it shows, if it is to be kept up to date.
        first: messages that go before it. With them it takes no other's place.
        anew: whether it takes no other's place, because that belongs to what stands above it.
    """

    text: Markup
    buttons: Rows = field(default=())
    document: Document | None = None
    place: Place | None = None
    ask_location: str | None = None
    shows: Shown | None = None
    media: tuple[Media, ...] = ()
    kept: Kept | None = None
    first: tuple["Message", ...] = ()
    anew: bool = False

    def with_buttons(self, *rows: Sequence[Button]) -> Self:
        """The same message with these rows of buttons added below the ones it has."""
        return replace(self, buttons=self.buttons + tuple(tuple(row) for row in rows if row))


@dataclass(frozen=True, slots=True)
class SharedCard:
    """A message offered to somebody who types the bot's name in another chat.

    Attributes:
        key: tells it from the others offered with it; 64 bytes at most.
        title: what the list of offers shows.
        description: the line below the title.
        message: what is put into the chat; its buttons open links.
    """

    key: str
    title: str
    description: str
    message: Message
