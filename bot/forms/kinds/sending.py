"""Answers that are shared or sent: a place, a file."""

from collections.abc import Mapping

from typing_extensions import override

from bot.forms.definition import Choice, Question
from bot.forms.inputs import Located, Raw, Reason, Refusal, Sent, Typed, cleaned
from bot.forms.kinds.reading import NOT_AN_ANSWER, Put, Read, Reading, Reads
from bot.forms.places import read_place, rounded_place, written_place
from bot.forms.values import Value

FILE_LIMIT = 20  # megabytes; what Telegram lets a bot fetch
_BYTES = 1024 * 1024
_NAME_LIMIT = 200  # characters of a file's name
_PARTS = frozenset({"file_id", "name", "mime"})


class Place(Reads):
    """A place on the earth: a geopoint as OpenRosa writes it."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        match raw:
            case Located(latitude, longitude, accuracy):
                place = written_place(latitude, longitude, 0, accuracy or 0)
            case Typed():
                place = read_place(raw.clean)
            case _:
                return NOT_AN_ANSWER
        return Refusal(place) if isinstance(place, Reason) else Read(_kept(put.question, place))

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        place = read_place(value) if isinstance(value, str) else Reason.NOT_A_PLACE
        return None if isinstance(place, Reason) else _kept(question, place)


class File(Reads):
    """A picture, a recording or another file: how to fetch it, and what it is."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        if not isinstance(raw, Sent):
            return NOT_AN_ANSWER
        media = put.question.media
        if media not in {"file", raw.kind} and not raw.mime.startswith(f"{media}/"):
            return Refusal(Reason.OTHER_FILE, {"media": media})
        if raw.size is not None and raw.size > FILE_LIMIT * _BYTES:
            return Refusal(Reason.FILE_TOO_LARGE, {"maximum": FILE_LIMIT})
        name = cleaned(raw.name.replace("\n", " "))[-_NAME_LIMIT:]
        return Read({"file_id": raw.file_id, "name": name, "mime": cleaned(raw.mime)})

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, Mapping) or value.keys() != _PARTS or not value["file_id"]:
            return None
        return value if all(isinstance(part, str) for part in value.values()) else None


def _kept(question: Question, place: str) -> str:
    """A place to within as many metres as the question asks for."""
    return place if question.within is None else rounded_place(place, question.within)
