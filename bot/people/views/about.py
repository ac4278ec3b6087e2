"""What the bot is: for its help, and for what Telegram shows around the chat."""

from textwrap import shorten

from markupsafe import Markup

from bot.i18n import Translator
from bot.message import Button, Message, Tap
from bot.people.content import Content
from bot.people.organisation import Organisation
from bot.people.views import GAP, beside_english, crisis
from bot.people.views.welcome import go_home

NAME, CONTACT, PURPOSE = 100, 100, 400  # characters shown of what an editor wrote


def help_card(t: Translator, english: Translator, content: Content) -> Message:
    """What to do in danger, what the bot can do, and who runs it."""
    first, *others = crisis.pages(t, english, content.crisis.lines)

    def view(t: Translator) -> Message:
        text = [
            t("<b>Help at once</b>"),
            crisis.first_lines(t, first),
            t(
                "<b>What I can do</b>\n"
                "I show you health events near you, and I book a place for you. "
                "Type words to search, such as <i>blood pressure</i>. Type your borough or your "
                "postcode to see what is near. Type <i>stop</i> to stop messages."
            ),
            _who(t, content.organisation),
        ]
        return Message(GAP.join(text))

    reviewed = content.crisis.reviewed & frozenset(content.organisation.reviewed)
    return beside_english(t, english, view, reviewed).with_buttons(
        [crisis.more_lines(t, 1)] if others else [],
        [
            Button(t.plain("Find events"), Tap.to("events")),
            Button(t.plain("Language"), Tap.to("language")),
        ],
        [go_home(t)],
    )


def _who(t: Translator, organisation: Organisation) -> Markup:
    purpose = shorten(t.pick(organisation.intended_use)[0], PURPOSE, placeholder="…")
    return t(
        "<b>Who runs this</b>\n{organisation}\n{purpose}\n{email}\n{website}",
        organisation=shorten(organisation.name, NAME, placeholder="…"),
        purpose=purpose,
        email=shorten(organisation.email, CONTACT, placeholder="…"),
        website=shorten(organisation.website, CONTACT, placeholder="…"),
    )


def description(t: Translator, content: Content) -> str:
    """What stands in the empty chat, before anybody presses Start; 512 characters at most."""
    return t.plain(
        "Baobab helps you find health events near you and book a place, in your language. "
        "{organisation} runs it.\n\nIt gives no medical advice. In danger, call {number}.",
        organisation=shorten(content.organisation.name, NAME, placeholder="…"),
        number=shorten(content.crisis.lines[0].number, crisis.NUMBER, placeholder="…"),
    )


def short_description(t: Translator) -> str:
    """What stands beside the bot's name where somebody shares it; 120 characters at most."""
    return t.plain("Health events near you, in your language.")
