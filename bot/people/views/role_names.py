"""What roles, and where they hold, are called."""

from collections.abc import Mapping

from bot.i18n import N_, Translator
from bot.people.boroughs import Boroughs
from bot.people.models import Given, Group, Invite, Role

ROLES: Mapping[Role, str] = {
    Role.VOLUNTEER: N_("Volunteer"),
    Role.ORGANISER: N_("Organiser"),
    Role.STEERING: N_("Race Steering Group"),
    Role.ANALYST: N_("Analyst"),
    Role.ADMIN: N_("Administrator"),
}
GROUPS: Mapping[Group, str] = {
    Group.THINK_TANK: N_("Think Tank"),
    Group.CIRCLES: N_("Listening Circles"),
}


def role_and_place(t: Translator, boroughs: Boroughs, held: Given | Invite) -> str:
    """A role and where it holds, such as "Volunteer (Brent, Think Tank)"."""
    return named(t, boroughs, held.role, held.borough, held.group)


def named(t: Translator, boroughs: Boroughs, role: Role, borough: str, group: Group | None) -> str:
    """As `role_and_place`, of a role that nobody has or is invited to."""
    name = t.plain(ROLES[role])
    if borough and group:
        return t.plain(
            "{role} ({borough}, {group})",
            role=name,
            borough=borough_name(boroughs, borough),
            group=t.plain(GROUPS[group]),
        )
    if borough or group:
        place = t.plain(GROUPS[group]) if group else borough_name(boroughs, borough)
        return t.plain("{role} ({place})", role=name, place=place)
    return name


def borough_name(boroughs: Boroughs, key: str) -> str:
    """The name of a borough; its key if it is none of ours any more."""
    return boroughs[key].name if key in boroughs else key
