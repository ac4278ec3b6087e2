"""Which surveys there are, and their beginning and end."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from bot.forms.definition import Question
from bot.i18n import Catalogues, Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP, computer_made
from bot.people.views.welcome import back_home, go_home
from bot.surveys.models import Survey
from bot.surveys.views.keyboard import WALK
from bot.surveys.views.markdown import to_html


class Standing(StrEnum):
    """Where a person is in a survey."""

    NEW = "new"
    BEGUN = "begun"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Offer:
    """A survey as it is offered to one person.

    Attributes:
        language: the code of the language it is taken in; "" where the person has to choose.
    """

    survey: Survey
    standing: Standing
    language: str


def surveys(t: Translator, offers: Sequence[Offer]) -> Message:
    """The surveys that are open for a person."""
    if not offers:
        return Message(t("There is no survey open now. Thank you for asking.")).with_buttons(
            [back_home(t)]
        )
    rows = [[Button(_title(t, each.survey), Tap.to("survey", each.survey.id))] for each in offers]
    return Message(
        GAP.join([t("<b>Surveys</b>"), t("Your answers help to make health services better.")])
    ).with_buttons(*rows, [back_home(t)])


def card(t: Translator, offer: Offer, catalogues: Catalogues) -> Message:
    """One survey, with the way into it."""
    survey = offer.survey
    blocks = [
        Markup("<b>{}</b>").format(_title(t, survey)),
        t(
            "It has up to {n} questions. You can stop at any time and go on later. "
            "Nothing is sent before you press Send at the end.",
            n=survey.questions,
        ),
        t(
            "It is confidential: we keep your answers without your name. "
            "Telegram carries this chat, so Telegram may be able to see it."
        ),
    ]
    if t.language in survey.unreviewed:
        blocks.append(Markup("<i>{}</i>").format(computer_made(t)))
    rows: list[list[Button]] = []
    match offer.standing:
        case Standing.SENT:
            blocks.append(t("You have sent your answers already. Thank you."))
        case Standing.BEGUN:
            blocks.append(t("You have begun. Your answers so far are saved."))
            rows = [
                [Button(t.plain("Go on"), Tap.to("survey", survey.id, "go"))],
                [Button(t.plain("Delete my answers"), Tap.to("survey", survey.id, "drop"))],
            ]
        case Standing.NEW if offer.language:
            rows = [[Button(t.plain("Begin"), Tap.to("survey", survey.id, "begin"))]]
        case Standing.NEW:
            blocks.append(t("It is not in your language yet. You can take it in:"))
            rows = [
                [Button(_name(catalogues, code), Tap.to("survey", survey.id, "begin", place))]
                for place, code in enumerate(survey.languages)
            ]
    return Message(GAP.join(blocks)).with_buttons(*rows, [back_home(t)])


def sent(t: Translator, notes: Sequence[Question]) -> Message:
    """The answers are sent."""
    blocks = [to_html(note.label) for note in notes if note.label]
    blocks.append(t("<b>Thank you. Your answers are sent.</b>"))
    blocks.append(t("We keep them without your name."))
    return Message(GAP.join(blocks)).with_buttons([go_home(t)])


def nothing_sent(t: Translator, notes: Sequence[Question]) -> Message:
    """They came to the end without an answer."""
    blocks = [to_html(note.label) for note in notes if note.label]
    blocks.append(
        t("You answered no question, so nothing was sent. You can begin again if you like.")
    )
    return Message(GAP.join(blocks)).with_buttons([to_surveys(t)], [go_home(t)])


def declined(t: Translator, notes: Sequence[Question]) -> Message:
    """They do not agree to take part."""
    blocks = [to_html(note.label) for note in notes if note.label]
    blocks.append(t("That is fine. Nothing is kept. You can begin later if you change your mind."))
    return Message(GAP.join(blocks)).with_buttons([to_surveys(t)], [go_home(t)])


def paused(t: Translator, survey: Survey) -> Message:
    """They stop for now."""
    return Message(
        GAP.join(
            [
                t("Your answers are saved. Nothing is sent yet."),
                t("To go on, press the button or send {command}.", command="/survey"),
            ]
        )
    ).with_buttons(
        [Button(t.plain("Go on"), Tap.to("survey", survey.id, "go"))],
        [Button(t.plain("Delete my answers"), Tap.to("survey", survey.id, "drop"))],
        [go_home(t)],
    )


def nudge(t: Translator, survey: Survey) -> Message:
    """They left a survey in the middle some days ago."""
    return Message(
        GAP.join(
            [
                t("You began a survey: <b>{title}</b>", title=_title(t, survey)),
                t("Your answers so far are saved. Would you like to go on?"),
                t("I ask you this only once."),
            ]
        )
    ).with_buttons(
        [Button(t.plain("Go on"), Tap.to("survey", survey.id, "go"))],
        [Button(t.plain("Delete my answers"), Tap.to("survey", survey.id, "drop"))],
    )


def dropping(t: Translator, survey: Survey, revision: int) -> Message:
    """Whether they really want to delete what they have answered so far."""
    return Message(
        t("Shall I delete your answers to this survey? This cannot be undone.")
    ).with_buttons(
        [Button(t.plain("Yes, delete them"), Tap.to(WALK, survey.id, revision, "erase"))],
        [Button(t.plain("Go on"), Tap.to("survey", survey.id, "go"))],
    )


def dropped(t: Translator, survey: Survey) -> Message:
    """They deleted what they had answered so far."""
    return Message(t("Your answers are deleted. Nothing was sent.")).with_buttons(
        [Button(t.plain("Begin again"), Tap.to("survey", survey.id))], [go_home(t)]
    )


def gone(t: Translator) -> Message:
    """There is no such survey any more, or it is not for them, or it is over."""
    return Message(t("This survey is closed. Thank you for your interest.")).with_buttons(
        [Button(t.plain("Other surveys"), Tap.to("survey"))], [go_home(t)]
    )


def changed(t: Translator, survey: Survey) -> Message:
    """The version they began is gone."""
    return Message(
        GAP.join(
            [
                t("We are sorry. This survey was changed, so you cannot go on where you were."),
                t("Your answers so far are deleted. You can begin again if you like."),
            ]
        )
    ).with_buttons([Button(t.plain("Begin again"), Tap.to("survey", survey.id))], [go_home(t)])


def to_surveys(t: Translator) -> Button:
    """Leads to the surveys."""
    return Button(t.plain("Surveys"), Tap.to("survey"))


def _title(t: Translator, survey: Survey) -> str:
    return t.pick({"en": survey.name, **survey.title})[0]


def _name(catalogues: Catalogues, code: str) -> str:
    """A language in its own name, as far as it is one of the bot's."""
    return next((t.name for t in catalogues.all if t.language == code), code)
