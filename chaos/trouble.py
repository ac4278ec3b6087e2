"""What goes wrong at Telegram: storms of 429, failures, dropped connections, slow answers."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.support.people import Town

FAILURES = (500, 502, 503, 504)
MOST = 6  # faults in force at a time
SHARE = {"429": 2, "5xx": 3, "drop": 2, "drop_after": 3, "slow": 4}
"""How often each kind comes, against the others."""


@dataclass
class Trouble:
    """Makes trouble until it is enough.

    Attributes:
        chats: whom it may strike alone; else it strikes everybody.
        made: the faults by their numbers, as the sandbox knows them.
    """

    town: Town
    chats: Sequence[int]
    luck: random.Random
    made: dict[int, dict[str, Any]] = field(default_factory=dict)

    async def brew(self, enough: asyncio.Event) -> None:
        while not enough.is_set():
            await asyncio.sleep(self.luck.uniform(0.05, 0.5))
            if len(await self.town.ask("GET", "/faults")) >= MOST:
                await self.town.ask("DELETE", "/faults")
            fault = await self.town.ask("POST", "/faults", json=self._next())
            self.made[fault["id"]] = fault
        await self.town.ask("DELETE", "/faults")

    def _next(self) -> dict[str, Any]:
        luck = self.luck
        kind = luck.choices(list(SHARE), list(SHARE.values()))[0]
        if kind != "429" and luck.random() < 0.1:
            return {"kind": kind, "method": "getUpdates"}
        fault: dict[str, Any] = {
            "kind": kind,
            "method": "sendMessage",
            "times": luck.randint(1, 25 if kind == "429" else 6),
        }
        if luck.random() < 0.3:
            fault["chat_id"] = luck.choice(self.chats)
        if kind == "429":
            fault["retry_after"] = 1
        elif kind == "5xx":
            fault["status"] = luck.choice(FAILURES)
        elif kind == "slow":
            fault["seconds"] = luck.uniform(0.1, 1.5)
        return fault
