"""A survey in conversation: its questions, and the check of the answers."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from bot.forms.dates import Whole
from bot.forms.definition import NEARLY, ROUGHLY, Kind, Question
from bot.forms.happened import (
    Answered,
    Asked,
    Dropped,
    Refused,
    ReviewShown,
    Step,
)
from bot.forms.kinds.dating import whole_of
from bot.forms.matching import LONG_LIST
from bot.forms.xforms.asking import Asking
from bot.i18n import N_, Translator
from bot.message import Message
from bot.people.views import GAP, computer_made
from bot.surveys.views.answers import answer, label_of
from bot.surveys.views.keyboard import (
    ON_A_PAGE,
    TICKED,
    Screen,
    choice_buttons,
    is_numbered,
    page_of,
    steering,
    turning,
)
from bot.surveys.views.markdown import to_html, to_plain
from bot.surveys.views.refusals import refused
from bot.surveys.views.review import review
from bot.surveys.views.screens import put, shortened

_SAID_BACK = frozenset({Kind.DATE, Kind.TIME, Kind.DATETIME, Kind.PLACE, Kind.DECIMAL})


HOW_TO_ANSWER: Mapping[Kind, str] = {
    Kind.TEXT: N_("Please type your answer."),
    Kind.NUMBER: N_("Please type a whole number, such as 12."),
    Kind.DECIMAL: N_("Please type a number, such as 2.5."),
    Kind.RANGE: N_("Please type a number from {minimum} to {maximum}."),
    Kind.DATE: N_("Please type the date: day, month and year, such as 29/3/2026."),
    Kind.TIME: N_("Please type the time, such as 14:30."),
    Kind.DATETIME: N_("Please type the date and the time, such as 29/3/2026 14:30."),
    Kind.PLACE: N_("Please share a place from Telegram, or type its numbers, such as 51.5, -0.12."),
    Kind.FILE: N_("Please send it here as you send it to friends."),
    Kind.RANK: N_("Press the choices in your order: the best first."),
    Kind.CHOOSE_MANY: N_("Choose all that fit. Then press Done."),
}


PART_OF_A_DATE: Mapping[Whole, str] = {
    Whole.MONTH: N_("Please type the month and the year, such as 3/2026."),
    Whole.YEAR: N_("Please type the year, such as 2026."),
}
"""How to answer with a date of which less than the day is asked."""

WITHIN: Mapping[int, str] = {
    ROUGHLY: N_("I keep only roughly where it is: to within about one kilometre."),
    NEARLY: N_("I do not keep the exact place: only to within about 100 metres."),
}
"""What is kept of a place."""


def question(screen: Screen, step: Step) -> Message:
    """The question asked now, or the answers to check, with what the last input did."""
    shown = step.shown
    said = list(_said(screen.t, step))
    if isinstance(shown, Asked):
        return _asked(screen, step, shown, said)
    if isinstance(shown, ReviewShown):
        return review(screen, step, shown, said)
    raise TypeError("a survey that is over asks nothing")


def old_question(t: Translator) -> str:
    """They pressed a button of an earlier question."""
    return t.plain("This button is from an earlier question. Here is where we are.")


def _said(t: Translator, step: Step) -> Iterator[Markup]:
    """What the last input did, as far as it does not show by itself."""
    for effect in step.effects:
        match effect:
            case Refused(_, why):
                yield refused(t, why)
            case Answered(question, value) if question.kind in _SAID_BACK:
                yield t("I noted: {answer}.", answer=answer(t, question, (), value))
            case Dropped(questions):
                yield t("This changed other answers. I deleted your answers to:")
                for each in questions:
                    yield t("• {question}", question=_named_in_full(each))
            case _:
                pass


def _named_in_full(question: Question) -> str:
    """A question with its headings: of several children, it says whose age it was."""
    headings = question.headings if isinstance(question, Asking) else ()
    return " · ".join(map(to_plain, (*headings, question.label)))


def _asked(screen: Screen, step: Step, asked: Asked, said: list[Markup]) -> Message:
    t, question = screen.t, asked.question
    blocks = said + [to_html(note.label) for note in asked.notes if note.label]
    where = _where(t, asked)
    if where:
        blocks.append(where)
    blocks.append(Markup("<b>{}</b>").format(put(t, question)))
    if question.hint:
        blocks.append(Markup("<i>{}</i>").format(to_html(question.hint)))
    if isinstance(question, Asking) and question.guidance:
        more = to_html(question.guidance)
        blocks.append(Markup("<blockquote expandable>{}</blockquote>").format(more))
    page = page_of(asked.choices, screen.page)
    numbered = is_numbered(t, asked)
    if numbered:
        blocks.append(Markup("\n").join(_numbered_lines(t, asked, page)))
    if asked.ticks:
        blocks.append(_ticks(t, asked))
    elif asked.answer is not None:
        now = answer(t, question, asked.choices, asked.answer)
        blocks.append(t("Your answer now: {answer}", answer=now))
    blocks += _how(t, asked)
    if screen.original is not None:
        blocks += _original(t, screen.original)
    return Message(GAP.join(shortened(t, blocks))).with_buttons(
        *choice_buttons(screen, step, asked, page, numbered=numbered),
        *turning(screen, step, page, asked.choices, ON_A_PAGE),
        *steering(screen, step, asked),
    )


def _original(t: Translator, asked: Asked) -> Iterator[Markup]:
    """The words of the author beneath a translation that nobody has checked."""
    yield Markup("<i>{}</i>").format(computer_made(t))
    notes = [to_html(note.label) for note in asked.notes if note.label]
    yield from (*notes, Markup("<b>{}</b>").format(to_html(asked.question.label)))


def _where(t: Translator, asked: Asked) -> Markup:
    """How far the person is, and under which headings."""
    number, about = asked.progress.number, max(asked.progress.number, asked.progress.about)
    question = asked.question
    headings = question.headings if isinstance(question, Asking) else ()
    parts = [to_html(heading) for heading in headings]
    if about > 1:
        parts.insert(0, t("{number} of about {about}", number=number, about=about))
    return Markup(" · ").join(parts)


def _how(t: Translator, asked: Asked) -> Iterator[Markup]:
    question = asked.question
    if question.kind is Kind.RANGE and asked.choices:
        return
    words = HOW_TO_ANSWER.get(question.kind)
    if question.kind is Kind.DATE:
        words = PART_OF_A_DATE.get(whole_of(question), words)
    if words is not None:
        yield t(words, minimum=question.minimum, maximum=question.maximum)
    if len(asked.choices) > LONG_LIST:
        yield t("You can also type a part of an answer.")
    if question.within is not None:
        yield t(WITHIN[question.within])


def _numbered_lines(t: Translator, asked: Asked, page: range) -> Iterator[Markup]:
    for place in page:
        choice = asked.choices[place]
        mark = TICKED if choice.key in asked.ticks else ""
        yield t("{number}. {choice}", number=place + 1, choice=mark + label_of(t, choice))


def _ticks(t: Translator, asked: Asked) -> Markup:
    """What is chosen so far; of a ranking in the person's order."""
    named = {choice.key: label_of(t, choice) for choice in asked.choices}
    chosen = [named.get(key, key) for key in asked.ticks]
    if asked.question.kind is Kind.RANK:
        lines = [
            t("{number}. {choice}", number=place, choice=label)
            for place, label in enumerate(chosen, 1)
        ]
    else:
        lines = [t("• {choice}", choice=label) for label in chosen]
    return Markup("\n").join([t("You chose:"), *lines])
