"""Postcodes as people type them. Only the outward part ever leaves this module."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from bot.people.folding import western_digits

_AREAS = frozenset(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN
    DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW
    KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH
    RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD
    WF WN WR WS WV YO ZE
    """.split()  # noqa: SIM905 -- a hundred quotes would bury the codes
)
_LONDON = frozenset(  # the postal areas that reach into Greater London
    "BR CR DA E EC EN HA IG KT N NW RM SE SM SW TN TW UB W WC WD".split()  # noqa: SIM905 -- see above
)
_LETTER = str.maketrans("01", "OI")
_DIGIT = str.maketrans("OI", "01")

_OUTWARD = r"[A-Z01]{1,2}[0-9OI][A-Z0-9]?"
_INWARD = r"[0-9OI][A-Z01]{2}"
_IN_TEXT = re.compile(
    rf"(?<![A-Z0-9])({_OUTWARD})(?:[ \t.,-]{{0,3}}({_INWARD}))?(?![A-Z0-9])", re.ASCII
)
_WHOLE = re.compile(rf"({_OUTWARD})({_INWARD})", re.ASCII)
_PART = re.compile(rf"({_OUTWARD})[0-9OI][A-Z01]?", re.ASCII)
_LONE = re.compile(rf"({_OUTWARD})", re.ASCII)
_SIGNS = re.compile(r"[\W_]+")
_LONGEST = 7  # letters and digits of a postcode


def outcode_in(text: str, is_known: Callable[[str], bool]) -> str | None:
    """The outward part of the postcode in a text, such as "NW10".

    Reads any case and spacing, and O for 0 and I for 1 in either direction. A bare outward part
    inside a sentence counts when it is known or lies in a London postcode area; elsewhere it
    could be anything ("vitamin B12").

    Args:
        text: anything a person typed.
        is_known: whether an outward part is one we hold facts about; it settles doubtful cases.
    """
    upper = western_digits(unicodedata.normalize("NFKC", text)).upper()
    for outcode in _in_sentence(upper, is_known):
        return outcode
    compact = _SIGNS.sub("", upper)
    if len(compact) <= _LONGEST:
        for outcode in _alone(compact, is_known):
            return outcode
    return None


def _in_sentence(upper: str, is_known: Callable[[str], bool]) -> Iterator[str]:
    for match in _IN_TEXT.finditer(upper):
        outward, inward = match.groups()
        outcode = _repaired(outward)
        if outcode is None or not _has_digit(match[0]):
            continue
        if is_known(outcode) or inward:
            yield outcode
        elif outcode[-1].isdigit() and is_known(outcode[:-1]):
            yield outcode[:-1]  # "HA90": the first half of "HA9 0AA"
        elif outcode.rstrip("0123456789") in _LONDON:
            yield outcode


def _alone(compact: str, is_known: Callable[[str], bool]) -> Iterator[str]:
    """What a message that is nothing but a postcode, or a part of one, can mean; best first."""
    for pattern in (_WHOLE, _LONE, _PART):
        match = pattern.fullmatch(compact)
        outcode = match and _repaired(match[1])
        if outcode and (is_known(outcode) or pattern is _WHOLE) and _is_meant(compact, outcode):
            yield outcode
    if _LONE.fullmatch(compact) and _has_digit(compact) and (outcode := _repaired(compact)):
        yield outcode


def _is_meant(compact: str, outcode: str) -> bool:
    # Words such as "hai" and "twi" would be postcodes if every I could be a 1.
    return _has_digit(compact) or compact.replace("O", "0") == outcode


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _repaired(outward: str) -> str | None:
    """The outward part with letters and digits where they belong, or None."""
    for size in (1, 2):
        area = outward[:size].translate(_LETTER)
        digit = outward[size : size + 1].translate(_DIGIT)
        last = outward[size + 1 :].translate(_DIGIT)  # O and I never stand last in a postcode
        has_letter = any(char.isalpha() for char in outward[:size])
        leading_zero = digit == "0" and (last.isdigit() or size == 1)
        fits = area in _AREAS and has_letter and digit.isdigit() and len(last) <= 1
        if fits and not leading_zero:
            return area + digit + last
    return None
