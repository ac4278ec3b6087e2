import pytest

from bot.message import Tap


@pytest.mark.parametrize(
    ("args", "number", "text"),
    [
        ((), 0, ""),
        (("a",), 0, ""),
        (("a", 7), 7, "7"),
        (("a", "b", 9), 0, "b"),
        ((1, -2), -2, "-2"),
    ],
)
def test_a_tap_gives_its_arguments_or_nothing(
    args: tuple[str | int, ...], number: int, text: str
) -> None:
    tap = Tap("verb", args)
    assert (tap.number(1), tap.text(1)) == (number, text)
