"""The pictures, sounds and videos of a form: which it names, and what a file really is.

A file is what its first bytes say, and its name has to agree. What Telegram shows of each kind, and
up to which size, is what is taken.
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from bot.forms.xforms.model import Control, Text, XForm
from bot.forms.xforms.order import all_parts
from bot.message import MediaKind
from bot.surveys.traces import PNG, without_traces

LARGEST_PICTURE: Final = 10_000_000
LARGEST: Final = 50_000_000
"""Bytes of any other file that a bot can send."""
_SIDES: Final = 10_000  # pixels of a picture's width and height together, as Telegram takes it
_RATIO: Final = 20  # of the longer side to the shorter
_MEGA: Final = 1_000_000
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BRAND: Final = slice(4, 12)  # of an MP4 file: where it says that it is one, and which


class Flaw(StrEnum):
    """Why a file cannot be shown. Behind each: the details that come with it."""

    NOT_SHOWN = "media_not_shown"  # it belongs to a group, or its name is worked out
    OTHER_KIND = "media_of_another_kind"  # file; suffixes: those that the column takes
    NOT_WHAT_IT_SAYS = "media_not_what_it_says"  # file
    TOO_BIG = "media_too_big"  # file; limit, in megabytes
    TOO_LONG = "picture_too_long"  # file


class _Type(NamedTuple):
    column: str
    kind: MediaKind
    mime: str


_JPEG_TYPE: Final = _Type("image", MediaKind.PHOTO, "image/jpeg")
_MP4_TYPE: Final = _Type("video", MediaKind.VIDEO, "video/mp4")
_OGG_TYPE: Final = _Type("audio", MediaKind.VOICE, "audio/ogg")
TYPES: Final[Mapping[str, _Type]] = {
    ".jpg": _JPEG_TYPE,
    ".jpeg": _JPEG_TYPE,
    ".png": _Type("image", MediaKind.PHOTO, "image/png"),
    ".mp3": _Type("audio", MediaKind.AUDIO, "audio/mpeg"),
    ".m4a": _Type("audio", MediaKind.AUDIO, "audio/mp4"),
    ".ogg": _OGG_TYPE,
    ".mp4": _MP4_TYPE,
    ".m4v": _MP4_TYPE,
}
"""How the names of files end that can be shown."""


@dataclass(frozen=True, slots=True)
class File:
    """A picture, a sound or a video of a form.

    Attributes:
        digest: of its content: the same content has the same.
        kind: what it is shown as.
    """

    digest: str
    kind: MediaKind
    mime: str
    content: bytes


class Mentioned(NamedTuple):
    """Where a form names a file.

    Attributes:
        path: the node; of a choice, list and name, "list/name".
        column: "image", "audio" or "video".
        file: its name; "" for one worked out.
        shown: whether a chat has a place for it.
    """

    path: str
    column: str
    file: str
    shown: bool


def mentioned_in(form: XForm) -> Iterator[Mentioned]:
    """Every file that a form names, in any of its languages, each place once."""
    found: dict[Mentioned, None] = dict.fromkeys(_files("", form.titles, shown=False))
    lists: set[str] = set()
    for part in all_parts(form.body):
        is_control = isinstance(part, Control)
        found |= dict.fromkeys(_files(part.path, part.label, shown=is_control))
        if isinstance(part, Control) and part.choices is not None:
            lists.update(part.choices.nodes.instances)
    for name in sorted(lists & form.instances.keys()):
        for item in form.instances[name]:
            text = form.texts.get(item.findtext("itextId", ""), Text())
            found |= dict.fromkeys(_files(f"{name}/{item.findtext('name', '')}", text, shown=True))
    return iter(found)


def _files(path: str, text: Text, *, shown: bool) -> Iterator[Mentioned]:
    for files in text.media.values():
        for column, name in files.items():
            yield Mentioned(path, column, name, shown and bool(name))


def flaw_of(column: str, name: str, content: bytes) -> tuple[Flaw, Mapping[str, str]] | None:
    """Why a file cannot be shown where a form names it, with the details; None where it can."""
    about = TYPES.get(_suffix(name))
    if about is None or about.column != column:
        suffixes = ", ".join(suffix for suffix, each in TYPES.items() if each.column == column)
        return Flaw.OTHER_KIND, {"file": name, "suffixes": suffixes}
    if not _is(about, content):
        return Flaw.NOT_WHAT_IT_SAYS, {"file": name}
    limit = LARGEST_PICTURE if about.kind is MediaKind.PHOTO else LARGEST
    if len(content) > limit:
        return Flaw.TOO_BIG, {"file": name, "limit": str(limit // _MEGA)}
    size = picture_size(content) if about.kind is MediaKind.PHOTO else None
    if size is not None and (sum(size) > _SIDES or max(size) > _RATIO * min(size)):
        return Flaw.TOO_LONG, {"file": name}
    return None


def file_of(name: str, content: bytes) -> File | None:
    """A file to keep, without traces of its maker; None where it is none that can be shown."""
    about = TYPES.get(_suffix(name))
    if about is None or not _is(about, content):
        return None
    content = without_traces(content)
    return File(hashlib.sha256(content).hexdigest(), about.kind, about.mime, content)


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG in pixels; None where they are not to be found."""
    try:
        if content.startswith(PNG):
            width, height = struct.unpack_from(">II", content, 16)
            return width, height
        return _jpeg_size(content)
    except struct.error:
        return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while True:
        mark, frame, length = struct.unpack_from(">BBH", content, at)
        if mark != 0xFF:  # noqa: PLR2004 -- every JPEG segment begins with this byte
            return None
        if frame in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + length


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is(about: _Type, content: bytes) -> bool:
    """Whether the first bytes are those of a type."""
    match about.mime:
        case "image/jpeg":
            return content.startswith(b"\xff\xd8\xff")
        case "image/png":
            return content.startswith(PNG)
        case "audio/mpeg":
            sync = len(content) > 1 and content[0] == 0xFF and content[1] & 0xE6 == 0xE2  # noqa: PLR2004 -- of an MPEG frame of layer III
            return content.startswith(b"ID3") or sync
        case "audio/ogg":
            return content.startswith(b"OggS") and b"OpusHead" in content[:200]
        case _:
            return content[_BRAND].startswith(b"ftyp")
