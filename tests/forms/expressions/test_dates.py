"""Dates and times: values from the OpenRosa specification and the calendar.

1 January 2026 is day 20,454: 56 years of 365 days and 14 leap days. 29 March is the 88th day of
the year, so day 20,541. 15 June 1991 is day 7,835: 21 years, 5 leap days, and 165 days.
"""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.forms.expressions import Scene, compile_expression
from tests.forms.expressions.world import LONDON, text, tree_of

DATES = {
    "today()": "2026-03-29",
    "now()": "2026-03-29T14:05:09.007+01:00",
    "number('1970-01-01')": "0",
    "number('1970-01-02')": "1",
    "number('1969-12-31')": "-1",
    "number('2026-03-29')": "20541",
    "number(today())": "20541",
    "number('1970-01-01T12:00:00.000Z')": "0.5",
    "number('1970-01-01T12:00:00.000+06:00')": "0.25",
    "number('1970-01-02T00:00:00.000+00:00')": "1",
    "number('2026-02-30')": "NaN",
    "number('29/03/2026')": "NaN",
    "number('2026-13-01')": "NaN",
    "number('12:00')": "NaN",
    "today() + 1": "20542",
    "date(today() + 1)": "2026-03-30",
    "date(today() - 29)": "2026-02-28",
    "today() - /data/dob": "12706",
    "int((today() - /data/dob) div 365.25)": "34",
    "/data/dob < '2000-01-01'": "true",
    "/data/dob < today()": "true",
    "/data/dob >= '1991-06-15'": "true",
    "/data/dob = '1991-06-15'": "true",
    "/data/dob = 7835": "true",
    "today() = '2026-03-29'": "true",
    "today() > '2026-03-29'": "false",
    "today() >= '2026-03-29'": "true",
    "'2026-03-29' <= now()": "true",
    "'2026-03-30' > now()": "true",
    "/data/seen <= now()": "true",
    "/data/seen = now()": "true",
    "'2026-03-29T13:05:09.007Z' >= now()": "true",
    "'2026-03-29T13:05:09.006Z' < now()": "true",
    "date(0)": "1970-01-01",
    "date(20541)": "2026-03-29",
    "date(20541.9)": "2026-03-29",
    "date(-1)": "1969-12-31",
    "date(-1.5)": "1969-12-31",
    "date('2026-03-29')": "2026-03-29",
    "date('2026-3-9')": "2026-03-09",
    "date('2026-03-29T23:30:00.000+01:00')": "2026-03-29",
    "date('2026-03-28T23:30:00.000Z')": "2026-03-28",
    "date('2026-03-29T23:30:00.000Z')": "2026-03-30",
    "date(decimal-date-time('2026-03-29'))": "2026-03-29",
    "date('')": "",
    "date('soon')": "",
    "date(' ')": "",
    "date('2026-02-29')": "",
    "date('2024-02-29')": "2024-02-29",
    "date(1 div 0)": "",
    "date(0 div 0)": "",
    "date(100000000000)": "",
    "date(true())": "",
    "date(/data/nowhere)": "",
    "date-time('2026-03-29T14:05:00.000+01:00')": "2026-03-29T14:05:00.000+01:00",
    "date-time('2026-03-29T13:05:00Z')": "2026-03-29T14:05:00.000+01:00",
    "date-time('2026-01-05T13:05')": "2026-01-05T13:05:00.000+00:00",
    "date-time('2026-06-01')": "2026-06-01T00:00:00.000+01:00",
    "date-time(20541.5)": "2026-03-29T13:00:00.000+01:00",
    "date-time('x')": "",
    "decimal-date-time('1970-01-03')": "2",
    "decimal-date-time('1970-01-01T06:00:00.000Z')": "0.25",
    "decimal-date-time(3.5)": "3.5",
    "decimal-date-time('')": "NaN",
    "decimal-time('12:00')": "0.5",
    "decimal-time('18:00:00.000+01:00')": "0.75",
    "decimal-time(/data/woke)": "0.25",
    "decimal-time('00:00:00')": "0",
    "decimal-time('2026-03-29T05:00:00.000Z')": "0.25",
    "decimal-time('25:00')": "NaN",
    "decimal-time('noon')": "NaN",
    "decimal-time('')": "NaN",
    "decimal-time(1.5)": "0.5",
}
FORMATS = {
    "format-date('2026-03-09', '%Y')": "2026",
    "format-date('2026-03-09', '%y')": "26",
    "format-date('2026-03-09', '%m')": "03",
    "format-date('2026-03-09', '%n')": "3",
    "format-date('2026-03-09', '%b')": "Mar",
    "format-date('2026-09-09', '%b')": "Sep",
    "format-date('2026-03-09', '%d')": "09",
    "format-date('2026-03-09', '%e')": "9",
    "format-date('2026-03-09', '%a')": "Mon",
    "format-date('2026-03-29', '%a')": "Sun",
    "format-date('2026-03-09', '%A %e %B')": "Monday 9 March",
    "format-date('2026-03-09', '%d/%m/%Y')": "09/03/2026",
    "format-date('2026-03-09', '%%')": "%",
    "format-date('2026-03-09', 'day')": "day",
    "format-date('0999-03-09', '%Y')": "0999",
    "format-date(20541, '%Y-%m-%d')": "2026-03-29",
    "format-date(today() + 7, '%e %b')": "5 Apr",
    "format-date('2026-03-29T23:30:00.000Z', '%e')": "30",
    "format-date(/data/dob, '%d.%m.%y')": "15.06.91",
    "format-date('', '%Y')": "",
    "format-date('soon', '%Y')": "",
    "format-date(/data/nowhere, '%Y')": "",
    "format-date(0 div 0, '%Y')": "",
    "format-date-time('2026-03-29T14:05:09.007+01:00', '%H:%M:%S.%3')": "14:05:09.007",
    "format-date-time('2026-03-29T04:05:09.007+01:00', '%H')": "04",
    "format-date-time('2026-03-29T04:05:09.007+01:00', '%h')": "4",
    "format-date-time('2026-03-29T13:05:09Z', '%e %b %Y %H:%M')": "29 Mar 2026 14:05",
    "format-date-time('2026-03-29', '%H:%M')": "00:00",
    "format-date-time(/data/seen, '%a %H:%M')": "Sun 14:05",
    "format-date-time('', '%H')": "",
    "format-date-time('14:05', '%H:%M')": "14:05",
    "format-date-time('04:05:09.000+01:00', '%h %M%%')": "4 05%",
    "format-date-time('14:05', '%Y %H:%M')": "",
    "format-date('14:05', '%e')": "",
}


