"""Cards of events that somebody has put into another chat, so that they can be kept true.

Of who shared one, and where, nothing is known: only Telegram's handle to the message.
"""

from datetime import datetime

from bot.clock import to_micros
from bot.db import Work
from bot.events.store import QUERIES


class SharedCards:
    """The cards in other chats."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def note(self, card: str, event_id: int, language: str, now: datetime) -> None:
        """Somebody shared a card.

        Args:
            card: Telegram's `inline_message_id`.
            event_id: what it shows.
            language: of its words.
            now: the time.
        """
        await self._run.note_shared_card(
            card=card, event_id=event_id, language=language, now=to_micros(now)
        )

    async def language_of(self, card: str) -> str | None:
        """The language of a card; None where it is not known any more."""
        language: str | None = await self._run.language_of_card(card=card)
        return language

    async def forget(self, card: str) -> None:
        """A card cannot be changed any more."""
        await self._run.forget_shared_card(card=card)

    async def forget_before(self, moment: datetime) -> int:
        """Forget the cards of events that ended before a moment; how many those were."""
        forgotten: int = await self._run.forget_shared_cards(before=to_micros(moment))
        return forgotten
