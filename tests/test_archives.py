"""Archives that grow when they are unpacked, and archives that are none any more."""

import zipfile
from io import BytesIO
from zipfile import ZipInfo

import pytest

from bot.archives import MOST_PARTS, needs_password, opened, unpacks_too_big
from tests.support.archives import with_damaged_part


class Damaged(Exception):
    """What the one who opens it says."""


class Refused(Exception):
    """What the one who looks into it says."""


def part(size: int, packed: int) -> ZipInfo:
    info = ZipInfo("a.xml")
    info.file_size, info.compress_size = size, packed
    return info


def archive(method: int = zipfile.ZIP_STORED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as packing:
        packing.writestr("a", b"Sample " * 20)
    return file.getvalue()


def listed(content: bytes, at: int, value: int) -> bytes:
    """An archive whose list of parts at the end says something else, `at` bytes into it."""
    changed = bytearray(content)
    changed[content.index(b"PK\x01\x02") + at] = value
    return bytes(changed)


LOCKED = listed(archive(), 8, 1)
NAME = 46  # where the name of the first part begins


def read(content: bytes) -> bytes:
    with opened(content, damaged=Damaged()) as found:
        return found.read(found.infolist()[0])


@pytest.mark.parametrize(
    ("parts", "length", "is_bomb"),
    [
        ([part(1_000_000, 20_000)], 20_100, False),
        ([part(1_500_000, 1_000)], 1_100, False),  # small
        ([part(3_100_000, 20_000)], 20_100, True),
        # Each says that it is packed well, but all stand on the same bytes.
        ([part(1_000_000, 20_000)] * 4, 20_500, True),
        ([part(11_000_000, 9_000_000)], 9_000_100, True),
        ([part(1, 1)] * (MOST_PARTS + 1), 60_000, True),
    ],
)
def test_a_bomb_is_known_by_what_it_says(
    parts: list[ZipInfo],
    length: int,
    is_bomb: bool,  # noqa: FBT001
) -> None:
    assert unpacks_too_big(parts, length, most=10_000_000) is is_bomb


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.mark.parametrize("method", METHODS)
def test_an_archive_is_read_whatever_it_is_packed_with(method: int) -> None:
    assert read(archive(method)) == b"Sample " * 20


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 and no more",
        archive()[:-10],
        *(with_damaged_part(archive(method), "a") for method in METHODS),
        listed(archive(), 10, 99),  # a method that nobody knows
        listed(listed(archive(), 9, 8), NAME, 0xFF),  # a name that is no text
        listed(archive(), 45, 0x7F),  # a part that begins behind the end
        LOCKED,
    ],
)
def test_an_archive_that_cannot_be_read_is_damaged(content: bytes) -> None:
    with pytest.raises(Damaged):
        read(content)


def test_a_refusal_by_whoever_looks_is_left_alone() -> None:
    with pytest.raises(Refused), opened(archive(), damaged=Damaged()):
        raise Refused


def test_a_part_with_a_password_is_known_before_it_is_read() -> None:
    for content, locked in ((archive(), False), (LOCKED, True)):
        with opened(content, damaged=Damaged()) as found:
            assert [needs_password(each) for each in found.infolist()] == [locked]
