"""Broadcasts in the database. Decides nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.broadcasts.models import Broadcast, Stage, Text
from bot.broadcasts.rows import (
    all_of,
    listed,
    one_of,
    packed,
    plain_links,
    plain_media,
    plain_texts,
    texts_of,
)
from bot.clock import from_micros, to_micros
from bot.db import Work, load_queries

QUERIES = load_queries(__file__)


class BroadcastStore:
    """Rows of broadcasts. What changes a row returns the new value, or None where it cannot."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def add(
        self,
        person_id: int,
        now: datetime,
        like: Broadcast | None = None,
        follows: int | None = None,
    ) -> int:
        """A new draft, empty or with what another one says; its number."""
        number: int = await self._run.add_broadcast(
            person_id=person_id,
            audience=packed(like.audience.plain() if like else {}),
            texts=packed(plain_texts(like.texts) if like else {}),
            media=packed(plain_media(like) if like else []),
            buttons=packed(plain_links(like) if like else []),
            posts=packed(sorted(like.posts) if like else []),
            critical=int(like.critical) if like else 0,
            follows_id=follows,
            now=to_micros(now),
        )
        return number

    async def get(self, broadcast_id: int) -> Broadcast | None:
        """A broadcast by its number."""
        return one_of(await self._run.broadcast(broadcast_id=broadcast_id))

    async def of(
        self, stages: Iterable[Stage], skip: int, most: int
    ) -> tuple[list[Broadcast], int]:
        """Broadcasts in some stages, the newest first, and how many there are in all."""
        rows = await self._run.broadcasts_in(states=listed(stages), skip=skip, most=most)
        return all_of(rows), rows[0]["total"] if rows else 0

    async def change(self, broadcast: Broadcast, person_id: int, now: datetime) -> Broadcast | None:
        """Keep what a broadcast says in place of what it said at its revision."""
        return one_of(
            await self._run.change_broadcast(
                broadcast_id=broadcast.id,
                revision=broadcast.revision,
                person_id=person_id,
                audience=packed(broadcast.audience.plain()),
                texts=packed(plain_texts(broadcast.texts)),
                media=packed(plain_media(broadcast)),
                buttons=packed(plain_links(broadcast)),
                posts=packed(sorted(broadcast.posts)),
                send_at=None if broadcast.send_at is None else to_micros(broadcast.send_at),
                repeats=broadcast.repeats.value,
                critical=int(broadcast.critical),
                urgent=broadcast.urgent,
                now=to_micros(now),
            )
        )

    async def review(self, broadcast: Broadcast) -> Broadcast | None:
        """Keep that texts have been reviewed."""
        return one_of(
            await self._run.review_text(
                broadcast_id=broadcast.id,
                revision=broadcast.revision,
                texts=packed(plain_texts(broadcast.texts)),
            )
        )

    async def take_up(
        self, broadcast_id: int, person_id: int, before: datetime, now: datetime
    ) -> Broadcast | None:
        """Let a person change it, unless somebody else has touched it since `before`."""
        return one_of(
            await self._run.take_up(
                broadcast_id=broadcast_id,
                person_id=person_id,
                before=to_micros(before),
                now=to_micros(now),
            )
        )

    async def ask(
        self,
        broadcast: Broadcast,
        stage: Stage,
        person_id: int | None,
        begins_at: datetime | None = None,
        approved_by: int | None = None,
    ) -> Broadcast | None:
        """Put a broadcast, as it is in its stage and at its revision, on its way.

        Args:
            broadcast: what it is.
            stage: WAITING or SCHEDULED.
            person_id: who asked for it.
            begins_at: when it begins, if it is SCHEDULED.
            approved_by: the second person.
        """
        return one_of(
            await self._run.ask(
                broadcast_id=broadcast.id,
                revision=broadcast.revision,
                before=broadcast.stage.value,
                state=stage.value,
                person_id=person_id,
                begins_at=None if begins_at is None else to_micros(begins_at),
                approved_by=approved_by,
            )
        )

    async def refuse(self, broadcast: Broadcast, person_id: int) -> None:
        """Keep who asked for a draft, as it is at its revision, to be sent and may not send it."""
        await self._run.refuse(
            broadcast_id=broadcast.id, revision=broadcast.revision, person_id=person_id
        )

    async def send_back(self, broadcast: Broadcast, remark: str) -> Broadcast | None:
        """Make a draft again of one that waits, with what is to be changed."""
        return one_of(
            await self._run.send_back(
                broadcast_id=broadcast.id, revision=broadcast.revision, remark=remark
            )
        )

    async def move(
        self, broadcast_id: int, stage: Stage, before: Iterable[Stage], now: datetime
    ) -> Broadcast | None:
        """Put a broadcast that is in one of some stages into another."""
        return one_of(
            await self._run.move(
                broadcast_id=broadcast_id,
                state=stage.value,
                before=listed(before),
                now=to_micros(now),
            )
        )

    async def begin(self, broadcast_id: int, now: datetime) -> bool:
        """A scheduled broadcast is being sent from now on; whether there still was one."""
        begun: int = await self._run.begin(broadcast_id=broadcast_id, now=to_micros(now))
        return begun > 0

    async def set_mailing(self, broadcast_id: int, mailing_id: int, people: int) -> None:
        """Keep what a broadcast that begins is sent as, and to how many people it was owed."""
        await self._run.set_mailing(broadcast_id=broadcast_id, mailing_id=mailing_id, people=people)

    async def begin_recall(self, broadcast_id: int, mailing_id: int) -> Broadcast | None:
        """A broadcast is being taken away again."""
        return one_of(await self._run.set_recall(broadcast_id=broadcast_id, mailing_id=mailing_id))

    async def put_off(self, broadcast_id: int, begins_at: datetime) -> None:
        """Let a scheduled one begin later."""
        await self._run.put_off_broadcast(broadcast_id=broadcast_id, begins_at=to_micros(begins_at))

    async def show_in(self, broadcast_id: int, person_id: int, message_id: int) -> None:
        """Its progress is shown in this message of a person from now on, and in no other."""
        where = {"broadcast_id": broadcast_id, "person_id": person_id, "message_id": message_id}
        await self._run.show_in(**where)
        await self._run.hide_others(**where)

    async def hide(self, person_id: int, message_id: int) -> None:
        """No progress is shown in this message of a person any more."""
        await self._run.hide(person_id=person_id, message_id=message_id)

    async def screens(self, broadcast_id: int) -> list[tuple[int, int]]:
        """Where its progress is shown: numbers of people, and of messages in their chats."""
        rows = await self._run.screens_of(broadcast_id=broadcast_id)
        return [(row["person_id"], row["message_id"]) for row in rows]

    async def repeat(self, broadcast_id: int, send_at: datetime, now: datetime) -> int:
        """The same broadcast once more, approved as it was; its number."""
        number: int = await self._run.repeat_broadcast(
            broadcast_id=broadcast_id, send_at=to_micros(send_at), now=to_micros(now)
        )
        return number

    async def end_series(self, broadcast_id: int) -> None:
        """Let the next one of a broadcast that is sent again and again not begin by itself."""
        await self._run.end_series(broadcast_id=broadcast_id)

    async def delete(self, broadcast_id: int) -> bool:
        """Erase a draft; whether there was one."""
        await self._run.forget_screens(broadcast_id=broadcast_id)
        deleted: int = await self._run.delete_broadcast(broadcast_id=broadcast_id)
        return deleted > 0

    async def due(self, now: datetime) -> list[Broadcast]:
        """Those that are to begin by now."""
        return all_of(await self._run.due_broadcasts(now=to_micros(now)))

    async def next_at(self) -> datetime | None:
        """When the next one is to begin."""
        begins_at = await self._run.next_broadcast()
        return None if begins_at is None else from_micros(begins_at)

    async def under_way(self) -> list[Broadcast]:
        """Those whose messages may be leaving."""
        return all_of(await self._run.broadcasts_under_way())

    async def ended_and_shown(self) -> list[Broadcast]:
        """Those that have ended, and whose progress is shown somewhere."""
        return all_of(await self._run.ended_and_shown())

    async def recent_texts(self, since: datetime, besides: int) -> dict[int, Mapping[str, Text]]:
        """What the broadcasts said that began since a moment, by their numbers."""
        rows = await self._run.recent_texts(since=to_micros(since), broadcast_id=besides)
        return {row["id"]: texts_of(row["texts"]) for row in rows}
