"""Archives that went wrong on their way."""

import zipfile
from io import BytesIO


def with_damaged_part(content: bytes, name: str) -> bytes:
    """An archive of which one part, packed by whatever method, cannot be unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        part = archive.getinfo(name)
    named = len(part.filename.encode())
    # The head of a part in front of its bytes: 30 bytes, its name, and more of a length it names.
    more = int.from_bytes(content[part.header_offset + 28 : part.header_offset + 30], "little")
    start = part.header_offset + 30 + named + more
    return content[:start] + b"\xff" * part.compress_size + content[start + part.compress_size :]
