"""Reads the numbers people type, in any digits and with the signs of their country."""

import re
import unicodedata
from decimal import Decimal

from bot.forms.inputs import Reason
from bot.forms.names import number_signs
from bot.forms.spelling import INVISIBLE, as_written

DIGITS_LIMIT = 18  # what 64 bits hold for certain
ETHIOPIC = "፩-፼"  # the numerals, for a class of a regular expression

_WHOLE = re.compile(r"([+\-−]?)(\d+|\d{1,3}(?:[,٬'’\s]\d{3})+)")
_ETHIOPIC = re.compile(r"(?:(?:[፲-፺]?[፩-፱]?፻)?[፲-፺]?[፩-፱]?፼)?(?:[፲-፺]?[፩-፱]?፻)?[፲-፺]?[፩-፱]?")
_NUMERAL = re.compile(f"[{ETHIOPIC}]+")
_SIGNED = re.compile(r"([+\-−]?)\s?([\d.,'\s٫٬]*\d)\.?")
_FRACTION_SIGNS = (".", ",", "٫")
_GROUPED = {sign: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(sign)}\d{{3}})+") for sign in ",.' ٬"}
_DIVIDED = frozenset({"ar"})  # "," begins the fraction in Rabat, and parts thousands in Khartoum
_SAME_SIGN = str.maketrans({"،": ",", "’": "'"})


def whole_number(text: str) -> int | None:
    """The whole number written in `text`, or None.

    Reads decimal digits of any script (Western, Arabic-Indic, Persian and so on), a sign,
    thousands set apart by commas, apostrophes or spaces, and Ethiopic numerals, which have a
    sign for each ten, for a hundred and for ten thousand.
    """
    text = text.translate(INVISIBLE).strip()
    match = _WHOLE.fullmatch(text) if len(text) <= 2 * DIGITS_LIMIT else None
    if match:
        digits = re.sub(r"\D", "", match[2])
        if len(digits) > DIGITS_LIMIT:
            return None
        return -int(digits) if match[1] in {"-", "−"} else int(digits)
    return _ethiopic(text) if text and _ETHIOPIC.fullmatch(text) else None


def decimal_number(text: str, language: str = "en") -> Decimal | Reason:
    """The number written in `text`, exactly, or why there is none.

    A fraction may stand after "." or "," or "٫", thousands as `whole_number` reads them, or with
    "." where commas begin the fraction. "1,234" and "1.234" can be meant in two ways; the person's
    language decides, or, where its countries differ, nobody: AMBIGUOUS_NUMBER.
    """
    if len(text) > 3 * DIGITS_LIMIT or has_odd_number(text):
        return Reason.NOT_A_NUMBER
    whole = whole_number(text) if _NUMERAL.search(text) else None
    if whole is not None:
        return Decimal(whole)
    match = _SIGNED.fullmatch(as_written(text).translate(_SAME_SIGN))
    if match is None or sum(map(str.isdigit, match[2])) > DIGITS_LIMIT:
        return Reason.NOT_A_NUMBER
    readings = _readings(match[2])
    if not readings:
        return Reason.NOT_A_NUMBER
    if len(set(readings.values())) > 1:
        fraction = _fraction_sign(match[2], language)
        if fraction is None:
            return Reason.AMBIGUOUS_NUMBER
        readings = {sign: value for sign, value in readings.items() if sign == fraction}
    value = next(iter(readings.values()))
    return -value if match[1] in {"-", "−"} and value else value


def plain(number: Decimal) -> int | float:
    """The number as an answer keeps it: an int if it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)


def has_odd_number(text: str) -> bool:
    """Whether it holds a number that stands for no digits, such as "½" or "²"."""
    return not text.isascii() and any(
        unicodedata.category(sign) in {"No", "Nl"} and not "፩" <= sign <= "፼" for sign in text
    )


def western(text: str) -> str:
    """`text` with its Ethiopic numerals as Western digits, where they are numbers."""
    return _NUMERAL.sub(_in_digits, text)


def _in_digits(numeral: re.Match[str]) -> str:
    number = whole_number(numeral[0])
    return numeral[0] if number is None else f" {number} "


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


def _readings(text: str) -> dict[str, Decimal]:
    """What the digits and signs may mean: sign before the fraction -> value."""
    readings: dict[str, Decimal] = {}
    for fraction in _FRACTION_SIGNS:
        whole, sign, rest = text.partition(fraction)
        apart = any(
            sign != fraction and grouped.fullmatch(whole) for sign, grouped in _GROUPED.items()
        )
        if (apart or whole.isdigit() or not whole) and (rest.isdigit() or not sign):
            digits = "".join(filter(str.isdigit, whole))
            readings[fraction] = Decimal(f"{digits or 0}.{rest or 0}")
    return readings


def _fraction_sign(text: str, language: str) -> str | None:
    """Which sign begins the fraction in a number that can be meant in two ways."""
    if language.partition("-")[0] in _DIVIDED:
        return None
    fraction, thousands = number_signs(language)
    if "," in text:
        return "," if fraction == "," else "."
    return None if thousands == "." else "."
