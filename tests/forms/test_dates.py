"""Dates, typed as people type them. Today is Friday 20 March 2026."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.dates import TYPED_LIMIT, Whole, read_date
from bot.forms.inputs import Reason

TODAY = date(2026, 3, 20)
MARCH_29 = date(2026, 3, 29)  # a Sunday
LOCALES = {"en": "en_GB", "so": "so", "ar": "ar", "fr": "fr"}


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "29/3/2026"),
        ("en", "29/03/2026"),
        ("en", "29-3-2026"),
        ("en", "29.3.2026"),
        ("en", "29. 3. 2026."),
        ("en", " 29 / 3 / 2026 "),
        ("en", "29 3 2026"),
        ("en", "29/3-2026"),
        ("en", "29/3/26"),
        ("en", "29.3.26"),
        ("en", "29032026"),
        ("en", "20260329"),
        ("en", "2026-03-29"),
        ("en", "2026/3/29"),
        ("en", "3/29/2026"),
        ("en", "3/29/26"),
        ("en", "29 March 2026"),
        ("en", "29th March 2026"),
        ("en", "the 29th of March, 2026"),
        ("en", "on 29 march 2026!"),
        ("en", "March 29, 2026"),
        ("en", "2026 March 29"),
        ("en", "29 Mar 26"),
        ("en", "29-Mar-2026"),
        ("en", "29mar2026"),
        ("en", "Sunday 29 March 2026"),
        ("en", "Sun, 29 Mar 2026"),
        ("en", "Sunday 29/3/2026"),
        ("en", "Sunday 29 March"),
        ("en", "Sunday 29/3"),
        ("en", "Date: 29/3/2026"),
        ("en", "29/٣/2026"),
        ("so", "29/3/2026"),
        ("so", "29 Maarso 2026"),
        ("so", "29 maarj 2026"),
        ("so", "29-ka Maarso 2026"),
        ("so", "29ka bisha Maarso sanadka 2026"),
        ("so", "Maarso 29, 2026"),
        ("so", "29 Mar 2026"),
        ("so", "29 March 2026"),
        ("so", "Axad, 29 Maarso 2026"),
        ("so", "maalinta Axada 29 Maarso"),
        ("ar", "٢٩/٣/٢٠٢٦"),
        ("ar", "٢٩\u200f/٣\u200f/٢٠٢٦"),
        ("ar", "٢٩ / ٣ / ٢٠٢٦ م"),
        ("ar", "29 مارس 2026"),
        ("ar", "٢٩ مارس ٢٠٢٦"),
        ("ar", "٢٩ مَارِس، ٢٠٢٦"),
        ("ar", "٢٩ آذار ٢٠٢٦"),
        ("ar", "٢٩ اذار ٢٠٢٦"),
        ("ar", "٢٩ من مارس سنة ٢٠٢٦"),
        ("ar", "الأحد ٢٩ مارس ٢٠٢٦"),
        ("ar", "يوم الاحد ٢٩ مارس"),
        ("ar", "اليوم ٢٩ مارس ٢٠٢٦"),
        ("fa", "۲۰۲۶/۳/۲۹"),
        ("fa", "۲۹ مارس ۲۰۲۶"),
        ("ur", "29 مارچ 2026"),
        ("fr", "29/03/2026"),
        ("fr", "29 mars 2026"),
        ("fr", "le 29 Mars 2026"),
        ("fr", "le 29 du mois de mars 2026"),
        ("fr", "dimanche 29 mars 2026"),
        ("fr", "dim. 29 mars"),
        ("fr", "29 mar 2026"),
        ("fr", "29 mars 26"),
        ("am", "፳፱ ማርች ፳፻፳፮"),
        ("am", "29/3/2026"),
        ("pt", "29 de março de 2026"),
        ("pt-PT", "29 de marco de 2026"),
        ("es", "29 de marzo de 2026"),
        ("es", "el domingo 29 de marzo"),
        ("sw", "tarehe 29 Machi 2026"),
        ("yo", "29 Oṣù Ẹrẹ̀nà 2026"),
        ("yo", "29 erena 2026"),
        ("ak", "29 Ɔbɛnem 2026"),
        ("ln", "29 sánzá ya mísáto 2026"),
        ("en", "٢٩ مارس ٢٠٢٦"),
        ("en", "29 mars 2026"),
        ("fr", "29 Maarso 2026"),
        ("xx", "29 March 2026"),
        ("no such language", "29 mars 2026"),
    ],
)
def test_a_date_is_read_however_it_is_written(language: str, typed: str) -> None:
    assert read_date(typed, language, TODAY) == MARCH_29


@pytest.mark.parametrize(
    ("language", "typed", "days"),
    [
        ("en", "today", 0),
        ("en", "Tomorrow!", 1),
        ("en", "yesterday", -1),
        ("en", "the day after tomorrow", 2),
        ("en", "the day before yesterday", -2),
        ("en", "tomorrow, Saturday", 1),
        ("so", "maanta", 0),
        ("so", "berri", 1),
        ("so", "Beri", 1),
        ("so", "shalay", -1),
        ("so", "saa dambe", 2),
        ("so", "dorraad", -2),
        ("ar", "اليوم", 0),
        ("ar", "غدًا", 1),
        ("ar", "غدا", 1),
        ("ar", "بكرة", 1),
        ("ar", "بكره", 1),
        ("ar", "أمس", -1),
        ("ar", "امس", -1),
        ("ar", "بعد غدٍ", 2),
        ("ar", "أول أمس", -2),
        ("fr", "aujourd’hui", 0),
        ("fr", "Aujourd'hui", 0),
        ("fr", "demain", 1),
        ("fr", "hier", -1),
        ("fr", "après-demain", 2),
        ("fr", "apres demain", 2),
        ("fr", "avant-hier", -2),
        ("pt", "amanha", 1),
        ("es", "pasado mañana", 2),
        ("am", "ነገ", 1),
        ("ti", "ጽባሕ", 1),
        ("sw", "kesho", 1),
        ("en", "demain", 1),
    ],
)
def test_days_near_today_have_names(language: str, typed: str, days: int) -> None:
    assert read_date(typed, language, TODAY) == TODAY + timedelta(days=days)
    assert read_date(typed, language) is Reason.NOT_A_DATE


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("29 March", Reason.YEAR_MISSING),
        ("29/3", Reason.YEAR_MISSING),
        ("29/2", Reason.YEAR_MISSING),
        ("1/1/31", date(2031, 1, 1)),
        ("1/1/32", Reason.YEAR_UNCLEAR),
        ("1/1/35", Reason.YEAR_UNCLEAR),
        ("1/1/36", date(1936, 1, 1)),
        ("1/1/99", date(1999, 1, 1)),
        ("1/1/00", date(2000, 1, 1)),
        ("June", Reason.DAY_MISSING),
        ("June 2026", Reason.DAY_MISSING),
        ("6/2026", Reason.DAY_MISSING),
        ("2026-06", Reason.DAY_MISSING),
        ("2026", Reason.MONTH_MISSING),
        ("30 February 2026", Reason.IMPOSSIBLE_DATE),
        ("30/2", Reason.IMPOSSIBLE_DATE),
        ("29/2/2026", Reason.IMPOSSIBLE_DATE),
        ("31/4/2026", Reason.IMPOSSIBLE_DATE),
        ("0/4/2026", Reason.IMPOSSIBLE_DATE),
        ("13/13/2026", Reason.IMPOSSIBLE_DATE),
        ("99999999", Reason.IMPOSSIBLE_DATE),
        ("29/3/0226", Reason.IMPOSSIBLE_DATE),
        ("29/3/9026", Reason.IMPOSSIBLE_DATE),
        ("Monday 29 March 2026", Reason.WRONG_WEEKDAY),
        ("Monday 29 March", Reason.WRONG_WEEKDAY),
        ("tomorrow, Sunday", Reason.WRONG_WEEKDAY),
        ("Friday", Reason.AMBIGUOUS_DATE),
        ("on Friday", Reason.AMBIGUOUS_DATE),
        ("01022003", date(2003, 2, 1)),
        ("19011902", date(1902, 1, 19)),
        ("15/9/1447", Reason.OTHER_CALENDAR),
        ("1404/1/9", Reason.OTHER_CALENDAR),
        ("15 Ramadan 1447", Reason.OTHER_CALENDAR),
        ("١٥ رمضان ١٤٤٧ هـ", Reason.OTHER_CALENDAR),
        ("29 መጋቢት 2018", Reason.OTHER_CALENDAR),
    ],
)
def test_what_makes_a_date_uncertain_is_said(typed: str, why: date | Reason) -> None:
    assert read_date(typed, "en", TODAY) == why


def test_the_months_of_tigrinya_are_of_two_calendars() -> None:
    assert read_date("29 መጋቢት 2026", "ti", TODAY) is Reason.OTHER_CALENDAR
    assert read_date("29/3/2026", "ti", TODAY) == MARCH_29


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ".",
        "5",
        "29",
        "123456",
        "hello",
        "I do not know",
        "maybe in March 2026",
        "next Friday",
        "29 March or 30 March 2026",
        "29 March March 2026",
        "today or tomorrow",
        "1 2 3 4",
        "29 3",
        "1,5",
        "29,3",
        "-29/3/2026",
        "29/3/2026/1",
        "29//3/2026",
        "29/3/202",
        "029/3/2026",
        "29:03:2026",
        "14:05",
        "½ March 2026",
        "²⁹ March 2026",
        "29 + 3 + 2026",
        "£29 March 2026",
        "👍",
        "29 March 2026 👍👎 or so",
        "\u200f\u202e",
        "\x00",
        "\ud800",
        "9" * 10_000,
        "29/" * 3_000,
        "March " * 20,
        "اليوم " * 16,
        "Sunday 13 ፩፩",
        "March ፩፩ 2026",
        "a" * TYPED_LIMIT,
        "፩" * TYPED_LIMIT,
    ],
)
def test_what_is_no_date_is_not_guessed(typed: str) -> None:
    assert read_date(typed, "en", TODAY) is Reason.NOT_A_DATE


@pytest.mark.parametrize("typed", ["29/3/26", "29 March 26", "29 March", "29/3"])
def test_without_today_a_year_is_written_in_full(typed: str) -> None:
    unknown = Reason.YEAR_UNCLEAR if "26" in typed else Reason.YEAR_MISSING

    assert read_date(typed) is unknown


@pytest.mark.parametrize(
    ("fits", "typed", "read"),
    [
        (lambda day: day >= TODAY, "29 March", MARCH_29),
        (lambda day: day >= TODAY, "20/3", TODAY),
        (lambda day: day >= TODAY, "1 March", date(2027, 3, 1)),
        (lambda day: day >= TODAY, "29 February", date(2028, 2, 29)),
        (lambda day: day > TODAY, "20/3", Reason.YEAR_MISSING),
        (lambda day: day <= TODAY, "1 March", Reason.YEAR_MISSING),
        (lambda day: day.year == 2026, "29 March", MARCH_29),
        (lambda day: day.year == 2026, "1 March", date(2026, 3, 1)),
        (lambda day: day.year == 2020, "1 March", Reason.YEAR_MISSING),
        (lambda _day: True, "29 March", Reason.YEAR_MISSING),
    ],
)
def test_a_year_is_added_where_the_forms_rules_leave_one(
    fits: Callable[[date], bool], typed: str, read: date | Reason
) -> None:
    assert read_date(typed, "en", TODAY, fits=fits) == read


def test_a_weekday_tells_the_year_if_it_was_or_will_be_one_of_them() -> None:
    assert read_date("Thursday 19 March", "en", TODAY) == date(2026, 3, 19)
    assert read_date("Saturday 29 March", "en", TODAY) == date(2025, 3, 29)
    assert read_date("Thursday 19 March", "en") is Reason.YEAR_MISSING


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3/2026", date(2026, 3, 1)),
        ("03-2026", date(2026, 3, 1)),
        ("2026-03", date(2026, 3, 1)),
        ("March 2026", date(2026, 3, 1)),
        ("mars 2026", date(2026, 3, 1)),
        ("٣/٢٠٢٦", date(2026, 3, 1)),
        ("29 March 2026", date(2026, 3, 1)),
        ("29/3/2026", date(2026, 3, 1)),
        ("yesterday", date(2026, 3, 1)),
        ("3/26", date(2026, 3, 1)),
        ("3/99", date(1999, 3, 1)),
        ("3/12", Reason.YEAR_UNCLEAR),
        ("March 26", Reason.YEAR_UNCLEAR),
        ("March 99", date(1999, 3, 1)),
        ("March", Reason.YEAR_MISSING),
        ("2026", Reason.MONTH_MISSING),
        ("13/2026", Reason.IMPOSSIBLE_DATE),
        ("9/1447", Reason.OTHER_CALENDAR),
        ("3", Reason.NOT_A_DATE),
    ],
)
def test_where_a_month_is_enough_it_is_kept_as_its_first_day(
    typed: str, read: date | Reason
) -> None:
    assert read_date(typed, "en", TODAY, whole=Whole.MONTH) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026", date(2026, 1, 1)),
        ("in 2026", date(2026, 1, 1)),
        ("٢٠٢٦", date(2026, 1, 1)),
        ("፳፻፳፮", date(2026, 1, 1)),
        ("March 2026", date(2026, 1, 1)),
        ("29/3/2026", date(2026, 1, 1)),
        ("88", Reason.YEAR_UNCLEAR),
        ("1447", Reason.OTHER_CALENDAR),
        ("1066", Reason.NOT_A_DATE),
        ("long ago", Reason.NOT_A_DATE),
    ],
)
def test_where_a_year_is_enough_it_is_kept_as_its_first_day(
    typed: str, read: date | Reason
) -> None:
    assert read_date(typed, "en", TODAY, whole=Whole.YEAR) == read


def in_digits(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(sign)) if sign in "0123456789" else sign for sign in text)


dates = st.dates(date(1900, 1, 1), date(2100, 12, 31))
patterns = st.sampled_from(
    ["d/M/y", "dd/MM/y", "d.M.y", "dd-MM-y", "y-MM-dd", "d MMMM y", "d MMM y", "EEEE d MMMM y",
     "EEE d MMM y", "MMMM d, y", "d-MMM-y", "d LLLL y", "EEEE, d/M/y"]
)  # fmt: skip


@given(dates, patterns, st.sampled_from(sorted(LOCALES)), st.sampled_from("0٠۰"))
def test_every_date_as_babel_writes_it_reads_back_as_itself(
    day: date, pattern: str, language: str, zero: str
) -> None:
    written = in_digits(format_date(day, pattern, locale=LOCALES[language]), zero)

    assert read_date(written, language, TODAY) == day
    assert read_date(f"\u2068{written.upper()}\u2069", language) == day


@given(dates, st.sampled_from(["pt_PT", "es", "am", "sw", "yo", "ak", "ln"]))
def test_every_date_reads_back_in_the_further_languages(day: date, locale: str) -> None:
    language = locale.replace("_", "-")
    written = format_date(day, "EEEE d MMMM y", locale=locale)

    assert read_date(written, language, TODAY) == day


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_every_day_of_a_leap_year_reads_back_as_itself(language: str) -> None:
    days = [date(2028, 1, 1) + timedelta(days=passed) for passed in range(366)]
    written = [format_date(day, "d MMMM y", locale=LOCALES[language]) for day in days]

    assert [read_date(text, language) for text in written] == days


@pytest.mark.parametrize("language", ["so", "ar", "fr"])
def test_every_month_reads_as_itself_from_day_to_day_and_in_every_form(language: str) -> None:
    locale = Locale.parse(LOCALES[language])
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():
                for day in (1, 12, 28):
                    read = read_date(f"{day} {name} 2026", language)
                    assert read == date(2026, month, day), name


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["29", "3", "2026", "26", "٣", "፫", "March", "mar", "Sunday", "today", "/", ".", "-",
             " ", "th", "of", "اليوم", "هـ", "رمضان", "½", ":", "👍", "\u200f", "\x00", "\ud800"]
        ),
        max_size=12,
    ).map("".join),
    st.sampled_from(["en", "so", "ar", "fr", "am", "?", ""]),
    st.sampled_from(Whole),
)  # fmt: skip
def test_reading_never_fails(text: str, language: str, whole: Whole) -> None:
    read = read_date(text, language, TODAY, whole=whole, fits=lambda day: day > TODAY)

    assert isinstance(read, date | Reason)
