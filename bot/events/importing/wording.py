"""Text from files, made safe to keep and to show."""

import re
import unicodedata
from html.parser import HTMLParser

from typing_extensions import override

# Embeddings, overrides and isolates could turn the rest of a message round; marks stay.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r"\n{3,}")
_MARKUP = re.compile(
    r"<(?:br|p|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|html)\b[^>]*>", re.IGNORECASE
)
_NEW_LINE_AFTER = {"br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}


def one_line(text: str) -> str:
    """The text on one line, without control characters and outer or doubled spaces."""
    return " ".join(_clean(text).split())


def paragraphs(text: str) -> str:
    """The text with its lines kept; never more than one blank line in a row."""
    lines = (_SPACES.sub(" ", line).strip() for line in _clean(text).split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def without_markup(text: str) -> str:
    """The words of a text that a calendar program wrote as HTML; other text as it is."""
    if not _MARKUP.search(text):
        return text
    words = _Words()
    words.feed(text)
    words.close()
    return "".join(words.parts)


def shortened(text: str, length: int) -> str:
    """At most `length` characters of the text, cut between words, ending with "…"."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > length // 2 else cut).rstrip() + "…"


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return _UNWANTED.sub("", unicodedata.normalize("NFC", text))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _NEW_LINE_AFTER:
            self.parts.append("\n")

    @override
    def handle_data(self, data: str) -> None:
        self.parts.append(data)
