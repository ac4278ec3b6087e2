"""What must be true of one translation beside its English text.

Each rule yields plain sentences about what is wrong; none means that it holds.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from string import Formatter

from babel import Locale

SAME_AS_ENGLISH = "same-as-english"
"""The flag with which a translator says: this is meant to be equal to the English."""

TELEGRAM_TAGS = frozenset({
    "a", "b", "blockquote", "code", "del", "em", "i", "ins", "pre", "s", "span", "strike",
    "strong", "tg-spoiler", "u",
})  # fmt: skip
"""What the Bot API's HTML style understands."""
_LIMIT = re.compile(r"at most (\d+) characters")
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ARABIC_SCRIPT = frozenset({"ar", "fa", "ps", "ur"})
_SENTENCE_WORDS = 4  # equal texts this long are no coincidence in any language


def placeholders(text: str) -> Counter[str]:
    """The named placeholders of a text, and how often each stands in it.

    Raises:
        ValueError: a brace has no partner.
    """
    return Counter(f"{{{name}}}" for _, name, _, _ in Formatter().parse(text) if name is not None)


def placeholder_faults(source: str, translation: str) -> Iterator[str]:
    """The translation must hold the same placeholders as the English."""
    try:
        wanted, found = placeholders(source), placeholders(translation)
    except ValueError:
        yield "a curly bracket { or } has no partner"
        return
    for name in sorted((wanted - found).keys()):
        yield f"the placeholder {name} is missing"
    for name in sorted((found - wanted).keys()):
        yield f"the placeholder {name} is not in the English"


class _Tags(HTMLParser):
    """Reads a text's tags and notes those without a partner."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.opened: list[str] = []
        self.tags: Counter[str] = Counter()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.tags[" ".join([tag, *(f'{name}="{value}"' for name, value in sorted(attrs))])] += 1
        if tag not in TELEGRAM_TAGS:
            self.faults.append(f"Telegram does not know the tag <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if not self.opened or self.opened.pop() != tag:
            self.faults.append(f"the tag </{tag}> closes nothing")


def read_tags(text: str) -> tuple[Counter[str], list[str]]:
    """The tags of a Telegram HTML text with their attributes, and what is wrong with them."""
    parser = _Tags()
    parser.feed(text)
    parser.close()
    faults = parser.faults + [f"the tag <{tag}> is not closed" for tag in parser.opened]
    if parser.rawdata or re.search(r"<(?![a-z/])", text):
        faults.append("a < that starts no tag must be written &lt;")
    if _ENTITY.search(text):
        faults.append("an & must be written &amp;")
    return parser.tags, faults


def tag_faults(source: str, translation: str) -> Iterator[str]:
    """The translation must hold the same HTML tags as the English, each closed."""
    wanted, _ = read_tags(source)
    found, faults = read_tags(translation)
    yield from faults
    for tag in sorted((wanted - found).keys()):
        yield f"the tag <{tag}> is missing"
    for tag in sorted((found - wanted).keys()):
        yield f"the tag <{tag}> is not in the English"


def space_faults(source: str, translation: str) -> Iterator[str]:
    """Spaces and line ends at the edges must be those of the English."""
    if _edges(source) != _edges(translation):
        yield "spaces or line ends at the start or the end differ from the English"


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def bidi_faults(text: str) -> Iterator[str]:
    """Direction marks are put in by the bot, around values; in a text they confuse editors."""
    found = sorted({character for character in text if character in _BIDI_CONTROLS})
    for character in found:
        yield f"take out the invisible mark U+{ord(character):04X}; the bot sets directions itself"


def visible_length(text: str) -> int:
    """Characters that take room: without vowel marks and invisible ones."""
    return sum(unicodedata.category(character) not in {"Mn", "Me", "Cf"} for character in text)


def room_for(comments: Iterable[str]) -> int | None:
    """How many characters the comments of a text leave it: "at most 30 characters"."""
    limits = (int(found) for comment in comments for found in _LIMIT.findall(comment))
    return min(limits, default=None)


def length_faults(text: str, room: int | None) -> Iterator[str]:
    """A text must fit where it is shown: a button, a menu, a description."""
    length = visible_length(text)
    if room is not None and length > room:
        yield f"there is room for {room} characters; this has {length}"


def sameness_faults(language: str, source: str, translation: str) -> Iterator[str]:
    """A translation equal to the English is probably not one.

    In Arabic script any equal text with a letter in it is suspicious, elsewhere a text of four
    words or more. The flag `same-as-english` says that it is meant.
    """
    if source != translation:
        return
    words = re.findall(r"[^\W\d_]+", re.sub(r"\{[^}]*\}|<[^>]*>", " ", source))
    if words and (
        Locale.parse(language).language in _ARABIC_SCRIPT or len(words) >= _SENTENCE_WORDS
    ):
        yield f"it is the same as the English; if that is right, flag it `#, {SAME_AS_ENGLISH}`"
