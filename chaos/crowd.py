"""The people: some talk all the time, some only listen, and of these some leave."""

import asyncio
import random
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.support.people import Town


class Fate(StrEnum):
    """How a listener leaves."""

    BLOCKS = "blocks"
    STOPS = "stops"
    DEACTIVATES = "deactivates"


@dataclass
class Crowd:
    """Who lives in the sandbox. Everybody has said `/count 0`, so the bot knows them.

    Attributes:
        said: how much each person has said, by their number at Telegram.
        fates: who leaves, and how, in this order.
        left: who has left until now.
    """

    town: Town
    talkers: list[int] = field(default_factory=list)
    listeners: list[int] = field(default_factory=list)
    said: dict[int, int] = field(default_factory=dict)
    fates: list[tuple[int, Fate]] = field(default_factory=list)
    left: dict[int, Fate] = field(default_factory=dict)

    async def settle(self, talkers: int, listeners: int, luck: random.Random) -> None:
        """Come to live here."""
        for number in range(talkers + listeners):
            person = await self.town.person(f"Person {number}", language_code="en")
            self.said[person.id] = 0
            await self._say(person.id)
            (self.talkers if number < talkers else self.listeners).append(person.id)
        # a quarter of those who listen leaves sooner or later, each in one of the ways
        leavers = luck.sample(self.listeners, len(self.listeners) // 4)
        ways = list(Fate)
        self.fates = [(who, ways[place % len(ways)]) for place, who in enumerate(leavers)]

    async def _say(self, who: int) -> None:
        words = f"/count {self.said[who]}"
        await self.town.ask("POST", f"/people/{who}/say", json={"text": words})
        self.said[who] += 1

    async def talk(self, who: int, luck: random.Random, enough: asyncio.Event) -> None:
        """Talk until it is enough."""
        while not enough.is_set():
            await self._say(who)
            await asyncio.sleep(luck.uniform(0.1, 0.9))

    async def leave_some(self, share: float) -> None:
        """Let people leave until this share of those who want to has."""
        while len(self.left) < len(self.fates) * share:
            who, fate = self.fates[len(self.left)]
            await self._leave(who, fate)
            self.left[who] = fate

    async def _leave(self, who: int, fate: Fate) -> None:
        if fate is Fate.BLOCKS:
            await self.town.ask("POST", f"/people/{who}/block", json={})
        elif fate is Fate.DEACTIVATES:
            await self.town.ask("POST", f"/people/{who}/deactivate", json={})
        else:
            chat = await self.chat(who)
            # the goodbye takes the place of the first answer, and of no delivery
            screen = next(message for message in chat if not message["outgoing"])
            press = {"message_id": screen["message_id"], "data": "stop"}
            await self.town.ask("POST", f"/people/{who}/tap", json=press)

    async def chat(self, who: int) -> list[dict[str, Any]]:
        """What a person sees."""
        chat: list[dict[str, Any]] = await self.town.ask("GET", f"/people/{who}/chat")
        return chat
