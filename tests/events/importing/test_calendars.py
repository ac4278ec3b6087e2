from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.events.importing import Series
from bot.events.importing.limits import HORIZON
from bot.events.models import EventDraft, EventKind, Position
from tests.events.conftest import NOW, london
from tests.events.importing.conftest import Read

Problems = Callable[[str, str | bytes], list[str]]
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


WEEKLY = """
UID:talks
SUMMARY:Sample webinar
DTSTART;TZID=Europe/London:20261006T180000
DTEND;TZID=Europe/London:20261006T190000
SEQUENCE:2
RRULE:FREQ=WEEKLY;"""


def test_a_repeating_event_keeps_its_time_on_the_wall_and_leaves_out_what_is_over(
    read: Read,
) -> None:
    imported = read("a.ics", calendar(WEEKLY + "COUNT=6"))

    assert [(draft.uid, draft.starts_at, draft.sequence) for draft in imported.drafts] == [
        ("talks/20261020T170000Z", london("2026-10-20 18:00"), 2),
        ("talks/20261027T180000Z", london("2026-10-27 18:00"), 2),
        ("talks/20261103T180000Z", london("2026-11-03 18:00"), 2),
        ("talks/20261110T180000Z", london("2026-11-10 18:00"), 2),
    ]
    assert imported.series == (Series("talks", END, 2),)


@pytest.mark.parametrize(
    ("rest", "days"),
    [
        ("UNTIL=20261027T180000Z", ["10-20", "10-27"]),
        ("UNTIL=20261027", ["10-20", "10-27"]),
        ("UNTIL=20261027T175959Z", ["10-20"]),
        ("COUNT=4\nEXDATE;TZID=Europe/London:20261020T180000", ["10-27"]),
        ("COUNT=4\nEXDATE;TZID=Europe/London:20261020T180000,20261027T180000", []),
        ("COUNT=3\nRDATE;TZID=Europe/London:20261105T180000", ["10-20", "11-05"]),
        ("COUNT=4;BYDAY=TU,TH", ["10-15"]),
        ("INTERVAL=2;COUNT=3", ["10-20", "11-03"]),
    ],
)
def test_rules_and_their_exceptions_are_followed(read: Read, rest: str, days: list[str]) -> None:
    drafts = read("a.ics", calendar(WEEKLY + rest)).drafts
    assert [f"{draft.starts_at:%m-%d}" for draft in drafts] == days


def test_one_date_can_be_moved_renamed_or_called_off(read: Read) -> None:
    imported = read(
        "a.ics",
        calendar(
            WEEKLY + "COUNT=6",
            "UID:talks\nRECURRENCE-ID;TZID=Europe/London:20261027T180000\nSUMMARY:Sample webinar "
            "at noon\nSEQUENCE:3\nDTSTART:20261028T120000Z\nDTEND:20261028T130000Z",
            "UID:talks\nRECURRENCE-ID:20261103T180000Z\nSUMMARY:Sample webinar\nSTATUS:CANCELLED\n"
            "DTSTART:20261103T180000Z\nDTEND:20261103T190000Z",
        ),
    )

    assert [
        (draft.uid, draft.starts_at, draft.title["en"], draft.status.value, draft.sequence)
        for draft in imported.drafts
    ] == [
        ("talks/20261020T170000Z", london("2026-10-20 18:00"), "Sample webinar", "planned", 2),
        (
            "talks/20261027T180000Z",
            london("2026-10-28 12:00"),
            "Sample webinar at noon",
            "planned",
            3,
        ),
        ("talks/20261103T180000Z", london("2026-11-03 18:00"), "Sample webinar", "cancelled", 2),
        ("talks/20261110T180000Z", london("2026-11-10 18:00"), "Sample webinar", "planned", 2),
    ]
    assert imported.series == (Series("talks", END, 3),)


def test_days_repeat_as_days(read: Read) -> None:
    event = (
        "UID:day\nSUMMARY:Sample health day\nDTSTART;VALUE=DATE:20261017\nRRULE:FREQ=WEEKLY;COUNT=3"
    )
    drafts = read("a.ics", calendar(event)).drafts
    assert [(draft.uid, draft.starts_at, draft.ends_at) for draft in drafts] == [
        ("day/20261017", london("2026-10-17 00:00"), london("2026-10-18 00:00")),
        ("day/20261024", london("2026-10-24 00:00"), london("2026-10-25 00:00")),
        ("day/20261031", london("2026-10-31 00:00"), london("2026-11-01 00:00")),
    ]


def test_what_repeats_for_ever_is_taken_18_months_ahead(read: Read) -> None:
    drafts = read("a.ics", calendar(WEEKLY + "INTERVAL=4")).drafts
    assert drafts[-1].starts_at <= END < drafts[-1].starts_at + timedelta(weeks=4)


