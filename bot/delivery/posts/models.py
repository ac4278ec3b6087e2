"""A post, as a value."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.db import Work
from bot.delivery.models import Delivery, Mailing, Skip, TakenAway, Written
from bot.groups.models import GroupChat

NOBODY = 0
"""Of the person of a delivery that is for no single person."""


@dataclass(frozen=True, slots=True)
class Post:
    """A mailing's share of one group, or of one shared card.

    Attributes:
        delivery: how it stands, for NOBODY; its numbers are those of posts.
        group: which group it is for; None for a card.
        card: Telegram's handle to the card it changes; empty for a group.
    """

    delivery: Delivery
    group: GroupChat | None = None
    card: str = ""

    @property
    def repeatable(self) -> bool:
        """Whether doing it twice is the same as doing it once: it changes what is there."""
        return bool(self.card or self.delivery.edits)


class PostRenderer(Protocol):
    """Writes posts of some kind at the moment they leave, from the state of things then."""

    async def write(
        self, work: Work, mailing: Mailing, post: Post, now: datetime
    ) -> Written | Skip | TakenAway:
        """What to post.

        Args:
            work: to read in; it cannot write.
            mailing: what is told.
            post: where; in the language of its group.
            now: the time.
        """
