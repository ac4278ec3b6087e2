"""What people get: the update, how to stop it, and what its buttons answer."""

from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from bot.broadcasts.audience import Basis
from bot.broadcasts.models import SOURCE, Broadcast, Link, LinkKind
from bot.i18n import N_, Translator
from bot.message import Button, Message, OpenLink, Tap
from bot.people.views import GAP
from bot.people.views.welcome import go_home

OPEN, STOP_NEWS = "bopen", "bstop"
"""The verbs of the buttons under an update; both name the broadcast."""
LABELS: Mapping[LinkKind, str] = {
    LinkKind.EVENT: N_("See the event"),
    LinkKind.SURVEY: N_("Answer the survey"),
}


def update(t: Translator, broadcast: Broadcast, link_to: Callable[[str], str]) -> Message:
    """A broadcast as people of one language get it.

    Args:
        t: the reader's language.
        broadcast: with a text in English.
        link_to: the web address that opens the bot with a payload.
    """
    album = broadcast.is_album
    parts = [*_words(t, broadcast)]
    if album and broadcast.links:
        parts.append(_as_links(t, broadcast, link_to))
    parts.append(_how_to_stop(t, broadcast, buttons=not album))
    message = Message(GAP.join(parts), media=broadcast.media)
    return message if album else message.with_buttons(*_rows(t, broadcast))


def post(t: Translator, broadcast: Broadcast, link_to: Callable[[str], str]) -> Message:
    """A broadcast as it is posted in a group: its buttons open everybody's own chat.

    Args:
        t: the group's language.
        broadcast: with a text in English.
        link_to: the web address that opens the bot with a payload.
    """
    album = broadcast.is_album
    parts = [*_words(t, broadcast)]
    if album and broadcast.links:
        parts.append(_as_links(t, broadcast, link_to))
    message = Message(GAP.join(parts), media=broadcast.media)
    if album:
        return message
    rows = [
        [Button(_label(t, link), OpenLink(_address(broadcast, place, link, link_to)))]
        for place, link in enumerate(broadcast.links)
    ]
    return message.with_buttons(*rows)


def _address(broadcast: Broadcast, place: int, link: Link, link_to: Callable[[str], str]) -> str:
    return link.to if link.kind is LinkKind.WEB else link_to(f"b{broadcast.id}-{place}")


def _words(t: Translator, broadcast: Broadcast) -> Iterator[Markup]:
    language = broadcast.language_for(t.language)
    if broadcast.follows_id is not None:
        yield t("<b>Correction.</b> This takes the place of what I sent you before.")
    yield Markup(broadcast.texts[language].html)  # noqa: S704 -- checked when it was taken
    if language == SOURCE != t.language:
        yield Markup("<i>{}</i>").format(
            t("This update is in English. We do not have it in your language yet.")
        )


def _how_to_stop(t: Translator, broadcast: Broadcast, *, buttons: bool) -> Markup:
    if broadcast.audience.basis is not Basis.NEWS:
        words = t("To stop all messages, send STOP.")
    elif buttons:
        words = t("To stop news, press the button. To stop all messages, send STOP.")
    else:
        words = t("To stop news, send /news. To stop all messages, send STOP.")
    return Markup("<i>{}</i>").format(words)


def _label(t: Translator, link: Link) -> str:
    return link.label if link.kind is LinkKind.WEB else t.plain(LABELS[link.kind])


def _rows(t: Translator, broadcast: Broadcast) -> Iterator[list[Button]]:
    for place, link in enumerate(broadcast.links):
        action = (
            OpenLink(link.to) if link.kind is LinkKind.WEB else Tap.to(OPEN, broadcast.id, place)
        )
        yield [Button(_label(t, link), action)]
    if broadcast.audience.basis is Basis.NEWS:
        yield [Button(t.plain("Stop news"), Tap.to(STOP_NEWS, broadcast.id))]


def _as_links(t: Translator, broadcast: Broadcast, link_to: Callable[[str], str]) -> Markup:
    """Under an album Telegram shows no buttons, so the text has links."""
    lines = [
        Markup('<a href="{}">{}</a>').format(
            _address(broadcast, place, link, link_to), _label(t, link)
        )
        for place, link in enumerate(broadcast.links)
    ]
    return Markup("\n").join(lines)


def news_stopped(t: Translator) -> Message:
    """They pressed Stop news."""
    return Message(
        GAP.join(
            [
                t("<b>I have stopped news.</b> I still tell you about events that you booked."),
                t("To get news again, send {command}.", command="/news"),
            ]
        )
    ).with_buttons([go_home(t)])


def gone(t: Translator) -> str:
    """What the button opened is not there any more."""
    return t.plain("This is over. Here is what there is now.")