def test_of_very_many_dates_the_next_200_are_taken(read: Read) -> None:
    daily = WEEKLY.replace("WEEKLY", "DAILY")
    imported = read("a.ics", calendar(daily + "INTERVAL=1"))

    assert len(imported.drafts) == 200
    assert imported.drafts[0].starts_at == london("2026-10-14 18:00")
    assert imported.series == (Series("talks", imported.drafts[-1].starts_at, 2),)
    assert imported.notes == ("Line 4 (UID talks): only its next 200 dates were taken.",)


def test_a_repeating_event_that_is_over_gives_nothing_but_a_note(read: Read) -> None:
    imported = read("a.ics", calendar(WEEKLY.replace("2026", "2012") + "COUNT=5"))
    assert imported.drafts == ()
    assert imported.notes == (
        "Line 4 (UID talks): all dates of this event are over; none was taken.",
    )


@pytest.mark.parametrize(
    ("content", "drafts", "series"),
    [
        (calendar(EXPO + "STATUS:CANCELLED"), [("expo@example.org", "cancelled")], ()),
        (calendar(EXPO, head="METHOD:CANCEL\n"), [("expo@example.org", "cancelled")], ()),
        (calendar("UID:a\nSEQUENCE:4", head="METHOD:CANCEL\n"), [], (Series("a", END, 4),)),
        (
            calendar("UID:a\nRECURRENCE-ID:20261020T170000Z", head="METHOD:CANCEL\n"),
            [],
            (Series("a/20261020T170000Z", END, 0),),
        ),
    ],
)
def test_what_is_called_off_is_called_off(
    read: Read, content: str, drafts: list[tuple[str, str]], series: tuple[Series, ...]
) -> None:
    imported = read("a.ics", content)
    assert [(draft.uid, draft.status.value) for draft in imported.drafts] == drafts
    if series:
        assert imported.series == series


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


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (calendar("SUMMARY:A\nDTSTART:20261017T100000Z"), "Line 4: this event has no UID"),
        (calendar("UID:a\nSUMMARY:A"), "Line 4 (UID a): this event does not say when it starts"),
        (calendar("UID:a\nDTSTART:20261017T100000Z"), "Line 4 (UID a): this event has no title"),
        (calendar("UID:a\nSUMMARY:A\nDTSTART:soon"), "Line 4 (UID a): DTSTART cannot be read."),
        (
            calendar("UID:a\nSUMMARY:A\nDTSTART;TZID=Nowhere:20261017T100000"),
            "Line 4 (UID a): nobody knows the time zone “Nowhere” of DTSTART.",
        ),
        (
            calendar("UID:a\nSUMMARY:A\nDTSTART:20261017T100000Z\nDTEND:20261017T090000Z"),
            "Line 4 (UID a): this event ends before it starts.",
        ),
        (
            calendar("UID:a\nSUMMARY:A\nDTSTART:00010101T100000Z"),
            "Line 4 (UID a): DTSTART is in the year 1.",
        ),
        (
            calendar(EXPO + "RRULE:FREQ=SECONDLY"),
            "Line 10: this repeats more often than once a day",
        ),
        (
            calendar(EXPO + "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
            "Line 4 (UID expo@example.org): This event repeats by a rule that never comes true.",
        ),
        (
            calendar(EXPO + "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3,4,5"),
            "Line 4 (UID expo@example.org): This event repeats by a rule that is not understood",
        ),
        (calendar(EXPO + "RRULE:FREQ=SOMETIMES"), "Line 4 (UID expo@example.org): RRULE cannot be"),
        (calendar(), "The calendar holds no events."),
        ("BEGIN:VEVENT\nUID:a\nEND:VEVENT\n", "Line 1: this event does not stand inside a calend"),
        ("hello", "Line 1: this is no calendar"),
        ('{"a": 1}', "Line 1: this is no calendar"),
        (calendar(EXPO)[:-30], "The file stops inside VEVENT: its end is missing."),
        (calendar(EXPO) + "END:VCALENDAR", "Line 12: this is no calendar"),
        (calendar("BEGIN:VALARM\nEND:VEVENT"), "Line 6: “END:VEVENT” ends nothing."),
        (calendar(EXPO).encode("utf-16"), "Line 1: the letters cannot be read"),
        (calendar(EXPO.replace("Sample", "Café")).encode("cp1252"), "Line 9: the letters cannot"),
        (calendar("BEGIN:X\n" * 9 + "END:X\n" * 9), "Line 9: too many parts inside each other."),
        (calendar(EXPO + "X-LONG:" + "x" * 200_001), "Line 10 is far too long."),
        (calendar(*["UID:a"] * 5001), "The file has 5,001 events; 5,000 fit."),
    ],
)
def test_what_is_wrong_is_said_with_line_and_uid(
    problems: Problems, content: str | bytes, said: str
) -> None:
    assert problems("a.ics", content)[0].startswith(said)


def test_everything_wrong_is_said_at_once_and_nothing_is_taken(problems: Problems) -> None:
    said = problems("a.ics", calendar(EXPO, "SUMMARY:B", "UID:c\nDTSTART:20261017T100000Z"))
    assert [problem.split(":")[0] for problem in said] == ["Line 11", "Line 14 (UID c)"]
