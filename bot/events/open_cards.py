"""Which messages in people's chats show an event, so that they can be brought up to date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from bot.clock import to_micros
from bot.db import Work
from bot.events.store import QUERIES
from bot.message import Shown


@dataclass(frozen=True, slots=True)
class SentCard:
    """A card in a message that has just been sent."""

    telegram_id: int
    message_id: int
    shown: Shown


class OpenCards:
    """The messages that show events."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)
        self._at_the_end = work.at_the_end(QUERIES)

    async def note(
        self, person_id: int, screens: Mapping[int, Shown | None], now: datetime
    ) -> None:
        """A person's messages show these events now; None: no event any more."""
        for message_id, shown in screens.items():
            if shown is None:
                await self._at_the_end.hide_card(person_id=person_id, message_id=message_id)
            else:
                await self._at_the_end.show_card(
                    person_id=person_id,
                    message_id=message_id,
                    event_id=shown.event_id,
                    look=shown.look,
                    now=to_micros(now),
                )

    async def note_sent(self, sent: Sequence[SentCard], now: datetime) -> None:
        """These messages, sent before now, show events."""
        await self._run.show_sent_cards(
            [
                {
                    "telegram_id": each.telegram_id,
                    "message_id": each.message_id,
                    "event_id": each.shown.event_id,
                    "look": each.shown.look,
                    "now": to_micros(now),
                }
                for each in sent
            ]
        )

    async def showing(self, event_id: int, people: Iterable[int]) -> dict[tuple[int, int], str]:
        """The looks of the messages that show an event to these people, by person and message."""
        rows = await self._run.cards_showing(
            event_id=event_id, people=orjson.dumps(list(people)).decode()
        )
        return {(row["person_id"], row["message_id"]): row["look"] for row in rows}

    async def of_person(self, person_id: int) -> list[dict[str, int]]:
        """The events and messages of a person's open cards."""
        rows = await self._run.cards_of(person_id=person_id)
        return [{"event": row["event_id"], "message": row["message_id"]} for row in rows]

    async def erase(self, person_id: int) -> None:
        """Forget a person's open cards."""
        await self._run.erase_cards(person_id=person_id)

    async def forget_before(self, moment: datetime) -> int:
        """Forget the cards that were shown before a moment; how many those were."""
        forgotten: int = await self._run.forget_cards(before=to_micros(moment))
        return forgotten
