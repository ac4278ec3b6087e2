"""What is kept about people, a copy of it, and its end."""

from collections.abc import Sequence
from textwrap import shorten

import orjson
from markupsafe import Markup

from bot.i18n import Translator
from bot.message import Button, Document, Message, Tap
from bot.people.organisation import KeepDays, Organisation
from bot.people.privacy import Held
from bot.people.views import GAP, beside_english
from bot.people.views.welcome import back_home, go_home

CONTACT = 80  # characters shown of what an editor wrote
REGULATOR = "ico.org.uk"
"""Where people in the United Kingdom complain about the use of their data."""


def notice(t: Translator, english: Translator, organisation: Organisation) -> Message:
    """What is kept, why, how long, who sees it, who decides, and what people can do."""

    def view(t: Translator) -> Message:
        text = [
            t(
                "<b>What I keep, and why</b>\n"
                "• the number Telegram gives your account, to answer you; not your phone number\n"
                "• your language, and your area if you tell me\n"
                "• your bookings, to keep your place\n"
                "• which reminders you want, and which messages I sent you and when, not their "
                "words\n"
                "• which topics, boroughs and groups you want news of\n"
                "• what you need to take part, if you tell me; it is locked with a key\n"
                "• what you agreed to, and how you found me"
            ),
            t("I do not keep your name, your phone number, your full postcode or your location."),
            how_long(t, organisation.keep_days),
            t(
                "Do you have a role here? I keep it, and for six years what you did with it. I "
                "note that with a number, not with your name."
            ),
            t(
                "<b>Surveys</b>\n"
                "I keep answers that you sent without your name. I cannot find them again, so I "
                "cannot show or delete them. Answers that you did not send are locked with a key."
            ),
            t(
                "<b>Who sees it</b>\n"
                "{controller} decides about your data. People who run this bot for them can see "
                "it. Organisers of events that you book may see what you need.",
                controller=_short(organisation.controller),
            ),
            t(
                "<b>Telegram</b> is a company of its own. It keeps this chat too, and can read it. "
                "I cannot delete the chat there, but you can."
            ),
            t(
                "<b>Your rights</b>\n"
                "You can see, change or delete your data at any time. You can ask {contact}: "
                "{email}. You can complain at {regulator}.",
                contact=_short(organisation.privacy_contact),
                email=_short(organisation.email),
                regulator=REGULATOR,
            ),
        ]
        return Message(GAP.join(text))

    return beside_english(t, english, view).with_buttons(
        [Button(t.plain("See my data"), Tap.to("mydata"))],
        [delete_my_data(t)],
        [back_home(t)],
    )


def how_long(t: Translator, days: KeepDays) -> Markup:
    """How long each kind of data is kept."""
    return Markup("\n").join(
        [
            t("<b>How long I keep it</b>"),
            t.plural(
                "• bookings, and what I sent you about them: {n} day after the event",
                "• bookings, and what I sent you about them: {n} days after the event",
                days.bookings,
            ),
            t.plural(
                "• what you need: {n} day after you last told me",
                "• what you need: {n} days after you last told me",
                days.needs,
            ),
            t.plural(
                "• questions you did not finish: {n} day",
                "• questions you did not finish: {n} days",
                days.conversations,
            ),
            t("• the rest: until you delete it"),
        ]
    )


def delete_my_data(t: Translator) -> Button:
    """Asks whether everything is to be erased."""
    return Button(t.plain("Delete my data"), Tap.to("delete"))


def copy(t: Translator, english: Translator, held: Held) -> Message:
    """Everything that is held, as a file."""
    document = Document(
        "my-data.json", orjson.dumps(held, option=orjson.OPT_INDENT_2), "application/json"
    )

    def view(t: Translator) -> Message:
        return Message(
            t(
                "This file holds everything I keep about you. You can open it with any app that "
                "shows text. Keep it safe: whoever has it can read it."
            ),
            document=document,
        )

    return beside_english(t, english, view).with_buttons([delete_my_data(t)], [go_home(t)])


def confirm(
    t: Translator, english: Translator, confirmation: Sequence[int], *, has_role: bool = False
) -> Message:
    """The one question before everything is erased.

    Args:
        t: the reader's language.
        english: shown beneath where nobody checked the translation.
        confirmation: what the button carries, so that it means this person and this time only.
        has_role: whether they give up a role, and leave entries in the log.
    """

    def view(t: Translator) -> Message:
        text = [
            t("<b>Do you want to delete all your data?</b>"),
            t(
                "I erase your language, your area, your bookings, your reminders, your topics, "
                "what you need and what you agreed to. Your places go to other people. Nobody can "
                "undo this."
            ),
            t(
                "Safety copies from before are deleted later. Telegram keeps this chat until you "
                "delete it there."
            ),
        ]
        if has_role:
            text.append(
                t(
                    "You give up your role. What you did with it stays noted for six years, with a "
                    "number that is nobody's then."
                )
            )
        return Message(GAP.join(text))

    return beside_english(t, english, view).with_buttons(
        # The language goes with the tap: when it is pressed twice, the second one is a stranger's.
        [Button(t.plain("Delete everything"), Tap.to("erase", *confirmation, t.language))],
        [Button(t.plain("Keep my data"), Tap.to("unchanged"))],
    )


def goodbye(t: Translator, english: Translator) -> Message:
    """Everything is erased."""

    def view(t: Translator) -> Message:
        text = [
            t("<b>Your data is deleted.</b> I do not know you any more."),
            t(
                "Thank you for the time with me. You can come back with {command}.",
                command="/start",
            ),
            t("Telegram still keeps this chat. You can delete it in Telegram."),
        ]
        return Message(GAP.join(text))

    return beside_english(t, english, view)


def _short(text: str) -> str:
    return shorten(text, CONTACT, placeholder="…")
