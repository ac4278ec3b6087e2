"""What people with a place are told when an event changes.

The mailing holds how the event was; how it is now is looked up when the message leaves. So two
changes shortly after each other are told as one.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from bot.clock import from_micros, to_micros
from bot.db import Work
from bot.delivery.models import Lane, Mailing
from bot.delivery.store import DeliveryStore
from bot.events.models import EventDraft, EventStatus
from bot.events.rows import Row
from bot.events.store import QUERIES, BookingStore

CHANGE, CARD = "change", "card"
CARDS_KEPT = timedelta(days=1)
"""For how long it is tried to bring an open card up to date."""


@dataclass(frozen=True, slots=True)
class Told:
    """What people rely on who have a place at an event. Times in microseconds since 1970."""

    starts_at: int
    ends_at: int
    venue: str
    borough: str | None
    outcode: str
    online_link: str
    status: str

    @classmethod
    def of_row(cls, row: Row) -> Self:
        """As a row of events has it."""
        return cls(**{name: row[name] for name in cls.__slots__})

    @classmethod
    def of_draft(cls, event: EventDraft) -> Self:
        """As a file, or an event of ours, has it."""
        return cls(
            to_micros(event.starts_at),
            to_micros(event.ends_at),
            event.venue,
            event.borough,
            event.outcode,
            event.online_link,
            event.status.value,
        )

    @classmethod
    def of_details(cls, details: Mapping[str, Any]) -> Self:
        """As `details` of a mailing keep it."""
        return cls(**details["was"])

    @property
    def details(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {"was": asdict(self)}

    def cancelled(self) -> Self:
        """The same, but it does not happen."""
        return replace(self, status=EventStatus.CANCELLED.value)

    @property
    def place(self) -> tuple[str, str | None, str]:
        """Where it is."""
        return self.venue, self.borough, self.outcode

    @property
    def span(self) -> tuple[int, int]:
        """When it is."""
        return self.starts_at, self.ends_at


class Changes:
    """Owes people a word about what has changed, within one transaction."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)
        self._bookings = BookingStore(work)
        self._deliveries = DeliveryStore(work)

    async def tell(self, event_id: int, was: Told, now_is: Told, now: datetime) -> None:
        """An event has changed: tell who has a place, and bring open cards up to date.

        What is over needs telling nobody. Who said that they are coming is asked again.
        """
        end = from_micros(max(was.ends_at, now_is.ends_at))
        if end <= now:
            return
        revision = to_micros(now)  # two changes of one event are never at the same moment
        if was != now_is:
            change = Mailing(
                name=f"{CHANGE}:{event_id}:{revision}",
                kind=CHANGE,
                subject=event_id,
                lane=Lane.NOTICE,
                due_at=now,
                not_after=end,
                details=was.details,
            )
            number = await self._deliveries.add(change, now)
            if number is not None:
                await self._run.owe_change(mailing_id=number)
            await self._bookings.ask_again(event_id)
        cards = Mailing(
            name=f"{CARD}:{event_id}:{revision}",
            kind=CARD,
            subject=event_id,
            lane=Lane.BROADCAST,
            due_at=now,
            not_after=now + CARDS_KEPT,
        )
        number = await self._deliveries.add(cards, now)
        if number is not None:
            await self._run.owe_cards(mailing_id=number)
            await self._run.owe_shared_cards(mailing_id=number)
