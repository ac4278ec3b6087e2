"""`baobab poster`: a QR code that opens an event, and remembers where it hung."""

from pathlib import Path

from bot.commands.username import username_of
from bot.config import HOME, Settings
from bot.db import open_database, upgrade
from bot.errors import EventNotFound, SettingsProblem
from bot.events.catalogue import EventCatalogue
from bot.events.links import EventLink, parse_payload
from bot.events.models import Event
from bot.events.poster import code_png, poster_svg
from bot.events.views.poster import poster_texts
from bot.i18n import LANGUAGES, Catalogues


async def make_poster(
    link: EventLink, folder: Path, settings: Settings, *, username: str | None, language: str
) -> list[Path]:
    """Write an A4 poster as SVG, and its code alone as PNG.

    Args:
        link: the event, and where the poster hangs; that is kept with the bookings it brings.
        folder: where the two files go.
        settings: for the database, and the token where `username` is not given.
        username: the bot's.
        language: the code of the language of the poster.

    Returns:
        The two files.

    Raises:
        SettingsProblem: an argument cannot be used; the message says why.
    """
    if parse_payload(link.payload) != link:
        raise SettingsProblem(
            "Name the event by its number, and the source with up to 40 letters, digits, - or _."
        )
    if language not in LANGUAGES:
        raise SettingsProblem(f"There is no language {language}. Use {', '.join(LANGUAGES)}.")
    event = await _event(link.event_id, settings)
    opens = f"https://t.me/{username or await username_of(settings)}?start={link.payload}"
    texts = poster_texts(Catalogues(HOME / "locales").translator(language), event)
    svg, png = (folder / f"{link.payload}.{kind}" for kind in ("svg", "png"))
    try:
        svg.write_bytes(poster_svg(opens, texts))
        png.write_bytes(code_png(opens))
    except OSError as error:
        raise SettingsProblem(f"{folder} cannot be written to ({type(error).__name__}).") from None
    return [svg, png]


async def _event(event_id: int, settings: Settings) -> Event:
    await upgrade(settings.database_url)
    database = await open_database(settings.database_url)
    try:
        async with database.reading() as work:
            return await EventCatalogue(work).get(event_id)
    except EventNotFound:
        raise SettingsProblem(
            f"There is no event {event_id}. `baobab events` lists them."
        ) from None
    finally:
        await database.close()
