"""Whatever a file holds, it is read or refused with a sentence, within seconds."""

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import ImportRefused
from bot.events.importing import limits, read_events
from bot.people.boroughs import Boroughs
from tests.events.conftest import NOW, SAMPLES
from tests.events.importing.conftest import EXPO, Read, calendar
from tests.events.importing.test_spreadsheets import HEAD, ROW, workbook

patient = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
SPREADSHEET = workbook(Sheet1=[HEAD, ROW])
PIECES = """
BEGIN:VCALENDAR END:VCALENDAR BEGIN:VEVENT END:VEVENT BEGIN:VTIMEZONE END:VTIMEZONE
BEGIN:STANDARD END:STANDARD TZID:X TZOFFSETFROM:+0100 TZOFFSETTO:+9999 UID:a UID:b UID:
SUMMARY:A DTSTART:20261017T100000Z DTSTART;TZID=X:20261017T100000
DTSTART;VALUE=DATE:20261017 DTEND:20261017T110000Z DURATION:PT1H DURATION:-P1D
DURATION:P99999999D RECURRENCE-ID:20261017T100000Z
RECURRENCE-ID;RANGE=THISANDFUTURE:20261020T100000Z RRULE:FREQ=DAILY
RRULE:FREQ=WEEKLY;COUNT=0 RRULE:FREQ=MONTHLY;BYDAY=-1FR RRULE:FREQ=YEARLY;UNTIL=1
RRULE:FREQ=DAILY;INTERVAL=0 RRULE:FREQ=WEEKLY;COUNT=3;UNTIL=20261101 RRULE:COUNT=3
RDATE:20261101T100000Z RDATE;VALUE=PERIOD:20261101T100000Z/PT1H EXDATE:20261017T100000Z
EXDATE;VALUE=DATE:20261018 SEQUENCE:1 SEQUENCE:-1 GEO:1;2 GEO:nan;inf STATUS:CANCELLED
METHOD:CANCEL CATEGORIES:a,b CONFERENCE:tel:1 URL:https://example.org/a LOCATION:HA9 :x ;
"""
LINES = st.sampled_from(PIECES.split())


@patient
@given(lines=st.lists(LINES, max_size=14))
def test_any_lines_of_an_event_are_read_or_refused(read: Read, lines: list[str]) -> None:
    with suppress(ImportRefused):  # any other error fails the test
        for draft in read("a.ics", calendar("\n".join(["UID:u", "SUMMARY:S", *lines]))).drafts:
            assert draft.ends_at > draft.starts_at


@patient
@given(lines=st.lists(LINES, max_size=14))
def test_any_lines_of_a_calendar_are_read_or_refused(read: Read, lines: list[str]) -> None:
    with suppress(ImportRefused):
        read("a.ics", "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]))


@patient
@given(
    rows=st.lists(
        st.lists(
            st.sampled_from(
                ["uid", "kind", "title", "date", "event", "a", "expo", "=1", "17/10/2026", "2pm"]
            )
            | st.text(max_size=12),
            max_size=8,
        ),
        max_size=5,
    ),
    delimiter=st.sampled_from(",;\t"),
)
def test_any_table_is_read_or_refused(read: Read, rows: list[list[str]], delimiter: str) -> None:
    with suppress(ImportRefused):
        read("a.csv", "\n".join(delimiter.join(row) for row in rows))


@patient
@given(content=st.binary(max_size=200), suffix=st.sampled_from(["ics", "csv", "xlsx", "", "xls"]))
def test_any_bytes_are_refused(read: Read, content: bytes, suffix: str) -> None:
    with suppress(ImportRefused):
        read(f"a.{suffix}", content)


@patient
@given(data=st.data())
def test_a_spreadsheet_damaged_anywhere_is_read_or_refused(read: Read, data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(SPREADSHEET)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name])))
    length = data.draw(st.integers(0, 40))
    parts[name] = parts[name][:at] + data.draw(st.binary(max_size=8)) + parts[name][at + length :]
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    with suppress(ImportRefused):
        read("a.xlsx", file.getvalue())


MANY = limits.ICS_SERIES + 100  # each beyond the first few costs its reading alone
REPEATING = EXPO.replace("2026", "1971") + "RRULE:FREQ=%s\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        calendar(*(REPEATING.replace("expo@", f"{n}@") % "DAILY" for n in range(MANY))),
        calendar(
            *(
                REPEATING.replace("1971", "2026").replace("expo@", f"{n}@")
                % "DAILY;INTERVAL=7;BYDAY=MO,SU"
                for n in range(MANY)
            )
        ),
        calendar(
            *(
                EXPO.replace("expo@", f"{n}@") + "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n"
                for n in range(MANY)
            )
        ),
        calendar(EXPO + "EXDATE:20261017T100000Z\n" * 40_000),
        calendar(*[EXPO.replace("expo@", f"{n}@") for n in range(5000)]),
        "BEGIN:VCALENDAR\r\n" + "BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\n" * 50_000,
        "BEGIN:VCALENDAR\r\n" * 200_000,
        "BEGIN:VCALENDAR\r\nX:" + "\r\n x" * 1_000_000,
    ],
)
def test_a_calendar_costs_seconds_at_most(read: Read, content: str) -> None:
    began = process_time()
    with suppress(ImportRefused):
        read("a.ics", content)
    assert process_time() - began < 20


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*")) if SAMPLES.is_dir() else [])
def test_a_sample_from_elsewhere_is_read_or_refused_with_a_reason(
    path: Path, boroughs: Boroughs
) -> None:
    try:
        imported = read_events(path, now=NOW, boroughs=boroughs)
    except ImportRefused as refusal:
        said = refusal.problems
    else:
        said = [draft.title["en"] for draft in imported.drafts]
    assert said
    assert all(said)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the files from elsewhere are not here")
def test_a_time_in_the_gap_of_a_zone_of_its_own_is_read_right(boroughs: Boroughs) -> None:
    path = SAMPLES / "ical_issue_722_timezone_transition_ambiguity.ics"
    drafts = read_events(path, now=NOW, boroughs=boroughs).drafts
    assert [f"{draft.starts_at:%Y-%m-%d %H:%M:%S}" for draft in drafts] == [
        "2024-03-02 20:00:00",
        "2024-08-02 22:00:00",
        "2024-05-04 22:00:01",
        "2024-05-04 19:00:01",
    ]
