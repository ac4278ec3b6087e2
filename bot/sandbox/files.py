"""Files that people and bots have sent."""

import mimetypes
import secrets
import struct
from dataclasses import dataclass
from typing import Final

from bot.sandbox import limits
from bot.sandbox.entities import JsonObject
from bot.sandbox.refusal import RefusedError, bad_request

_FOLDERS: Final = {
    "document": "documents",
    "photo": "photos",
    "video": "videos",
    "audio": "music",
    "voice": "voice",
    "sticker": "stickers",
}
_NAMES: Final = {
    "document": "Document",
    "photo": "Photo",
    "video": "Video",
    "audio": "Audio",
    "voice": "VoiceNote",
    "sticker": "Sticker",
}
_NAMED: Final = frozenset({"document", "video", "audio"})  # messages say how the file is called
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came over the wire."""

    name: str
    body: bytes
    mime_type: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file at rest. `path` is relative, as getFile gives it."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    body: bytes
    path: str
    size: tuple[int, int] | None = None  # of a photo, in pixels

    def described(self) -> JsonObject:
        """What a Bot API message says of it."""
        about: JsonObject = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.body),
        }
        if self.kind == "photo" and self.size is not None:
            return about | {"width": self.size[0], "height": self.size[1]}
        about["mime_type"] = self.mime_type
        return about | {"file_name": self.name} if self.kind in _NAMED else about


class FileStore:
    """Every file of the sandbox, in memory. A file_id works only for the bot it was given to."""

    def __init__(self) -> None:
        self._files: dict[tuple[int, str], StoredFile] = {}
        self._by_id: dict[str, StoredFile] = {}
        self._paths: dict[tuple[int, str], StoredFile] = {}

    def keep(self, bot_id: int, kind: str, upload: Upload) -> StoredFile:
        """Store an upload.

        Raises:
            RefusedError: a photo that is too big or no PNG, JPEG or GIF.
        """
        size = None
        if kind == "photo":
            if len(upload.body) > limits.PHOTO:
                raise bad_request(
                    f"file of size {len(upload.body)} bytes is too big for a photo; "
                    f"the maximum size is {limits.PHOTO} bytes"
                )
            size = image_size(upload.body)
            if size is None:
                raise bad_request("IMAGE_PROCESS_FAILED")
        name = upload.name.replace("/", "_").replace("\\", "_") or kind
        mime_type = mimetypes.guess_type(name)[0] or upload.mime_type or "application/octet-stream"
        extension = mimetypes.guess_extension(mime_type) or ""
        stored = StoredFile(
            file_id=secrets.token_urlsafe(48),
            unique_id=secrets.token_urlsafe(9),
            kind=kind,
            name=name,
            mime_type=mime_type,
            body=upload.body,
            path=f"{_FOLDERS[kind]}/file_{len(self._files)}{extension}",
            size=size,
        )
        self._files[bot_id, stored.file_id] = stored
        self._by_id[stored.file_id] = stored
        self._paths[bot_id, stored.path] = stored
        return stored

    def again(self, bot_id: int, kind: str, file_id: str) -> StoredFile:
        """The file of a file_id that the bot sends once more.

        Raises:
            RefusedError: the id is not one of this bot's, or of a file of another kind.
        """
        stored = self._files.get((bot_id, file_id))
        if stored is None:
            raise bad_request(
                "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
            )
        if stored.kind != kind:
            raise bad_request(f"can't use file of type {_NAMES[stored.kind]} as {_NAMES[kind]}")
        return stored

    def of_bot(self, bot_id: int, file_id: str) -> StoredFile | None:
        """The file of a file_id, if it was given to this bot."""
        return self._files.get((bot_id, file_id))

    def at_path(self, bot_id: int, path: str) -> StoredFile:
        """The file that the bot downloads from `path`.

        Raises:
            RefusedError: 404.
        """
        stored = self._paths.get((bot_id, path))
        if stored is None:
            raise RefusedError(404, "Not Found")
        return stored

    def of_anyone(self, file_id: str) -> StoredFile | None:
        """The file of a file_id, for the people's side."""
        return self._by_id.get(file_id)


def image_size(body: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG in pixels; None when `body` is none of them."""
    try:
        if body.startswith(_PNG):
            return struct.unpack_from(">II", body, 16)
        if body[:6] in {b"GIF87a", b"GIF89a"}:
            return struct.unpack_from("<HH", body, 6)
        return _jpeg_size(body) if body.startswith(_JPEG) else None
    except struct.error:
        return None


def _jpeg_size(body: bytes) -> tuple[int, int] | None:
    at = len(_JPEG)
    while True:
        marker, kind, length = struct.unpack_from(">BBH", body, at)
        if marker != 0xFF:  # noqa: PLR2004 -- every JPEG segment begins with this byte
            return None
        if kind in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", body, at + 5)
            return width, height
        at += 2 + length
