# ruff: noqa: E501 -- a row of a table stands on one line
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.config import HOME
from bot.errors import ContentProblem
from bot.people.boroughs import Borough, Boroughs, Outcode, OutsideArea, Unreadable

CONTENT = HOME / "content"
BOROUGHS = Boroughs.read(CONTENT)
KNOWN = [line.split(",")[0] for line in (CONTENT / "outcodes.csv").read_text().splitlines()[1:]]


def place(text: str) -> object:
    found = BOROUGHS.read_place(text)
    return found.key if isinstance(found, Borough) else found


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Brent", "brent"),
        ("  bRENT! ", "brent"),
        ("Brnet", "brent"),
        ("London Borough of Brent", "brent"),
        ("Brént", "brent"),
        ("Brent council", "brent"),
        ("برنت", "brent"),
        ("بَرِنْت", "brent"),
        ("Wembley", "brent"),
        ("Ealin", "ealing"),
        ("h&f", "hammersmith-fulham"),
        ("H & F", "hammersmith-fulham"),
        ("Hammersmith & Fulham", "hammersmith-fulham"),
        ("hammersmith and fullham", "hammersmith-fulham"),
        ("Harow", "harrow"),
        ("Harrow-on-the-Hill", "harrow"),
        ("Hillington", "hillingdon"),
        ("Honslow", "hounslow"),
        ("Royal Borough of Kensington & Chelsea", "kensington-chelsea"),
        ("K&C", "kensington-chelsea"),
        ("Earls court", "kensington-chelsea"),
        ("Westminister", "westminster"),
        ("City of Westminster", "westminster"),
        ("st johns wood", "westminster"),
    ],
)
def test_a_borough_is_found_by_the_names_people_type(typed: str, key: str) -> None:
    assert BOROUGHS.find(typed) == key
    assert place(typed) == key


@pytest.mark.parametrize(
    "typed",
    [
        "Barnet",
        "Barnett",
        "Kent",
        "Trent",
        "Brentwood",
        "Harlow",
        "arrow",
        "Camden",
        "London",
        "City of London",
        "",
        "?!",
        "help",
        "the",
        "هل",
        "event",
        "housing",
    ],
)
def test_what_is_no_borough_of_ours_is_not_found(typed: str) -> None:
    assert BOROUGHS.find(typed) is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Barnet", "Barnet"),
        ("barnett", "Barnet"),
        ("London borough of Camden", "Camden"),
        ("Brent Cross", "Barnet"),
        ("I live in Slough", "Slough"),
        ("Kingston", "Kingston upon Thames"),
    ],
)
def test_places_outside_are_known_by_name(typed: str, name: str) -> None:
    assert place(typed) == OutsideArea(name=name)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("I live in Brent", "brent"),
        ("waxaan ku noolahay Ealing", "ealing"),
        ("j'habite à Kensington et Chelsea", "kensington-chelsea"),
        ("أعيش في برنت", "brent"),
        ("NW10, Brent", "brent"),
        ("12 High Street, Southall", "ealing"),
    ],
)
def test_a_sentence_that_names_one_place_is_understood(typed: str, key: str) -> None:
    assert place(typed) == key
    assert BOROUGHS.mentioned_in(typed) == key


@pytest.mark.parametrize(
    "typed", ["Brent or Ealing", "Harrow Road", "Brent, not Barnet", "near you"]
)
def test_a_sentence_that_names_none_or_several_is_not_guessed_at(typed: str) -> None:
    assert place(typed) == Unreadable()
    assert BOROUGHS.mentioned_in(typed) is None


def test_an_outcode_in_one_borough_needs_no_question() -> None:
    assert place("ha9 0aa") == Outcode("HA9", ("brent",), certain=True, elsewhere_possible=False)


def test_a_shared_outcode_offers_its_boroughs_largest_first() -> None:
    assert place("NW10 2AB") == Outcode(
        "NW10",
        ("brent", "ealing", "hammersmith-fulham", "kensington-chelsea"),
        certain=False,
        elsewhere_possible=False,
    )
    assert place("HA8") == Outcode("HA8", ("harrow", "brent"), False, elsewhere_possible=True)


