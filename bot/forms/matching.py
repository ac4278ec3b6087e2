"""Reads what people type: which choice they mean, and whole numbers in any digits."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from bot.forms.definition import Choice

TYPED_LIMIT = 1000  # characters; anything longer names no choice
DIGITS_LIMIT = 18  # what 64 bits hold for certain

_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
        "\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
        "\u20e3",  # the box around a keycap digit
    )
)
_SILENT = "'’ʼ‘`´ʿʾ\u0640"  # apostrophes are often left out; tatweel says nothing
_LETTERS = {
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "ى": "ي",
    "ی": "ي",
    "ة": "ه",
    "ک": "ك",
    "ٱ": "ا",
}  # letters that keyboards and habits write in two ways
_ALIKE = str.maketrans(_LETTERS | dict.fromkeys(_SILENT, ""))
_SIGN = re.compile(r"[^\w\s+<>=%£$€]|_")  # the signs left out here tell "65+" from "65"
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_FIRST_ACCENT = 10  # combining classes below it are parts of Indic letters, not accents on them
_BETWEEN = re.compile(r"[,;\n،؛፣፤、，]|\s&\s")
_COUNTED = re.compile(r"[(\[]?([^\s.)\]]+)[.)\]]*")  # "3", "3." and "(3)" as lists number
_WHOLE = re.compile(r"([+\-−]?)(\d+|\d{1,3}(?:[,٬'’\s]\d{3})+)")
_ETHIOPIC = re.compile(r"(?:(?:[፲-፺]?[፩-፱]?፻)?[፲-፺]?[፩-፱]?፼)?(?:[፲-፺]?[፩-፱]?፻)?[፲-፺]?[፩-፱]?")


class Offer:
    """The choices a person sees, and what they may call them.

    A choice is called by its label, by the number shown beside it (from 1) or by its key, in this
    order: labels may be numbers themselves, and nobody sees the keys. A label is first compared
    as it is written, then without accents, punctuation and signs; case and script of digits never
    count.

    Args:
        choices: in the order shown.
        labels: choice key -> the label the person sees; may be incomplete.
    """

    def __init__(self, choices: Sequence[Choice], labels: Mapping[str, str]) -> None:
        self._keys = tuple(choice.key for choice in choices)
        self._labels = labels

    @cached_property
    def _written(self) -> Mapping[str, tuple[str, ...]]:
        return self._by(_as_written)

    @cached_property
    def _spoken(self) -> Mapping[str, tuple[str, ...]]:
        return self._by(_as_spoken)

    def _by(self, form_of: Callable[[str], str]) -> Mapping[str, tuple[str, ...]]:
        """Label in this form -> keys of the choices that have it."""
        found: dict[str, tuple[str, ...]] = {}
        for key in self._keys:
            label = form_of(self._labels.get(key, ""))
            if label:
                found[label] = (*found.get(label, ()), key)
        return found

    def called(self, text: str) -> tuple[str, ...]:
        """The keys of the choices that `text` may mean: none, one, or several alike."""
        if len(text) > TYPED_LIMIT:
            return ()
        wanted = _as_written(text)
        found = self._written.get(wanted) or self._spoken.get(_as_spoken(text))
        if found:
            return found
        counted = _COUNTED.fullmatch(wanted)
        number = counted and whole_number(counted[1])
        if number and 1 <= number <= len(self._keys):
            return (self._keys[number - 1],)
        return tuple(key for key in self._keys if _as_written(key) == wanted)

    def all_called(self, text: str) -> tuple[tuple[str, ...], ...]:
        """What each part of a list such as "1, 3" or "tea, milk" may mean, as `called` does.

        Parts stand between commas, semicolons, lone "&" or lines; numbers may stand between
        spaces. A label that holds such signs itself is found first.
        """
        if len(text) > TYPED_LIMIT:
            return ((),)
        whole = self.called(text)
        if whole:
            return (whole,)
        parts = [part for part in _BETWEEN.split(text) if part.strip()]
        if len(parts) == 1:
            words = text.split()
            parts = words if all(word.isnumeric() for word in words) else parts
        return tuple(map(self.called, parts)) or ((),)


def whole_number(text: str) -> int | None:
    """The whole number written in `text`, or None.

    Reads decimal digits of any script (Western, Arabic-Indic, Persian and so on), a sign,
    thousands set apart by commas, apostrophes or spaces, and Ethiopic numerals, which have a
    sign for each ten, for a hundred and for ten thousand.
    """
    text = text.translate(_INVISIBLE).strip()
    match = _WHOLE.fullmatch(text) if len(text) <= 2 * DIGITS_LIMIT else None
    if match:
        digits = re.sub(r"\D", "", match[2])
        if len(digits) > DIGITS_LIMIT:
            return None
        return -int(digits) if match[1] in {"-", "−"} else int(digits)
    return _ethiopic(text) if text and _ETHIOPIC.fullmatch(text) else None


def _ethiopic(numeral: str) -> int:
    """The value of a well-formed numeral: groups of up to 9,999, parted by ten-thousands."""
    total = group = 0
    for sign in numeral:
        worth = int(unicodedata.numeric(sign))
        if worth == 10_000:  # noqa: PLR2004 -- the sign ፼
            total, group = (group or 1) * worth, 0
        elif worth == 100:  # noqa: PLR2004 -- the sign ፻
            group = (group or 1) * worth
        else:
            group += worth
    return total + group


def _as_written(text: str) -> str:
    """The text without case, invisible signs, extra spaces and the script of digits."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
        text = _OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), text)
    return " ".join(text.casefold().split())


def _as_spoken(text: str) -> str:
    """The words of the text: `_as_written` without accents, punctuation and pictures."""
    text = _as_written(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join([sign for sign in text if unicodedata.combining(sign) < _FIRST_ACCENT])
    text = _SIGN.sub(_said, text.translate(_ALIKE))
    return " ".join(text.split())


def _said(sign: re.Match[str]) -> str:
    """A sign that is neither letter nor digit, where it belongs to a word; else a space."""
    return sign[0] if unicodedata.category(sign[0])[0] == "M" else " "
