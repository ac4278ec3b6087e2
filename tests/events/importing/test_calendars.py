from datetime import UTC, datetime, timedelta

import pytest

from bot.events.importing import Series
from bot.events.models import EventDraft, EventKind, Position
from tests.events.conftest import london
from tests.events.importing.conftest import END, EXPO, Read, calendar


def one(read: Read, *lines: str, base: str = EXPO) -> EventDraft:
    [draft] = read("a.ics", calendar(base + "\n".join(lines))).drafts
    return draft


def test_an_event_is_read_whole(read: Read) -> None:
    imported = read(
        "council.ics",
        calendar(
            EXPO
            + r"""
SEQUENCE:3
DESCRIPTION:One\, two\; three\nAnd a line that is folded in
  the middle
LOCATION:Sample hall\, Wembley\, HA9 0AA
GEO:51.5586;-0.2678
CATEGORIES:Health expo,Blood pressure
CATEGORIES:diabetes
ORGANIZER;CN="Sample council":mailto:events@example.org
CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+44-20-7946-0000
CONFERENCE;VALUE=URI;FEATURE=CHAT:https://example.org/chat
CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://example.org/join?a=1
URL:https://example.org/about
STATUS:CONFIRMED
"""
        ),
    )

    assert imported.drafts == (
        EventDraft(
            uid="expo@example.org",
            kind=EventKind.EXPO,
            title={"en": "Sample health expo"},
            description={
                "en": "One, two; three\nAnd a line that is folded in the middle\n"
                "https://example.org/about"
            },
            starts_at=london("2026-10-17 11:00"),
            ends_at=london("2026-10-17 16:00"),
            venue="Sample hall, Wembley, HA9 0AA",
            borough="brent",
            outcode="HA9",
            position=Position(51.5586, -0.2678),
            online_link="https://example.org/join?a=1",
            organisation="Sample council",
            topics=("Blood pressure", "diabetes"),
            sequence=3,
        ),
    )
    assert imported.notes == (
        "Line 4 (UID expo@example.org): a way to take part by “tel:” was passed over.",
    )
    assert imported.series == (Series("expo@example.org", END, 3),)


@pytest.mark.parametrize(
    ("lines", "starts_at", "lasts"),
    [
        ("DTSTART:20261017T100000Z\nDTEND:20261017T150000Z", "2026-10-17 11:00", 300),
        ("DTSTART:20261017T110000\nDTEND:20261017T160000", "2026-10-17 11:00", 300),
        ("DTSTART:20261017T100000Z\nDURATION:PT90M", "2026-10-17 11:00", 90),
        ("DTSTART:20261017T100000Z", "2026-10-17 11:00", 60),
        ("DTSTART:20261017T100000Z\nDTEND:20261017T100000Z", "2026-10-17 11:00", 60),
        ("DTSTART;VALUE=DATE:20261017", "2026-10-17 00:00", 24 * 60),
        ("DTSTART;VALUE=DATE:20261017\nDTEND;VALUE=DATE:20261019", "2026-10-17 00:00", 48 * 60),
        # The day the clocks go back has 25 hours.
        ("DTSTART;VALUE=DATE:20261025", "2026-10-25 00:00", 25 * 60),
        # A day of a duration is a day on the wall; minutes are minutes.
        (
            "DTSTART;TZID=Europe/London:20261024T110000\nDURATION:P1D",
            "2026-10-24 11:00",
            25 * 60,
        ),
        ("DTSTART;TZID=Europe/London:20261024T230000\nDURATION:PT180M", "2026-10-24 23:00", 180),
        ("DTSTART;TZID=GMT Standard Time:20261017T110000\nDURATION:PT1H", "2026-10-17 11:00", 60),
        ("DTSTART;TZID=Africa/Lagos:20261017T110000\nDURATION:PT1H", "2026-10-17 11:00", 60),
    ],
)
def test_times_are_read_in_every_way_they_are_written(
    read: Read, lines: str, starts_at: str, lasts: int
) -> None:
    draft = one(read, lines, base="UID:a\nSUMMARY:Sample expo\n")
    assert draft.starts_at == london(starts_at)
    assert draft.ends_at - draft.starts_at == timedelta(minutes=lasts)


def test_a_time_zone_of_the_files_own_is_followed(read: Read) -> None:
    zone = """BEGIN:VTIMEZONE
TZID:Odd/Zone
BEGIN:STANDARD
DTSTART:20200101T000000
TZOFFSETFROM:+0000
TZOFFSETTO:+0330
END:STANDARD
END:VTIMEZONE
"""
    imported = read(
        "a.ics",
        calendar("UID:a\nSUMMARY:Sample expo\nDTSTART;TZID=Odd/Zone:20261017T140000", head=zone),
    )
    assert imported.drafts[0].starts_at == datetime(2026, 10, 17, 10, 30, tzinfo=UTC)


