"""Tells people that a role of theirs was taken away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.db import Work
from bot.delivery.models import Lane, Mailing, Owed, Writings, Written
from bot.delivery.store import DeliveryStore
from bot.i18n import Catalogues
from bot.people.boroughs import Boroughs
from bot.people.models import Given, Group, Role
from bot.people.roles import told
from bot.people.views.holders import told_taken
from bot.people.views.role_names import named

TAKEN: Final = "role taken"
"""The kind of the mailings that tell it."""
TRIED: Final = timedelta(days=7)
"""For how long it is tried to tell it."""


async def owe(work: Work, given: Given, now: datetime) -> None:
    """Owe somebody the news that they do not have a role any more, once."""
    deliveries = DeliveryStore(work)
    mailing = Mailing(
        name=f"{TAKEN}:{given.id}",
        kind=TAKEN,
        subject=given.id,
        lane=Lane.NOTICE,
        due_at=now,
        not_after=now + TRIED,
        details=told(given.role, *given.place),
    )
    number = await deliveries.add(mailing, now)
    if number is not None:
        await deliveries.owe_to(number, [given.person_id])


class RoleTakenRenderer:
    """Writes it, in the language they have then."""

    def __init__(self, catalogues: Catalogues, boroughs: Boroughs) -> None:
        self._catalogues = catalogues
        self._boroughs = boroughs

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        del work, now
        about = mailing.details
        role, borough = Role(about["role"]), about["borough"]
        group = Group(about["group"]) if about["group"] else None
        written = {}
        for each in owed:
            t = self._catalogues.translator(each.person.language)
            words = named(t, self._boroughs, role, borough, group)
            written[each.delivery.id] = Written(told_taken(t, words))
        return written
