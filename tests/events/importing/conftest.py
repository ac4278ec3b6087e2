from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import ImportRefused
from bot.events.importing import ImportedFile, read_events
from bot.events.importing.limits import HORIZON
from bot.people.boroughs import Boroughs
from tests.events.conftest import NOW

Read = Callable[[str, str | bytes], ImportedFile]
Said = Callable[[str, str | bytes], list[str]]

HEAD = "uid,kind,title,date,start,end,venue"
ROW = "expo,expo,Sample expo,17/10/2026,11am,4pm,Sample hall"


def table(*rows: str, head: str = HEAD) -> str:
    """A table as text, with its headings."""
    return "\n".join([head, *rows]) + "\n"


END = NOW + HORIZON


def calendar(*events: str, head: str = "", tail: str = "") -> str:
    """A calendar file; an event is its lines, without BEGIN and END."""
    blocks = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n{head}{blocks}{tail}END:VCALENDAR\n"
    return text.replace("\n", "\r\n")


EXPO = """
UID:expo@example.org
DTSTAMP:20260901T120000Z
DTSTART;TZID=Europe/London:20261017T110000
DTEND;TZID=Europe/London:20261017T160000
SUMMARY:Sample health expo
"""


@pytest.fixture
def read(tmp_path: Path, boroughs: Boroughs) -> Read:
    """Write a file of this name and content and read the events in it."""

    def written_and_read(name: str, content: str | bytes) -> ImportedFile:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_events(path, now=NOW, boroughs=boroughs)

    return written_and_read


@pytest.fixture
def problems(read: Read) -> Said:
    """What is said against a file; a file that is taken fails the test."""

    def said(name: str, content: str | bytes) -> list[str]:
        with pytest.raises(ImportRefused) as refusal:
            read(name, content)
        return refusal.value.problems

    return said
