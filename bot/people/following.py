"""News: whether a person wants it, and which topics, boroughs and groups they follow."""

from collections.abc import Container, Sequence
from datetime import datetime

from bot.db import Work
from bot.errors import NewsNotWanted
from bot.people.interests import Interest
from bot.people.models import Followed, FollowKind, Group, Purpose
from bot.people.service import Consents
from bot.people.store import FollowStore

WORDING = "news-1"
"""Names the words people see when they are asked, see views/news.py."""


class Following:
    """What a person has news of. Doing anything twice is the same as doing it once."""

    def __init__(self, work: Work) -> None:
        self._store = FollowStore(work)
        self._consents = Consents(work)

    async def wants_news(self, person_id: int) -> bool:
        """Whether they agree to news now."""
        return await self._consents.holds(person_id, Purpose.NEWS)

    async def of(self, person_id: int) -> Followed:
        """What they follow. Topics and groups that there are no more are left out."""
        keys = await self._store.of(person_id)
        return Followed(
            frozenset(each for each in Interest if each in keys[FollowKind.INTEREST]),
            keys[FollowKind.BOROUGH],
            frozenset(each for each in Group if each in keys[FollowKind.GROUP]),
        )

    async def agree(self, person_id: int, language: str, now: datetime) -> None:
        """They want news.

        Args:
            person_id: of the person.
            language: the code of the language they were asked in.
            now: the time.
        """
        await self._consents.give(person_id, Purpose.NEWS, WORDING, language, now)

    async def withdraw(self, person_id: int, now: datetime) -> bool:
        """They want no news: what they follow is erased; whether they wanted it before."""
        wanted = await self.wants_news(person_id)
        await self._consents.withdraw(person_id, Purpose.NEWS, now)
        await self._store.delete(person_id)
        return wanted

    async def choose(self, person_id: int, kind: FollowKind, key: str, *, chosen: bool) -> None:
        """Follow something, or not any more.

        Raises:
            NewsNotWanted: they have not agreed to news, so nothing is kept.
        """
        if not chosen:
            await self._store.remove(person_id, kind, key)
        elif await self.wants_news(person_id):
            await self._store.add(person_id, kind, key)
        else:
            raise NewsNotWanted


def named(
    args: Sequence[object], boroughs: Container[object]
) -> tuple[FollowKind, str, bool] | None:
    """What a pressed button names, and whether it is to be followed; None where it is nothing."""
    if len(args) != len(("kind", "key", "chosen")) or args[2] not in {0, 1}:
        return None
    kind, key, chosen = args
    known: dict[object, Container[object]] = {
        FollowKind.INTEREST: frozenset(Interest),
        FollowKind.BOROUGH: boroughs,
        FollowKind.GROUP: frozenset(Group),
    }
    if key not in known.get(kind, ()):
        return None
    return FollowKind(str(kind)), str(key), bool(chosen)
