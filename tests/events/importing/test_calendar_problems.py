import pytest

from tests.events.importing.conftest import EXPO, Said, calendar


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
        *(
            (
                calendar(f"UID:a\nSUMMARY:A\nDTSTART:20261017T100000Z\nDURATION:{lasts}"),
                "Line 4 (UID a): its DURATION is impossible.",
            )
            for lasts in ("P99999999D", "-P99999999D", "PT99999999H")
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
    problems: Said, content: str | bytes, said: str
) -> None:
    assert problems("a.ics", content)[0].startswith(said)


def test_everything_wrong_is_said_at_once_and_nothing_is_taken(problems: Said) -> None:
    said = problems("a.ics", calendar(EXPO, "SUMMARY:B", "UID:c\nDTSTART:20261017T100000Z"))
    assert [problem.split(":")[0] for problem in said] == ["Line 11", "Line 14 (UID c)"]
