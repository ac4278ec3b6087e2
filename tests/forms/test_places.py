import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.inputs import Reason
from bot.forms.places import read_place, written_place


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("51.5, -0.12", "51.5 -0.12 0 0"),
        ("51.5 -0.12", "51.5 -0.12 0 0"),
        ("51.5,-0.12", "51.5 -0.12 0 0"),
        ("51,-0.12", "51 -0.12 0 0"),
        ("51, 0", "51 0 0 0"),
        ("51,5 -0,12", "51.5 -0.12 0 0"),
        ("51,5; -0,12", "51.5 -0.12 0 0"),
        ("51,5, -0,12", "51.5 -0.12 0 0"),
        ("(51.5, -0.12)", "51.5 -0.12 0 0"),
        ("51.5\n-0.12", "51.5 -0.12 0 0"),
        ("51.5° −0.12°", "51.5 -0.12 0 0"),
        ("51.5074° N, 0.1278° W", "51.5074 -0.1278 0 0"),
        ("51.5074N 0.1278W", "51.5074 -0.1278 0 0"),
        ("0.1278 W, 51.5074 N", "51.5074 -0.1278 0 0"),
        ("33.9 S 18.4 E", "-33.9 18.4 0 0"),
        ("51°30'26.6\"N 0°07'40.1\"W", "51.507388889 -0.127805556 0 0"),
        ("51° 30′ N, 0° 7′ W", "51.5 -0.116666667 0 0"),
        ("٥١٫٥، -٠٫١٢", "51.5 -0.12 0 0"),
        ("\u200e51.5\u200e, \u200e-0.12", "51.5 -0.12 0 0"),
        ("51.5074 -0.1278 30 12", "51.5074 -0.1278 30 12"),
        ("51.5074 -0.1278 -3.5 0", "51.5074 -0.1278 -3.5 0"),
        ("90 180", "90 180 0 0"),
        ("-90 -180", "-90 -180 0 0"),
        ("0 0", "0 0 0 0"),
    ],
)
def test_coordinates_are_read_as_maps_write_them(typed: str, place: str) -> None:
    assert read_place(typed) == place


@pytest.mark.parametrize("typed", ["91, 0", "0, 181", "91 N 0 E", "99999 0", "51.5 -0.12 0 -1"])
def test_a_place_that_is_not_on_the_earth_is_refused(typed: str) -> None:
    assert read_place(typed) is Reason.NO_SUCH_PLACE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "51.5",
        "51,5",
        "NW10 4UX",
        "London",
        "51.5 N 0.12",
        "51.5 N 0.12 N",
        "51.5 N 0.12 W 3 N",
        "51.5 North, 0.12 West",
        "1 2 3 4 5",
        "5e1 3",
        "51..5 3",
        "½ 3",
        "👍",
        "\x00",
        "\ud800",
        "1 " * 5_000,
        "9" * 10_000,
    ],
)
def test_what_is_no_place_is_not_guessed(typed: str) -> None:
    assert read_place(typed) is Reason.NOT_A_PLACE


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_place_is_made_of_numbers(bad: float) -> None:
    assert written_place(bad, 0) is Reason.NO_SUCH_PLACE
    assert written_place(0, bad) is Reason.NO_SUCH_PLACE
    assert written_place(0, 0, accuracy=bad) is Reason.NO_SUCH_PLACE


@given(
    st.floats(-90, 90), st.floats(-180, 180), st.floats(-1000, 9000), st.floats(0, 10_000)
)  # fmt: skip
def test_a_place_reads_back_as_it_was_written(
    latitude: float, longitude: float, altitude: float, accuracy: float
) -> None:
    written = written_place(latitude, longitude, altitude, accuracy)

    assert isinstance(written, str)
    assert read_place(written) == written
    numbers = [float(part) for part in written.split(" ")]
    assert numbers == pytest.approx([latitude, longitude, altitude, accuracy], abs=1e-9)


@given(st.text() | st.text("0123456789.,-°'\"NSEWnw ٫،;", max_size=60))
def test_reading_never_fails(text: str) -> None:
    place = read_place(text)

    assert isinstance(place, Reason) or read_place(place) == place
