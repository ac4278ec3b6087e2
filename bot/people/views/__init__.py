"""What people see and do about themselves: language, area, messages, privacy, help.

    beside_english(turn.t, english, lambda t: consent_text(t, ...))

Texts about crisis, privacy, consent and deletion must be right. Where nobody who speaks the
language has checked a translation, the English stands beneath it.
"""

from collections.abc import Callable, Container
from dataclasses import replace

from markupsafe import Markup

from bot.i18n import Translator
from bot.message import Message

GAP = Markup("\n\n")
"""What stands between two paragraphs: `GAP.join([first, second])`."""


def computer_made(t: Translator) -> Markup:
    """Says that nobody has checked this language's translations."""
    return t("A computer made this translation. A native speaker has not checked it yet.")


def beside_english(
    t: Translator,
    english: Translator,
    view: Callable[[Translator], Message],
    reviewed: Container[str] | None = None,
) -> Message:
    """A view in the reader's language, and in English beneath where no native speaker checked it.

    The two together must fit into one message, so such a view stays under about 1,900 characters.

    Args:
        t: the reader's language.
        english: the language texts are written in.
        view: builds the message in a language; its buttons are shown in the reader's.
        reviewed: languages in which the editors' texts in it are checked; None: it has none.
    """
    message = view(t)
    is_checked = not t.is_machine and (reviewed is None or t.language in reviewed)
    if t.language == english.language or is_checked:
        return message
    notice = Markup("<i>{}\n{}</i>").format(computer_made(t), computer_made(english))
    heading = Markup("<b>{}</b>").format(english.name)
    return replace(message, text=GAP.join([message.text, notice, heading, view(english).text]))
