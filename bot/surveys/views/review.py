"""The answers to check before they are sent."""

from markupsafe import Markup

from bot.forms.happened import (
    Line,
    ReviewShown,
    Step,
)
from bot.forms.xforms.consent import agreed
from bot.i18n import Translator
from bot.message import Button, Message
from bot.people.views import GAP
from bot.surveys.desk import says_something
from bot.surveys.views.answers import answer
from bot.surveys.views.keyboard import Screen, page_of, turning
from bot.surveys.views.markdown import to_html
from bot.surveys.views.screens import put, shortened

LINES_ON_A_PAGE = 10
"""Answers on one page of the check."""


def review(screen: Screen, step: Step, shown: ReviewShown, said: list[Markup]) -> Message:
    """The answers, a page of them, with what the last input did."""
    t = screen.t
    page = page_of(shown.lines, screen.page, LINES_ON_A_PAGE)
    blocks = said + [to_html(note.label) for note in shown.notes if note.label]
    blocks.append(t("<b>Please check your answers.</b>"))
    blocks += [_line(t, place + 1, shown.lines[place]) for place in page]
    given = {line.question.name: line.value for line in shown.lines}
    kept = agreed(given)
    nothing = shown.complete and kept and not says_something(given)
    blocks.append(_before_sending(t, nothing=nothing))
    numbers = [Button(str(place + 1), screen.tap(step, "change", place, 0)) for place in page]
    send = t.plain("Send my answers") if shown.complete else t.plain("Go on")
    if nothing or (shown.complete and not kept):
        send = t.plain("End without answers")
    return Message(GAP.join(shortened(t, blocks))).with_buttons(
        [Button(send, screen.tap(step, "finish", page=0))],
        *[numbers[at : at + 5] for at in range(0, len(numbers), 5)],
        *turning(screen, step, page, shown.lines, LINES_ON_A_PAGE),
        [
            Button(t.plain("Go on later"), screen.tap(step, "pause", page=0)),
            Button(t.plain("Delete my answers"), screen.tap(step, "drop", page=0)),
        ],
    )


def _before_sending(t: Translator, *, nothing: bool) -> Markup:
    if nothing:
        return t(
            "You have not answered a question. Would you like to? Then press its number. If you "
            "do not want to answer, that is fine: nothing is sent then."
        )
    return t(
        "To change an answer, press its number. Your answers are sent only when you press Send."
    )


def _line(t: Translator, number: int, line: Line) -> Markup:
    said = answer(t, line.question, line.choices, line.value)
    asked = put(t, line.question)
    return t("{number}. {question}", number=number, question=asked) + Markup("\n<b>{}</b>").format(
        said
    )
