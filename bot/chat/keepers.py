"""Everything held about a person, over all rooms, as one Privacy."""

from dataclasses import dataclass
from datetime import datetime

from bot.broadcasts.crowd import CrowdStore
from bot.chat.context import Turn
from bot.chat.inbox import Inbox
from bot.chat.interviews import Interviews
from bot.clock import from_micros
from bot.db import Work
from bot.delivery.store import DeliveryStore
from bot.events.booking import BookingDesk
from bot.events.open_cards import OpenCards
from bot.people.privacy import Held, Keeper, PeopleKeeper, Privacy
from bot.people.vault import Vault
from bot.reminders.choices import ReminderChoices
from bot.reminders.feedback import Feedback
from bot.surveys.drafts import DraftStore
from bot.surveys.store import SurveyStore


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


@dataclass(frozen=True)
class DeliveriesKeeper:
    """Keeps what a person was or will be sent, and which messages of ours show an event."""

    work: Work
    tables: frozenset[str] = frozenset({"deliveries", "cards"})

    async def held_about(self, person_id: int) -> Held:
        """See Keeper."""
        rows = await DeliveryStore(self.work).of_person(person_id)
        return {
            "messages_sent_by_the_bot": [
                {
                    "about": row["kind"],
                    "event": row["subject"],
                    "state": row["state"],
                    "reason": row["reason"],
                    "due_at": from_micros(row["due_at"]).isoformat(),
                }
                for row in rows
            ],
            "open_cards": await OpenCards(self.work).of_person(person_id),
        }

    async def forget(self, person_id: int, now: datetime) -> None:
        """See Keeper."""
        del now
        await DeliveryStore(self.work).erase(person_id)
        await OpenCards(self.work).erase(person_id)


@dataclass(frozen=True)
class RemindersKeeper:
    """Keeps which reminders a person wants, and about which events they said how it was."""

    work: Work
    tables: frozenset[str] = frozenset({"reminders", "feedback_given"})

    async def held_about(self, person_id: int) -> Held:
        """See Keeper."""
        leads = await ReminderChoices(self.work).of(person_id)
        return {
            "reminders": None if leads is None else [str(each.name).lower() for each in leads],
            "said_how_these_events_were": await Feedback(self.work).given_by(person_id),
        }

    async def forget(self, person_id: int, now: datetime) -> None:
        """See Keeper."""
        del now
        await ReminderChoices(self.work).forget(person_id)
        await Feedback(self.work).forget(person_id)


@dataclass(frozen=True)
class DraftsKeeper:
    """Keeps the forms that an author has sent, and which surveys they were the last to change."""

    work: Work
    tables: frozenset[str] = frozenset({"drafts", "surveys"})

    async def held_about(self, person_id: int) -> Held:
        """See Keeper."""
        return {
            "drafts_of_surveys": [
                {
                    "file": draft.filename,
                    "received_at": draft.received_at.isoformat(),
                    "form": draft.name,
                    "title": dict(draft.title),
                }
                for draft in await DraftStore(self.work).of(person_id)
            ],
            "surveys_changed_last": await SurveyStore(self.work).changed_by(person_id),
        }

    async def forget(self, person_id: int, now: datetime) -> None:
        """See Keeper."""
        del now
        await DraftStore(self.work).erase(person_id)
        await SurveyStore(self.work).forget_changes(person_id)


@dataclass(frozen=True)
class BroadcastsKeeper:
    """Keeps what a person wrote for others, and what they did with what they were sent."""

    work: Work
    tables: frozenset[str] = frozenset(
        {"broadcasts", "broadcast_marks", "broadcast_screens", "trusted"}
    )

    async def held_about(self, person_id: int) -> Held:
        """See Keeper."""
        return await CrowdStore(self.work).held_about(person_id)

    async def forget(self, person_id: int, now: datetime) -> None:
        """See Keeper."""
        del now
        await CrowdStore(self.work).erase(person_id)


def keepers_of(turn: Turn) -> tuple[Keeper, ...]:
    """Every keeper but that of people, for the person whose update is being handled."""
    return (
        BookingsKeeper(turn.work),
        DeliveriesKeeper(turn.work),
        RemindersKeeper(turn.work),
        DraftsKeeper(turn.work),
        BroadcastsKeeper(turn.work),
        Interviews(turn.work, turn.house.vault),
        InboxKeeper(turn.work, turn.house.vault, turn.person.telegram_id, turn.number),
    )


def privacy_of(turn: Turn) -> Privacy:
    """What answers /mydata and /delete of the person whose update is being handled."""
    return Privacy(PeopleKeeper(turn.work, turn.house.vault), keepers_of(turn))
