"""Whatever an author sends, it is answered for within seconds and little memory."""

import sys
from pathlib import Path

import pytest

from bot.forms.xlsform import Code, limits
from bot.forms.xlsform.isolation import environment
from bot.surveys import reading_apart
from bot.surveys.findings import Finding
from bot.surveys.media import Flaw
from bot.surveys.reading_apart import read_apart
from tests.forms.xlsform.sheets import form, xlsx

HEAD = "type | name | label"
GOOD = xlsx(survey=[["type", "name", "label"], ["text", "a", "A"]])
# One form that keeps pyxform busy for longer than it may be: very many references.
BUSY = form(
    HEAD, "text | a | A", *(f"note | n{number} | {'${a} ' * 6_000}" for number in range(150))
)

pytestmark = pytest.mark.timeout(60)


async def said_of(content: bytes, filename: str = "a.md") -> list[str]:
    """What is wrong with a file."""
    return [each.code for each in (await read_apart(content, filename)).findings]


@pytest.mark.parametrize(
    "content",
    [
        form(HEAD, *(f"text | a{number} | {'${' * 8_000}" for number in range(200))),
        form(f"{HEAD} | relevant", *(f"text | a{n} | A | {'(' * 20_000}" for n in range(200))),
        form(HEAD, *(f"tixt{n} | {'n' * 50}{n} | ${{{'m' * 50}{n}}}" for n in range(1_900))),
        form(HEAD, *(f"begin_group | g{number} | G" for number in range(1_900))),
    ],
)
async def test_a_strange_form_is_answered_for(content: bytes) -> None:
    assert await said_of(content) != []


async def test_a_form_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_apart, "CPU_SECONDS", 1)
    assert await said_of(BUSY) == [Code.TOO_HEAVY]


async def test_a_form_that_does_not_come_back_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_apart, "WALL_SECONDS", 0.5)
    assert await said_of(BUSY) == [Code.TOO_HEAVY]


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit memory")
async def test_a_form_that_needs_too_much_memory_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MEMORY_BYTES", 150_000_000)
    assert await said_of(b"survey\n,type\n" + b",text\n" * 600_000, "a.csv") == [Code.TOO_HEAVY]


async def test_a_result_that_is_too_big_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_apart, "ANSWER_BYTES", 100)
    assert await said_of(form(HEAD, "text | a | A")) == [Code.TOO_HEAVY]


async def test_files_beside_a_form_are_read_with_it() -> None:
    content = form(f"{HEAD} | image", "select_one_from_file a.csv | a | A | a.png")
    reading = await read_apart(content, "a.md", {"a.csv": b"name;label\nx;X\n", "a.png": b"no"})
    assert [each for each in reading.findings if each.is_error] == [
        Finding(Flaw.NOT_WHAT_IT_SAYS, True, "survey", 3, "image", {"file": "a.png"})
    ]


async def test_the_child_sees_no_secrets_and_leaves_no_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("BAOBAB_TOKEN", "123:secret")
    assert "BAOBAB_TOKEN" not in environment()
    assert await said_of(GOOD, "a.xlsx") == []
    assert list(tmp_path.iterdir()) == []
