"""What reminders a person wants: asked once, changed or withdrawn at any time."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.db import Work
from bot.events.models import Event, EventStatus
from bot.people.models import Purpose
from bot.people.service import Consents
from bot.reminders.leads import BEFORE, NONE, USUAL, Lead, moments
from bot.reminders.store import ReminderStore

WORDING = "reminders-1"
"""Names the words people see when they are asked, see views/choosing.py."""


@dataclass(frozen=True, slots=True)
class ToCome:
    """What a person will hear about an event, as things stand.

    Attributes:
        event: at which they have a place.
        zone: in whose wall time people think.
        leads: what they chose; None when they never answered.
        moments: when reminders will come, soonest first.
        passed: some of what they chose would have come before now.
    """

    event: Event
    zone: ZoneInfo
    leads: Lead | None
    moments: tuple[datetime, ...] = ()
    passed: bool = False


class ReminderChoices:
    """A person's choice of reminders. Doing anything twice is the same as doing it once."""

    def __init__(self, work: Work) -> None:
        self._store = ReminderStore(work)
        self._consents = Consents(work)

    async def of(self, person_id: int) -> Lead | None:
        """What a person chose; NONE if they want none, None if they never answered."""
        return await self._store.choice(person_id)

    async def choose(self, person_id: int, leads: Lead, language: str, now: datetime) -> Lead:
        """Keep a choice, and the consent that it is.

        Args:
            person_id: of the person.
            leads: what they want; NONE withdraws.
            language: the code of the language they were asked in.
            now: the time.

        Returns:
            What they want now.
        """
        if leads:
            await self._consents.give(person_id, Purpose.REMINDERS, WORDING, language, now)
        else:
            await self._consents.withdraw(person_id, Purpose.REMINDERS, now)
        await self._store.choose(person_id, leads, now)
        return leads

    async def set(
        self, person_id: int, lead: Lead, language: str, now: datetime, *, wanted: bool
    ) -> Lead:
        """Want one lead, or not; the others stay as they are."""
        held = await self._store.choice(person_id) or NONE
        return await self.choose(person_id, held | lead if wanted else held & ~lead, language, now)

    async def accept(self, person_id: int, language: str, now: datetime) -> Lead:
        """Yes: what they chose before, if anything, else the usual."""
        held = await self._store.choice(person_id)
        return await self.choose(person_id, held or USUAL, language, now)

    async def forget(self, person_id: int) -> None:
        """Erase the choice; the consents are erased with the person's others."""
        await self._store.erase_choice(person_id)


def to_come(leads: Lead | None, event: Event, now: datetime, zone: ZoneInfo) -> ToCome:
    """When somebody who has a place at an event and chose these will be reminded of it."""
    if leads is None or event.status is not EventStatus.PLANNED:
        return ToCome(event, zone, leads)
    all_of_them = [at for _, at in moments(leads, event.starts_at, zone)]
    coming = tuple(at for at in all_of_them if at > now)
    return ToCome(event, zone, leads, coming, passed=len(coming) < len(all_of_them))


def known(bit: object) -> Lead | None:
    """The one lead that a pressed button names; None where it names none."""
    return next((each for each in (*BEFORE, Lead.AFTER) if each == bit), None)
