"""A survey in conversation: its questions, and the check of the answers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from markupsafe import Markup, escape

from bot.forms.definition import OK, Choice, Kind, Question
from bot.forms.happened import (
    Answered,
    Asked,
    Dropped,
    Line,
    Refused,
    ReviewShown,
    Step,
)
from bot.forms.values import Value
from bot.forms.xforms.asking import Asking
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP, computer_made
from bot.surveys.views.markdown import to_html, to_plain
from bot.surveys.views.refusals import refused

WALK = "sq"
"""The verb of every button under a question: survey, revision, what was done, to what, page."""
ON_A_BUTTON = 34
"""Characters of a choice up to which it stands on a button; longer ones are numbered."""
ON_A_PAGE = 8
"""Choices on one page."""
LINES_ON_A_PAGE = 10
"""Answers on one page of the check."""
TICKED = "\N{BALLOT BOX WITH CHECK} "
_SHORT = re.compile(r"[A-Za-z_][\w-]{0,19}", re.ASCII)
_TICKING = frozenset({Kind.CHOOSE_MANY, Kind.RANK})
_SAID_BACK = frozenset({Kind.DATE, Kind.TIME, Kind.DATETIME, Kind.PLACE, Kind.DECIMAL})
_LONGEST = 4000  # characters without tags; Telegram takes 4,096


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


def question(screen: Screen, step: Step) -> Message:
    """The question asked now, or the answers to check, with what the last input did."""
    shown = step.shown
    said = list(_said(screen.t, step))
    if isinstance(shown, Asked):
        return _asked(screen, step, shown, said)
    if isinstance(shown, ReviewShown):
        return _review(screen, step, shown, said)
    raise TypeError("a survey that is over asks nothing")


def old_question(t: Translator) -> str:
    """They pressed a button of an earlier question."""
    return t.plain("This button is from an earlier question. Here is where we are.")


def labels(t: Translator, choices: Iterable[Choice]) -> dict[str, str]:
    """What choices are called on the screen, for typed answers."""
    return {choice.key: _label(t, choice) for choice in choices}


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
                    yield t("• {question}", question=to_plain(each.label))
            case _:
                pass


def _asked(screen: Screen, step: Step, asked: Asked, said: list[Markup]) -> Message:
    t, question = screen.t, asked.question
    blocks = said + [to_html(note.label) for note in asked.notes if note.label]
    where = _where(t, asked)
    if where:
        blocks.append(where)
    blocks.append(Markup("<b>{}</b>").format(_put(t, question)))
    if question.hint:
        blocks.append(Markup("<i>{}</i>").format(to_html(question.hint)))
    if isinstance(question, Asking) and question.guidance:
        more = to_html(question.guidance)
        blocks.append(Markup("<blockquote expandable>{}</blockquote>").format(more))
    page = page_of(asked.choices, screen.page)
    numbered = _numbered(t, asked)
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
    return Message(GAP.join(_shortened(t, blocks))).with_buttons(
        *_choice_buttons(screen, step, asked, page, numbered=numbered),
        *_turning(screen, step, page, asked.choices, ON_A_PAGE),
        *_steering(screen, step, asked),
    )


def _original(t: Translator, asked: Asked) -> Iterator[Markup]:
    """The words of the author beneath a translation that nobody has checked."""
    yield Markup("<i>{}</i>").format(computer_made(t))
    notes = [to_html(note.label) for note in asked.notes if note.label]
    yield from (*notes, Markup("<b>{}</b>").format(to_html(asked.question.label)))


def _put(t: Translator, question: Question) -> Markup:
    if isinstance(question, Asking) and question.another:
        if question.label:
            return t("Do you want to add another: {what}?", what=to_html(question.label))
        return t("Do you want to add another one?")
    return to_html(question.label)


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
    if words is not None:
        yield t(words, minimum=question.minimum, maximum=question.maximum)


def _numbered(t: Translator, asked: Asked) -> bool:
    """Whether the choices stand in the text, because one is too long for a button."""
    return any(len(_label(t, choice)) > ON_A_BUTTON for choice in asked.choices)


def _numbered_lines(t: Translator, asked: Asked, page: range) -> Iterator[Markup]:
    for place in page:
        choice = asked.choices[place]
        mark = TICKED if choice.key in asked.ticks else ""
        yield t("{number}. {choice}", number=place + 1, choice=mark + _label(t, choice))


def _ticks(t: Translator, asked: Asked) -> Markup:
    """What is chosen so far; of a ranking in the person's order."""
    named = {choice.key: _label(t, choice) for choice in asked.choices}
    chosen = [named.get(key, key) for key in asked.ticks]
    if asked.question.kind is Kind.RANK:
        lines = [
            t("{number}. {choice}", number=place, choice=label)
            for place, label in enumerate(chosen, 1)
        ]
    else:
        lines = [t("• {choice}", choice=label) for label in chosen]
    return Markup("\n").join([t("You chose:"), *lines])


