"""Places and files that people send, as answers."""

from typing import Any, Final

from bot.forms.inputs import Located, Sent

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


def _kind_of(kind: str, mime: str) -> str:
    """A picture that was sent as a file is a picture."""
    family = mime.partition("/")[0]
    return family if kind == "file" and family in {"image", "audio", "video"} else kind
