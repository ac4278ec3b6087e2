"""What a poster says."""

from bot.events.models import Event
from bot.events.poster import PosterTexts
from bot.events.views.labels import when
from bot.i18n import Translator


def poster_texts(t: Translator, event: Event) -> PosterTexts:
    """The words around the code, in one language."""
    title, _ = t.pick(event.title)
    return PosterTexts(
        title=title,
        when=when(t, event).unescape(),
        scan=t.plain("Scan to see this event"),
        rtl=t.rtl,
    )
