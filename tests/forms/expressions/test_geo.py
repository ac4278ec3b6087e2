"""Places on a sphere of 6,378,100 metres' radius: an eighth of it can be worked out by hand."""

import math

import pytest

from bot.forms.expressions import Scene, compile_expression
from tests.forms.expressions.world import NOW, scene, text, tree_of

RADIUS = 6_378_100
QUARTER = math.pi / 2 * RADIUS  # of the way around
OCTANT = math.pi / 2 * RADIUS**2  # an eighth of 4 π r²
# Used by JavaRosa and Enketo to compare their results with each other.
FIELD = (
    "7.9377 -11.5845 0 0;7.9324 -11.5902 0 0;7.927 -11.5857 0 0;7.925 -11.578 0 0;"
    "7.9267 -11.5722 0 0;7.9325 -11.5708 0 0;7.9372 -11.5737 0 0;7.9393 -11.579 0 0;"
    "7.9377 -11.5845 0 0"
)


@pytest.mark.parametrize(
    ("expression", "expected"),
    {
        "distance('0 0; 0 90')": QUARTER,
        "distance('0 0 12 5; 90 0 900 5')": QUARTER,
        "distance('0 0; 0 90; 0 180')": 2 * QUARTER,
        "distance('0 0', '0 90')": QUARTER,
        "distance('0 -179.5; 0 179.5')": QUARTER / 90,
        "distance('51 0; 51 0')": 0,
        "distance('90 0; -90 0')": 2 * QUARTER,
        "area('0 0; 0 90; 90 90; 90 0; 0 0')": OCTANT,
        "area('0 0; 0 90; 90 90; 90 0')": OCTANT,
        "area('90 0; 90 90; 0 90; 0 0')": OCTANT,
        "enclosed-area('0 0; 0 90; 90 90; 90 0; 0 0;')": OCTANT,
        "area('0 0; 1 1')": 0,
        f"distance('{FIELD}')": 5724.36,
        f"area('{FIELD}')": 2333220.77,
    }.items(),
)
def test_lengths_and_areas(expression: str, expected: float) -> None:
    found = compile_expression(expression, "/data/q").number(scene())
    assert found == pytest.approx(expected, abs=0.006)


@pytest.mark.parametrize(
    "expression",
    [
        "distance('')",
        "distance('0 0')",
        "distance('0 0; x y')",
        "distance('0 0; 91 0')",
        "distance('0 0; 0 181')",
        "distance('1 2 3 4 5; 0 0')",
        "distance('0 0; nan 0')",
        "distance(/data/nowhere)",
        "area('')",
        "area('1')",
        "area('0 0; 0 1; x')",
    ],
)
def test_what_is_no_place_has_no_length(expression: str) -> None:
    assert text(expression) == "NaN"


def test_places_of_a_repeat_make_a_way() -> None:
    tree = tree_of("<data><t><p>0 0</p></t><t><p>0 90</p></t><t><p>90 90</p></t></data>")
    world = Scene(tree, now=NOW)
    way = compile_expression("distance(/data/t/p)", "/data/q").number(world)
    assert way == pytest.approx(2 * QUARTER, abs=0.006)
    ground = compile_expression("area(/data/t/p)", "/data/q").number(world)
    # From the pole back to 0 0: ½ · (π/2 · 2 − π/2 · 3) · r²
    assert ground == pytest.approx(math.pi / 4 * RADIUS**2, abs=0.006)


SQUARE = "0 0; 0 10; 10 10; 10 0; 0 0"
TABLE = {
    f"geofence('5 5', '{SQUARE}')": "true",
    f"geofence('15 5', '{SQUARE}')": "false",
    f"geofence('5 -1', '{SQUARE}')": "false",
    f"geofence('5 5', '{SQUARE.rpartition(';')[0]}')": "true",
    f"geofence('', '{SQUARE}')": "false",
    f"geofence('x y', '{SQUARE}')": "false",
    "geofence('5 5', '')": "false",
    "geofence(/data/place, '50 -1; 50 1; 53 1; 53 -1; 50 -1')": "true",
    f"intersects('{SQUARE}')": "false",
    "intersects('0 0; 10 10; 0 10; 10 0')": "true",
    "intersects('0 0; 10 10; 0 10; 10 0; 0 0')": "true",
    "intersects('0 0; 0 10')": "false",
    "intersects('0 0; 0 10; 0 5')": "true",
    "intersects('0 0; 0 10; 5 5; -5 5')": "true",
    "intersects('0 0; 0 10; 5 5; 0 5')": "true",
    "intersects('0 0; 0 10; 5 5; 1 5')": "false",
    "intersects('')": "false",
    "intersects('1 1')": "false",
}


@pytest.mark.parametrize(("expression", "expected"), TABLE.items())
def test_fences_and_crossings(expression: str, expected: str) -> None:
    assert text(expression) == expected
