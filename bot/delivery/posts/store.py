"""Posts in the database. Decides nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson

from bot.clock import from_micros, to_micros
from bot.db import Work, load_queries
from bot.delivery.models import Delivery, Lane, Settled, State
from bot.delivery.posts.models import NOBODY, Post
from bot.groups.store import group_of

QUERIES = load_queries(__file__)


class PostStore:
    """Rows of posts. They belong to mailings, as deliveries do."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def owe_to(self, mailing_id: int, groups: Iterable[int]) -> int:
        """Owe a mailing to groups that are not owed it yet, in whatever way; how many those were.

        Args:
            mailing_id: which mailing.
            groups: their numbers of ours; groups that the bot is out of are left out.
        """
        added: int = await self._run.owe_to_groups(mailing_id=mailing_id, groups=_list(groups))
        return added

    async def owe_again(
        self, mailing_id: int, of_mailing: int, groups: Iterable[int] | None = None
    ) -> int:
        """Owe a mailing about the messages that an earlier one has put into groups.

        Args:
            mailing_id: the mailing.
            of_mailing: the earlier one.
            groups: in which of the groups; None: in all.

        Returns:
            How many more it is owed to than before.
        """
        chosen = "all" if groups is None else f",{','.join(str(each) for each in groups)},"
        added: int = await self._run.owe_posts_again(
            mailing_id=mailing_id, of_mailing=of_mailing, groups=chosen
        )
        return added

    async def claim(self, now: datetime, most: int, holder: str) -> list[Post]:
        """Take what is due, oldest first."""
        rows = await self._run.claim_posts(now=to_micros(now), most=most, holder=holder)
        ids = _list(row["id"] for row in rows)
        return [_post(row) for row in await self._run.posts_by_ids(ids=ids)] if rows else []

    async def next_due(self) -> datetime | None:
        """When the first post is due."""
        due_at = await self._run.next_post_due()
        return None if due_at is None else from_micros(due_at)

    async def settle(self, settled: Settled, holder: str, now: datetime) -> None:
        """Note what became of a post that this holder claimed.

        What is put back is held, or called off, where its mailing is by now.
        """
        await self._run.settle_post(
            id=settled.delivery_id,
            state=settled.state.value,
            reason=settled.reason,
            message_id=settled.message_id,
            album=_list(settled.album) if settled.album else "",
            due_at=None if settled.due_at is None else to_micros(settled.due_at),
            untried=int(settled.untried),
            holder=holder,
            now=to_micros(settled.at or now),
        )

    async def lose(self, holder: str, now: datetime) -> int:
        """Settle what others than this holder claimed; how many that were.

        What puts a new message into a group is unknown; what changes one is done again.
        """
        lost: int = await self._run.lose_posts(holder=holder, now=to_micros(now))
        return lost

    async def silence(self, group_id: int, reason: str, now: datetime) -> None:
        """Skip everything that is still owed to a group."""
        await self._run.silence_group(group_id=group_id, reason=reason, now=to_micros(now))

    async def hand_over(self, old: int, new: int) -> None:
        """What one group was owed or sent is another's; what both have stays once."""
        await self._run.hand_over(old=old, new=new)
        await self._run.delete_posts_of(group_id=old)

    async def pause(self, mailing_id: int) -> None:
        """Let nothing more of a mailing leave until `resume`."""
        await self._run.hold_posts(mailing_id=mailing_id)

    async def resume(self, mailing_id: int) -> None:
        """Let a paused mailing go on."""
        await self._run.release_posts(mailing_id=mailing_id)

    async def call_off(self, mailing_id: int, now: datetime) -> None:
        """Let nothing more of a mailing leave, for good."""
        await self._run.call_off_posts(mailing_id=mailing_id, now=to_micros(now))

    async def counts(self, mailing_id: int) -> list[tuple[State, str, int]]:
        """How the posts of a mailing stand: state, reason, how many."""
        return [
            (State(row["state"]), row["reason"], row["posts"])
            for row in await self._run.count_posts(mailing_id=mailing_id)
        ]

    async def forget_before(self, moment: datetime) -> None:
        """Erase what was of no use any more before a moment."""
        await self._run.forget_posts(before=to_micros(moment))


def _list(numbers: Iterable[int]) -> str:
    return orjson.dumps(list(numbers)).decode()


def _post(row: Mapping[str, Any]) -> Post:
    delivery = Delivery(
        id=row["id"],
        mailing_id=row["mailing_id"],
        person_id=NOBODY,
        edits=row["edits"],
        album=tuple(orjson.loads(row["album"] or "[]")),
        lane=Lane(row["lane"]),
        due_at=from_micros(row["due_at"]),
        not_after=from_micros(row["not_after"]),
        attempts=row["attempts"],
    )
    known = row["group_id"] and row["chat_id"] is not None
    group = group_of({**row, "id": row["group_id"]}) if known else None
    return Post(delivery, group, row["card"])
