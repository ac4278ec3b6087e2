"""Links that give a role."""

from bot.chat import menus
from bot.chat.context import Turn
from bot.errors import InviteExpired, InviteRevoked, InviteUnknown, InviteUsed
from bot.people.roles import Invites, Roles, rights_of
from bot.people.views import roles as views

PREFIX = "i-"
"""How the payload of an invite begins; that of an event begins with another letter."""


def code_in(payload: str) -> str | None:
    """The code of an invite; None where a link leads to something else."""
    return payload.removeprefix(PREFIX) if payload.startswith(PREFIX) else None


async def accept(turn: Turn, code: str) -> None:
    """Accept an invite."""
    try:
        role, is_new = await Invites(turn.work).accept(code, turn.person.id, turn.now)
    except (InviteUnknown, InviteUsed, InviteRevoked, InviteExpired) as why:
        turn.reply(views.refused(turn.t, why))
        return
    rights = rights_of(await Roles(turn.work).of(turn.person.id))
    turn.reply(views.accepted(turn.t, role, rights, is_new=is_new))
    await menus.refresh(turn)
