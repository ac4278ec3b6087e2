"""How a stranger's archive is opened, and what is looked at before anything is unpacked."""

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from lzma import LZMAError
from typing import Final
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

MOST_PARTS: Final = 500
MOST_TIMES: Final = 150
"""Unpacked to packed; a sheet full of the same text reaches about 60."""
_SMALL: Final = 10_000  # bytes, of which any number of times is harmless
_MARKUP: Final = (".xml", ".rels", ".vml")
_LOCKED: Final = 1  # of a part's flags
UNREADABLE: Final = (
    *(BadZipFile, LargeZipFile, EOFError, OSError, zlib.error, LZMAError),
    RuntimeError,  # a method of packing that we do not have, or a password
    ValueError,  # places outside the file, and names that are no text
)
"""What zipfile raises for a damaged archive: it says so in the words of whatever it stumbles on."""
_ENTITIES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@contextmanager
def opened(content: bytes, damaged: Exception) -> Iterator[ZipFile]:
    """A stranger's archive, to look into and to read from.

    Args:
        content: its bytes.
        damaged: raised where they are no archive, and where a part that is read in the `with`
            cannot be.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            yield archive
    except UNREADABLE as error:
        raise damaged from error


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


def needs_password(part: ZipInfo) -> bool:
    """Whether a part cannot be read without a password."""
    return bool(part.flag_bits & _LOCKED)


def is_markup(part: ZipInfo) -> bool:
    """Whether a part of a spreadsheet is XML, going by its name."""
    return part.filename.endswith(_MARKUP)


def has_entities(xml: bytes) -> bool:
    """Whether XML declares what could grow without end when it is read."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in xml[:100]:
        xml = xml.replace(b"\0", b"")  # UTF-16: every other byte of what we look for is zero
    return _ENTITIES.search(xml) is not None
