"""STOP: what can be stopped, and what it means."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP
from bot.people.views.news import HERE, stop_news
from bot.people.views.welcome import go_home, messages_are_stopped, start_messages_again


def choices(t: Translator, *, stopped: bool, news: bool) -> Message:
    """What can be done, each with what it means.

    Args:
        t: the reader's language.
        stopped: whether messages are stopped already.
        news: whether they get news.
    """
    text = [t("<b>What would you like to do?</b>")]
    rows = []
    if news and not stopped:
        text.append(
            t(
                "<b>Stop news</b>: I send you no news, and I erase what you chose for it. "
                "Your bookings and reminders stay as they are."
            )
        )
        rows.append([stop_news(t, HERE)])
    if stopped:
        text.append(messages_are_stopped(t))
        rows.append([start_messages_again(t)])
    else:
        text.append(
            t(
                "<b>Stop messages</b>: I send you nothing, unless you write to me first. "
                "Your bookings stay."
            )
        )
        rows.append([Button(t.plain("Stop messages"), Tap.to("stop"))])
    text += [
        t("<b>Delete my data</b>: I erase everything I know about you. Your bookings end."),
        t("<b>No change</b>: Everything stays as it is."),
    ]
    return Message(GAP.join(text)).with_buttons(
        *rows,
        [Button(t.plain("Delete my data"), Tap.to("delete"))],
        [Button(t.plain("No change"), Tap.to("unchanged"))],
    )


def stopped(t: Translator) -> Message:
    """Messages are stopped; what that means."""
    text = [
        t("<b>I have stopped messages.</b> From now on I only answer when you write to me."),
        t(
            "Your bookings stay. No reminders and no news come. I cannot tell you if an event "
            "changes, so look at it before you go."
        ),
    ]
    return Message(GAP.join(text)).with_buttons([start_messages_again(t)], [go_home(t)])


def resumed(t: Translator) -> Markup:
    """Messages are on again."""
    return t("Messages are on again. To stop them, send {command}.", command="/stop")


def unchanged(t: Translator) -> Markup:
    """They decided to stop nothing."""
    return t("Nothing has changed.")