def test_times_without_a_zone_are_in_the_calendars_zone(read: Read) -> None:
    imported = read(
        "a.ics",
        calendar(
            "UID:a\nSUMMARY:Sample expo\nDTSTART:20261017T140000",
            head="X-WR-TIMEZONE:Europe/Paris\n",
        ),
    )
    assert imported.drafts[0].starts_at == london("2026-10-17 13:00")


@pytest.mark.parametrize(
    ("lines", "venue", "link"),
    [
        ("LOCATION:https://example.org/room", "", "https://example.org/room"),
        ("LOCATION:Online\nURL:https://example.org/join", "", "https://example.org/join"),
        ("LOCATION:Sample hall\nURL:https://example.org/about", "Sample hall", ""),
        ("URL:http://example.org/insecure", "", ""),
        ("X-GOOGLE-CONFERENCE:https://example.org/meet", "", "https://example.org/meet"),
        ("CONFERENCE;VALUE=URI:xmpp:room@example.org", "", ""),
    ],
)
def test_only_safe_links_to_take_part_are_offered(
    read: Read, lines: str, venue: str, link: str
) -> None:
    draft = one(read, lines)
    assert (draft.venue, draft.online_link) == (venue, link)


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("CATEGORIES:Listening Circle", EventKind.LISTENING_CIRCLE),
        ("CATEGORIES:diabetes,think-tank", EventKind.THINK_TANK),
        ("SUMMARY:Diabetes webinar", EventKind.WEBINAR),
        ("SUMMARY:Think Tank on trust", EventKind.THINK_TANK),
        ("SUMMARY:Coffee\nURL:https://example.org/join", EventKind.WEBINAR),
        ("SUMMARY:Coffee\nLOCATION:Sample hall", EventKind.EXPO),
    ],
)
def test_the_kind_comes_from_categories_then_title_then_place(
    read: Read, lines: str, kind: EventKind
) -> None:
    base = "UID:a\nDTSTART:20261017T100000Z\nDURATION:PT1H\n"
    base += "" if "SUMMARY" in lines else "SUMMARY:Sample day\n"
    assert one(read, lines, base=base).kind is kind


def test_titles_in_several_languages_are_kept(read: Read) -> None:
    base = EXPO.replace("SUMMARY:", "SUMMARY;LANGUAGE=en-GB:")
    assert one(read, "SUMMARY;LANGUAGE=so:Carwada caafimaadka", base=base).title == {
        "en": "Sample health expo",
        "so": "Carwada caafimaadka",
    }
    assert one(read, base=EXPO.replace("SUMMARY:", "SUMMARY;LANGUAGE=fr:")).title == {
        "en": "Sample health expo",
        "fr": "Sample health expo",
    }


def test_html_that_calendar_programs_write_becomes_text(read: Read) -> None:
    draft = one(
        read, r"DESCRIPTION:<p>Free &amp\; open.</p><ul><li>Checks</li><li>Talks</li></ul>a < b"
    )
    assert draft.description == {"en": "Free & open.\nChecks\nTalks\n\na < b"}


def test_what_is_too_long_is_cut_with_a_note(read: Read) -> None:
    base = EXPO.replace("Sample health expo", "word " * 80)
    imported = read("a.ics", calendar(base + "DESCRIPTION:" + "x" * 4000))
    [draft] = imported.drafts
    assert (len(draft.title["en"]), draft.title["en"][-5:]) == (195, "word…")
    assert len(draft.description["en"]) == 3000
    assert "Line 4 (UID expo@example.org): SUMMARY has 399 characters and was cut to 200." in (
        imported.notes
    )


def test_private_events_are_not_published(read: Read) -> None:
    imported = read("a.ics", calendar(EXPO + "CLASS:PRIVATE"))
    assert imported.drafts == ()
    assert imported.notes == (
        "Line 4 (UID expo@example.org): this event is marked as private and was left out.",
    )


def test_the_latest_of_two_versions_in_one_file_counts(read: Read) -> None:
    imported = read(
        "a.ics",
        calendar(EXPO + "SEQUENCE:5\nLOCATION:New hall", EXPO + "SEQUENCE:4\nLOCATION:Old hall"),
    )
    assert [(draft.venue, draft.sequence) for draft in imported.drafts] == [("New hall", 5)]


@pytest.mark.parametrize("cut", ["\r\n", "\n", "\r"])
def test_any_line_ending_will_do(read: Read, cut: str) -> None:
    content = calendar(EXPO).replace("\r\n", cut)
    assert len(read("a.ics", ("\ufeff" + content).encode()).drafts) == 1
