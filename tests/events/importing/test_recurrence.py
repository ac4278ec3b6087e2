from datetime import timedelta

import pytest

from bot.events.importing import Series
from tests.events.conftest import london
from tests.events.importing.conftest import END, EXPO, Read, calendar

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
