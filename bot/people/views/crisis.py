"""Where to find help at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import shorten

from markupsafe import Markup

from bot.i18n import Translator
from bot.message import Button, Message, Tap
from bot.people.crisis import Crisis, CrisisLine
from bot.people.views import GAP, beside_english
from bot.people.views.welcome import go_home

ROOM = 800  # characters for the lines shown at once in one language: people in need read little
NAME, NUMBER, ABOUT = 100, 40, 250  # characters shown of what an editor wrote


def card(
    t: Translator, english: Translator, crisis: Crisis, *, page: int = 0, heard: bool = False
) -> Message:
    """The help lines, the most urgent first.

    Args:
        t: the reader's language.
        english: shown beneath where nobody checked the translation.
        crisis: the editors' lines.
        page: which part of them, from 0; past the last one means the first.
        heard: they wrote something that suggests they may be in trouble.
    """
    parts = list(pages(t, english, crisis.lines))
    page = page if 0 <= page < len(parts) else 0

    def view(t: Translator) -> Message:
        text = [
            *([_warm(t)] if heard else []),
            t("<b>Help at once</b>"),
            *(_line(t, line) for line in parts[page]),
            t("No person reads this chat straight away. Please call or write to one of these."),
            *([_not_kept(t)] if heard else []),
        ]
        return Message(GAP.join(text))

    message = beside_english(t, english, view, crisis.reviewed)
    if page == 0:
        # A small screen shows the end of a long message: there stands whom to call in danger.
        message = replace(message, text=GAP.join([message.text, _line(t, parts[0][0])]))
    if len(parts) > 1:
        message = message.with_buttons([more_lines(t, (page + 1) % len(parts))])
    return message.with_buttons([go_home(t)])


def first_lines(t: Translator, lines: Sequence[CrisisLine]) -> Markup:
    """Help lines as text, for a view that says more than them.

    Args:
        t: the language they are in.
        lines: the first of `pages`.
    """
    return GAP.join(_line(t, line) for line in lines)


def more_lines(t: Translator, page: int) -> Button:
    """Leads to more help lines."""
    return Button(t.plain("More help lines"), Tap.to("crisis", page))


def pages(
    t: Translator, english: Translator, lines: Sequence[CrisisLine]
) -> Iterator[list[CrisisLine]]:
    """The lines in parts that have room in both languages; each holds one line at least."""
    part: list[CrisisLine] = []
    left = ROOM
    for line in lines:
        size = max(len(_line(t, line)), len(_line(english, line))) + len(GAP)
        if part and size > left:
            yield part
            part, left = [], ROOM
        part.append(line)
        left -= size
    yield part


def _line(t: Translator, line: CrisisLine) -> Markup:
    name = shorten(t.pick(line.name)[0], NAME, placeholder="…")
    about = shorten(t.pick(line.about)[0], ABOUT, placeholder="…")
    number = shorten(line.number, NUMBER, placeholder="…")
    if line.text_word is None:
        return t("<b>{name}: {number}</b>\n{about}", name=name, number=number, about=about)
    return t(
        "<b>{name}: text {word} to {number}</b>\n{about}",
        name=name,
        word=shorten(line.text_word, NUMBER, placeholder="…"),
        number=number,
        about=about,
    )


def _warm(t: Translator) -> Markup:
    return t(
        "It sounds as if you, or someone you know, may be having a very hard time. "
        "You are not alone. There are people who want to help, day and night."
    )


def _not_kept(t: Translator) -> Markup:
    return t(
        "I have not kept what you wrote. If you meant something else, write it in other words."
    )
