"""Which files a form can show, as its author is told, and what a .zip may hold."""

import struct
import zipfile
from io import BytesIO

import pytest

from bot.config import HOME
from bot.forms.xlsform import Code, FormRefused, convert_trusted, limits
from bot.forms.xlsform.packed import unpack
from bot.i18n import Catalogues
from bot.surveys import checking
from bot.surveys.media import LARGEST_PICTURE, mentioned_in
from bot.surveys.reading_apart import read_apart
from bot.surveys.views import report as words
from tests.support.archives import with_damaged_part
from tests.support.surveys import MP3, MP4, OGG, packed, png

EN = Catalogues(HOME / "locales").translator("en")
FORM = """
| survey | | | | | | |
| | type | name | label::English (en) | label::Somali (so) | media::image | big-image::English (en) |
| | begin_group | g | Group | Koox | | |
| | select_one c | a | A? | A? | a.png | a-big.png |
| | end_group | | | | | |
| choices | | | | | |
| | list_name | name | label::English (en) | label::Somali (so) | media::audio::Somali (so) |
| | c | x | X | X | x.mp3 |
| | c | y | Y | Y | |
| settings | | | |
| | form_id | default_language |
| | f | English (en) |
"""  # noqa: E501 -- a table
SOUNDS = "Use a file that ends in: .mp3, .m4a, .ogg"
HUGE = png(1) + bytes(LARGEST_PICTURE)
JPEG = b"\xff\xd8\xff\xe0\0\x04\0\0\xff\xc0\0\x11\x08" + struct.pack(">HH", 100, 4000)


def plan(table: str, files: dict[str, bytes]) -> checking.Report:
    return checking.look_at(convert_trusted(table.encode(), "f.md", files))


def said(column: str, name: str, content: bytes) -> list[str]:
    """What is told of a form with one file."""
    heading = f"| | type | name | label | media::{column} |"
    table = f"| survey | | | |\n{heading}\n| | text | a | A? | {name} |\n"
    return list(words.lines(EN, plan(table, {name: content}).findings))


def test_the_files_of_a_form_are_those_that_pyxform_names() -> None:
    files = {"a.png": png(1), "a-big.png": png(2), "x.mp3": MP3}
    report = plan(FORM, files)
    assert report.is_good
    assert report.plan is not None
    assert [(each.path, each.column, each.file) for each in mentioned_in(report.plan.form)] == [
        ("/data/g/a", "image", "a-big.png"),
        ("c/x", "audio", "x.mp3"),
    ]


@pytest.mark.parametrize(
    ("column", "name", "content"),
    [
        ("image", "a.png", png(1)),
        ("image", "a.JPG", JPEG.replace(struct.pack(">H", 4000), struct.pack(">H", 400))),
        ("audio", "a.mp3", MP3),
        ("audio", "a.mp3", b"\xff\xfb\x90\0" + bytes(400)),
        ("audio", "a.ogg", OGG),
        ("audio", "a.m4a", MP4),
        ("video", "a.mp4", MP4),
    ],
)
def test_files_that_can_be_shown(column: str, name: str, content: bytes) -> None:
    assert said(column, name, content) == []


