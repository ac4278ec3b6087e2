"""What is looked at before anything unpacks a stranger's archive."""

import re
from collections.abc import Sequence
from typing import Final
from zipfile import ZipInfo

MOST_PARTS: Final = 500
MOST_TIMES: Final = 150
"""Unpacked to packed; a sheet full of the same text reaches about 60."""
_SMALL: Final = 10_000  # bytes, of which any number of times is harmless
_ENTITIES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def unpacks_too_big(parts: Sequence[ZipInfo], length: int, most: int) -> bool:
    """Whether an archive is a bomb, by what it says: zipfile reads no more than that.

    Args:
        parts: all that is in it.
        length: its bytes. What the parts say of their packed size does not count: they may share
            the same bytes.
        most: bytes of all parts, unpacked.
    """
    size = sum(part.file_size for part in parts)
    return len(parts) > MOST_PARTS or size > min(most, MOST_TIMES * max(length, _SMALL))


def has_entities(xml: bytes) -> bool:
    """Whether XML declares what could grow without end when it is read."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in xml[:100]:
        xml = xml.replace(b"\0", b"")  # UTF-16: every other byte of what we look for is zero
    return _ENTITIES.search(xml) is not None
