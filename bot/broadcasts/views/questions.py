"""What a volunteer is asked for a part of a broadcast, and why an answer is not taken."""

from collections.abc import Iterator, Mapping
from typing import Final

from markupsafe import Markup

from bot.broadcasts.composing import (
    ADDRESS,
    FILES,
    LABEL,
    MOMENT,
    NO_ADDRESS,
    ON_A_BUTTON,
    OVER,
    REASON,
    REMARK,
    REPEATS,
    WORDS,
)
from bot.broadcasts.models import Broadcast
from bot.broadcasts.views.desk import Desk, to_draft
from bot.forms.happened import Asked, Refused, Step
from bot.forms.inputs import Reason, Refusal
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP
from bot.surveys.views import refusals

WALK: Final = "bcq"
"""The verb of the buttons of questions: revision of the interview, what was done, and to what."""
QUESTIONS: Final[Mapping[str, str]] = {
    WORDS: N_("Please send me the text in {language}. Bold, links and the like stay."),
    FILES: N_("Please send me a picture, a film, a voice message or a file."),
    ADDRESS: N_("What does the button open? Please send the web address, with https:// first."),
    LABEL: N_("What stands on the button? {number} letters at most."),
    MOMENT: N_("When is it to leave? Please type the date and the time, in UK time."),
    REPEATS: N_("Is it sent again?"),
    REMARK: N_("What should be changed before it goes out? I tell whoever asked for it."),
    REASON: N_("Why can it not wait for the usual hours? Your reason is kept with the broadcast."),
}
CHOICES: Final[Mapping[str, str]] = {
    "never": N_("No, only once"),
    "weekly": N_("Every week"),
    "monthly": N_("Every month, on the same weekday"),
}
REFUSALS: Final[Mapping[str, str]] = {
    NO_ADDRESS: N_("This is no whole web address. It begins with https:// and has a point in it."),
    OVER: N_("This time is over. Please type a time to come."),
}


def not_words(t: Translator) -> Markup:
    """Something else was sent than a text."""
    return t("I cannot take this as a text. Please send words, or press a button above.")


def for_many(t: Translator) -> Markup:
    """A volunteer was shown the help card while they were asked for words."""
    return t(
        "Are these words for a broadcast? Then send them again with /text in front: "
        "so I know that nobody calls for help."
    )


def how_for_many(t: Translator) -> Markup:
    """Words for many were sent, and nobody was asked for some."""
    return t(
        "/text stands in front of words for a broadcast, when I have asked for them.\n"
        "For example: <code>/text Come and talk with us.</code>"
    )


def question(desk: Desk, broadcast: Broadcast, step: Step) -> Message:
    """What is asked now, of a part with more than one question."""
    t = desk.t
    rows = list(_answers(t, step))
    return Message(asked(desk, step)).with_buttons(*rows, [to_draft(t, broadcast.id)])


def asked(desk: Desk, step: Step, language: str = "") -> Markup:
    """What is asked, below why the last answer was not taken.

    Raises:
        TypeError: nothing is asked any more.
    """
    t = desk.t
    if not isinstance(step.shown, Asked):
        raise TypeError("a part that is over asks nothing")
    name = step.shown.question.name
    said = [_refused(t, each.why) for each in step.effects if isinstance(each, Refused)]
    words = t.plain(QUESTIONS[name], language=language, number=ON_A_BUTTON)
    return GAP.join([*said, t("<b>{question}</b>", question=words)])


def _refused(t: Translator, why: Refusal) -> Markup:
    if why.reason in REFUSALS:
        return t(REFUSALS[why.reason], **dict(why.details))
    if why.reason == Reason.NOT_AN_ANSWER:
        return not_words(t)
    return refusals.refused(t, why)


def _answers(t: Translator, step: Step) -> Iterator[list[Button]]:
    if isinstance(step.shown, Asked):
        for choice in step.shown.choices:
            label = t.plain(CHOICES[choice.key])
            yield [Button(label, Tap.to(WALK, step.interview.revision, "pick", choice.key))]


def labels(t: Translator) -> dict[str, str]:
    """What the choices are called on the screen, for typed answers."""
    return {key: t.plain(label) for key, label in CHOICES.items()}


def old_question(t: Translator) -> str:
    """They pressed a button of an earlier question."""
    return t.plain("This button is from an earlier question. Here is where we are.")
