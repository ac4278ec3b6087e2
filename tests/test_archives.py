"""Archives that grow when they are unpacked."""

from zipfile import ZipInfo

import pytest

from bot.archives import MOST_PARTS, unpacks_too_big


def part(size: int, packed: int) -> ZipInfo:
    info = ZipInfo("a.xml")
    info.file_size, info.compress_size = size, packed
    return info


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
