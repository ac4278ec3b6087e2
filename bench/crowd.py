"""Many people in a database, written in bulk: one by one they would take minutes."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock, to_micros
from bot.config import HOME
from bot.db import Database, load_queries, open_database, upgrade
from bot.delivery.models import Lane, Mailing
from bot.delivery.store import DeliveryStore
from bot.events.catalogue import EventCatalogue
from bot.events.importing import read_samples
from bot.events.models import EventDraft
from bot.events.store import EventStore
from bot.people.content import Content
from bot.reminders.leads import USUAL

QUERIES = load_queries(__file__)
EVENT = "sample-brent-day"
"""The sample with most in it: 42 activities, so its card is the heaviest that ships."""
LANGUAGES = ("en", "so", "ar", "fr")


@dataclass
class Crowd:
    """A database, its events and its people; people have the numbers 1, 2, 3 … at Telegram.

    Attributes:
        event: the number of EVENT.
        draft: EVENT as it was last taken in.
    """

    database: Database
    content: Content
    event: int
    draft: EventDraft

    async def meet(self, people: int, languages: Sequence[str] = LANGUAGES) -> None:
        """Know these people, who speak the languages by turns."""
        async with self.database.work() as work:
            await work.runner(QUERIES).meet(
                last=people, languages=json.dumps(languages), count=len(languages),
                now=to_micros(Clock().now()),
            )  # fmt: skip

    async def book(self, first: int, last: int) -> None:
        """Let the people of these numbers have a place at EVENT since long."""
        async with self.database.work() as work:
            run = work.runner(QUERIES)
            long_ago = to_micros(Clock().now() - timedelta(days=60))
            await run.book(event_id=self.event, first=first, last=last, now=long_ago)
            await run.count_places(event_id=self.event)

    async def want_reminders(self) -> None:
        """Let everybody want the usual reminders."""
        async with self.database.work() as work:
            await work.runner(QUERIES).want(leads=int(USUAL), now=to_micros(Clock().now()))

    async def want_news(self) -> None:
        """Let everybody agree to news."""
        async with self.database.long_work() as work:
            await work.runner(QUERIES).agree(now=to_micros(Clock().now()))

    async def end_broadcasts(self) -> None:
        """Let no broadcast be under way any more."""
        async with self.database.work() as work:
            await work.runner(QUERIES).end_broadcasts()

    async def move(self, starts_at: datetime, now: datetime) -> None:
        """EVENT is at another time now; everybody with a place is owed a word about it."""
        length = self.draft.ends_at - self.draft.starts_at
        self.draft = replace(self.draft, starts_at=starts_at, ends_at=starts_at + length)
        async with self.database.work() as work:
            await EventCatalogue(work, self.content.boroughs).take_in([self.draft], now)

    async def owe_everybody(self, name: str, due_at: datetime) -> None:
        """Owe everybody a word about EVENT at that time."""
        mailing = Mailing(
            name, "thanks", self.event, Lane.NOTICE, due_at, due_at + timedelta(days=1)
        )
        async with self.database.work() as work:
            number = await DeliveryStore(work).add(mailing, Clock().now())
            await work.runner(QUERIES).owe_everybody(mailing_id=number)

    async def end_open(self) -> None:
        """Owe nothing any more, and nobody has a card open that would change when EVENT does."""
        async with self.database.work() as work:
            await work.runner(QUERIES).end_open()
            await work.runner(QUERIES).close_cards()

    async def deliveries_in(self, state: str) -> int:
        """How many deliveries are in this state."""
        async with self.database.reading() as work:
            return int(await work.runner(QUERIES).deliveries_in(state=state))

    async def under_way(self) -> int:
        """How many deliveries are still to be made, or made and not yet marked."""
        async with self.database.reading() as work:
            return int(await work.runner(QUERIES).under_way())

    async def places_taken(self) -> int:
        """How many places at EVENT are taken."""
        async with self.database.reading() as work:
            return (await EventCatalogue(work).get(self.event)).going


@asynccontextmanager
async def crowd(url: str) -> AsyncIterator[Crowd]:
    """The database at this address, with the sample events that ship."""
    await upgrade(url)
    database = await open_database(url)
    now = Clock().now()
    content = Content.read(HOME / "content")
    samples = read_samples(HOME / "content" / "events", now=now, boroughs=content.boroughs).drafts
    # room for everybody: a refusal would be another step
    drafts = {each.uid: replace(each, capacity=10**7) for each in samples}
    try:
        async with database.work() as work:
            store = EventStore(work)
            if not await store.known([EVENT]):
                await EventCatalogue(work, content.boroughs).take_in(list(drafts.values()), now)
            event = int((await store.known([EVENT]))[EVENT]["id"])
        yield Crowd(database, content, event, drafts[EVENT])
    finally:
        await database.close()
