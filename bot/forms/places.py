"""Reads where on the earth a person means."""

import math
import re

from bot.forms.inputs import Reason
from bot.forms.numbers import has_odd_number
from bot.forms.spelling import as_written

_LIMIT = 120  # characters; no coordinates are longer
_NORTH, _EAST = 90, 180  # degrees at most
_PAIR, _WHOLE = 2, 4  # latitude and longitude; with altitude and accuracy
_NUMBER = r"\d{1,5}(?:[.,٫]\d{1,15})?"
_DEGREES = re.compile(
    rf"([+\-−]?{_NUMBER})\s?°?\s?"
    rf"(?:({_NUMBER})\s?['′’‘]\s?(?:({_NUMBER})\s?(?:[\"″”“]|''|′′)\s?)?)?([nsew](?![a-z]))?"
    r"(?:\s*[;،]\s*|,\s+|\s+|$)"
)
_TIGHT = re.compile(r"([+\-−]?\d+\.\d+|[+\-−]?\d+(?=,[+\-−])),([+\-−]?\d+(?:\.\d+)?)")
_DEGREE = 111_000  # metres of one degree of latitude
_AXES = {"n": "lat", "s": "lat", "e": "lon", "w": "lon"}


def written_place(
    latitude: float, longitude: float, altitude: float = 0, accuracy: float = 0
) -> str | Reason:
    """The place as OpenRosa writes a geopoint, or NO_SUCH_PLACE.

    Args:
        latitude: degrees north, -90 to 90.
        longitude: degrees east, -180 to 180.
        altitude: metres above the sea; 0 where unknown.
        accuracy: metres around the place; 0 where unknown.
    """
    parts = (latitude, longitude, altitude, accuracy)
    here = abs(latitude) <= _NORTH and abs(longitude) <= _EAST and accuracy >= 0
    if not here or not all(map(math.isfinite, parts)):
        return Reason.NO_SUCH_PLACE
    return " ".join(map(_written, parts))


def read_place(text: str) -> str | Reason:
    r"""The place at typed coordinates as OpenRosa writes a geopoint, or why there is none.

    Reads latitude before longitude, as maps show them: "51.5, -0.12", "51,5 -0,12",
    "51.5074° N, 0.1278° W", "51°30'26.6\"N 0°07'40.1\"W", in any digits; and a geopoint itself.
    """
    if len(text) > _LIMIT or has_odd_number(text):
        return Reason.NOT_A_PLACE
    text = as_written(text).strip("()[] ")
    tight = _TIGHT.fullmatch(text)
    found = _found(f"{tight[1]} {tight[2]}" if tight else text)
    if found is None or len(found) not in {_PAIR, _PAIR + 1, _WHOLE}:
        return Reason.NOT_A_PLACE
    first, second, *others = (value for value, _ in found)
    match [_AXES.get(side, "") for _, side in found]:
        case ["lat", "lon", *rest] | ["", "", *rest] if not any(rest):
            return written_place(first, second, *others)
        case ["lon", "lat"]:
            return written_place(second, first)
        case _:
            return Reason.NOT_A_PLACE


def rounded_place(place: str, within: int) -> str:
    """A geopoint as it is kept: to so many metres, and without its height.

    Args:
        place: as OpenRosa writes it.
        within: metres.
    """
    latitude, longitude, _, accuracy = map(float, place.split())
    decimals = len(str(round(_DEGREE / within))) - 1
    return " ".join(
        map(
            _written,
            (round(latitude, decimals), round(longitude, decimals), 0, max(accuracy, within)),
        )
    )


def _found(text: str) -> list[tuple[float, str]] | None:
    """Every number of degrees in the text, with its letter of the compass; None if not one."""
    found: list[tuple[float, str]] = []
    at = 0
    while at < len(text):
        match = _DEGREES.match(text, at)
        if match is None or match.end() == at or len(found) == _WHOLE:
            return None
        degrees, minutes, seconds, side = match.groups("")
        value = _value(degrees)
        turn = (_value(minutes) + _value(seconds) / 60) / 60
        value = value - turn if degrees[0] in "-−" else value + turn
        found.append((-value if side in {"s", "w"} else value, side))
        at = match.end()
    return found


def _value(text: str) -> float:
    return float((text or "0").replace(",", ".").replace("٫", ".").replace("−", "-"))


def _written(number: float) -> str:
    """The number without exponent, to a tenth of a millimetre at the equator."""
    return f"{number:.9f}".rstrip("0").rstrip(".").removesuffix("-0") or "0"
