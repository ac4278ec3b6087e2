"""Who may let a broadcast go out, and how many people it would reach."""

from datetime import datetime

from bot.broadcasts import limits
from bot.broadcasts.audience import Recipients
from bot.broadcasts.crowd import CrowdStore
from bot.broadcasts.models import Broadcast
from bot.people.models import Right, Scope
from bot.people.roles import Roles


async def reckon(
    crowd: CrowdStore, broadcast: Broadcast, within: Scope, now: datetime
) -> Recipients:
    """Whom a broadcast would reach now, where whoever sends it may send to."""
    sieve = limits.sieve(broadcast, broadcast.audience, within, now)
    return await crowd.recipients(broadcast.audience, sieve, now)


async def scope_of_asker(roles: Roles, broadcast: Broadcast) -> Scope | None:
    """Where whoever asked for a broadcast may send it to now; None: nobody has, or nowhere."""
    if broadcast.asked_by is None:
        return None
    return await roles.scope(broadcast.asked_by, Right.WRITE_BROADCASTS)


async def answers_for(roles: Roles, person_id: int, broadcast: Broadcast) -> bool:
    """Whether a person may say that more of a broadcast leaves, or that it is taken back.

    Whoever asked for it and whoever approved it may, and everybody who may write wherever it goes.
    Anybody who may write at all can pause or stop one: better too careful than too late.
    """
    theirs = await roles.scope(person_id, Right.WRITE_BROADCASTS)
    if theirs is None:
        return False
    if person_id in {broadcast.asked_by, broadcast.approved_by}:
        return True
    return theirs.covers(await scope_of_asker(roles, broadcast) or Scope())


async def may_approve(roles: Roles, person_id: int, broadcast: Broadcast) -> bool:
    """Whether a person may let a broadcast go out that another one asked for.

    They may wherever the other one may write, or everywhere.
    """
    theirs = await roles.scope(person_id, Right.APPROVE_BROADCASTS)
    asked = await scope_of_asker(roles, broadcast)
    return theirs is not None and asked is not None and theirs.covers(asked)
