import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.config import HOME
from bot.errors import ContentProblem
from bot.people.content import Content

FILES = ("organisation.yaml", "boroughs.yaml", "outcodes.csv", "crisis.yaml", "crisis_words.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(HOME / "content" / name, tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_content_that_ships_is_a_sample_that_nobody_has_checked() -> None:
    content = Content.read(HOME / "content")
    assert content.organisation.sample
    assert content.organisation.name == "Sample organisation"
    assert content.problems()[0] == (
        "organisation.yaml: this is the sample. Write who you are, then set sample to false."
    )
    assert len(content.problems()) == 1 + 4 + 13 + 4


def test_content_that_was_checked_has_no_problems(folder: Path) -> None:
    for name in ("organisation.yaml", "crisis.yaml"):
        edit(folder / name, "reviewed: []", "reviewed: [en, so, ar, fr]")
    edit(folder / "organisation.yaml", "sample: true", "sample: false")
    crisis = folder / "crisis.yaml"
    crisis.write_text(crisis.read_text().replace(": null", ": 2026-10-17"))
    assert Content.read(folder).problems(date(2026, 11, 23)) == ()


def test_mistakes_in_all_files_are_named_together(folder: Path) -> None:
    edit(folder / "organisation.yaml", "email: privacy@example.org", "email: privacy")
    edit(folder / "organisation.yaml", "bookings: 90 ", "bookings: for ever")
    edit(folder / "organisation.yaml", "https://example.org", "example.org")
    edit(folder / "crisis.yaml", "region: uk", "land: uk")
    (folder / "outcodes.csv").unlink()
    with pytest.raises(ContentProblem) as refused:
        Content.read(folder)
    assert str(refused.value).splitlines() == [
        "organisation.yaml, email: must be an email address",
        "organisation.yaml, website: must be an address that starts with https://",
        "organisation.yaml, keep_days, bookings: must be a whole number",
        "outcodes.csv: the file is missing from the content folder, or cannot be read",
        "crisis.yaml, lines, number 1, region: is missing",
        "crisis.yaml, lines, number 1, land: is not a name this file knows; check the spelling",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "organisation.yaml: the file must begin with a name and a colon"),
        (b"- a", "organisation.yaml: the file must begin with a name and a colon"),
        (b"a: [", "organisation.yaml, line 1: "),
        (b"a: 'b", "organisation.yaml, line 1: "),
        (b"\xff\xfe", "organisation.yaml: save it as UTF-8 text"),
        (b"[" * 10_000, "organisation.yaml: this is not readable as YAML"),
        (b"[" * 1_000_000, "organisation.yaml: this is not readable as YAML"),
        (b"- " * 499_000, "organisation.yaml: this is not readable as YAML"),
        (b"a: !!python/object:os.system x", "organisation.yaml, line 1: "),
        (b"#" * 1_000_001, "organisation.yaml: the file is too large"),
    ],
    ids=[
        "empty",
        "list",
        "open list",
        "open quote",
        "utf-16",
        "deep",
        "very deep",
        "lists in lists",
        "python",
        "large",
    ],
)
def test_a_file_that_is_no_such_file_is_refused(folder: Path, text: bytes, said: str) -> None:
    (folder / "organisation.yaml").write_bytes(text)
    with pytest.raises(ContentProblem) as refused:
        Content.read(folder)
    assert str(refused.value).startswith(said)
