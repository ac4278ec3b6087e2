"""Whatever a stranger's file holds, it ends in a refusal, within seconds and little memory."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.archives import MOST_PARTS
from bot.forms.xlsform import (
    Code,
    Converted,
    FormRefused,
    Problem,
    convert_trusted,
)
from tests.forms.xlsform.sheets import compound, xls, xlsx
from tests.support.archives import with_damaged_part

HEAD = "type | name | label"
ROWS = [["type", "name", "label"], ["text", "a", "A"]]
GOOD = xlsx(survey=ROWS)
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><sst>&i;</sst>"
)
pytestmark = pytest.mark.timeout(60)


def archive(*, packed: bool = True, **parts: bytes | Callable[[bytes], bytes]) -> bytes:
    """A good .xlsx with some parts added or changed."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(GOOD)) as before,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED if packed else 0) as after,
    ):
        for name in before.namelist():
            change = parts.pop(name, None)
            content = before.read(name)
            after.writestr(name, change(content) if callable(change) else change or content)
        for name, content in parts.items():
            after.writestr(name, content)
    return file.getvalue()


def changed(old: bytes, new: bytes) -> bytes:
    return archive(**{SHEET: lambda xml: xml.replace(old, new)})


def refusal(content: bytes, filename: str = "a.xlsx") -> tuple[Problem, ...]:
    with pytest.raises(FormRefused) as caught:
        convert_trusted(content, filename)
    return caught.value.problems


def problem(code: Code, **details: str) -> tuple[Problem, ...]:
    return (Problem(code, details=details),)


def encrypted() -> bytes:
    """A good .xlsx of which one part says that it has a password."""
    content = bytearray(GOOD)
    at = content.index(b"PK\x01\x02")  # the list of parts at the end
    content[at + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"x" * 50_000_000, problem(Code.FILE_TOO_BIG, limit="5000000")),
        (GOOD[:-100], problem(Code.FILE_DAMAGED)),
        (GOOD[: len(GOOD) // 2], problem(Code.FILE_DAMAGED)),
        (GOOD[:4], problem(Code.FILE_DAMAGED)),
        (with_damaged_part(GOOD, SHEET), problem(Code.FILE_DAMAGED)),
        (encrypted(), problem(Code.FILE_HAS_PASSWORD)),
        (compound(EncryptionInfo=b"", EncryptedPackage=GOOD), problem(Code.FILE_HAS_PASSWORD)),
        (archive(**{"xl/vbaProject.bin": b"x"}), problem(Code.FILE_HAS_MACROS)),
        (archive(**{"xl/sharedStrings.xml": LAUGHS.encode()}), problem(Code.FILE_HAS_ENTITIES)),
        (archive(**{SHEET: LAUGHS.encode("utf-16")}), problem(Code.FILE_HAS_ENTITIES)),
        (archive(**{"xl/a": b"\0" * 60_000_000}), problem(Code.FILE_UNPACKS_TOO_BIG)),
        (archive(**{"xl/a": b"\0" * 4_000_000}), problem(Code.FILE_UNPACKS_TOO_BIG)),
        (
            archive(**{f"xl/{number}": b"" for number in range(MOST_PARTS)}),
            problem(Code.FILE_UNPACKS_TOO_BIG),
        ),
        (
            archive(packed=False, **{SHEET: b"<c />" * 600_000}),
            problem(Code.TOO_MANY_CELLS, limit="500000"),
        ),
        (
            changed(b'<row r="2"', b'<row r="999999999"'),
            (Problem(Code.TOO_MANY_ROWS, sheet="survey", details={"limit": "2000"}),),
        ),
        (
            changed(b'r="C1"', b'r="XFD1"'),
            (Problem(Code.TOO_MANY_COLUMNS, sheet="survey", details={"limit": "200"}),),
        ),
        (changed(b'r="C1"', b'r="ZZZZ1"'), problem(Code.FILE_DAMAGED)),
        (archive(**{SHEET: b"<a>" * 1_000_000}), problem(Code.FILE_UNPACKS_TOO_BIG)),
        (archive(**{SHEET: b"<a>" * 10_000}), problem(Code.FILE_DAMAGED)),
        (compound(Workbook=b"\x09\x08" * 2_000), problem(Code.FILE_DAMAGED)),
        (xls(survey=ROWS)[:1000], problem(Code.FILE_DAMAGED)),
    ],
)
def test_a_dangerous_spreadsheet_is_refused(content: bytes, expected: tuple[Problem, ...]) -> None:
    assert refusal(content) == expected


