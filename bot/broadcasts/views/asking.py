"""Messages that ask a volunteer for something: an approval, or a text in their language."""

from bot.broadcasts.models import Broadcast, Stage
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


def to_be_changed(desk: Desk, broadcast: Broadcast) -> Message:
    """A second person asks for a change before it goes out."""
    t = desk.t
    text = [
        t("<b>A second person asks for a change of a broadcast.</b>"),
        t("It begins: {beginning}", beginning=name_of(t, broadcast)),
        t("They say: {remark}", remark=broadcast.remark),
        t("It is a draft again. Nothing has been sent."),
    ]
    return Message(GAP.join(text)).with_buttons(
        [Button(t.plain("Change the broadcast"), to("show", broadcast.id))]
    )


def withdrawn(desk: Desk, broadcast: Broadcast) -> Message:
    """Somebody made a draft again of what waited, or was to begin by itself."""
    t = desk.t
    text = [
        t("<b>A broadcast is a draft again.</b>"),
        t("It begins: {beginning}", beginning=name_of(t, broadcast)),
        t("Somebody has changed it or taken it back. It goes out only if somebody sends it again."),
    ]
    return Message(GAP.join(text)).with_buttons(
        [Button(t.plain("Read it"), to("show", broadcast.id))]
    )


def came_back(desk: Desk, broadcast: Broadcast) -> Message:
    """A broadcast that was to begin by itself could not."""
    t = desk.t
    why = (
        t("It waits for a second person again, for it goes to many people.")
        if broadcast.stage is Stage.WAITING
        else t(
            "It is a draft again. Perhaps what it shows is over, or whoever asked for it cannot "
            "send it any more."
        )
    )
    text = [
        t("<b>A broadcast could not begin.</b>"),
        t("It begins: {beginning}", beginning=name_of(t, broadcast)),
        why,
    ]
    return Message(GAP.join(text)).with_buttons(
        [Button(t.plain("Read it"), to("show", broadcast.id))]
    )
