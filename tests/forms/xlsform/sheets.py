"""Forms of tests: tables in Markdown from a few words, and a real .xls, which no library writes."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO

from openpyxl import Workbook

from bot.forms.xlsform import FormRefused, Problem, convert_trusted


def form(*survey: str, choices: Sequence[str] = (), settings: Sequence[str] = ()) -> bytes:
    """A form in Markdown: the headings of the survey stand on line 2, its first row on line 3."""
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    lines = [
        line
        for name, rows in sheets.items()
        if rows
        for line in (f"| {name} |", *(f"| | {row} |" for row in rows))
    ]
    return "\n".join(lines).encode()


def problems(
    content: bytes, filename: str = "a.md", beside: Mapping[str, bytes] | None = None
) -> list[Problem]:
    """What is told of a form, refused or not, without pyxform's own sentences."""
    return [without_sentence(each) for each in told(content, filename, beside)]


def told(
    content: bytes, filename: str = "a.md", beside: Mapping[str, bytes] | None = None
) -> tuple[Problem, ...]:
    """What is told of a form, refused or not."""
    try:
        return convert_trusted(content, filename, beside).warnings
    except FormRefused as refusal:
        return refusal.problems


def without_sentence(problem: Problem) -> Problem:
    return replace(
        problem, details={key: text for key, text in problem.details.items() if key != "pyxform"}
    )


def xlsx(**sheets: Iterable[Sequence[object]]) -> bytes:
    workbook = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


# Of [MS-XLS] (BIFF8) and [MS-CFB] (its container), as little as makes a file.
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ERROR_VALUES = {"#REF!": 0x17}


def xls(**sheets: Sequence[Sequence[object]]) -> bytes:
    """An .xls with cells of text, number, truth and error."""
    tables = [_substream(0x10, _cells(rows)) for rows in sheets.values()]
    names = [name.encode() for name in sheets]
    length = len(_substream(0x05, b"".join(_bound(0, name) for name in names)))
    bounds = []
    for name, table in zip(names, tables, strict=True):
        bounds.append(_bound(length, name))
        length += len(table)
    return compound(Workbook=_substream(0x05, b"".join(bounds)) + b"".join(tables))


def compound(**streams: bytes) -> bytes:
    """An OLE file with these streams, each big enough to stand in sectors of its own."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    fat, sectors, entries = [_FAT], b"", [_entry("Root Entry", 5, _END, 0)]
    directory_size = -(-(len(padded) + 1) * 128 // _SECTOR)
    fat += [*range(2, directory_size + 1), _END]
    for number, (name, content) in enumerate(padded.items(), start=1):
        start, count = len(fat), -(-len(content) // _SECTOR)
        fat += [*range(start + 1, start + count), _END]
        sectors += content.ljust(count * _SECTOR, b"\0")
        following = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, start, len(content), following))
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    directory = b"".join(entries).ljust(directory_size * _SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0
    )
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    return header + table + directory + sectors


def _entry(name: str, kind: int, start: int, size: int, following: int = _FREE) -> bytes:
    child = 1 if kind == 5 else _FREE
    encoded = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ",
        *(encoded, len(encoded), kind, 1, _FREE, following, child),
        *(bytes(16), 0, bytes(8), bytes(8), start, size),
    )


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _substream(kind: int, content: bytes) -> bytes:
    return (
        _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 1996, 0, 0))
        + content
        + _record(0x0A, b"")
    )


def _bound(at: int, name: bytes) -> bytes:
    return _record(0x85, struct.pack("<IHBB", at, 0, len(name), 0) + name)


def _cells(rows: Sequence[Sequence[object]]) -> bytes:
    records = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(value, bool):
                records.append(_record(0x205, at + bytes([value, 0])))
            elif isinstance(value, str) and value in _ERROR_VALUES:
                records.append(_record(0x205, at + bytes([_ERROR_VALUES[value], 1])))
            elif isinstance(value, str) and value:
                text = value.encode("utf-16-le")
                records.append(_record(0x204, at + struct.pack("<HB", len(text) // 2, 1) + text))
            elif isinstance(value, (int, float)):
                records.append(_record(0x203, at + struct.pack("<d", value)))
    return b"".join(records)
