"""Owes people messages while the bot runs, into the same database, as another process would."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.delivery.models import Lane, Mailing
from bot.delivery.store import DeliveryStore
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.events.models import EventDraft
from bot.events.store import EventStore
from bot.people.service import People
from chaos.bot import NUMBERED
from chaos.ledger import Ledger
from tests.support.events import draft

LONG = timedelta(days=30)
EVENT = "chaos"
TITLE = "A day in the storm"
NOBODY = 7  # a number that nobody has at Telegram


@dataclass
class Owing:
    """Owes numbered mailings, and moves an event that people have booked.

    Attributes:
        people: from each number at Telegram to ours.
        strangers: of ours, numbers of people whom Telegram does not let us write to.
        owed: what was owed, as (mailing, person).
        moves: how often the event moved.
    """

    ledger: Ledger
    clock: Clock
    luck: random.Random
    people: dict[int, int] = field(default_factory=dict)
    strangers: set[int] = field(default_factory=set)
    owed: set[tuple[int, int]] = field(default_factory=set)
    moves: int = 0
    _starts_at: datetime | None = None

    async def prepare(self, crowd: list[int], never_started: int) -> None:
        """Meet everybody, and two whom nobody can reach; half of all book the event."""
        now = self.clock.now()
        async with self.ledger.database.work() as work:
            for number in (*crowd, never_started, NOBODY):
                person = await People(work).greet(number, now)
                await People(work).choose_language(person.id, "en")
                self.people[number] = person.id
            self.strangers = {self.people[never_started], self.people[NOBODY]}
            await EventCatalogue(work).take_in([self._event(now)], now)
            event = (await EventStore(work).known([EVENT]))[EVENT]["id"]
            booked = [who for who in self.people.values() if who not in self.strangers]
            for who in booked[::2]:
                await BookingDesk(work).book(event, who, now)

    def _event(self, now: datetime) -> EventDraft:
        """The event, a minute later each time."""
        if self._starts_at is None:
            self._starts_at = draft(now, days=60).starts_at
        starts_at = self._starts_at + timedelta(minutes=self.moves)
        ends_at = starts_at + timedelta(hours=4)
        return draft(
            now, uid=EVENT, title={"en": TITLE}, starts_at=starts_at, ends_at=ends_at, capacity=None
        )

    async def owe(self, backlog: int, enough: asyncio.Event) -> None:
        """Keep some deliveries waiting at all times."""
        while not enough.is_set():
            if await self.ledger.of_kind_to_deliver(NUMBERED) < backlog:
                await self.mail()
            if self.luck.random() < 0.05:
                await self._move()
            await asyncio.sleep(self.luck.uniform(0.02, 0.2))

    async def mail(self) -> None:
        """Owe one mailing to many."""
        luck, now = self.luck, self.clock.now()
        due_at = now + timedelta(seconds=luck.choice([0, 0, 0, luck.uniform(0, 5)]))
        useful = timedelta(seconds=luck.uniform(0.5, 2)) if luck.random() < 0.1 else LONG
        everybody = sorted(self.people.values())
        to = luck.sample(everybody, luck.randint(len(everybody) // 4, len(everybody)))
        await self._mail(to, due_at, useful)

    async def mail_strangers(self) -> None:
        """Owe one mailing to those who cannot be written to."""
        await self._mail(sorted(self.strangers), self.clock.now(), LONG)

    async def _mail(self, to: list[int], due_at: datetime, useful: timedelta) -> None:
        luck, now = self.luck, self.clock.now()
        async with self.ledger.database.work() as work:
            store = DeliveryStore(work)
            mailing = await store.add(
                Mailing(
                    name=f"{NUMBERED}:{luck.getrandbits(60)}",
                    kind=NUMBERED,
                    subject=0,
                    lane=luck.choice(list(Lane)),
                    due_at=due_at,
                    not_after=due_at + useful,
                ),
                now,
            )
            assert mailing is not None
            await store.owe_to(mailing, to)
        self.owed |= {(mailing, who) for who in to}

    async def _move(self) -> None:
        self.moves += 1
        now = self.clock.now()
        async with self.ledger.database.work() as work:
            await EventCatalogue(work).take_in([self._event(now)], now)
