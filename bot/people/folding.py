"""One way to compare what people type: without case, accents, punctuation or script habits."""

import re
import unicodedata

_MARKS = re.compile(
    "["
    "\u0300-\u036f"  # combining accents
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"  # Arabic vowel signs and tatweel
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"  # invisible
    "]+"
)
_GAPS = re.compile(r"[\W_]+")
_DIGITS = {first + n: str(n) for first in (0x0660, 0x06F0) for n in range(10)}
_LETTERS = (
    ("&", " and "),
    ("ى", "ي"),  # written for one another in Egypt and Sudan
    ("ة", "ه"),
    ("ٱ", "ا"),
    ("ء", ""),  # often left out where it is a letter of its own
    ("ک", "ك"),  # keyboards for Persian and Urdu
    ("ی", "ي"),
    *((chr(code), digit) for code, digit in _DIGITS.items()),
)
_ASCII = {
    code: " and " if chr(code) == "&" else chr(code).lower() if chr(code).isalnum() else " "
    for code in range(128)
}


def fold(text: str) -> str:
    """The text as lower-case words with one space between them.

    Accents, Arabic vowel signs, tatweel and invisible characters go; alef and other letters that
    are written in several ways become one; Arabic digits become 0 to 9; "&" becomes "and";
    apostrophes and all other punctuation part words.
    """
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = _MARKS.sub("", plain)
    for letter, stand_in in _LETTERS:  # on long texts many times as fast as str.translate
        plain = plain.replace(letter, stand_in)
    return _GAPS.sub(" ", plain).strip()


def fold_tightly(text: str) -> str:
    """`fold` without the spaces, so that "St. John's Wood" equals "St Johns wood"."""
    return fold(text).replace(" ", "")


def western_digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits written as 0 to 9, otherwise unchanged."""
    return text.translate(_DIGITS)
