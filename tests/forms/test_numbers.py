import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.numbers import whole_number


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


@given(st.text())
def test_reading_never_fails(text: str) -> None:
    number = whole_number(text)
    assert number is None or abs(number) < 10**18
