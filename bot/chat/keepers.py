"""Everything held about a person, over all rooms, as one Privacy."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.context import Turn
from bot.chat.inbox import Inbox
from bot.chat.interviews import Interviews
from bot.db import Work
from bot.events.booking import BookingDesk
from bot.people.privacy import Held, Keeper, PeopleKeeper, Privacy
from bot.people.vault import Vault


@dataclass(frozen=True)
class BookingsKeeper:
    """Keeps the bookings; forgetting them frees places at events to come."""

    work: Work
    tables: frozenset[str] = frozenset({"bookings"})

    async def held_about(self, person_id: int) -> Held:
        """See Keeper."""
        return await BookingDesk(self.work).held_about(person_id)

    async def forget(self, person_id: int, now: datetime) -> None:
        """See Keeper."""
        await BookingDesk(self.work).forget(person_id, now)


@dataclass(frozen=True)
class InboxKeeper:
    """Keeps updates until they are answered.

    Attributes:
        vault: what the updates are sealed with.
        telegram_id: by which the inbox knows the person.
        update_id: the update being handled, which leaves by itself once it is answered.
    """

    work: Work
    vault: Vault
    telegram_id: int
    update_id: int
    tables: frozenset[str] = frozenset({"inbox"})

    async def held_about(self, person_id: int) -> Held:
        """See Keeper."""
        del person_id
        return await Inbox(self.work, self.vault).held_about(self.telegram_id)

    async def forget(self, person_id: int, now: datetime) -> None:
        """See Keeper."""
        del person_id, now
        await Inbox(self.work, self.vault).forget(self.telegram_id, self.update_id)


def keepers_of(turn: Turn) -> tuple[Keeper, ...]:
    """Every keeper but that of people, for the person whose update is being handled."""
    return (
        BookingsKeeper(turn.work),
        Interviews(turn.work, turn.house.vault),
        InboxKeeper(turn.work, turn.house.vault, turn.person.telegram_id, turn.update.update_id),
    )


def privacy_of(turn: Turn) -> Privacy:
    """What answers /mydata and /delete of the person whose update is being handled."""
    return Privacy(PeopleKeeper(turn.work, turn.house.vault), keepers_of(turn))
