"""Surveys for tests: written as tables, published as authors publish them."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO

from bot.app import Baobab
from bot.config import HOME
from bot.forms.xlsform import Converted, convert_trusted, read_sheets, to_xlsx
from bot.surveys.desk import SurveyDesk
from bot.surveys.editions import files_of, source_of
from bot.surveys.models import Audience, Survey
from bot.surveys.store import SurveyStore


@cache
def converted(table: str) -> Converted:
    """A form written as a table."""
    return convert_trusted(table.encode(), "form.md")


@cache
def sheet(table: str) -> bytes:
    """A form written as a table, as the spreadsheet that an author sends."""
    return to_xlsx(read_sheets(table.encode(), "form.md"))


def shipped(name: str) -> str:
    """A form of the content folder."""
    return (HOME / "content" / "surveys" / f"{name}.md").read_text(encoding="utf-8")


async def publish(
    baobab: Baobab,
    table: str,
    audience: Audience = Audience.EVERYONE,
    closes_at: datetime | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Survey:
    """Let people take a form."""
    form = convert_trusted(table.encode(), "form.md", files) if files else converted(table)
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        return await SurveyDesk(work).publish(
            source_of(form), {}, audience, now, closes_at, files_of(form)
        )


async def records_of(baobab: Baobab, survey: Survey) -> list[str]:
    """What the responses to a survey hold, as JSON."""
    async with baobab.house.database.reading() as work:
        return [response.record for response in await SurveyStore(work).responses(survey.id)]


def packed(name: str, form: bytes, files: Mapping[str, bytes]) -> bytes:
    """A form and its files in one .zip, in a folder, as people pack them."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as packing:
        packing.writestr(f"survey/{name}", form)
        for each, content in files.items():
            packing.writestr(f"survey/{each}", content)
    return archive.getvalue()


def png(shade: int, width: int = 8, height: int = 8) -> bytes:
    """A grey picture; each shade is another file."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\0" + bytes([shade]) * width) * height)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", lines), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


MP3 = b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\0" + bytes(413)
OGG = b"OggS\0\x02" + bytes(22) + b"OpusHead" + bytes(40)
MP4 = b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + bytes(40)
