"""Pictures as they are kept: without the place where they were taken, and the right way up."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.surveys.media import file_of, picture_size
from bot.surveys.traces import without_traces
from tests.support.surveys import MP3, MP4, OGG, png

GPS = b"51 33 N 0 16 W"
JFIF = b"\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x48\0\x48\0\0"
TABLE = b"\xff\xdb\0\x05\xff\xd9\0"  # what looks like an end here is none
FRAME = b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", 30, 40) + b"\x01\x01\x11\0"
COLOURS = b"\xff\xe2\0\x11ICC_PROFILE\0\x01\x01x"
SCAN = b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" + b"\x12\xff\0\x34\xff\xd0\x56"
UPRIGHT = (
    b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
)


def part(kind: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body


def exif(order: str, way: int) -> bytes:
    """What a telephone writes: its maker, which way up, and where."""
    sign = b"MM" if order == ">" else b"II"
    tiff = struct.pack(f"{order}2sHIH", sign, 42, 8, 2)
    tiff += struct.pack(f"{order}HHII", 0x010F, 2, len(GPS), 38)
    tiff += struct.pack(f"{order}HHIHHI", 0x0112, 3, 1, way, 0, 0)
    return part(0xE1, b"Exif\0\0" + tiff + GPS)


def jpeg(*told: bytes, behind: bytes = b"") -> bytes:
    parts = (JFIF, *told, COLOURS, TABLE, FRAME, SCAN, TABLE, SCAN, b"\xff\xd9", behind)
    return b"\xff\xd8" + b"".join(parts)


TOLD = (
    part(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + GPS),
    part(0xE2, b"MPF\0" + GPS),
    part(0xED, b"Photoshop 3.0\0" + GPS),
    part(0xFE, GPS),
)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_keeps_which_way_up_it_is_and_nothing_else(order: str) -> None:
    taken = jpeg(exif(order, 6), *TOLD, behind=b"a film, " + GPS)
    assert without_traces(taken) == b"\xff\xd8" + JFIF + UPRIGHT + jpeg()[2 + len(JFIF) :]
    assert picture_size(without_traces(taken)) == (40, 30)


def test_a_photo_that_is_the_right_way_up_says_nothing_of_it() -> None:
    assert without_traces(jpeg(exif("<", 1), exif(">", 9), b"\xff" + part(0xFE, GPS))) == jpeg()


def test_a_drawing_keeps_no_remarks_either() -> None:
    drawn = png(7)
    remark = struct.pack(">I", len(GPS)) + b"tEXt" + GPS + bytes(4)
    header = 8 + 25
    assert without_traces(drawn[:header] + remark + drawn[header:] + GPS) == drawn


def test_the_same_picture_from_elsewhere_is_kept_once() -> None:
    assert file_of("a.jpg", jpeg(exif("<", 1))) == file_of("b.jpg", jpeg(*TOLD))


@pytest.mark.parametrize("content", [MP3, MP4, OGG, jpeg(), png(1), b""])
def test_everything_else_stays(content: bytes) -> None:
    assert without_traces(content) == content


@given(st.binary(max_size=60), st.integers(0, len(jpeg(exif("<", 6)))))
def test_whatever_is_broken_is_cleaned_once_and_stops_nothing(junk: bytes, at: int) -> None:
    taken = jpeg(exif("<", 6))
    once = without_traces(taken[:at] + junk + taken[at:])
    assert without_traces(once) == once
