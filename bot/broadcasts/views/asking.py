"""Messages that ask a volunteer for something: an approval, or a text in their language."""

from bot.broadcasts.models import Broadcast
from bot.broadcasts.views.desk import Desk, name_of, to
from bot.message import Button, Message
from bot.people.views import GAP


def for_approval(desk: Desk, broadcast: Broadcast) -> Message:
    """A broadcast waits for a second person."""
    t = desk.t
    text = [
        t("<b>A broadcast waits for a second person.</b>"),
        t("It begins: {beginning}", beginning=name_of(t, broadcast)),
        t("Please read it. Nothing is sent before somebody approves it."),
    ]
    return Message(GAP.join(text)).with_buttons(
        [Button(t.plain("Read it"), to("show", broadcast.id))]
    )


def for_text(desk: Desk, broadcast: Broadcast, language: str) -> Message:
    """A broadcast needs a text in a language that this volunteer has."""
    t = desk.t
    text = [
        t("<b>A broadcast needs a text in {language}.</b>", language=desk.language(language)),
        t("It begins: {beginning}", beginning=name_of(t, broadcast)),
        t("Can you write it? Without it, people read it in English."),
    ]
    return Message(GAP.join(text)).with_buttons(
        [Button(t.plain("Write the text"), to("write", broadcast.id, language))],
        [Button(t.plain("Read it"), to("show", broadcast.id))],
    )