def test_an_outcode_at_the_edge_preselects_nothing() -> None:
    assert place("TW1 1AA") == Outcode("TW1", ("hounslow",), False, True, edge=True)


def test_an_outcode_of_post_boxes_is_asked_about() -> None:
    assert place("UB18 1AA") == Outcode("UB18", (), certain=False, elsewhere_possible=True)


def test_a_district_without_its_last_letter_offers_all_its_boroughs() -> None:
    assert place("SW1") == Outcode(
        "SW1", ("westminster", "kensington-chelsea"), certain=False, elsewhere_possible=False
    )


@pytest.mark.parametrize(
    ("typed", "outcode"),
    [
        ("NWIO 2AB", "NW10"),
        ("nw1o", "NW10"),
        ("HAO", "HA0"),
        ("HA9 OAA", "HA9"),
        ("WIB", None),
        ("WIB 1AA", "W1B"),
        ("ha9-0aa", "HA9"),
        ("h a 9 0 a a", "HA9"),
        ("HA90AA", "HA9"),
        ("HA9 0A", "HA9"),
        ("HA90", "HA9"),
        ("W120", "W12"),
        ("my postcode is w12 0aa thanks", "W12"),
        ("ha٩ ٠aa", "HA9"),
        ("B12 8QX", "B12"),
        ("B12", "B12"),
        ("vitamin B12", None),
        ("SE5", "SE5"),
        ("SO1", "SO1"),
        ("so", None),
        ("twi", None),
        ("hai", None),
        ("at 10 on 3 May", None),
        ("A9", None),
    ],
)
def test_only_the_outward_part_of_a_postcode_is_read(typed: str, outcode: str | None) -> None:
    assert BOROUGHS.outcode_in(typed) == outcode


def test_an_unknown_outcode_is_outside() -> None:
    assert place("B12 8QX") == OutsideArea(outcode="B12")
    assert BOROUGHS.of_outcode("B12") == ()


def test_boroughs_of_an_outcode_come_largest_first() -> None:
    assert BOROUGHS.of_outcode("w10") == (
        "kensington-chelsea",
        "westminster",
        "hammersmith-fulham",
        "brent",
    )


@pytest.mark.parametrize("borough", list(BOROUGHS), ids=lambda borough: borough.key)
def test_every_borough_is_found_by_all_its_own_facts(borough: Borough) -> None:
    assert BOROUGHS.find(borough.name) == borough.key
    assert BOROUGHS.find(borough.button) == borough.key
    assert BOROUGHS.nearest(*borough.centre) == borough.key
    assert all(borough.key in BOROUGHS.neighbours(other) for other in borough.neighbours)


def test_the_nearest_borough_follows_its_shape() -> None:
    heathrow = (51.4700, -0.4543)  # nearer to the middle of Hounslow than to that of Hillingdon
    assert BOROUGHS.nearest(*heathrow) == "hillingdon"


def test_strangers_have_no_neighbours() -> None:
    assert BOROUGHS.neighbours("elsewhere") == ()


@given(st.text())
@example("\ufdfa" * 300)
@example("K" * 5000)
def test_no_text_makes_it_fail(text: str) -> None:
    BOROUGHS.read_place(text)
    BOROUGHS.find(text)
    BOROUGHS.mentioned_in(text)
    BOROUGHS.outcode_in(text)


