"""Formatting as Telegram's apps read it while somebody types: **bold**, __italic__ and the like."""

import re
from typing import Final

from bot.sandbox.entities import Formatted, JsonObject, utf16_length

_MARKED: Final = re.compile(
    r"\*\*(?P<bold>[^\n]+?)\*\*|__(?P<italic>[^\n]+?)__|~~(?P<strikethrough>[^\n]+?)~~"
    r"|\|\|(?P<spoiler>[^\n]+?)\|\||`(?P<code>[^`\n]+)`"
    r"|\[(?P<text_link>[^\]\n]+)\]\((?P<url>https?://[^\s)]+)\)"
)


def formatted(typed: str) -> Formatted:
    """What somebody typed, without the marks, and the entities that they stand for."""
    text, entities, at = "", list[JsonObject](), 0
    for match in _MARKED.finditer(typed):
        kind = next(name for name, held in match.groupdict().items() if held and name != "url")
        text += typed[at : match.start()]
        entity = {
            "type": kind,
            "offset": utf16_length(text),
            "length": utf16_length(match[kind]),
        }
        entities.append(entity | ({"url": match["url"]} if match["url"] else {}))
        text += match[kind]
        at = match.end()
    return Formatted(text + typed[at:], entities)
