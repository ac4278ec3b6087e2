"""How an event was: people's answers, counted and never kept with who gave them."""

from datetime import datetime

from bot.db import Work
from bot.reminders.store import FeedbackStore

FEWEST = 10
"""Answers below which no counts are shown: with fewer, somebody might guess who said what."""


class Feedback:
    """The one question after an event."""

    def __init__(self, work: Work) -> None:
        self._store = FeedbackStore(work)

    async def give(self, person_id: int, event_id: int, answer: str) -> bool:
        """Count an answer; False where this person has answered before, which changes nothing."""
        return await self._store.add(person_id, event_id, answer)

    async def given_by(self, person_id: int) -> list[int]:
        """The numbers of the events a person has answered about."""
        return await self._store.given_by(person_id)

    async def forget(self, person_id: int) -> None:
        """Forget that a person has answered; the counts stay."""
        await self._store.erase(person_id)

    async def forget_before(self, moment: datetime) -> int:
        """Forget who answered about events that ended before a moment; how many answers."""
        return await self._store.forget_before(moment)

    async def counts(self, event_id: int) -> dict[str, int] | None:
        """How many gave which answer; None while so few answered that counts could tell who."""
        counts = await self._store.counts(event_id)
        return counts if sum(counts.values()) >= FEWEST else None