@given(
    outcode=st.sampled_from([*KNOWN, "SE5", "B12", "N1", "M1", "EC1A", "SO1", "CR0"]),
    inward=st.from_regex(r"[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True),
    gap=st.sampled_from(["", " ", "  ", "-", ". "]),
    frame=st.sampled_from(["{}", "  {} ", "it is {}.", "({})", "Flat 4, {}, London"]),
    lower=st.booleans(),
    slip=st.booleans(),
)
def test_the_inward_part_never_comes_out(
    *, outcode: str, inward: str, gap: str, frame: str, lower: bool, slip: bool
) -> None:
    typed = outcode + gap + inward
    if slip:  # as people type it who do not tell O from 0 and I from 1
        typed = re.sub("[01]", lambda digit: {"0": "O", "1": "I"}[digit[0]], typed)
    if slip and not re.search(r"\d", typed):
        return  # without any digit it cannot be told from words
    text = frame.format(typed.lower() if lower else typed)
    assert BOROUGHS.outcode_in(text) == outcode
    found = BOROUGHS.read_place(text)
    assert isinstance(found, Outcode | OutsideArea)
    assert found.outcode == outcode


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("boroughs.yaml", "outcodes.csv"):
        shutil.copy(CONTENT / name, tmp_path)
    return tmp_path


def test_a_new_borough_needs_data_only(folder: Path) -> None:
    path = folder / "boroughs.yaml"
    text = path.read_text().replace("  Barnet: [Brent Cross,", "  Finchley side: [Brent Cross,")
    path.write_text(
        text.replace(
            "\n# Places outside",
            "\n  barnet:\n    name: Barnet\n    button: Barnet\n    gss: E09000003\n"
            "    centre: [51.6111, -0.2108]\n    neighbours: [harrow]\n\n# Places outside",
        ).replace(
            "neighbours: [brent, ealing, hillingdon]",
            "neighbours: [brent, ealing, barnet, hillingdon]",
        )
    )
    boroughs = Boroughs.read(folder)
    assert boroughs.find("London Borough of Barnet") == "barnet"
    assert boroughs.neighbours("barnet") == ("harrow",)
    assert boroughs.find("Brnet") is None  # now it could be either: ask


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("gss: E09000005", "gss: 5", 'boroughs.yaml, boroughs, brent, gss: must be text; put it in quotes, such as "0800 1111"'),
        ("    button: Brent\n", "", "boroughs.yaml, boroughs, brent, button: is missing"),
        ("neighbours: [brent, kensington-chelsea]", "neighbours: [kensington-chelsea]", "boroughs.yaml, brent: “westminster” does not name it as a neighbour in turn"),
        ("Camden Town", "Wembley", "boroughs.yaml: the name “wembley” stands for two places"),
        ("  ealing:\n", "  brent:\n", "boroughs.yaml, line 24: “brent” stands here twice"),
        ("51.5586", "551.5586", "boroughs.yaml, brent: the centre must be a latitude and a longitude in degrees"),
    ],
)  # fmt: skip
def test_a_mistake_of_an_editor_is_named(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "boroughs.yaml"
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(ContentProblem) as refused:
        Boroughs.read(folder)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("HA9,single,brent,,51,0", "outcodes.csv, line 95: HA9 stands here twice"),
        ("XX1,single,brent;ealing,,51,0", "outcodes.csv, line 95: the class “single” needs exactly one borough"),
        ("XX1,single,barnet,,51,0", "outcodes.csv, line 95: “barnet” is no borough of boroughs.yaml"),
        ("XX1,mixed,brent,,51,0", "outcodes.csv, line 95: “mixed” is no class; use one of single, shared-NWL, shared-outside, shared-NWL+outside, edge, not-a-place"),
        ("XX1,edge,brent", "outcodes.csv, line 95: 3 cells stand here instead of 6"),
        ("XX1,edge,brent,,north,0", "outcodes.csv, line 95: latitude and longitude must be degrees, such as 51.54 and -0.25"),
        ("NW10 2AB,edge,brent,,51,0", "outcodes.csv, line 95: “NW10 2AB” is not the first half of a postcode, such as NW10"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named(folder: Path, row: str, said: str) -> None:
    with (folder / "outcodes.csv").open("a") as file:
        file.write(row + "\n")
    with pytest.raises(ContentProblem) as refused:
        Boroughs.read(folder)
    assert str(refused.value) == said


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentProblem) as refused:
        Boroughs.read(tmp_path)
    assert str(refused.value) == (
        "boroughs.yaml: the file is missing from the content folder, or cannot be read"
    )
