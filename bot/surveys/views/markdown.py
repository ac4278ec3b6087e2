"""The little Markdown that XLSForm knows, as Telegram's HTML."""

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape
from typing_extensions import override

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_STYLE: Final = re.compile(r"</?(?:span|p|div|font|small|u|center)\b[^<>]{0,500}>", re.IGNORECASE)
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAGS: Final = {
    "strong": "b",
    "em": "i",
    "s": "s",
    "code_inline": "code",
    "heading": "b",
}
# A command of the bot among other words, and letters of scripts that run from right to left.
_COMMAND: Final = re.compile(r"(?<![\w/:.<])/[a-z]{2,32}\b(?!/)")
_RTL: Final = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_WEB: Final = ("https://", "http://")
# All that the reader, or the one before it, takes for more than a letter.
_MARKED: Final = re.compile(r"[\x00-\x1f#*~`\[\\_<&]")


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # only where a survey is shown

    class Reader(MarkdownIt):
        """Reads what is allowed in a label."""

        @override
        def validateLink(self, url: str) -> bool:
            """Only links to the web are links; others are shown as they are written."""
            return url.startswith(_WEB)

    return Reader("zero", {"breaks": True}).enable(
        ["heading", "emphasis", "strikethrough", "backticks", "link", "escape", "newline"]
    )


def to_html(label: str) -> Markup:
    """A label, a hint or a message as Telegram shows it.

    Known are **bold**, *italic*, ~~struck~~, `code`, # headings, [links](https://…) to the web, and
    backslashes before what is meant as it stands; <br> is a new line, colours and sizes are left
    out. Everything else is shown as it is written.
    """
    if _is_bare(label):
        return escape(label.strip())
    text = _STYLE.sub("", _BREAK.sub("\n", label))
    if _RTL.search(text):  # set apart, or the stroke of a command stands at its wrong end
        text = _COMMAND.sub("\N{FIRST STRONG ISOLATE}\\g<0>\N{POP DIRECTIONAL ISOLATE}", text)
    parts: list[str] = []
    for token in _reader().parse(text):
        if token.type == "inline":
            parts += [_inline(child) for child in token.children or []]
        elif token.type == "heading_open":
            parts.append("<b>")
        elif token.type == "heading_close":
            parts.append("</b>\n")
        elif token.type == "paragraph_close":
            parts.append("\n\n")
    return Markup("".join(parts).strip())  # noqa: S704 -- every text in it was escaped


def to_plain(label: str) -> str:
    """A label without marks, for buttons."""
    text = label if _is_bare(label) else to_html(label).striptags()
    return " ".join(text.split())


def _is_bare(label: str) -> bool:
    """Whether nothing in a label means anything: such text need not be read, as most is."""
    return not _MARKED.search(label) and not ("/" in label and _RTL.search(label))


def _inline(token: "Token") -> str:
    match token.type:
        case "text" | "text_special":
            return str(escape(token.content))
        case "softbreak" | "hardbreak":
            return "\n"
        case "code_inline":
            return f"<code>{escape(token.content)}</code>"
        case "link_open":
            return f'<a href="{escape(token.attrs.get("href", ""))}">'
        case "link_close":
            return "</a>"
        case kind:
            name, _, end = kind.rpartition("_")
            tag = _TAGS.get(name, "")
            return f"<{'/' if end == 'close' else ''}{tag}>" if tag else ""