def _choice_buttons(
    screen: Screen, step: Step, asked: Asked, page: range, *, numbered: bool
) -> Iterator[list[Button]]:
    """A button for each choice; numbers in rows of four, short labels in a row each."""
    did = "tick" if asked.question.kind in _TICKING else "pick"
    buttons = []
    for place in page:
        choice = asked.choices[place]
        label = str(place + 1) if numbered else _label(screen.t, choice)
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


def _turning(
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


def _steering(screen: Screen, step: Step, asked: Asked) -> Iterator[list[Button]]:
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


def _review(screen: Screen, step: Step, shown: ReviewShown, said: list[Markup]) -> Message:
    t = screen.t
    page = page_of(shown.lines, screen.page, LINES_ON_A_PAGE)
    blocks = said + [to_html(note.label) for note in shown.notes if note.label]
    blocks.append(t("<b>Please check your answers.</b>"))
    blocks += [_line(t, place + 1, shown.lines[place]) for place in page]
    blocks.append(
        t("To change an answer, press its number. Your answers are sent only when you press Send.")
    )
    numbers = [Button(str(place + 1), screen.tap(step, "change", place, 0)) for place in page]
    send = t.plain("Send my answers") if shown.complete else t.plain("Go on")
    return Message(GAP.join(_shortened(t, blocks))).with_buttons(
        [Button(send, screen.tap(step, "finish", page=0))],
        *[numbers[at : at + 5] for at in range(0, len(numbers), 5)],
        *_turning(screen, step, page, shown.lines, LINES_ON_A_PAGE),
        [
            Button(t.plain("Go on later"), screen.tap(step, "pause", page=0)),
            Button(t.plain("Delete my answers"), screen.tap(step, "drop", page=0)),
        ],
    )


def _line(t: Translator, number: int, line: Line) -> Markup:
    said = answer(t, line.question, line.choices, line.value)
    asked = _put(t, line.question)
    return t("{number}. {question}", number=number, question=asked) + Markup("\n<b>{}</b>").format(
        said
    )


def answer(t: Translator, question: Question, choices: tuple[Choice, ...], value: Value) -> Markup:
    """An answer for reading."""
    if value is None:
        return t("no answer")
    named = {choice.key: _label(t, choice) for choice in choices}
    match value:
        case bool():
            return t("Yes") if value else t("No")
        case Mapping():
            return escape(value.get("name") or t("received"))
        case str() | int() | float():
            return escape(named.get(str(value)) or _moment(t, question.kind, str(value)))
        case _:
            apart = "، " if t.rtl else ", "
            return Markup(apart).join(named.get(str(key), str(key)) for key in value)  # noqa: S704 -- a comma


def _moment(t: Translator, kind: Kind, value: str) -> str:
    """A date or a time for reading; anything else as it is."""
    match kind:
        case Kind.DATE:
            return t.date(date.fromisoformat(value))
        case Kind.TIME:
            return f"{time.fromisoformat(value[:5]):%H:%M}"
        case Kind.DATETIME:
            moment = datetime.fromisoformat(value)
            return f"{t.date(moment.date())}, {moment:%H:%M}"
        case Kind.PLACE:
            return ", ".join(value.split()[:2])
        case _:
            return value


def _label(t: Translator, choice: Choice) -> str:
    match choice.key, choice.label:
        case "yes", "yes":
            return t.plain("Yes")
        case "no", "no":
            return t.plain("No")
        case key, label if key == label == OK:
            return t.plain("OK")
        case _:
            return to_plain(choice.label)


def page_of(of: tuple[object, ...], page: int, size: int = ON_A_PAGE) -> range:
    """The places on a page; of a page that is no more, those of the last."""
    last = max(0, (len(of) - 1) // size)
    start = min(page, last) * size
    return range(start, min(start + size, len(of)))


def _shortened(t: Translator, blocks: list[Markup]) -> list[Markup]:
    """The blocks, of which the longest gives way where all are more than Telegram takes."""
    while sum(len(block.striptags()) + len(GAP) for block in blocks) > _LONGEST:
        place = max(range(len(blocks)), key=lambda place: len(blocks[place]))
        text = blocks[place].striptags()
        cut = text[: len(text) // 2]
        blocks[place] = escape(cut) + t("… (shortened)")
    return blocks
