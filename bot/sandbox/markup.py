"""Telegram's HTML, read as Telegram reads it: errors name byte offsets, entities UTF-16 units."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NoReturn
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.entities import Formatted, JsonObject, utf16_length
from bot.sandbox.refusal import bad_request

_SPACE: Final = " \t\r\n\v\f"
_NEXT: Final = re.compile("[<&]")
_NAME_END: Final = re.compile(r"[\s>]", re.ASCII)
_ATTRIBUTE_END: Final = re.compile(r"[\s=>/\"']", re.ASCII)
_TOKEN: Final = re.compile(r"[A-Za-z0-9.-]*")
_NOT_SPACE: Final = re.compile(r"\S", re.ASCII)
_REFERENCE: Final = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}))|(lt|gt|amp|quot));?")
_NUMBER: Final = re.compile("[0-9]{1,20}")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LAST_CHARACTER: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)
_KINDS: Final = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_NOT_IN_HOST: Final = re.compile(r"[\s<>\"@]")  # Telegram links carry no names and passwords
_LANGUAGE: Final = "language-"

FindUser = Callable[[int], JsonObject | None]


@dataclass(slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    units: int  # where it began, in UTF-16 units
    piece: int  # where it began, in pieces of text


def parse_html(source: str, find_user: FindUser = lambda _: None) -> Formatted:
    """Read a text with Telegram's HTML tags.

    Args:
        source: the text, with `<`, `>` and `&` of its own escaped.
        find_user: the User object of an id, for links to people; None makes them plain text.

    Raises:
        RefusedError: the tags are not well-formed; the text names the byte where.
    """
    if _NEXT.search(source) is None:
        return Formatted(source)
    return _Parser(source, find_user).parse()


class _Parser:
    def __init__(self, source: str, find_user: FindUser) -> None:
        self.source = source
        self.find_user = find_user
        self.pieces: list[str] = []
        self.units = 0
        self.open: list[_Open] = []
        self.entities: list[JsonObject] = []

    def parse(self) -> Formatted:
        at = 0
        while match := _NEXT.search(self.source, at):
            self.write(self.source[at : match.start()])
            at = match.start()
            if match[0] == "&":
                at = self.reference(at)
            elif self.source.startswith("</", at):
                at = self.end_tag(at)
            else:
                at = self.start_tag(at)
        self.write(self.source[at:])
        if self.open:
            name = self.open[-1].name
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{name}\""
            )
        return Formatted("".join(self.pieces), self.entities)

    def write(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.units += utf16_length(text)

    def fail(self, what: str, at: int, after: str = "") -> NoReturn:
        offset = len(self.source[:at].encode())
        raise bad_request(f"can't parse entities: {what} at byte offset {offset}{after}")

    def reference(self, at: int) -> int:
        match = _REFERENCE.match(self.source, at)
        self.write(_decode(match) if match else "&")
        return match.end() if match else at + 1

    def start_tag(self, begin: int) -> int:
        end = _NAME_END.search(self.source, begin)
        if end is None:
            self.fail("Unclosed start tag", begin)
        name = self.source[begin + 1 : end.start()].lower()
        if name not in _KINDS:
            self.fail(f'Unsupported start tag "{name}"', begin)
        attributes, at = self.attributes(begin, end.start(), name)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            self.fail('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(name, attributes, self.units, len(self.pieces)))
        return at

    def attributes(self, begin: int, at: int, tag: str) -> tuple[dict[str, str], int]:
        found: dict[str, str] = {}
        while True:
            at = self.skip_space(begin, at, tag)
            if self.source[at] == ">":
                return found, at + 1
            end = _ATTRIBUTE_END.search(self.source, at)
            if end is None:
                self.fail(f'Unclosed start tag "{tag}"', begin)
            name = self.source[at : end.start()].lower()
            if not name:
                self.fail(f'Empty attribute name in the tag "{tag}"', begin)
            at = self.skip_space(begin, end.start(), tag)
            if self.source[at] != "=":
                found.setdefault(name, "")
                continue
            at = self.skip_space(begin, at + 1, tag)
            if self.source[at] in "\"'":
                value, at = self.quoted(begin, at, tag)
            else:
                value, at = self.token(at)
            found[name] = value

    def skip_space(self, begin: int, at: int, tag: str) -> int:
        match = _NOT_SPACE.search(self.source, at)
        if match is None:
            self.fail(f'Unclosed start tag "{tag}"', begin)
        return match.start()

    def quoted(self, begin: int, at: int, tag: str) -> tuple[str, int]:
        end = self.source.find(self.source[at], at + 1)
        if end < 0:
            self.fail(f'Unclosed start tag "{tag}"', begin)
        return _REFERENCE.sub(_decode, self.source[at + 1 : end]), end + 1

    def token(self, at: int) -> tuple[str, int]:
        match = _TOKEN.match(self.source, at)
        end = match.end() if match else at
        if end == len(self.source) or self.source[end] not in f"{_SPACE}>":
            self.fail("Unexpected end of name token", at)
        return self.source[at:end].lower(), end

    def end_tag(self, begin: int) -> int:
        if not self.open:
            self.fail("Unexpected end tag", begin)
        name_end = _NAME_END.search(self.source, begin + 2)
        close = _NOT_SPACE.search(self.source, name_end.start()) if name_end else None
        if name_end is None or close is None or close[0] != ">":
            self.fail("Unclosed end tag", begin)
        name = self.source[begin + 2 : name_end.start()].lower()
        opened = self.open.pop()
        if name not in {"", opened.name}:
            self.fail(
                "Unmatched end tag", begin, f', expected "</{opened.name}>", found "</{name}>"'
            )
        length = self.units - opened.units
        if length:
            self.close(opened, length)
        return close.start() + 1

    def close(self, opened: _Open, length: int) -> None:
        entity: JsonObject = {
            "type": _KINDS[opened.name],
            "offset": opened.units,
            "length": length,
        }
        kept = True
        match opened.name:
            case "a":
                text = "".join(self.pieces[opened.piece :])
                kept = self.link(entity, opened.attributes.get("href") or text)
            case "tg-emoji":
                entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
                kept = _NUMBER.fullmatch(entity["custom_emoji_id"]) is not None
            case "tg-time":
                kept = _moment(entity, opened.attributes)
            case "blockquote" if "expandable" in opened.attributes:
                entity["type"] = "expandable_blockquote"
            case "pre":
                self.merge_code(entity)
            case "code":
                language = opened.attributes.get("class", "")
                inside_pre = bool(self.open) and self.open[-1].name == "pre"
                if inside_pre and language.startswith(_LANGUAGE):
                    entity["language"] = language.removeprefix(_LANGUAGE)
            case _:
                pass  # the kind says all
        if kept:
            self.entities.append(entity)

    def link(self, entity: JsonObject, address: str) -> bool:
        address = address.strip()
        if address.startswith("tg://user?"):
            digits = parse_qs(urlsplit(address).query).get("id", [""])[0]
            user = self.find_user(int(digits)) if _NUMBER.fullmatch(digits) else None
            if user is None:
                return False
            entity |= {"type": "text_mention", "user": user}
            return True
        url = checked_url(address)
        if url is None:
            return False
        entity["url"] = url
        return True

    def merge_code(self, pre: JsonObject) -> None:
        start, stop = pre["offset"], pre["offset"] + pre["length"]
        for entity in reversed(self.entities):
            if entity["type"] != "code" or entity["offset"] < start:
                break
            whole = entity["offset"] == start and entity["offset"] + entity["length"] == stop
            if whole and "language" in entity:
                pre["language"] = entity["language"]
            self.entities.remove(entity)


def _decode(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    number = int(match[1], 16) if match[1] else int(match[2])
    if not 0 < number <= _LAST_CHARACTER or number in _SURROGATES:
        return match[0]
    return chr(number)


def _moment(entity: JsonObject, attributes: dict[str, str]) -> bool:
    unix = attributes.get("unix", "")
    if not _NUMBER.fullmatch(unix):
        return False
    entity["unix_time"] = int(unix)
    if attributes.get("format"):
        entity["date_time_format"] = attributes["format"]
    return True


def checked_url(address: str) -> str | None:
    """`address` as Telegram keeps it, or None for one that it drops."""
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme in {"tg", "ton", "tonsite"}:
        return address
    if parts.scheme not in {"http", "https"} or not host or _NOT_IN_HOST.search(parts.netloc):
        return None
    if "." not in host and host != "localhost" and not host.startswith("["):
        return None
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()
