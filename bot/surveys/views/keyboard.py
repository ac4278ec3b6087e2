"""The buttons under a question of a survey."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.forms.definition import Choice, Kind
from bot.forms.happened import (
    Asked,
    Step,
)
from bot.i18n import Translator
from bot.message import Button, Tap
from bot.surveys.views.answers import label_of

WALK = "sq"
"""The verb of every button under a question: survey, revision, what was done, to what, page."""
ON_A_BUTTON = 34
"""Characters of a choice up to which it stands on a button; longer ones are numbered."""
ON_A_PAGE = 8
"""Choices on one page."""
TICKED = "\N{BALLOT BOX WITH CHECK} "
_SHORT = re.compile(r"[A-Za-z_][\w-]{0,19}", re.ASCII)
_TICKING = frozenset({Kind.CHOOSE_MANY, Kind.RANK})


@dataclass(frozen=True, slots=True)
class Screen:
    """What a question is shown with.

    Attributes:
        t: the reader's voice.
        survey_id: the survey's number.
        page: which page of choices or answers, from 0.
        original: the same question in the language of its author, where it must be right and
            nobody has checked the translation.
    """

    t: Translator
    survey_id: int
    page: int = 0
    original: Asked | None = None

    def tap(self, step: Step, did: str, what: str | int = "", page: int | None = None) -> Tap:
        """The tap of a button under a step."""
        page = self.page if page is None else page
        return Tap.to(WALK, self.survey_id, step.interview.revision, did, what, page)


def is_numbered(t: Translator, asked: Asked) -> bool:
    """Whether the choices stand in the text, because one is too long for a button."""
    return any(len(label_of(t, choice)) > ON_A_BUTTON for choice in asked.choices)


def choice_buttons(
    screen: Screen, step: Step, asked: Asked, page: range, *, numbered: bool
) -> Iterator[list[Button]]:
    """A button for each choice; numbers in rows of four, short labels in a row each."""
    did = "tick" if asked.question.kind in _TICKING else "pick"
    buttons = []
    for place in page:
        choice = asked.choices[place]
        label = str(place + 1) if numbered else label_of(screen.t, choice)
        if choice.key in asked.ticks:
            label = _ticked(asked, choice, label)
        buttons.append(Button(label, screen.tap(step, did, _named(choice, place))))
    row = 4 if numbered or _is_scale(asked) else 1
    for at in range(0, len(buttons), row):
        yield buttons[at : at + row]


def _named(choice: Choice, place: int) -> str | int:
    """A choice as buttons carry it: its key, or its place where the key is long or a number."""
    return choice.key if _SHORT.fullmatch(choice.key) else place


def _ticked(asked: Asked, choice: Choice, label: str) -> str:
    if asked.question.kind is Kind.RANK:
        return f"{asked.ticks.index(choice.key) + 1}. {label}"
    return TICKED + label


def _is_scale(asked: Asked) -> bool:
    """Whether the choices are so short that several stand in a row."""
    return asked.question.kind is Kind.RANGE or all(
        len(choice.label) <= 3  # noqa: PLR2004 -- numbers and the like
        for choice in asked.choices
    )


def turning(
    screen: Screen, step: Step, page: range, of: tuple[object, ...], size: int
) -> Iterator[list[Button]]:
    """The way to the pages before and after."""
    row = []
    if page.start > 0:
        before = screen.tap(step, "page", "", page.start // size - 1)
        row.append(Button(screen.t.plain("Earlier answers"), before))
    if page.stop < len(of):
        after = screen.tap(step, "page", "", page.start // size + 1)
        row.append(Button(screen.t.plain("More answers"), after))
    yield row


def steering(screen: Screen, step: Step, asked: Asked) -> Iterator[list[Button]]:
    """Done, keep, skip, back, and the way out."""
    t = screen.t
    if asked.question.kind in _TICKING:
        yield [Button(t.plain("Done"), screen.tap(step, "done", page=0))]
    row = []
    if asked.can_keep:
        row.append(Button(t.plain("Keep it"), screen.tap(step, "keep", page=0)))
    if asked.can_skip:
        row.append(Button(t.plain("Skip"), screen.tap(step, "skip", page=0)))
    yield row
    row = []
    if asked.can_go_back:
        row.append(Button(t.plain("Back"), screen.tap(step, "back", page=0)))
    row.append(Button(t.plain("Go on later"), screen.tap(step, "pause", page=0)))
    yield row


def page_of(of: tuple[object, ...], page: int, size: int = ON_A_PAGE) -> range:
    """The places on a page; of a page that is no more, those of the last."""
    last = max(0, (len(of) - 1) // size)
    start = min(page, last) * size
    return range(start, min(start + size, len(of)))
