from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import ImportRefused
from bot.events.importing import ImportedFile, read_events
from bot.people.boroughs import Boroughs
from tests.events.conftest import NOW

Read = Callable[[str, str | bytes], ImportedFile]


@pytest.fixture
def read(tmp_path: Path, boroughs: Boroughs) -> Read:
    """Write a file of this name and content and read the events in it."""

    def written_and_read(name: str, content: str | bytes) -> ImportedFile:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_events(path, now=NOW, boroughs=boroughs)

    return written_and_read


@pytest.fixture
def problems(read: Read) -> Callable[[str, str | bytes], list[str]]:
    """What is said against a file; a file that is taken fails the test."""

    def said(name: str, content: str | bytes) -> list[str]:
        with pytest.raises(ImportRefused) as refusal:
            read(name, content)
        return refusal.value.problems

    return said
