"""Texts that volunteers type, as Telegram's HTML: their formatting is kept, and measured."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final

TEXT: Final = 4096  # characters that Telegram takes in a message, without its tags
CAPTION: Final = 1024  # the same under a picture or a file
ENDING: Final = 350
"""Characters that are kept free for what the bot adds: how to stop, and why it is in English."""
_LINK: Final = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


class _Reader(HTMLParser):
    """Collects what is to be seen, and where links lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self.links: list[str] = []

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if tag == "a" and name == "href" and value]


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def longest(*, with_files: bool) -> int:
    """How many characters volunteers can write: under files Telegram takes fewer."""
    return (CAPTION if with_files else TEXT) - ENDING


def seen(html: str) -> str:
    """The text as people see it, without tags."""
    return "".join(_read(html).seen)


def length(html: str) -> int:
    """How many characters Telegram counts."""
    return len(seen(html).strip())


def links(html: str) -> list[str]:
    """Every web address in a text, those that are shown and those behind words."""
    reader = _read(html)
    found = [*reader.links, *_LINK.findall("".join(reader.seen))]
    return list(dict.fromkeys(unescape(each).rstrip(".,;:!?)") for each in found))


def first_line(html: str, most: int = 40) -> str:
    """The beginning of a text, to tell it from others in a list."""
    line = next((line.strip() for line in seen(html).splitlines() if line.strip()), "")
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
