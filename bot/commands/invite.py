"""`baobab invite`: a link that gives a role to whoever follows it first."""

from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.commands.username import username_of
from bot.config import HOME, Settings
from bot.db import open_database, upgrade
from bot.errors import SettingsProblem
from bot.i18n import Catalogues
from bot.people.boroughs import Boroughs
from bot.people.inviting import LABEL_LENGTH
from bot.people.models import Group, Role
from bot.people.roles import LASTS, Invites


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invite gives.

    Attributes:
        borough: the key or the name of the borough in which it holds; empty: in all.
        group: for whom; None: for everybody.
        label: by what admins will tell its holder from others.
        lasts: for how long it can be accepted.
    """

    role: Role
    borough: str = ""
    group: Group | None = None
    label: str = ""
    lasts: timedelta = LASTS


async def make_invite(
    offer: Offer, settings: Settings, clock: Clock, *, username: str | None
) -> list[str]:
    """Make an invite.

    Args:
        offer: what it gives.
        settings: for the database, and the token where `username` is not given.
        clock: says from when it lasts.
        username: the bot's.

    Returns:
        The link, and then what to know about it.

    Raises:
        SettingsProblem: nobody says what the bot is called, there is no such borough, or the label
            is too long; no invite was made then.
        RoleHoldsEverywhere: this role cannot be given for one borough or group.
    """
    boroughs = Boroughs.read(settings.content)
    borough = _key(offer.borough, boroughs)
    if len(offer.label) > LABEL_LENGTH:
        raise SettingsProblem(f"The label can have {LABEL_LENGTH} letters at most.")
    username = username or await username_of(settings)
    now = clock.now()
    await upgrade(settings.database_url)
    database = await open_database(settings.database_url)
    try:
        async with database.work() as work:
            code = await Invites(work).make(
                offer.role,
                now,
                borough=borough,
                group=offer.group or "",
                label=offer.label,
                lasts=offer.lasts,
            )
    finally:
        await database.close()
    t, ends = Catalogues(HOME / "locales").translator("en"), now + offer.lasts
    day, hour = t.date(ends.astimezone(settings.zone).date()), t.time(ends, settings.zone)
    held = f"has the role {offer.role.value}{_where(borough, offer.group, boroughs)}"
    return [
        f"https://t.me/{username}?start=i-{code}",
        f"Whoever follows this link first {held} from then on.",
        f"It works once, until {day}, {hour} ({settings.timezone}). Send it to that person alone.",
    ]


def _key(named: str, boroughs: Boroughs) -> str:
    """The key of the borough that is named.

    Raises:
        SettingsProblem: there is none such.
    """
    if not named or named in boroughs:
        return named
    found = boroughs.find(named)
    if found is None or found not in boroughs:
        known = ", ".join(borough.key for borough in boroughs)
        raise SettingsProblem(f"There is no borough {named}. Known are: {known}.")
    return found


def _where(borough: str, group: Group | None, boroughs: Boroughs) -> str:
    place = f" in {boroughs[borough].name}" if borough else ""
    return f"{place} for the {group.value}" if group else place
