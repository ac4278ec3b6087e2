"""How a survey is published, asked step by step, and the end of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from markupsafe import Markup

from bot.forms.definition import Choice
from bot.forms.happened import Asked, Line, Refused, ReviewShown, Step
from bot.forms.inputs import Reason, Refusal
from bot.forms.values import Value
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP
from bot.people.views.welcome import go_home
from bot.surveys.authoring import Counted
from bot.surveys.drafts import Draft
from bot.surveys.models import Audience, Survey
from bot.surveys.publishing import AUDIENCE, CLOSES, FAR, PAST, language_of
from bot.surveys.views import refusals
from bot.surveys.views.authoring import (
    AUDIENCES,
    AUTHOR,
    LINE,
    Desk,
    title_of,
    to_authoring,
    to_draft,
)
from bot.surveys.views.published import is_of_another, last_change

WALK = "pub"
"""The verb of every button of the form: revision, what was done, and to what."""
WHAT_TITLE = N_("What is the survey called? Please type the title that people see.")
QUESTIONS: Mapping[str, str] = {
    AUDIENCE: N_("Who can take it?"),
    CLOSES: N_("What is the last day? Please type the date: day, month and year."),
}
CHANGES: Mapping[str, str] = {
    AUDIENCE: N_("Change who can take it"),
    CLOSES: N_("Change the last day"),
}
REFUSALS: Mapping[str, str] = {
    Reason.TOO_LONG: N_("This title is too long: {maximum} letters at most."),
    PAST: N_("This day is over. Please type a day to come."),
    FAR: N_("This day is more than three years ahead. Please look at the year."),
}


def labels(t: Translator, choices: Iterable[Choice]) -> dict[str, str]:
    """What the choices are called on the screen, for typed answers."""
    return {choice.key: t.plain(AUDIENCES[Audience(choice.key)]) for choice in choices}


def question(desk: Desk, draft: Draft, before: Counted | None, step: Step) -> Message:
    """What is asked now, or the check before it is published.

    Args:
        desk: whom it is shown to.
        draft: what is to be published.
        before: the survey of which it becomes a further version; None: a new one.
        step: of the form.
    """
    blocks = [_refused(desk.t, each.why) for each in step.effects if isinstance(each, Refused)]
    shown, revision = step.shown, step.interview.revision
    if isinstance(shown, Asked):
        blocks += _asked(desk, draft, shown)
        rows = list(_buttons(desk.t, shown, revision))
    elif isinstance(shown, ReviewShown):
        blocks += _review(desk, draft, before, shown)
        rows = list(_ways(desk, draft, before, shown, revision))
    else:
        raise TypeError("a form that is over asks nothing")
    return Message(GAP.join(blocks)).with_buttons(*rows)


def _refused(t: Translator, why: Refusal) -> Markup:
    if why.reason in REFUSALS:
        return t(REFUSALS[why.reason], **dict(why.details))
    return refusals.refused(t, why)


def _asked(desk: Desk, draft: Draft, asked: Asked) -> Iterator[Markup]:
    t, name = desk.t, asked.question.name
    yield t("Publish: {title}", title=title_of(t, draft.title))
    yield t("<b>{question}</b>", question=_what(desk, draft, name))
    if asked.answer is not None:
        yield t("Now: {answer}", answer=_answer(t, name, asked.answer))


def _what(desk: Desk, draft: Draft, name: str) -> str:
    """What a question asks."""
    language = language_of(name, draft.languages)
    if language is None:
        return desk.t.plain(QUESTIONS[name])
    if len(draft.languages) < 2:  # noqa: PLR2004 -- there is one title only
        return desk.t.plain(WHAT_TITLE)
    return desk.t.plain(
        "What is the survey called in this language: {language}? Please type the title.",
        language=desk.language(language),
    )


def _answer(t: Translator, name: str, value: Value) -> str:
    match name:
        case "audience":
            return t.plain(AUDIENCES[Audience(str(value))])
        case "closes":
            return t.date(date.fromisoformat(str(value)))
        case _:
            return str(value)


def _buttons(t: Translator, asked: Asked, revision: int) -> Iterator[list[Button]]:
    for choice in asked.choices:
        label = t.plain(AUDIENCES[Audience(choice.key)])
        yield [Button(label, Tap.to(WALK, revision, "pick", choice.key))]
    if asked.can_skip:
        yield [Button(t.plain("No last day"), Tap.to(WALK, revision, "skip"))]
    row = []
    if asked.can_keep:
        row.append(Button(t.plain("Keep it"), Tap.to(WALK, revision, "keep")))
    if asked.can_go_back:
        row.append(Button(t.plain("Back"), Tap.to(WALK, revision, "back")))
    yield row
    yield [Button(t.plain("Do not publish"), Tap.to(WALK, revision, "stop"))]


def _review(
    desk: Desk, draft: Draft, before: Counted | None, shown: ReviewShown
) -> Iterator[Markup]:
    t = desk.t
    yield t("<b>Is everything right?</b>")
    yield LINE.join(_line(desk, draft, line) for line in shown.lines)
    lines = [
        t("File: {file}", file=draft.filename),
        t.plural("It has {n} question.", "It has up to {n} questions.", draft.questions),
    ]
    if draft.findings:
        lines.append(
            t.plural(
                "I found {n} thing to look at. It stands in the draft.",
                "I found {n} things to look at. They stand in the draft.",
                len(draft.findings),
            )
        )
    yield LINE.join(lines)
    if before is None:
        yield t("It is a new survey.")
    else:
        yield t.plural(
            "There is a survey of this form already: {title}, version {number}, with {n} response. "
            "This becomes the next version.",
            "There is a survey of this form already: {title}, version {number}, with {n} "
            "responses. This becomes the next version.",
            before.responses,
            title=title_of(t, before.survey.title),
            number=before.survey.version,
        )
        yield LINE.join(last_change(desk, before.survey))
        if is_of_another(desk, before.survey):
            yield t("Please make sure that they agree before you change it.")
        yield t("Whoever is in the middle finishes on the version that they began.")
    yield t("I tell nobody of it by myself. People find it with {command}.", command="/survey")


def _line(desk: Desk, draft: Draft, line: Line) -> Markup:
    t, name, value = desk.t, line.question.name, line.value
    language = language_of(name, draft.languages)
    match name:
        case _ if language is not None and len(draft.languages) > 1:
            return t(
                "Title ({language}): {title}", language=desk.language(language), title=str(value)
            )
        case _ if language is not None:
            return t("Title: {title}", title=str(value))
        case "audience":
            return t("For: {audience}", audience=_answer(t, name, value))
        case _ if value is None:
            return t("It stays open until you close it.")
        case _:
            return t("Open until the end of {date}.", date=_answer(t, name, value))


def _ways(
    desk: Desk, draft: Draft, before: Counted | None, shown: ReviewShown, revision: int
) -> Iterator[list[Button]]:
    t = desk.t
    go = t.plain("Publish it now")
    if before is not None and is_of_another(desk, before.survey):
        go = t.plain("They agree: publish it")
    yield [Button(go, Tap.to(WALK, revision, "finish"))]
    for line in shown.lines:
        name = line.question.name
        yield [Button(_change(desk, draft, name), Tap.to(WALK, revision, "change", name))]
    yield [Button(t.plain("Do not publish"), Tap.to(WALK, revision, "stop"))]


def _change(desk: Desk, draft: Draft, name: str) -> str:
    language = language_of(name, draft.languages)
    if language is None:
        return desk.t.plain(CHANGES[name])
    if len(draft.languages) < 2:  # noqa: PLR2004 -- there is one title only
        return desk.t.plain("Change the title")
    return desk.t.plain("Title in {language}", language=desk.language(language))


def published(t: Translator, survey: Survey, link: str) -> Message:
    """People can take it now."""
    blocks = [
        t("<b>Published: {title}</b>", title=title_of(t, survey.title)),
        t("People find it with {command}, or with this link:", command="/survey"),
        Markup("<code>{}</code>").format(link),
    ]
    return Message(GAP.join(blocks)).with_buttons(
        [Button(t.plain("See the survey"), Tap.to(AUTHOR, "survey", survey.id))],
        [to_authoring(t)],
        [go_home(t)],
    )


def stopped(t: Translator, draft_id: int) -> Message:
    """They do not publish it now."""
    return Message(t("I did not publish it. The draft is still there.")).with_buttons(
        [to_draft(t, draft_id)], [to_authoring(t)]
    )


def day_is_over(t: Translator) -> Markup:
    """The last day has passed since they chose it."""
    return t(REFUSALS[PAST])


def old_question(t: Translator) -> str:
    """They pressed a button of an earlier question."""
    return t.plain("This button is from an earlier question. Here is where we are.")
