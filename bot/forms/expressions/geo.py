"""Functions on places: "latitude longitude altitude accuracy", several parted by semicolons."""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from math import cos, nan, radians, sin
from typing import TypeAlias

from bot.forms.expressions.parts import Function
from bot.forms.expressions.problems import EvaluationFailed, Failure
from bot.forms.expressions.values import Kind, Value, text_of_node, to_text

Point: TypeAlias = tuple[float, float]  # latitude and longitude, in degrees

_RADIUS = 6_378_100  # metres, of the Earth at the equator, as ODK has it
_POINTS_LIMIT = 2_000
_CENTIMETRES = 2  # decimals of a result


def _points(values: Sequence[Value]) -> list[Point] | None:
    """The points of node-sets, traces and shapes; None if any is none."""
    found: list[Point] = []
    for value in values:
        texts = [text_of_node(node) for node in value] if isinstance(value, list) else None
        for text in [to_text(value)] if texts is None else texts:
            for place in text.strip().rstrip(";").split(";"):
                point = _point(place)
                if point is None:
                    return None
                found.append(point)
    if len(found) > _POINTS_LIMIT:
        raise EvaluationFailed(Failure.TOO_MUCH, "distance")
    return found


def _point(text: str) -> Point | None:
    numbers = text.split()
    if not 2 <= len(numbers) <= 4:  # noqa: PLR2004 -- altitude and accuracy may be missing
        return None
    try:
        latitude, longitude = float(numbers[0]), float(numbers[1])
    except ValueError:
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 -- degrees
        return None
    return latitude, longitude


def _distance(*values: Value) -> float:
    """Metres along the points, by the spherical law of cosines; NaN if a point is none."""
    points = _points(values)
    if points is None or len(points) < 2:  # noqa: PLR2004
        return nan
    return round(sum(_between(one, other) for one, other in pairwise(points)), _CENTIMETRES)


def _between(one: Point, other: Point) -> float:
    if one == other:
        return 0.0
    south, north = radians(one[0]), radians(other[0])
    cosine = sin(south) * sin(north) + cos(south) * cos(north) * cos(radians(one[1] - other[1]))
    return math.acos(max(-1.0, min(1.0, cosine))) * _RADIUS


def _area(value: Value) -> float:
    """Square metres inside the points, on a sphere; NaN if a point is none.

    Chamberlain and Duquette, Some Algorithms for Polygons on a Sphere (2007), equation 1.
    """
    points = _points([value])
    if points is None:
        return nan
    if len(points) < 3:  # noqa: PLR2004
        return 0.0 if len(points) == 2 else nan  # noqa: PLR2004
    total = sum(
        radians(other[1] - one[1]) * (2 + sin(radians(one[0])) + sin(radians(other[0])))
        for one, other in pairwise([*points, points[0]])
    )
    return round(abs(total * _RADIUS**2 / 2), _CENTIMETRES)


def _geofence(place: Value, shape: Value) -> bool:
    """Whether the point is inside the shape: going straight out, it crosses the border oddly."""
    points, border = _points([place]), _points([shape])
    if points is None or border is None or len(points) != 1:
        return False
    ((latitude, longitude),) = points
    inside = False
    for (y1, x1), (y2, x2) in pairwise([*border, border[0]]):
        if (y1 > latitude) != (y2 > latitude) and (
            longitude < (x1 - x2) * (latitude - y2) / (y1 - y2) + x2
        ):
            inside = not inside
    return inside


def _intersects(value: Value) -> bool:
    """Whether a trace or shape crosses itself."""
    points = _points([value])
    if points is None:
        return False
    lines = [(one, other) for one, other in pairwise(points) if one != other]
    if len(lines) ** 2 > _POINTS_LIMIT * 200:
        raise EvaluationFailed(Failure.TOO_MUCH, "intersects")
    closed = len(lines) > 1 and lines[0][0] == lines[-1][1]
    for (first, one), (second, other) in combinations(enumerate(lines), 2):
        neighbours = second == first + 1 or (closed and (first, second) == (0, len(lines) - 1))
        if _folded(one, other) if neighbours else _crossing(one, other):
            return True
    return False


def _turn(one: Point, other: Point, third: Point) -> float:
    """Above 0 if the way from one over other to third turns left."""
    return (other[0] - one[0]) * (third[1] - one[1]) - (other[1] - one[1]) * (third[0] - one[0])


def _on(line: tuple[Point, Point], point: Point) -> bool:
    """Whether a point on the line's straight is between its ends."""
    (y1, x1), (y2, x2) = line
    return min(y1, y2) <= point[0] <= max(y1, y2) and min(x1, x2) <= point[1] <= max(x1, x2)


def _crossing(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    turns = (
        _turn(*one, other[0]),
        _turn(*one, other[1]),
        _turn(*other, one[0]),
        _turn(*other, one[1]),
    )
    if (turns[0] > 0) != (turns[1] > 0) and (turns[2] > 0) != (turns[3] > 0) and all(turns):
        return True
    ends = ((one, other[0]), (one, other[1]), (other, one[0]), (other, one[1]))
    return any(not turn and _on(*end) for turn, end in zip(turns, ends, strict=True))


def _folded(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether neighbouring lines lie on each other: the way goes back on itself."""
    (first, corner), (_, last) = one, other
    if corner != other[0]:  # the shape's last line meets its first
        (corner, first), (last, _) = one, other
    if _turn(first, corner, last):
        return False
    return (first[0] - corner[0]) * (last[0] - corner[0]) + (first[1] - corner[1]) * (
        last[1] - corner[1]
    ) > 0


GEO_FUNCTIONS: Mapping[str, Function] = {
    "area": Function("v", Kind.NUMBER, _area),
    "enclosed-area": Function("v", Kind.NUMBER, _area),
    "distance": Function("vv*", Kind.NUMBER, _distance),
    "geofence": Function("vv", Kind.TRUTH, _geofence),
    "intersects": Function("v", Kind.TRUTH, _intersects),
}
