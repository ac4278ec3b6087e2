"""Two forms of a text in which people's spellings of the same thing are alike."""

import re
import unicodedata

INVISIBLE = dict.fromkeys(
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


def as_written(text: str) -> str:
    """The text without case, invisible signs, extra spaces and the script of digits."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(INVISIBLE))
        text = _OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), text)
    return " ".join(text.casefold().split())


def as_spoken(text: str) -> str:
    """The words of the text: `as_written` without accents, punctuation and pictures."""
    return words_of(as_written(text))


def words_of(text: str) -> str:
    """`as_spoken` of a text that is `as_written` already."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join([sign for sign in text if unicodedata.combining(sign) < _FIRST_ACCENT])
    text = _SIGN.sub(_said, text.translate(_ALIKE))
    return " ".join(text.split())


def _said(sign: re.Match[str]) -> str:
    """A sign that is neither letter nor digit, where it belongs to a word; else a space."""
    return sign[0] if unicodedata.category(sign[0])[0] == "M" else " "
