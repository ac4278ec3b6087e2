"""What Telegram's apps make of marks while somebody types."""

import pytest

from bot.sandbox.typing_marks import formatted


@pytest.mark.parametrize(
    ("typed", "text", "entities"),
    [
        ("plain ** text", "plain ** text", []),
        ("**a** b", "a b", [{"type": "bold", "offset": 0, "length": 1}]),
        (
            "😀 __x__ `y`",
            "😀 x y",
            [
                {"type": "italic", "offset": 3, "length": 1},
                {"type": "code", "offset": 5, "length": 1},
            ],
        ),
        (
            "[here](https://example.org/)",
            "here",
            [{"type": "text_link", "offset": 0, "length": 4, "url": "https://example.org/"}],
        ),
        ("||q|| ~~s~~", "q s", [
            {"type": "spoiler", "offset": 0, "length": 1},
            {"type": "strikethrough", "offset": 2, "length": 1},
        ]),
    ],
)  # fmt: skip
def test_marks_become_entities(typed: str, text: str, entities: list[dict[str, object]]) -> None:
    read = formatted(typed)
    assert (read.text, read.entities) == (text, entities)
