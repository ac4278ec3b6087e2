import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callback_data import read, write
from bot.message import Tap

KEYS = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)


@given(verb=KEYS, args=st.lists(st.one_of(KEYS, st.integers(0, 10**12)), max_size=3))
def test_a_tap_survives_the_wire(verb: str, args: list[str | int]) -> None:
    tap = Tap(verb, tuple(args))
    assert read(write(tap)) == tap


def test_a_long_tap_is_refused() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        write(Tap.to("find", "ا" * 40))


def test_a_colon_cannot_smuggle_an_argument() -> None:
    with pytest.raises(ValueError, match="colon"):
        write(Tap.to("find", "a:b"))


@given(data=st.text(max_size=64))
def test_forged_data_never_raises(data: str) -> None:
    read(data)


def test_codes_that_only_look_like_numbers_stay_text() -> None:
    data = "x:007:١٢:9999999999999999:10000000000000000"
    assert read(data).args == ("007", "١٢", 9999999999999999, "10000000000000000")
