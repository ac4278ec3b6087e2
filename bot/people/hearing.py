"""What a typed place, or a pressed answer, means for where a person lives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.people.boroughs import (
    ELSEWHERE,
    UNSURE,
    Borough,
    Boroughs,
    Outcode,
    OutsideArea,
    Place,
    Unreadable,
)
from bot.people.folding import fold

_AROUND = frozenset(
    fold(
        "I live in at on from near am we are my our area borough postcode post code is the it s m "
        "waxaan waxan degganahay deganahay ku noolahay nolahay ka imid aagga xaafadda waa "
        "j je habite vis suis à au aux en le la les l de du d mon ma code postal quartier est "
        "أنا أسكن أعيش في من بـ منطقتي رمزي البريدي الرمز هو هي"
    ).split()
)
"""Words that people put around a place when they say where they live."""
_OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_POSTCODE = 8  # letters and digits; one more than a postcode has


@dataclass(frozen=True, slots=True)
class LivesIn:
    """A person lives here: the key of a borough, ELSEWHERE or UNSURE; and their outcode."""

    area: str
    outcode: str | None = None


@dataclass(frozen=True, slots=True)
class AskWhich:
    """A postcode that more than one borough shares, so the person must say which is theirs."""

    place: Outcode


@dataclass(frozen=True, slots=True)
class Offer:
    """A borough was named; do they live there, or do they want to know what happens there?"""

    borough: Borough
    outcode: str | None = None


@dataclass(frozen=True, slots=True)
class OfferOutside:
    """A place outside ours was named by someone who may live there."""

    place: OutsideArea


Heard = LivesIn | AskWhich | Offer | OfferOutside


def hear_place(text: str, boroughs: Boroughs, *, known: bool) -> Heard | None:
    """What to make of a typed text in which a place may stand; None: it is about something else.

    Somebody whose area we do not know yet and who says nothing but a place was most likely asked
    for it. Words around the place make it a guess, and a guess is never kept without asking.

    Args:
        text: anything a person typed.
        boroughs: of ours.
        known: whether they told us before where they live.
    """
    place = boroughs.read_place(text)
    if isinstance(place, Unreadable):
        return None
    alone = _stands_alone(text, place, boroughs)
    if not alone and not _outcode_of(place) and (known or isinstance(place, OutsideArea)):
        return None  # "diabetes talk in Brent"
    match place:
        case OutsideArea():
            certain: LivesIn | None = LivesIn(ELSEWHERE)
            otherwise: Heard = OfferOutside(place)
        case Borough():
            certain, otherwise = LivesIn(place.key), Offer(place)
        case Outcode(certain=True):
            key = place.candidates[0]
            certain = LivesIn(key, place.outcode)
            otherwise = Offer(boroughs[key], place.outcode)
        case _:
            certain, otherwise = None, AskWhich(place)
    return certain if certain and alone and not known else otherwise


def _stands_alone(text: str, place: Place, boroughs: Boroughs) -> bool:
    """Whether the text is nothing but this place."""
    words = [word for word in fold(text).split() if word not in _AROUND]
    if _outcode_of(place):
        return len("".join(words)) <= _POSTCODE
    if isinstance(place, OutsideArea):
        return len(words) <= len(fold(place.name or "").split())
    return place in {
        boroughs[key] for said in (text, " ".join(words)) if (key := boroughs.find(said))
    }


def _outcode_of(place: Place) -> str | None:
    return place.outcode if isinstance(place, Outcode | OutsideArea) else None


def answer_of(args: Sequence[object], boroughs: Boroughs) -> LivesIn | None:
    """The answer a pressed button stands for; None where it is damaged, forged or out of date."""
    area = args[0] if args else None
    outcode = args[1] if len(args) > 1 else None
    if not isinstance(area, str) or (area not in boroughs and area not in {ELSEWHERE, UNSURE}):
        return None
    if area == ELSEWHERE or not isinstance(outcode, str) or not _OUTCODE.fullmatch(outcode):
        return LivesIn(area)
    return LivesIn(area, outcode)
