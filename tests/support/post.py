"""What is owed to people in a test, and a bot that says it in the test's own words."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from markupsafe import Markup

from bot.app import Baobab
from bot.clock import Clock, from_micros
from bot.config import Settings
from bot.db import Work
from bot.delivery.models import Lane, Mailing, Owed, Reason, Skip, Written
from bot.delivery.store import DeliveryStore
from bot.message import Button, Message, Tap
from bot.people.service import People
from bot.people.store import PeopleStore
from tests.support.people import Resident, Town

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NEWS = "news"
PATIENCE = 90  # seconds; a hang fails here


def mailing(name: str = "update", **changes: Any) -> Mailing:
    """A notice about number 1 that is due NOW, of use for a day after it is due."""
    plain = Mailing(name, NEWS, 1, Lane.NOTICE, NOW, NOW + DAY)
    if "due_at" in changes:
        changes.setdefault("not_after", changes["due_at"] + DAY)
    return replace(plain, **changes)


@dataclass(frozen=True)
class Row:
    """How a delivery stands."""

    state: str
    reason: str = ""
    attempts: int = 0
    due_at: datetime = NOW
    message_id: int | None = None
    settled_at: datetime | None = None
    claimed_by: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Row":
        """As the database has it."""
        settled_at = row["settled_at"]
        return cls(
            row["state"],
            row["reason"],
            row["attempts"],
            from_micros(row["due_at"]),
            row["message_id"],
            None if settled_at is None else from_micros(settled_at),
            row["claimed_by"],
        )

    @property
    def end(self) -> tuple[str, str, int]:
        """State, reason and attempts."""
        return self.state, self.reason, self.attempts


Hook = Callable[[], Awaitable[None]]


@dataclass
class Reporter:
    """A renderer that says the name of what is owed to everybody.

    Attributes:
        skips: mailings of these names are not sent, for these reasons.
        before: done before mailings of these names are written; may raise.
        wrote: the names of what was written, in order.
    """

    skips: dict[str, Reason] = field(default_factory=dict)
    before: dict[str, Hook] = field(default_factory=dict)
    wrote: list[str] = field(default_factory=list)

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Mapping[int, Written | Skip]:
        """See Renderer."""
        if mailing.name in self.before:
            await self.before[mailing.name]()
        self.wrote.append(mailing.name)
        if mailing.name in self.skips:
            skip = Skip(self.skips[mailing.name])
            return {each.delivery.id: skip for each in owed}
        message = Message(Markup.escape(mailing.name))
        if "button" in mailing.details:
            tap = Tap.to(mailing.details["button"])
            message = message.with_buttons([Button("Press", tap)])
        return {each.delivery.id: Written(message) for each in owed}


@dataclass
class PostOffice:
    """A running bot, people, and what they are owed."""

    baobab: Baobab
    town: Town
    reporter: Reporter
    _seen: int = 0  # calls of the Bot API before anybody was owed anything

    @property
    def now(self) -> datetime:
        """The time."""
        return self.baobab.house.clock.now()

    async def people(self, *names: str) -> list[Resident]:
        """People who have just met the bot."""
        found = [await self.town.person(name, language_code="en") for name in names]
        for each in found:
            await each.says("/start")
        self._seen = len(await self.town.ask("GET", "/log"))
        return found

    async def number(self, person: Resident) -> int:
        """Of ours, a person's number."""
        async with self.baobab.house.database.reading() as work:
            known = await People(work).find(person.id)
        assert known is not None
        return known.id

    async def owe(self, *what: tuple[Mailing, Sequence[Resident]]) -> None:
        """Owe mailings to people, all in one transaction; they are due now unless they say when."""
        numbers = {each.id: await self.number(each) for _, people in what for each in people}
        async with self.baobab.house.database.work() as work:
            store = DeliveryStore(work)
            for told, people in what:
                due = (
                    told
                    if told.due_at != NOW
                    else replace(told, due_at=self.now, not_after=self.now + (told.not_after - NOW))
                )
                number = await store.add(due, self.now)
                assert number is not None
                await store.owe_to(number, [numbers[each.id] for each in people])
        self.baobab.postman.ring()

    async def tell(self, *what: tuple[Mailing, Sequence[Resident]]) -> None:
        """Owe mailings to people, and wait until what can be sent now is sent."""
        await self.owe(*what)
        await self.baobab.idle()

    async def rows(self, person: Resident) -> list[Row]:
        """How everything stands that a person is owed."""
        async with self.baobab.house.database.reading() as work:
            known = await People(work).find(person.id)
            assert known is not None
            return [Row.of(row) for row in await DeliveryStore(work).of_person(known.id)]

    async def ends(self, person: Resident) -> list[tuple[str, str, int]]:
        """State, reason and attempts of everything that a person is owed."""
        return [row.end for row in await self.rows(person)]

    async def wants_messages(self, person: Resident) -> bool:
        """Whether somebody wants to hear from the bot."""
        async with self.baobab.house.database.reading() as work:
            return (await People(work).get(await self.number(person))).wants_messages

    async def erase(self, person: Resident) -> None:
        """Erase somebody, as /delete does: everything about them goes, then nothing may leave."""
        number = await self.number(person)
        async with self.baobab.house.database.work() as work:
            await DeliveryStore(work).erase(number)
            await PeopleStore(work).delete(number)
        self.baobab.carriers.hush(number)

    async def heard(self, person: Resident) -> list[str]:
        """What the bot has said to somebody after the welcome."""
        await person.look()
        return [message.text for message in person.messages if not message.mine][1:]

    async def fault(self, kind: str, **about: Any) -> None:
        """Make trouble for messages in Telegram."""
        body = {"kind": kind, "method": "sendMessage", **about}
        await self.town.ask("POST", "/faults", json=body)

    async def refuse(self, person: Resident, code: int, words: str, **parameters: int) -> None:
        """Let Telegram refuse the next message to somebody."""
        about = {"error_code": code, "description": words, "parameters": parameters or None}
        await self.fault("refuse", chat_id=person.id, **about)

    async def tried(self) -> list[str]:
        """The texts that the bot has tried to send since everybody met it, in order."""
        log = await self.town.ask("GET", "/log")
        return [call["params"]["text"] for call in log[self._seen :] if "text" in call["params"]]

    async def until_tried(self, text: str) -> None:
        """Wait until the bot has tried to send a text."""
        async with asyncio.timeout(PATIENCE):
            while text not in await self.tried():
                pass

    async def until_flying(self, number: int) -> None:
        """Wait until that many calls are under way."""
        async with asyncio.timeout(PATIENCE):
            while self.baobab.carriers.flying < number:
                await self.tried()

    async def until(self, *people: Resident, state: str) -> None:
        """Wait until everything that these people are owed stands like this."""
        async with asyncio.timeout(PATIENCE):
            for each in people:
                while {row.state for row in await self.rows(each)} != {state}:
                    await self.baobab.idle()


@asynccontextmanager
async def open_office(
    settings: Settings, clock: Clock, town: Town, reporter: Reporter
) -> AsyncIterator[PostOffice]:
    """A bot whose mailings of the kind `NEWS` are written by the reporter."""
    renderers = {NEWS: reporter}
    async with Baobab(settings, clock, renderers=lambda _house: renderers) as baobab:

        async def quiet() -> None:
            await town.sandbox.until_fetched()
            await baobab.idle()

        town.quiet = quiet
        yield PostOffice(baobab, town, reporter)