def test_what_stands_inside_a_spreadsheet_is_not_opened() -> None:
    assert isinstance(
        convert_trusted(archive(**{"xl/embeddings/a.zip": GOOD}), "a.xlsx"), Converted
    )


@pytest.mark.parametrize(
    ("content", "filename", "expected"),
    [
        (b"survey\n,type\0\n", "a.csv", problem(Code.FILE_OF_ANOTHER_KIND, kind="")),
        (
            b"survey\n,type" + b"," * 4_900_000 + b"x\n",
            "a.csv",
            (Problem(Code.TOO_MANY_COLUMNS, sheet="survey", details={"limit": "200"}),),
        ),
        (
            b'survey\n,"' + b"a" * 4_000_000,
            "a.csv",
            (Problem(Code.CELL_TOO_LONG, row=2, details={"limit": "32767"}),),
        ),
        (
            b"survey\n,type\n" + b",text\n" * 600_000,
            "a.csv",
            (Problem(Code.TOO_MANY_ROWS, sheet="survey", details={"limit": "2000"}),),
        ),
        (b"a\n" * 2_400_000, "a.csv", problem(Code.TOO_MANY_SHEETS, limit="50")),
        (b"|" * 4_900_000, "a.md", problem(Code.TOO_MANY_COLUMNS, limit="200")),
        ((b"|" * 390 + b"\n") * 12_000, "a.md", problem(Code.SHEET_MISSING, sheet="survey")),
        (b"| a | b |\n" * 490_000, "a.md", problem(Code.TOO_MANY_SHEETS, limit="50")),
    ],
)
def test_dangerous_text_is_refused(
    content: bytes, filename: str, expected: tuple[Problem, ...]
) -> None:
    assert refusal(content, filename) == expected


def test_importing_forms_does_not_import_the_converter() -> None:
    program = (
        "import sys, bot.forms, bot.forms.xlsform;"
        "print(sorted({'pyxform', 'openpyxl', 'xlrd'} & set(sys.modules)))"
    )
    run = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert run.stdout == "[]\n"


patient = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
PIECES = """
    survey choices settings type name label list_name text note calculate select_one begin_group
    end_group begin_repeat end_repeat select_one_from_file ${a} ${ pulldata('a','b','c',1) yes a b
    a.csv default_language form_id label::English(en) label::Arabic parameters seed=1 randomize=true
    appearance table-list relevant constraint repeat_count trigger default =1 "" ' | # --- \\
"""


@patient
@given(
    rows=st.lists(
        st.lists(st.sampled_from(PIECES.split()) | st.just("") | st.text(max_size=5), max_size=6),
        max_size=8,
    )
)
def test_any_table_is_converted_or_refused(rows: list[list[str]]) -> None:
    text = "| survey |\n| | type | name | label |\n" + "\n".join(
        f"| {' | '.join(row)} |" for row in rows
    )
    for filename, content in (("a.md", text), ("a.csv", text.replace(" | ", ","))):
        with suppress(FormRefused):  # any other error fails the test
            convert_trusted(content.encode("utf-8", "replace"), filename)


@patient
@given(content=st.binary(max_size=300), suffix=st.sampled_from(["xlsx", "xls", "csv", "md", ""]))
def test_any_bytes_are_refused(content: bytes, suffix: str) -> None:
    with pytest.raises(FormRefused):
        convert_trusted(content, f"a.{suffix}")


@patient
@given(data=st.data())
def test_a_file_damaged_anywhere_is_converted_or_refused(data: st.DataObject) -> None:
    parts = {}
    with zipfile.ZipFile(BytesIO(GOOD)) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name])))
    rest = parts[name][at + data.draw(st.integers(0, 40)) :]
    parts[name] = parts[name][:at] + data.draw(st.binary(max_size=8)) + rest
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as damaged:
        for each, content in parts.items():
            damaged.writestr(each, content)
    with suppress(FormRefused):
        convert_trusted(file.getvalue(), "a.xlsx")


OLD = xls(survey=ROWS, settings=[["form_id"], ["x"]])


@patient
@given(at=st.integers(0, len(OLD)), junk=st.binary(max_size=8), cut=st.booleans())
def test_an_old_file_damaged_anywhere_is_converted_or_refused(
    at: int,
    junk: bytes,
    cut: bool,  # noqa: FBT001
) -> None:
    content = OLD[:at] + junk + (b"" if cut else OLD[at + len(junk) :])
    with suppress(FormRefused):
        convert_trusted(content, "a.xls")
