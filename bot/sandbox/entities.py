"""Formatted text: what stands in it and where, in UTF-16 units as Telegram counts."""

import re
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from bot.sandbox.refusal import bad_request, own_rule

JsonObject: TypeAlias = dict[str, Any]

_LAST_BMP: Final = "\uffff"
_BLANK: Final = " \n\t"
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e]")
_DROPPED: Final = re.compile("[\r\u2028-\u202e]")

_SIMPLE: Final = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "blockquote",
        "expandable_blockquote",
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
    ]
)
_EXTRA: Final[dict[str, dict[str, type]]] = {
    "pre": {},
    "text_link": {"url": str},
    "text_mention": {"user": dict},
    "custom_emoji": {"custom_emoji_id": str},
    "date_time": {"unix_time": int},
}
_FIELDS: Final = frozenset(
    [
        "type",
        "offset",
        "length",
        "url",
        "user",
        "language",
        "custom_emoji_id",
        "unix_time",
        "date_time_format",
    ]
)
_SEALED: Final = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})
_FOUND: Final = re.compile(
    r"(?P<url>https?://[^\s<>\"\u2066-\u2069]*[\w/#=&])"
    r"|(?P<email>(?<![\w.@])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,})"
    r"|(?<![\w/@.<])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/@])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{4,32})(?!\w)"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)
_HINTS: Final = ("/", "@", "#")


@dataclass(slots=True)
class Formatted:
    """A text and its entities, sorted as Telegram sorts them."""

    text: str
    entities: list[JsonObject] = field(default_factory=list)


def utf16_length(text: str) -> int:
    """How many UTF-16 units Telegram counts for `text`."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > _LAST_BMP for character in text)


def clean(text: str) -> str:
    """`text` as Telegram's servers take it in: no control characters, no bidi embeddings."""
    if _CONTROL.search(text) is None:
        return text
    return _CONTROL.sub(" ", _DROPPED.sub("", text))


def explicit(text: str, given: Any) -> Formatted:
    """A text with the `entities` that the bot sent along.

    Raises:
        RefusedError: an entity is of an unknown kind, lies outside the text or cuts a character.
    """
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    bounds = _bounds(text)
    end = max(bounds)
    entities = []
    for entity in given:
        _check_shape(entity)
        start, length = entity["offset"], entity["length"]
        if start < 0 or length < 0 or start + length > end:
            raise own_rule("an entity lies outside the text (offsets count UTF-16 units)")
        if start not in bounds or start + length not in bounds:
            raise own_rule("an entity cuts a character in two (offsets count UTF-16 units)")
        if length:
            entities.append(dict(entity))
    return Formatted(text, entities)


def _bounds(text: str) -> set[int]:
    bounds = {0}
    at = 0
    for character in text:
        at += 2 if character > _LAST_BMP else 1
        bounds.add(at)
    return bounds


def _check_shape(entity: Any) -> None:
    if not isinstance(entity, dict):
        raise bad_request("can't parse entities: expected an Object as MessageEntity")
    unknown = entity.keys() - _FIELDS
    if unknown:
        raise own_rule(f'unknown field "{min(unknown)}" in an entity')
    kind = str(entity.get("type"))
    if kind not in _SIMPLE and kind not in _EXTRA:
        raise bad_request("can't parse entities: unsupported MessageEntity type")
    for name, kind_of_value in _EXTRA.get(kind, {}).items():
        if not isinstance(entity.get(name), kind_of_value):
            raise own_rule(f'an entity of type {kind} needs "{name}"')
    for name in ("offset", "length"):
        if type(entity.get(name)) is not int:
            raise bad_request(f'can\'t parse entities: field "{name}" must be of type Number')


def finish(formatted: Formatted) -> Formatted:
    """Trim the text, add the entities that Telegram finds by itself, and sort.

    Raises:
        RefusedError: nothing is left of the text.
    """
    text = formatted.text.strip(_BLANK)
    if not text:
        raise bad_request("text must be non-empty")
    entities = formatted.entities
    if len(text) != len(formatted.text):
        entities = _moved(formatted, text)
    found = find(text, entities)
    if found or len(entities) > 1:
        entities = sorted([*entities, *found], key=_order)
    return Formatted(text, entities)


def _moved(formatted: Formatted, text: str) -> list[JsonObject]:
    lead = len(formatted.text) - len(formatted.text.lstrip(_BLANK))  # blanks are one unit each
    end = utf16_length(text)
    moved = []
    for entity in formatted.entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, end)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return moved


def _order(entity: JsonObject) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


def find(text: str, taken: list[JsonObject]) -> list[JsonObject]:
    """Links, commands, mentions, addresses and hashtags in `text`, outside what is `taken`."""
    if not any(hint in text for hint in _HINTS):
        return []
    sealed = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in taken
        if entity["type"] in _SEALED
    ]
    found = []
    for match in _FOUND.finditer(text):
        kind = str(match.lastgroup)
        start = utf16_length(text[: match.start(kind)])
        length = utf16_length(match[kind])
        if not any(start < stop and begin < start + length for begin, stop in sealed):
            found.append({"type": kind, "offset": start, "length": length})
    return found
