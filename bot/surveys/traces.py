"""Pictures without what cameras and programs write into them: where and when, and by whose device.

What is seen stays as it is, bit by bit, and so does which way up a photo is.
"""

import re
import struct
from typing import Final

PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_PICTURE: Final = range(0xC0, 0xE0)  # tables and frames, and with them the beginning of a scan
_BEGINS: Final = 0xFF  # every part of a JPEG
_SCAN, _END, _EXIF, _COLOURS = 0xDA, 0xD9, 0xE1, 0xE2
# JFIF's size and Adobe's colours change what is seen.
_KEPT: Final = frozenset({*_PICTURE, 0xE0, 0xEE})
_MARK: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # what ends a scan
_ORIENTATION: Final = 0x0112  # the tag of TIFF that says which way up
_WAYS_UP: Final = range(2, 9)  # 1 is as it is
_TOLD_BY_PNG: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


def without_traces(content: bytes) -> bytes:
    """A PNG or JPEG with nothing in it but the picture; anything else as it is."""
    if content.startswith(PNG):
        return _png(content)
    return _jpeg(content) if content.startswith(_JPEG) else content


def _png(content: bytes) -> bytes:
    parts, at = [PNG], len(PNG)
    while at + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        if name not in _TOLD_BY_PNG:
            parts.append(content[at : at + 12 + length])
        at += 12 + length
        if name == b"IEND":
            break
    return b"".join(parts)


def _jpeg(content: bytes) -> bytes:
    parts, at = [_JPEG], len(_JPEG)
    while at + 4 <= len(content):
        mark, kind, length = struct.unpack_from(">BBH", content, at)
        if mark != _BEGINS:
            break  # it is broken: what is there to see of it stays
        if kind == _BEGINS:  # there may be more of them than one
            at += 1
            continue
        if kind == _END:  # some telephones put a film behind it
            return b"".join([*parts, content[at : at + 2]])
        end = at + 2 + length
        if kind == _SCAN:
            found = _MARK.search(content, end)
            end = found.start() if found else len(content)
        body = content[at + 4 : at + 2 + length]
        if kind in _KEPT or (kind == _COLOURS and body.startswith(b"ICC_PROFILE")):
            parts.append(content[at:end])
        elif kind == _EXIF:
            parts.append(_which_way_up(body))
        at = end
    return b"".join([*parts, content[at:]])


def _which_way_up(exif: bytes) -> bytes:
    """A segment that says only that; nothing where the photo is the right way up as it is."""
    if not exif.startswith(b"Exif\0\0"):
        return b""
    tiff = exif[6:]
    order = ">" if tiff.startswith(b"MM") else "<"
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for place in range(at + 2, at + 2 + 12 * count, 12):
            tag, _, _, way = struct.unpack_from(f"{order}HHIH", tiff, place)
            if tag == _ORIENTATION and way in _WAYS_UP:
                only = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, tag, 3, 1, way, 0, 0)
                return struct.pack(">BBH", _BEGINS, _EXIF, 8 + len(only)) + b"Exif\0\0" + only
    except struct.error:
        pass
    return b""
