"""Places, files and formatted words that people send."""

from typing import Any, Final

from bot.forms.inputs import Located, Sent
from bot.message import Media, MediaKind

_FILES: Final = {
    "photo": "image",
    "audio": "audio",
    "voice": "audio",
    "video": "video",
    "video_note": "video",
    "document": "file",
}
"""How the Bot API names what a message holds -> what it is to a question."""
FILES: Final = _FILES.keys()
"""The parts of a message that are files."""


def sent_in(message: dict[str, Any]) -> Located | Sent | None:
    """The place or the file in a message, as the Bot API writes it; None where there is none."""
    place = message.get("location")
    if place is not None:
        accuracy = place.get("horizontal_accuracy")
        return Located(place["latitude"], place["longitude"], accuracy)
    for key, kind in _FILES.items():
        held = message.get(key)
        if held:
            file = held[-1] if isinstance(held, list) else held  # of a photo the largest comes last
            return Sent(
                _kind_of(kind, file.get("mime_type", "")),
                file["file_id"],
                file.get("file_name", ""),
                file.get("mime_type", ""),
                file.get("file_size"),
            )
    return None


def media_in(message: dict[str, Any]) -> Media | None:
    """The file in a message, as it can be shown again; None where there is none."""
    for kind in MediaKind:
        held = message.get(kind.value)
        if held:
            file = held[-1] if isinstance(held, list) else held  # of a photo the largest comes last
            return Media(kind, file["file_id"])
    return None


def html_of(message: dict[str, Any]) -> str:
    """What was typed, with its formatting, as Telegram's HTML.

    What names somebody's account is no part of it: see redaction.py.
    """
    from telegram import Message as TelegramMessage  # a fifth of a second to load

    return TelegramMessage.de_json(message, None).text_html.strip()


def _kind_of(kind: str, mime: str) -> str:
    """A picture that was sent as a file is a picture."""
    family = mime.partition("/")[0]
    return family if kind == "file" and family in {"image", "audio", "video"} else kind
