import re
from xml.etree import ElementTree as ET

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from bot.events.poster import PosterTexts, code_png, poster_svg

LINK = "https://t.me/sample_bot?start=e12-poster"
TEXTS = PosterTexts("Sample <expo> & day", "Saturday 17 October 2026", "Scan to see this event")
SVG = "{http://www.w3.org/2000/svg}"


def words_of(svg: bytes) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 -- ours


def test_the_poster_says_what_it_is_told_and_shows_the_link() -> None:
    assert words_of(poster_svg(LINK, TEXTS)) == [
        "Sample <expo> & day",
        "Saturday 17 October 2026",
        "Scan to see this event",
        LINK,
    ]


def test_the_dark_modules_are_those_of_the_link() -> None:
    [path] = ET.fromstring(poster_svg(LINK, TEXTS)).iter(f"{SVG}path")  # noqa: S314 -- ours
    drawn = {
        (int(y), int(x) + step)
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path.attrib["d"])
        for step in range(int(length))
    }
    code = segno.make(LINK, error="q", micro=False, boost_error=False)
    assert drawn == {
        (y, x)
        for y, row in enumerate(code.matrix_iter(border=4))
        for x, dark in enumerate(row)
        if dark
    }


def test_a_long_title_is_broken_into_lines_and_nothing_of_it_is_lost() -> None:
    title = "Sample health and wellbeing day of African and Caribbean communities in Brent"
    *lines, _, _, _ = words_of(poster_svg(LINK, PosterTexts(title, "", "")))
    assert " ".join(lines) == title
    assert len(lines) == 3


def test_arabic_is_written_from_right_to_left_and_the_link_is_not() -> None:
    svg = poster_svg(LINK, PosterTexts("معرض", "السبت", "امسح", rtl=True))
    directions = [text.get("direction") for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 -- ours
    assert directions == ["rtl", "rtl", "rtl", None]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_any_title_gives_a_poster(title: str) -> None:
    words = words_of(poster_svg(LINK, PosterTexts(title, "", "")))
    assert words[-1] == LINK


def test_the_code_alone_is_a_png() -> None:
    png = code_png(LINK)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    side = int.from_bytes(png[16:20])
    assert (
        side == (segno.make(LINK, error="q", micro=False, boost_error=False).symbol_size()[0]) * 20
    )


def test_a_link_that_no_code_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        code_png("https://example.org/" + "x" * 3000)
