from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.inputs import Reason
from bot.forms.numbers import decimal_number, plain, whole_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("+5", 5),
        ("-12", -12),
        ("−12", -12),
        (" 42 ", 42),
        ("1,200", 1200),
        ("1 200 300", 1_200_300),
        ("1\u202f200", 1200),
        ("1’200", 1200),
        ("٤٢", 42),
        ("١٬٢٠٠", 1200),
        ("۴۲", 42),
        ("४२", 42),
        ("\u200f٤٢\u200f", 42),
        ("-\u200e5", -5),
        ("፩", 1),
        ("፲፪", 12),
        ("፻", 100),
        ("፪፻፴", 230),
        ("፲፱፻፺፱", 1999),
        ("፼", 10_000),
        ("፪፻፴፬፼፶፮፻፸፰", 2_345_678),
        ("9" * 18, 10**18 - 1),
    ],
)
def test_whole_numbers_are_read_in_any_digits(typed: str, number: int) -> None:
    assert whole_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "-",
        "\u200f",
        "two",
        "3 people",
        "½",
        "2.5",
        "1,5",
        "1,20",
        "1e3",
        "0x10",
        "1_000",
        "፩፪",
        "12,00,000",
        "1,234,567,890,123,456,789",
        "9" * 19,
        "1" * 10_000,
    ],
)
def test_what_is_no_whole_number_is_not_guessed(typed: str) -> None:
    assert whole_number(typed) is None


@given(st.integers(-(10**18) + 1, 10**18 - 1), st.sampled_from("0٠۰०০๐"))
def test_a_number_written_in_any_decimal_digits_is_read(number: int, zero: str) -> None:
    written = "".join(
        chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in str(number)
    )

    assert whole_number(written) == number


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        ("3.5", "en", "3.5"),
        ("3,5", "en", "3.5"),
        ("3.50", "en", "3.5"),
        (".5", "en", "0.5"),
        (",5", "fr", "0.5"),
        ("5.", "en", "5"),
        ("7", "en", "7"),
        ("-3.5", "en", "-3.5"),
        ("−3,5", "fr", "-3.5"),
        ("+ 3.5", "en", "3.5"),
        ("-0", "en", "0"),
        ("1,234", "en", "1234"),
        ("1,234", "so", "1234"),
        ("1,234", "fr", "1.234"),
        ("1,234", "pt-PT", "1.234"),
        ("1.234", "en", "1.234"),
        ("1.234", "so", "1.234"),
        ("1.234", "fr", "1.234"),
        ("0,123", "en", "0.123"),
        ("1234,567", "en", "1234.567"),
        ("1,234.5", "fr", "1234.5"),
        ("1.234,5", "en", "1234.5"),
        ("1 234,5", "fr", "1234.5"),
        ("1\u202f234,5", "fr", "1234.5"),
        ("1’234.5", "fr", "1234.5"),
        ("1,234,567", "fr", "1234567"),
        ("1.234.567", "en", "1234567"),
        ("1,234", "xx", "1234"),
        ("1,234", "not a language", "1234"),
        ("٣٫٥", "ar", "3.5"),
        ("٣,٥", "ar", "3.5"),
        ("٣،٥", "ar", "3.5"),
        ("١٬٢٣٤٫٥", "ar", "1234.5"),
        ("\u200f-\u200e٣٫٥", "ar", "-3.5"),
        ("۳٫۵", "fa", "3.5"),
        ("፲፪", "am", "12"),
        ("99999999999.9999999", "en", "99999999999.9999999"),
    ],
)
def test_decimals_are_read_with_the_signs_of_the_persons_country(
    typed: str, language: str, number: str
) -> None:
    assert decimal_number(typed, language) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "language"),
    [("1,234", "ar"), ("1.234", "ar"), ("١,٢٣٤", "ar-EG"), ("1.234", "pt"), ("1.234", "es")],
)
def test_what_can_be_thousands_or_a_fraction_is_not_guessed(typed: str, language: str) -> None:
    assert decimal_number(typed, language) is Reason.AMBIGUOUS_NUMBER


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ".",
        "-",
        "three",
        "3 kg",
        "£3",
        "50%",
        "½",
        "2½",
        "³",
        "1e5",
        "inf",
        "nan",
        "0x1F",
        "1/2",
        "1..2",
        "1.2.3",
        "1,2,3",
        "1,23,456",
        "--5",
        "፪.፭",
        "5-",
        "3 5",
        "1_000",
        "👍",
        "\u200f",
        "\x00",
        "\ud800",
        "9" * 19,
        "1," * 5_000,
        "1" * 10_000,
    ],
)
def test_what_is_no_decimal_is_not_guessed(typed: str) -> None:
    assert decimal_number(typed) is Reason.NOT_A_NUMBER


decimals = st.decimals(-(10**9), 10**9, places=6).map(lambda number: number + 0)


@given(decimals, st.sampled_from("0٠۰०০๐"), st.sampled_from(".,٫"))
def test_a_decimal_written_in_any_digits_reads_back_as_itself(
    number: Decimal, zero: str, sign: str
) -> None:
    written = "".join(
        chr(ord(zero) + int(part)) if part.isdigit() else part for part in f"{number:f}"
    ).replace(".", sign)

    assert decimal_number(written) == number


@given(decimals, st.sampled_from(["en_GB", "so", "fr", "pt", "es", "sw", "am"]))
def test_a_decimal_as_babel_writes_it_reads_back_as_itself(number: Decimal, locale: str) -> None:
    written = format_decimal(number, locale=locale, decimal_quantization=False)
    read = decimal_number(written, locale)

    assert read == number or (read is Reason.AMBIGUOUS_NUMBER and locale in {"pt", "es"})


@pytest.mark.parametrize(
    ("number", "kept"), [("3", 3), ("3.0", 3), ("-0.0", 0), ("3.5", 3.5), ("0.1", 0.1)]
)
def test_a_whole_number_is_kept_as_an_int(number: str, kept: float) -> None:
    value = plain(Decimal(number))

    assert (value, type(value)) == (kept, type(kept))


@given(st.text() | st.text("0123456789.,'-+٫٬ ፩፻٣", max_size=60))
def test_reading_never_fails(text: str) -> None:
    number = whole_number(text)
    assert number is None or abs(number) < 10**18

    exact = decimal_number(text)
    assert isinstance(exact, Reason) or abs(exact) < 10**18
