"""The first words, the choice of a language, and the home screen."""

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from bot.i18n import Translator
from bot.message import Button, Message, Rows, Tap
from bot.people.views import GAP, computer_made


def greet(translators: Sequence[Translator], likely: str | None, link: str = "") -> Message:
    """A stranger is greeted in every language, and asked for theirs.

    Args:
        translators: one for each language there is.
        likely: the code of the language their Telegram is in; that language comes first.
        link: what brought them here; it opens once they have chosen.
    """
    return _choice(
        translators,
        likely,
        link,
        lambda t: Markup("\n").join(
            [
                t("Welcome to Baobab. Here you find health events near you."),
                t("Which language do you want to use?"),
            ]
        ),
    )


def language_first(translators: Sequence[Translator], likely: str | None) -> Message:
    """A stranger wrote or pressed something before choosing a language."""
    return _choice(
        translators,
        likely,
        "",
        lambda t: t("Please choose your language first. Then I can answer you."),
    )


def languages(
    translators: Sequence[Translator], first: str | None, reader: Translator | None
) -> Message:
    """The choice of a language, for someone who wants another one.

    Args:
        translators: one for each language there is.
        first: the code of the language that comes first.
        reader: the voice of someone who has a language, and may go back to it; None: of nobody.
    """
    choice = _choice(translators, first, "", lambda t: t("Which language do you want to use?"))
    return choice.with_buttons([back_home(reader)] if reader else [])


def _choice(
    translators: Sequence[Translator],
    likely: str | None,
    link: str,
    words: Callable[[Translator], Markup],
) -> Message:
    code = (likely or "").split("-")[0].lower()
    ordered = sorted(translators, key=lambda t: t.language != code)
    link_too = (link,) if link else ()
    buttons = [Button(t.name, Tap.to("language", t.language, *link_too)) for t in ordered]
    return Message(GAP.join(map(words, ordered)), buttons=in_pairs(buttons))


def language_chosen(t: Translator, english: Translator) -> Message:
    """They chose a language; where a computer made the translation, that is said."""
    chosen = t(
        "From now on I write to you in {language}. To change it, send {command}.",
        language=t.name,
        command="/language",
    )
    if not t.is_machine:
        return Message(chosen)
    return Message(GAP.join([chosen, computer_made(t), computer_made(english)]))


def home(t: Translator, *said: Markup, stopped: bool) -> Message:
    """Everything there is to do.

    Args:
        t: the reader's language.
        said: paragraphs that come first, such as what has just been done.
        stopped: whether they stopped messages.
    """
    text = [
        *said,
        *([messages_are_stopped(t)] if stopped else []),
        t(
            "<b>What would you like to do?</b>\n"
            "You can also type words to search, such as <i>blood pressure</i>."
        ),
    ]
    buttons = [
        Button(t.plain("Find events"), Tap.to("events")),
        my_bookings(t),
        Button(t.plain("Surveys"), Tap.to("survey")),
        # Of somebody who wants no messages, nothing about messages.
        *([] if stopped else [Button(t.plain("News and reminders"), Tap.to("news"))]),
        Button(t.plain("My area"), Tap.to("area")),
        Button(t.plain("Language"), Tap.to("language")),
        Button(t.plain("Help"), Tap.to("help")),
        Button(t.plain("Privacy and my data"), Tap.to("privacy")),
    ]
    message = Message(GAP.join(text), buttons=in_pairs(buttons))
    return message.with_buttons([start_messages_again(t)]) if stopped else message


def hello_again(t: Translator) -> Markup:
    """They said /start, and we know them."""
    return t("Hello again.")


def link_leads_nowhere(t: Translator) -> Markup:
    """They followed a link that opens nothing, or nothing any more."""
    return t("This link does not work any more. Perhaps the event is over, or a part is missing.")


def messages_are_stopped(t: Translator) -> Markup:
    """Why they hear nothing from the bot."""
    return t("Messages are stopped. I only answer when you write to me.")


def start_messages_again(t: Translator) -> Button:
    """Takes a stop back."""
    return Button(t.plain("Start messages again"), Tap.to("resume"))


def my_bookings(t: Translator) -> Button:
    """Leads to the person's places at events."""
    return Button(t.plain("My bookings"), Tap.to("bookings"))


def my_reminders(t: Translator) -> Button:
    """Leads to the reminders they have chosen."""
    return Button(t.plain("Reminders"), Tap.to("reminders"))


def go_home(t: Translator) -> Button:
    """Leads to the home screen."""
    return Button(t.plain("Go to the start"), Tap.to("home"))


def back_home(t: Translator) -> Button:
    """Leads from a screen back to the home screen it was opened from."""
    return Button(t.plain("Back"), Tap.to("home"))


def in_pairs(buttons: Iterable[Button]) -> Rows:
    """Buttons in rows of two."""
    each = list(buttons)
    return tuple(tuple(each[at : at + 2]) for at in range(0, len(each), 2))