@pytest.mark.parametrize(
    ("column", "name", "content", "expected"),
    [
        ("image", "a.png", b"MZ\x90\0 This program", "The file a.png is not what its name says."),
        ("image", "a.png", JPEG, "The file a.png is not what its name says."),
        ("audio", "a.mp3", b"", "The file a.mp3 is not what its name says."),
        ("video", "a.mp4", OGG, "The file a.mp4 is not what its name says."),
        ("image", "a.exe", b"MZ", "The file a.exe cannot be used here."),
        ("image", "a.mp3", MP3, "The file a.mp3 cannot be used here."),
        ("audio", "a.wav", b"RIFF", f"The file a.wav cannot be used here. {SOUNDS}"),
        ("image", "a.png", HUGE, "The file a.png is too big: 10 MB at most."),
        ("image", "a.jpg", JPEG, "The picture a.jpg is too large, or too long and narrow."),
        ("image", "a.png", png(1, 9_000, 1_001), "The picture a.png is too large"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_shown_are_named_with_their_place(
    column: str, name: str, content: bytes, expected: str
) -> None:
    [line] = said(column, name, content)
    assert line.startswith(f"sheet survey, row 3, column media::{column}: {expected}")


def test_a_name_that_is_worked_out_and_a_picture_of_a_group_are_refused() -> None:
    table = (
        "| survey | | | | |\n| | type | name | label | media::image |\n"
        "| | text | a | A? | |\n| | begin_group | g | G | g.png |\n"
        "| | text | b | B? | ${a}.png |\n| | end_group | | | |\n"
    )
    found = plan(table, {"g.png": png(1)}).findings
    assert [(each.code, each.row, each.is_error) for each in found] == [
        ("media_not_shown", 4, True),
        ("media_not_shown", 5, True),
    ]


def archive(names: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as packing:
        for name, content in names.items():
            packing.writestr(name, content)
    return made.getvalue()


PRESSED = archive({"a.xlsx": b"A" * 99}, zipfile.ZIP_DEFLATED)
TWICE = archive({"a/x.png": b"", "b/x.png": b"", "f.md": b""})
BOMB = archive({"f.md": b"", "a.png": bytes(9_000_000)}, zipfile.ZIP_DEFLATED)


def test_a_zip_is_unpacked_without_its_folders_and_its_litter() -> None:
    content = archive(
        {
            "s/form.xlsx": b"F",
            "s/form-media/a.png": b"A",
            "../../etc/b.csv": b"B",
            "__MACOSX/s/._form.xlsx": b"-",
            "s/.DS_Store": b"-",
            "README.md": b"-",
        }
    )
    beside = {"a.png": b"A", "b.csv": b"B", "README.md": b"-"}
    assert unpack(content) == (b"F", "form.xlsx", beside)


@pytest.mark.parametrize(
    ("content", "code", "details"),
    [
        (b"PK\x03\x04 no more", Code.FILE_DAMAGED, {}),
        (archive({"a.xlsx": b"A" * 99})[:90], Code.FILE_DAMAGED, {}),
        (with_damaged_part(PRESSED, "a.xlsx"), Code.FILE_DAMAGED, {}),
        (archive({"a.png": b"A"}), Code.FORM_NOT_PACKED, {}),
        (archive({}), Code.FORM_NOT_PACKED, {}),
        (archive({"a.xlsx": b"", "b/c.xls": b""}), Code.FORMS_PACKED, {"files": "a.xlsx, c.xls"}),
        (TWICE, Code.FILE_PACKED_TWICE, {"file": "x.png"}),
        (BOMB, Code.FILE_UNPACKS_TOO_BIG, {}),
        (archive({f"{n}.png": b"" for n in range(501)}), Code.TOO_MANY_FILES, {"limit": "200"}),
        (bytes(limits.PACKED_BYTES + 1), Code.FILE_TOO_BIG, {"limit": "20000000"}),
    ],
    ids=["none", "cut", "damaged", "no form", "empty", "two forms", "twice", "bomb", "many", "big"],
)  # fmt: skip
def test_a_zip_that_is_damaged_dangerous_or_unclear_is_refused(
    content: bytes, code: Code, details: dict[str, str]
) -> None:
    with pytest.raises(FormRefused) as refusal:
        unpack(content)
    assert [(each.code, each.details) for each in refusal.value.problems] == [(code, details)]


async def test_a_zip_read_apart_brings_its_files_once() -> None:
    files = {"a.png": png(1), "a-big.png": png(1), "x.mp3": MP3, "unused.png": png(9)}
    reading = await read_apart(packed("f.md", FORM.encode(), files), "f.zip")
    assert reading.name == "f"
    assert {file.content for file in reading.files} == {png(1), MP3}
    assert reading.edition is not None
    assert sorted(reading.edition.source.files) == ["a-big.png", "a.png", "x.mp3"]
