"""Kind answers to what the bot cannot use."""

from markupsafe import Markup

from bot.i18n import Translator


def unreadable(t: Translator) -> Markup:
    """They sent a picture, a voice message, a sticker, a file or the like."""
    return t(
        "Thank you. I can only read text, so I do not know what is in this.\n"
        "You can type your borough or your postcode, or press a button."
    )


def unknown_command(t: Translator) -> Markup:
    """They sent a command that does not exist."""
    return t("I do not know this command. Here is what I can do.")


def old_button(t: Translator) -> str:
    """They pressed a button that means nothing any more."""
    return t.plain("This button is too old. Nothing has changed. Please choose here.")
