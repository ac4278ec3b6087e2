"""Times of day, and dates with them, typed as people type them. Today is Friday 20 March 2026."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import LONDON
from bot.forms.inputs import Reason
from bot.forms.times import read_moment, read_time

TODAY = date(2026, 3, 20)
FIVE_PAST_TWO = time(14, 5)


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "14:05"),
        ("en", "14.05"),
        ("en", "14 : 05"),
        ("en", "1405"),
        ("en", "14:05:30"),
        ("en", "14:05:30.123"),
        ("en", "1405 hrs"),
        ("en", "at 14:05"),
        ("en", "2:05pm"),
        ("en", "2:05 PM"),
        ("en", "2.05 p.m."),
        ("en", "2:05 in the afternoon"),
        ("en", "14:05 pm"),
        ("en", "14：05"),
        ("en", "٢:٠٥ م"),
        ("so", "14:05"),
        ("so", "saacadda 14:05"),
        ("so", "2:05 GD"),
        ("so", "2:05 galabnimo"),
        ("so", "2:05 pm"),
        ("ar", "١٤:٠٥"),
        ("ar", "\u200f١٤:٠٥\u200f"),
        ("ar", "الساعة ١٤:٠٥"),
        ("ar", "٢:٠٥ م"),
        ("ar", "الساعة ٢:٠٥ مساءً"),
        ("ar", "2:05 بعد الظهر"),
        ("ar", "٢:٠٥ ظهرًا"),
        ("fr", "14:05"),
        ("fr", "14h05"),
        ("fr", "14 h 05"),
        ("fr", "à 14 heures 05"),
        ("fr", "2h05 de l’après-midi"),
        ("fr", "2:05 de l'apres-midi"),
        ("am", "14:05"),
        ("am", "2:05 pm"),
        ("sw", "14:05"),
        ("pt", "2:05 da tarde"),
        ("es", "a las 14:05"),
        ("en", "14h05"),
        ("xx", "2:05pm"),
    ],
)
def test_a_time_is_read_however_it_is_written(language: str, typed: str) -> None:
    assert read_time(typed, language) == FIVE_PAST_TWO


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("en", "2pm", time(14)),
        ("en", "2 p m", time(14)),
        ("en", "12pm", time(12)),
        ("en", "12am", time(0)),
        ("en", "12:30 am", time(0, 30)),
        ("en", "9am", time(9)),
        ("en", "9 in the morning", time(9)),
        ("en", "7 in the evening", time(19)),
        ("en", "11 at night", time(23)),
        ("en", "6 at night", time(18)),
        ("en", "3 at night", time(3)),
        ("en", "12 at night", time(0)),
        ("en", "noon", time(12)),
        ("en", "12 noon", time(12)),
        ("en", "midday", time(12)),
        ("en", "midnight", time(0)),
        ("en", "12 midnight", time(0)),
        ("en", "0:00", time(0)),
        ("en", "2:30", time(2, 30)),
        ("en", "02:30", time(2, 30)),
        ("en", "14", time(14)),
        ("en", "0930", time(9, 30)),
        ("so", "9 subaxnimo", time(9)),
        ("so", "7 habeennimo", time(19)),
        ("so", "8 fiidnimo", time(20)),
        ("so", "12:30 GH", time(0, 30)),
        ("ar", "٩ صباحًا", time(9)),
        ("ar", "٩:٣٠ ص", time(9, 30)),
        ("ar", "١٢:٣٠ م", time(12, 30)),
        ("ar", "٨ مساء", time(20)),
        ("ar", "١١ ليلًا", time(23)),
        ("ar", "منتصف الليل", time(0)),
        ("fr", "14h", time(14)),
        ("fr", "9h du matin", time(9)),
        ("fr", "8h du soir", time(20)),
        ("fr", "midi", time(12)),
        ("fr", "minuit", time(0)),
        ("fr", "2h", time(2)),
        ("es", "7 de la noche", time(19)),
        ("sw", "08:00", time(8)),
    ],
)
def test_words_tell_the_half_of_the_day(language: str, typed: str, read: time) -> None:
    assert read_time(typed, language) == read


@pytest.mark.parametrize(
    ("language", "typed", "why"),
    [
        ("en", "5", Reason.AMBIGUOUS_TIME),
        ("en", "at 12", Reason.AMBIGUOUS_TIME),
        ("en", "2 o'clock", Reason.AMBIGUOUS_TIME),
        ("ar", "الساعة ٩", Reason.AMBIGUOUS_TIME),
        ("so", "saacadda 9", Reason.AMBIGUOUS_TIME),
        ("en", "5 at night", Reason.AMBIGUOUS_TIME),
        ("en", "12 in the morning", Reason.AMBIGUOUS_TIME),
        ("en", "9 in the afternoon", Reason.AMBIGUOUS_TIME),
        ("en", "3 noon", Reason.AMBIGUOUS_TIME),
        ("en", "9 am pm", Reason.AMBIGUOUS_TIME),
        ("sw", "2:00", Reason.AMBIGUOUS_TIME),
        ("sw", "saa 2 usiku", Reason.AMBIGUOUS_TIME),
        ("am", "፪ ሰዓት", Reason.AMBIGUOUS_TIME),
        ("am", "2:30 ጥዋት", Reason.AMBIGUOUS_TIME),
        ("ti", "2:30", Reason.AMBIGUOUS_TIME),
        ("en", "25:00", Reason.IMPOSSIBLE_TIME),
        ("en", "24:00", Reason.IMPOSSIBLE_TIME),
        ("en", "14:60", Reason.IMPOSSIBLE_TIME),
        ("en", "9999", Reason.IMPOSSIBLE_TIME),
        ("en", "14:05 am", Reason.IMPOSSIBLE_TIME),
        ("en", "0:30 pm", Reason.IMPOSSIBLE_TIME),
    ],
)
def test_what_makes_a_time_uncertain_is_said(language: str, typed: str, why: Reason) -> None:
    assert read_time(typed, language) is why


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ":",
        "pm",
        "morning",
        "hello",
        "half past two",
        "1:5",
        "14:05 or 15:05",
        "2pm-4pm",
        "10-12",
        "10/12",
        "10,30",
        "-5:00",
        "1:2:3",
        "140500",
        "29/3/2026 14:05",
        "½ 2",
        "²",
        "👍",
        "noon midnight",
        "\x00",
        "\ud800",
        "\u202e\u200f",
        "9" * 10_000,
        "14:" * 3_000,
        "noon " * 20,
    ],
)
def test_what_is_no_time_is_not_guessed(typed: str) -> None:
    assert read_time(typed) is Reason.NOT_A_TIME


@given(
    st.times().map(lambda moment: time(moment.hour, moment.minute)),
    st.sampled_from(["en", "so", "ar", "fr"]),
    st.sampled_from("0٠۰"),
)
def test_every_time_written_in_several_ways_reads_back_as_itself(
    moment: time, language: str, zero: str
) -> None:
    half = {"so": ("GH", "GD"), "ar": ("ص", "م")}.get(language, ("am", "pm"))[moment.hour >= 12]
    written = (
        f"{moment:%H:%M}",
        f"{moment:%H.%M}",
        f"{moment:%Hh%M}",
        f"{moment:%H%M}",
        f"{moment:%H:%M:%S}",
        f"{moment:%I:%M} {half}",
        f"{int(moment.strftime('%I'))}.{moment:%M}{half}",
    )
    for text in written:
        digits = "".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in text)
        assert read_time(digits, language) == moment, text


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("en", "29/3/2026 14:05", "2026-03-29T14:05+01:00"),
        ("en", "29/3/2026, 2:05 p.m.", "2026-03-29T14:05+01:00"),
        ("en", "29/3/2026 1405", "2026-03-29T14:05+01:00"),
        ("en", "29/3/2026 14", "2026-03-29T14:00+01:00"),
        ("en", "29.3.26 14.05", "2026-03-29T14:05+01:00"),
        ("en", "2026-03-29T14:05", "2026-03-29T14:05+01:00"),
        ("en", "2026-03-29 14:05:00", "2026-03-29T14:05+01:00"),
        ("en", "14:05 29/3/2026", "2026-03-29T14:05+01:00"),
        ("en", "29 March 2026 at 2pm", "2026-03-29T14:00+01:00"),
        ("en", "2pm on Sunday 29 March 2026", "2026-03-29T14:00+01:00"),
        ("en", "Sunday 29 March 14:05", "2026-03-29T14:05+01:00"),
        ("en", "tomorrow at noon", "2026-03-21T12:00+00:00"),
        ("en", "tomorrow 9 in the morning", "2026-03-21T09:00+00:00"),
        ("so", "berri saacadda 2:05 galabnimo", "2026-03-21T14:05+00:00"),
        ("so", "29 Maarso 2026, 14:05", "2026-03-29T14:05+01:00"),
        ("ar", "غدًا الساعة ٢:٠٥ مساءً", "2026-03-21T14:05+00:00"),
        ("ar", "٢٩ مارس ٢٠٢٦، ١٤:٠٥", "2026-03-29T14:05+01:00"),
        ("ar", "٢٩/٣/٢٠٢٦ ٢:٠٥ م", "2026-03-29T14:05+01:00"),
        ("fr", "demain à 14h05", "2026-03-21T14:05+00:00"),
        ("fr", "le 29 mars 2026 à 14 h 05", "2026-03-29T14:05+01:00"),
        ("fr", "29/03/2026 à 2h de l'après-midi", "2026-03-29T14:00+01:00"),
        ("en", "25/10/2026 01:30", "2026-10-25T01:30+01:00"),
    ],
)
def test_a_date_with_a_time_is_read_in_the_persons_zone(
    language: str, typed: str, read: str
) -> None:
    moment = read_moment(typed, language, TODAY)

    assert isinstance(moment, datetime)
    assert moment.isoformat(timespec="minutes") == read


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("29 March 2026", Reason.TIME_MISSING),
        ("14 March 2026", Reason.TIME_MISSING),
        ("tomorrow", Reason.TIME_MISSING),
        ("14:05", Reason.DATE_MISSING),
        ("at 2pm", Reason.DATE_MISSING),
        ("noon", Reason.DATE_MISSING),
        ("29 March 14:05", Reason.YEAR_MISSING),
        ("30 February 2026 14:05", Reason.IMPOSSIBLE_DATE),
        ("Friday 14:05", Reason.AMBIGUOUS_DATE),
        ("29/3/2026 25:00", Reason.IMPOSSIBLE_TIME),
        ("29/3/2026 at 2", Reason.AMBIGUOUS_TIME),
        ("tomorrow at 2", Reason.AMBIGUOUS_TIME),
        ("29/3/2026 01:30", Reason.IMPOSSIBLE_TIME),
        ("29 March", Reason.YEAR_MISSING),
        ("2026", Reason.MONTH_MISSING),
        ("hello", Reason.NOT_A_DATE),
        ("", Reason.NOT_A_DATE),
        ("29 3 2026 14 05", Reason.NOT_A_DATE),
        ("29/3/2026 14:05 15:05", Reason.NOT_A_DATE),
        ("\ud800 \x00", Reason.NOT_A_DATE),
        ("2 " * 60, Reason.NOT_A_DATE),
        ("9 " * 5_000, Reason.NOT_A_DATE),
    ],
)
def test_what_a_date_with_a_time_lacks_is_said(typed: str, why: Reason) -> None:
    assert read_moment(typed, "en", TODAY) is why


def test_the_forms_rules_see_the_whole_moment_when_they_help_with_the_year() -> None:
    now = datetime(2026, 3, 20, 12, tzinfo=LONDON)
    read = read_moment("20/3 14:05", "en", TODAY, fits=lambda moment: moment > now)

    assert read == datetime(2026, 3, 20, 14, 5, tzinfo=LONDON)


def test_a_moment_is_in_the_zone_it_is_asked_in() -> None:
    read = read_moment("29/3/2026 01:30", "en", TODAY, ZoneInfo("Africa/Mogadishu"))

    assert isinstance(read, datetime)
    assert read.isoformat() == "2026-03-29T01:30:00+03:00"


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 23), st.integers(0, 59))
def test_every_moment_that_clocks_show_reads_back_as_itself(
    day: date, hour: int, minute: int
) -> None:
    moment = datetime.combine(day, time(hour, minute), LONDON)
    exists = moment.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None, fold=0)
    skipped = exists != moment.replace(tzinfo=None)
    expected = Reason.IMPOSSIBLE_TIME if skipped else moment

    assert read_moment(f"{moment:%d/%m/%Y %H:%M}") == expected
    assert read_moment(f"{moment:%A %d %B %Y} at {moment:%I.%M%p}") == expected


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["2", "14", ":", "05", ".", " ", "pm", "h", "noon", "29/3/2026", "٢", "م", "tomorrow",
             "T", "½", "፪", "👍", "\u200f", "\x00", "\ud800"]
        ),
        max_size=12,
    ).map("".join),
    st.sampled_from(["en", "so", "ar", "fr", "am", "?", ""]),
)  # fmt: skip
def test_reading_never_fails(text: str, language: str) -> None:
    assert isinstance(read_time(text, language), time | Reason)
    moment = read_moment(text, language, TODAY, fits=lambda moment: moment.year < 2027)
    assert isinstance(moment, Reason) or moment.utcoffset() in {timedelta(), timedelta(hours=1)}
