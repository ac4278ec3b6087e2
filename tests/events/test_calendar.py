from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.clock import LONDON
from bot.events.calendar import CalendarTexts, calendar_file
from bot.events.importing import read_events
from bot.events.models import Event, EventKind, EventStatus, Position
from bot.people.boroughs import Boroughs
from tests.events.conftest import NOW, london

EVENT = Event(
    id=7,
    uid="brent-expo",
    kind=EventKind.EXPO,
    title={"en": "Sample expo"},
    starts_at=london("2026-10-24 11:00"),
    ends_at=london("2026-10-25 15:00"),
    position=Position(51.5586, -0.2678),
    online_link="https://example.org/join?a=1,2;3",
    revision=4,
)
TEXTS = CalendarTexts("Sample expo", "One line\nand another", "Sample hall, Brent", "en")


def entry_of(content: bytes) -> Any:
    [entry] = Calendar.from_ical(content).walk("VEVENT")
    return entry


def test_the_file_says_what_the_event_is() -> None:
    entry = entry_of(calendar_file(EVENT, TEXTS, NOW))

    assert {name: entry.decoded(name) for name in ("UID", "SUMMARY", "STATUS", "LOCATION")} == {
        "UID": "brent-expo",
        "SUMMARY": "Sample expo",
        "STATUS": "CONFIRMED",
        "LOCATION": "Sample hall, Brent",
    }
    assert str(entry["DESCRIPTION"]) == "One line\nand another"
    assert entry["SUMMARY"].params["LANGUAGE"] == "en"
    assert entry["SEQUENCE"] == 4
    assert entry["DTSTAMP"].dt == NOW
    assert (entry["GEO"].latitude, entry["GEO"].longitude) == (51.5586, -0.2678)
    assert str(entry["URL"]) == str(entry["CONFERENCE"]) == "https://example.org/join?a=1,2;3"


def test_times_are_those_of_the_wall_on_both_sides_of_the_clock_change() -> None:
    content = calendar_file(EVENT, TEXTS, NOW)
    entry = entry_of(content)

    assert b"DTSTART;TZID=Europe/London:20261024T110000\r\n" in content
    assert b"DTEND;TZID=Europe/London:20261025T150000\r\n" in content
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (EVENT.starts_at, EVENT.ends_at)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 10, 25, 0, 59, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 59, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        datetime(2031, 7, 1, 12, 0, tzinfo=UTC),
    ],
)
def test_the_file_itself_says_when_the_clocks_change(moment: datetime) -> None:
    # Under another name the zone is known from nothing but the file.
    content = calendar_file(EVENT, TEXTS, NOW).replace(b"Europe/London", b"Nowhere/Known")
    zone = Calendar.from_ical(content).walk("VTIMEZONE")[0].to_tz()  # type: ignore[attr-defined]
    assert moment.astimezone(zone).isoformat() == moment.astimezone(LONDON).isoformat()


def test_every_line_is_at_most_75_octets_and_ends_with_crlf() -> None:
    content = calendar_file(EVENT, replace(TEXTS, title="ጤና ቀን 🌍 معرض الصحة " * 12), NOW)

    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut in two
        assert b"\n" not in line


@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("ع ር 🌍\\;,:\"'"),
        min_size=1,
        max_size=150,
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=300),
)
def test_any_text_comes_back_as_it_was(title: str, description: str) -> None:
    content = calendar_file(EVENT, CalendarTexts(title, description), NOW)
    entry = entry_of(content)
    assert str(entry["SUMMARY"]) == title
    assert str(entry.get("DESCRIPTION", "")) == description
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_no_text_can_add_lines_of_its_own() -> None:
    content = calendar_file(
        EVENT, CalendarTexts("A\r\nATTACH:https://example.org/x", "B\nEND:VEVENT"), NOW
    )
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 1
    assert "ATTACH" not in entry_of(content)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (EventStatus.PLANNED, "CONFIRMED"),
        (EventStatus.POSTPONED, "TENTATIVE"),
        (EventStatus.CANCELLED, "CANCELLED"),
    ],
)
def test_the_status_is_told(status: EventStatus, said: str) -> None:
    assert str(entry_of(calendar_file(replace(EVENT, status=status), TEXTS, NOW))["STATUS"]) == said


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(EVENT, position=None, online_link="")
    entry = entry_of(calendar_file(bare, CalendarTexts("Sample expo"), NOW))
    assert not {"GEO", "URL", "CONFERENCE", "LOCATION", "DESCRIPTION"} & set(entry)
    assert "LANGUAGE" not in entry["SUMMARY"].params


def test_our_own_file_can_be_imported_again(tmp_path: Any, boroughs: Boroughs) -> None:
    path = tmp_path / "ours.ics"
    path.write_bytes(calendar_file(EVENT, TEXTS, NOW))
    [draft] = read_events(path, now=NOW, boroughs=boroughs).drafts
    assert (draft.uid, draft.starts_at, draft.ends_at, draft.borough, draft.position) == (
        EVENT.uid,
        EVENT.starts_at,
        EVENT.ends_at,
        "brent",
        EVENT.position,
    )
