"""STOP: what can be stopped, and what it means."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP
from bot.people.views.welcome import go_home, messages_are_stopped, start_messages_again


def choices(t: Translator, *, stopped: bool) -> Message:
    """Three choices, each with what it does.

    Args:
        t: the reader's language.
        stopped: whether messages are stopped already.
    """
    if stopped:
        first = messages_are_stopped(t)
        button = start_messages_again(t)
    else:
        first = t(
            "<b>Stop messages</b>: I send you nothing, unless you write to me first. "
            "Your bookings stay."
        )
        button = Button(t.plain("Stop messages"), Tap.to("stop"))
    text = [
        t("<b>What would you like to do?</b>"),
        first,
        t("<b>Delete my data</b>: I erase everything I know about you. Your bookings end."),
        t("<b>No change</b>: Everything stays as it is."),
    ]
    return Message(GAP.join(text)).with_buttons(
        [button],
        [Button(t.plain("Delete my data"), Tap.to("delete"))],
        [Button(t.plain("No change"), Tap.to("unchanged"))],
    )


def stopped(t: Translator) -> Message:
    """Messages are stopped; what that means."""
    text = [
        t("<b>I have stopped messages.</b> From now on I only answer when you write to me."),
        t(
            "Your bookings stay. No reminders come, and I cannot tell you if an event changes, so "
            "look at it before you go."
        ),
    ]
    return Message(GAP.join(text)).with_buttons([start_messages_again(t)], [go_home(t)])


def resumed(t: Translator) -> Markup:
    """Messages are on again."""
    return t("Messages are on again. To stop them, send {command}.", command="/stop")


def unchanged(t: Translator) -> Markup:
    """They decided to stop nothing."""
    return t("Nothing has changed.")