@pytest.mark.parametrize(("expression", "expected"), (DATES | FORMATS).items())
def test_dates(expression: str, expected: str) -> None:
    assert text(expression) == expected


def evaluated(expression: str, **circumstances: object) -> str:
    tree = tree_of("<data><day>2026-06-02</day></data>")
    world = Scene(tree, tree[0], **circumstances)  # type: ignore[arg-type]
    return compile_expression(expression, "/data/day").text(world)


def test_half_past_midnight_in_summer_is_today_already() -> None:
    """It is still yesterday in UTC, where number() counts days."""
    now = datetime(2026, 6, 2, 0, 30, tzinfo=LONDON)
    assert evaluated("today()", now=now) == "2026-06-02"
    assert evaluated(". <= now()", now=now) == "true"
    assert evaluated("now() >= .", now=now) == "true"
    assert evaluated(". = today()", now=now) == "true"
    assert evaluated(". > now()", now=now) == "false"
    assert evaluated(". <= now()", now=now - timedelta(minutes=31)) == "false"


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, "2026-06-01"), (3, "2026-06-02"), (-5, "2026-06-01")]
)
def test_today_is_that_of_the_form(hours: int, expected: str) -> None:
    zone = timezone(timedelta(hours=hours))
    now = datetime(2026, 6, 1, 22, tzinfo=UTC).astimezone(zone)
    assert evaluated("today()", now=now) == expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en", "Tue 2 Jun"),
        ("fr", "mar. 2 juin"),
        ("so", "Tldo 2 Jun"),
        ("en-GB", "Tue 2 Jun"),
        ("nowhere", "Tue 2 Jun"),
        ("", "Tue 2 Jun"),
    ],
)
def test_names_of_days_and_months_are_in_the_language(locale: str, expected: str) -> None:
    now = datetime(2026, 6, 2, 12, tzinfo=LONDON)
    assert evaluated("format-date(., '%a %e %b')", now=now, locale=locale) == expected
