"""`baobab invite`: a link that gives a role to whoever follows it first."""

from bot.clock import Clock
from bot.commands.username import username_of
from bot.config import HOME, Settings
from bot.db import open_database, upgrade
from bot.i18n import Catalogues
from bot.people.models import Role
from bot.people.roles import LASTS, Invites


async def make_invite(
    role: Role, settings: Settings, clock: Clock, *, username: str | None
) -> list[str]:
    """Make an invite.

    Args:
        role: what it gives.
        settings: for the database, and the token where `username` is not given.
        clock: says from when it lasts.
        username: the bot's.

    Returns:
        The link, and then what to know about it.

    Raises:
        SettingsProblem: nobody says what the bot is called; no invite was made then.
    """
    username = username or await username_of(settings)
    now = clock.now()
    await upgrade(settings.database_url)
    database = await open_database(settings.database_url)
    try:
        async with database.work() as work:
            code = await Invites(work).make(role, now)
    finally:
        await database.close()
    t, ends = Catalogues(HOME / "locales").translator("en"), now + LASTS
    day, hour = t.date(ends.astimezone(settings.zone).date()), t.time(ends, settings.zone)
    return [
        f"https://t.me/{username}?start=i-{code}",
        f"Whoever follows this link first has the role {role.value} from then on.",
        f"It works once, until {day}, {hour} ({settings.timezone}). Send it to that person alone.",
    ]
