"""What people are asked about what they need to take part, and what is said about it."""
# ruff: noqa: ERA001 -- comments for translators look like code to it

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from bot.forms.definition import Choice, Kind
from bot.forms.happened import Asked, Line, Refused, ReviewShown, Step
from bot.forms.inputs import Reason
from bot.forms.values import Value
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.models import Needs
from bot.people.needs_form import INTERPRETER, OTHER, PRESENCE, SENSES
from bot.people.views import GAP, beside_english
from bot.people.views.welcome import back_home, go_home, my_bookings

WALK = "need"
"""The verb of every button of the form: revision, what was done, and to what."""

QUESTIONS = {
    "any": N_("Do you need anything to take part in events?"),
    "senses": N_("Do you need help to see, hear or read? Press all that you need."),
    "presence": N_("What else do you need on the day? Press all that you need."),
    INTERPRETER: N_("Which language should the interpreter speak? Please type it."),
    OTHER: N_("What else do you need? Please type it in your own words."),
}
SHORT = {
    # Translators: button
    "senses": N_("To see, hear or read"),
    # Translators: button
    "presence": N_("On the day"),
    # Translators: button
    INTERPRETER: N_("Interpreter"),
    # Translators: button
    OTHER: N_("Something else"),
}
CHOICES = {
    # Translators: button
    "none": N_("No, nothing"),
    # Translators: button
    "some": N_("Yes"),
    # Translators: button
    "bsl": N_("British Sign Language"),
    # Translators: button
    "lip_speaker": N_("Lip speaker"),
    # Translators: button
    "hearing_loop": N_("Hearing loop"),
    # Translators: button
    "large_print": N_("Large print"),
    # Translators: button
    "easy_read": N_("Easy Read"),
    # Translators: button
    "audio": N_("Audio"),
    # Translators: button
    "step_free": N_("Step-free access"),
    # Translators: button
    "quiet_space": N_("Quiet space"),
    # Translators: button
    "seating": N_("Places to sit"),
    # Translators: button
    "carer": N_("My carer comes too"),
    # Translators: button
    INTERPRETER: N_("Interpreter"),
    # Translators: button
    OTHER: N_("Something else"),
}
REFUSALS = {
    Reason.TOO_LONG: N_("This is too long. Please write it shorter."),
    Reason.EMPTY: N_("I cannot read this. Please type it in words."),
}
USE_THE_BUTTONS = N_("Please answer with the buttons.")


def labels(t: Translator, choices: Iterable[Choice]) -> dict[str, str]:
    """What the choices are called on the screen, for typed answers."""
    return {choice.key: t.plain(CHOICES[choice.key]) for choice in choices}


def question(t: Translator, english: Translator, step: Step) -> Message:
    """The question asked now, or the answers to check, with what was wrong before.

    What people must understand before they agree stands in English, too, where nobody has checked
    the translation.
    """
    refused = next((each for each in step.effects if isinstance(each, Refused)), None)
    shown = step.shown
    revision = step.interview.revision
    if isinstance(shown, Asked):
        asked = shown
        if asked.question.name != "any":
            message = _asked(t, asked, revision)
        else:
            message = beside_english(t, english, lambda t: _asked(t, asked, revision))
    elif isinstance(shown, ReviewShown):
        review = shown
        message = beside_english(t, english, lambda t: _review(t, review, revision))
    else:
        return nothing_kept(t)
    if refused is None:
        return message
    why = t(REFUSALS.get(Reason(refused.why.reason), USE_THE_BUTTONS))
    return Message(GAP.join([why, message.text]), buttons=message.buttons)


def still_hold(t: Translator, needs: Needs, event_id: int) -> Message:
    """Asked at later bookings: whether what we know is still right."""
    return Message(
        GAP.join(
            [
                t("<b>You told us what you need to take part:</b>"),
                listed(t, needs),
                t("Is this still right?"),
            ]
        )
    ).with_buttons(
        [Button(t.plain("Yes, it is right"), Tap.to("needs", "yes", event_id))],
        [Button(t.plain("Change it"), Tap.to("needs", "ask", event_id))],
        [Button(t.plain("Delete it"), Tap.to("needs", "delete"))],
    )


def overview(t: Translator, english: Translator, needs: Needs | None) -> Message:
    """What we know about a person's needs, for them to look at any time."""
    return beside_english(t, english, lambda t: _overview(t, needs))


def _overview(t: Translator, needs: Needs | None) -> Message:
    if needs is None:
        return Message(
            GAP.join([t("We keep nothing about what you need to take part."), *_why(t)])
        ).with_buttons(
            [Button(t.plain("Tell what I need"), Tap.to("needs", "ask", 0))], [back_home(t)]
        )
    return Message(
        GAP.join([t("<b>What you need to take part</b>"), listed(t, needs), *_why(t)])
    ).with_buttons(
        [Button(t.plain("Change it"), Tap.to("needs", "ask", 0))],
        [Button(t.plain("Delete it"), Tap.to("needs", "delete"))],
        [back_home(t)],
    )


def kept(t: Translator, needs: Needs, *more: Markup) -> Message:
    """What we keep from now on; `more` says what an event cannot offer."""
    paragraphs = [
        t("<b>Thank you. We keep this for your bookings:</b>"),
        listed(t, needs),
        *more,
        t("You can change or delete it at any time in {bookings}.", bookings="/bookings"),
    ]
    return Message(GAP.join(paragraphs)).with_buttons(
        [my_bookings(t)],
        [Button(t.plain("Change it"), Tap.to("needs", "ask", 0))],
        [Button(t.plain("Delete it"), Tap.to("needs", "delete"))],
        [go_home(t)],
    )


