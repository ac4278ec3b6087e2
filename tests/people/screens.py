"""How tests look at what people read: without tags, row by row."""

import html
import re
from collections.abc import Iterator
from functools import cache

import pytest

from bot.config import HOME
from bot.i18n import Catalogues
from bot.message import Message, Tap
from bot.people.content import Content

SHOW = Tap.to("list", "anything")


@cache
def catalogues() -> Catalogues:
    """The translations as they ship."""
    return Catalogues(HOME / "locales")


@cache
def content() -> Content:
    """The content as it ships."""
    return Content.read(HOME / "content")


EN = catalogues().translator("en")
languages = pytest.mark.parametrize("t", catalogues().all, ids=lambda t: t.language)


def visible(text: str) -> str:
    """The text as Telegram counts it: without tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def labels(message: Message) -> list[list[str]]:
    """What stands on the buttons, row by row."""
    return [[button.label for button in row] for row in message.buttons]


def taps(message: Message) -> Iterator[Tap]:
    """What pressing each button means."""
    for row in message.buttons:
        for button in row:
            assert isinstance(button.action, Tap)
            yield button.action
