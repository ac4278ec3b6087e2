"""What to say when something of ours failed."""

from bot.i18n import Translator
from bot.message import Button, Message, Tap


def sorry(t: Translator) -> Message:
    """The person's message could not be dealt with, and it is our fault."""
    return Message(
        t(
            "Sorry, something went wrong on our side. Nothing you told us before is lost. "
            "Please try again."
        )
    ).with_buttons([Button(t.plain("Go to the start"), Tap.to("home"))])