def nothing_kept(t: Translator) -> Message:
    """They need nothing, or would rather not say."""
    return Message(
        t("Thank you. We keep nothing about this, and we will not ask again.")
        + "\n"
        + t("You can tell us later in {bookings}.", bookings="/bookings")
    ).with_buttons([my_bookings(t)], [go_home(t)])


def deleted(t: Translator) -> Message:
    """What they needed is erased."""
    return Message(t("We deleted what you told us about your needs.")).with_buttons(
        [Button(t.plain("Tell what I need"), Tap.to("needs", "ask", 0))], [back_home(t)]
    )


def old_question(t: Translator) -> str:
    """They pressed a button of an earlier question."""
    return t.plain("This button is from an earlier question. Here is where we are.")


def listed(t: Translator, needs: Needs) -> Markup:
    """Needs, one on each line."""
    lines = [
        t("• {need}", need=name_of(t, key))
        for key in (*SENSES, *PRESENCE)
        if key in needs.keys and key not in {INTERPRETER, OTHER}
    ]
    if INTERPRETER in needs.keys:
        language = needs.interpreter
        named = t("• Interpreter: {language}", language=language) if language else None
        lines.append(named or t("• {need}", need=name_of(t, INTERPRETER)))
    if OTHER in needs.keys:
        note = needs.note or name_of(t, OTHER)
        lines.append(t("• {need}", need=note))
    return Markup("\n").join(lines)


def name_of(t: Translator, key: str) -> str:
    """What a need is called."""
    return t.plain(CHOICES[key])


def _asked(t: Translator, asked: Asked, revision: int) -> Message:
    name = asked.question.name
    blocks = [t("<b>{question}</b>", question=t.plain(QUESTIONS[name]))]
    if name == "any":
        blocks += _why(t)
    else:
        progress = asked.progress
        blocks.append(
            t(
                "Question {number} of about {about}.",
                number=progress.number,
                about=max(progress.number, progress.about),
            )
        )
    if asked.ticks:
        chosen = "\n".join(str(t("• {need}", need=name_of(t, key))) for key in asked.ticks)
        blocks.append(t("You chose:") + "\n" + Markup(chosen))  # noqa: S704 -- lines of Markup
    if asked.question.kind is Kind.TEXT and isinstance(asked.answer, str):
        blocks.append(t("You wrote: {answer}", answer=asked.answer))
    return Message(GAP.join(blocks)).with_buttons(*_buttons(t, asked, revision))


def _why(t: Translator) -> list[Markup]:
    """What people read before they agree; `needs_form.WORDING` names this version."""
    return [
        t(
            "Why we ask: organisers can then prepare. "
            "Only organisers of events that you book may see it. "
            "We lock it with a key before we store it. "
            "You can change it or delete it at any time."
        )
    ]


def _buttons(t: Translator, asked: Asked, revision: int) -> Iterator[list[Button]]:
    kind = asked.question.kind
    if kind is Kind.CHOOSE_MANY:
        yield from _ticks(t, asked, revision)
    else:
        for choice in asked.choices:
            pick = Tap.to(WALK, revision, "pick", choice.key)
            yield [Button(name_of(t, choice.key), pick)]
    if asked.can_keep and kind is Kind.TEXT:
        yield [Button(t.plain("Keep it"), Tap.to(WALK, revision, "keep"))]
    last = []
    if asked.can_go_back:
        last.append(Button(t.plain("Back"), Tap.to(WALK, revision, "back")))
    if kind is Kind.CHOOSE_ONE:
        last.insert(0, Button(t.plain("I would rather not say"), Tap.to(WALK, revision, "skip")))
    elif kind is Kind.TEXT:
        last.insert(0, Button(t.plain("Skip"), Tap.to(WALK, revision, "skip")))
    yield last


def _ticks(t: Translator, asked: Asked, revision: int) -> Iterator[list[Button]]:
    """Two choices in a row; one that is chosen says so in words, which screen readers read."""
    buttons = []
    for choice in asked.choices:
        label = name_of(t, choice.key)
        if choice.key in asked.ticks:
            label = t.plain("{need}: yes", need=label)
        buttons.append(Button(label, Tap.to(WALK, revision, "tick", choice.key)))
    for at in range(0, len(buttons), 2):
        yield buttons[at : at + 2]
    done = t.plain("Done") if asked.ticks else t.plain("None of these")
    yield [Button(done, Tap.to(WALK, revision, "done"))]


def _review(t: Translator, review: ReviewShown, revision: int) -> Message:
    lines = [_line(t, line) for line in review.lines if line.question.name != "any"]
    change = [
        [Button(_change(t, line), Tap.to(WALK, revision, "change", line.question.name))]
        for line in review.lines
        if line.question.name != "any"
    ]
    return Message(
        GAP.join(
            [
                t("<b>Shall we keep this for your bookings?</b>"),
                Markup("\n").join(lines),
                *_why(t),
            ]
        )
    ).with_buttons(
        [Button(t.plain("Yes, keep it"), Tap.to(WALK, revision, "finish"))],
        *change,
        [Button(t.plain("No, delete it"), Tap.to(WALK, revision, "stop"))],
    )


def _change(t: Translator, line: Line) -> str:
    return t.plain("Change: {what}", what=t.plain(SHORT[line.question.name]))


def _line(t: Translator, line: Line) -> Markup:
    return t(
        "{what}: {answer}",
        what=t.plain(SHORT[line.question.name]),
        answer=_answer(t, line.value),
    )


def _answer(t: Translator, value: Value) -> Markup:
    if isinstance(value, tuple):
        apart = "، " if t.rtl else ", "
        return Markup(apart).join(name_of(t, str(key)) for key in value)  # noqa: S704 -- a comma
    return escape(value) if value else t("nothing")
