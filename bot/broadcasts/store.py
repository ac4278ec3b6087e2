"""Broadcasts in the database. Decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson

from bot.broadcasts.audience import Audience
from bot.broadcasts.models import (
    SOMEBODY,
    Broadcast,
    Link,
    LinkKind,
    Repeats,
    Stage,
    Text,
    media_of,
)
from bot.clock import from_micros, to_micros
from bot.db import Work, load_queries

QUERIES = load_queries(__file__)
Row = Mapping[str, Any]


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
        """A new draft, empty or with what another one says; its number.

        One that follows another is posted in the same groups.
        """
        number: int = await self._run.add_broadcast(
            person_id=person_id,
            audience=_json(like.audience.plain() if like else {}),
            texts=_json(_plain_texts(like.texts) if like else {}),
            media=_json(_plain_media(like) if like else []),
            buttons=_json(_plain_links(like) if like else []),
            posts=_json(sorted(like.posts) if like and follows else []),
            critical=int(like.critical) if like else 0,
            follows_id=follows,
            now=to_micros(now),
        )
        return number

    async def get(self, broadcast_id: int) -> Broadcast | None:
        """A broadcast by its number."""
        return _broadcast(await self._run.broadcast(broadcast_id=broadcast_id))

    async def sent_as(self, mailing_id: int) -> Broadcast | None:
        """The broadcast that is sent as this mailing."""
        return _broadcast(await self._run.broadcast_of(mailing_id=mailing_id))

    async def of(
        self, stages: Iterable[Stage], skip: int, most: int
    ) -> tuple[list[Broadcast], int]:
        """Broadcasts in some stages, the newest first, and how many there are in all."""
        rows = await self._run.broadcasts_in(states=listed(stages), skip=skip, most=most)
        return _all(rows), rows[0]["total"] if rows else 0

    async def change(self, broadcast: Broadcast, person_id: int, now: datetime) -> Broadcast | None:
        """Keep what a broadcast says in place of what it said at its revision."""
        return _broadcast(
            await self._run.change_broadcast(
                broadcast_id=broadcast.id,
                revision=broadcast.revision,
                person_id=person_id,
                audience=_json(broadcast.audience.plain()),
                texts=_json(_plain_texts(broadcast.texts)),
                media=_json(_plain_media(broadcast)),
                buttons=_json(_plain_links(broadcast)),
                posts=_json(sorted(broadcast.posts)),
                send_at=None if broadcast.send_at is None else to_micros(broadcast.send_at),
                repeats=broadcast.repeats.value,
                critical=int(broadcast.critical),
                urgent=broadcast.urgent,
                now=to_micros(now),
            )
        )

    async def review(self, broadcast: Broadcast) -> Broadcast | None:
        """Keep that texts have been reviewed."""
        return _broadcast(
            await self._run.review_text(
                broadcast_id=broadcast.id,
                revision=broadcast.revision,
                texts=_json(_plain_texts(broadcast.texts)),
            )
        )

    async def take_up(
        self, broadcast_id: int, person_id: int, before: datetime, now: datetime
    ) -> Broadcast | None:
        """Let a person change it, unless somebody else has touched it since `before`."""
        return _broadcast(
            await self._run.take_up(
                broadcast_id=broadcast_id,
                person_id=person_id,
                before=to_micros(before),
                now=to_micros(now),
            )
        )

    async def leave(self, broadcast_id: int, person_id: int) -> None:
        """Let others change it."""
        await self._run.leave(broadcast_id=broadcast_id, person_id=person_id)

    async def ask(
        self,
        broadcast: Broadcast,
        stage: Stage,
        person_id: int | None,
        send_at: datetime | None = None,
        approved_by: int | None = None,
    ) -> Broadcast | None:
        """Put a draft, as it is at its revision, on its way.

        Args:
            broadcast: the draft.
            stage: WAITING or SCHEDULED.
            person_id: who asked for it.
            send_at: when it begins, where that was open.
            approved_by: the second person.
        """
        return _broadcast(
            await self._run.ask(
                broadcast_id=broadcast.id,
                revision=broadcast.revision,
                state=stage.value,
                person_id=person_id,
                send_at=None if send_at is None else to_micros(send_at),
                approved_by=approved_by,
            )
        )

    async def move(
        self, broadcast_id: int, stage: Stage, before: Iterable[Stage], now: datetime
    ) -> Broadcast | None:
        """Put a broadcast that is in one of some stages into another."""
        return _broadcast(
            await self._run.move(
                broadcast_id=broadcast_id,
                state=stage.value,
                before=listed(before),
                now=to_micros(now),
            )
        )

    async def begin(self, broadcast_id: int, mailing_id: int, now: datetime) -> Broadcast | None:
        """A scheduled broadcast is being sent from now on."""
        return _broadcast(
            await self._run.begin(
                broadcast_id=broadcast_id, mailing_id=mailing_id, now=to_micros(now)
            )
        )

    async def begin_recall(self, broadcast_id: int, mailing_id: int) -> Broadcast | None:
        """A broadcast is being taken away again."""
        return _broadcast(
            await self._run.set_recall(broadcast_id=broadcast_id, mailing_id=mailing_id)
        )

    async def put_off(self, broadcast_id: int, send_at: datetime) -> None:
        """Let a scheduled one begin at another time."""
        await self._run.put_off_broadcast(broadcast_id=broadcast_id, send_at=to_micros(send_at))

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
        """Erase one that has not begun; whether there was one."""
        await self._run.forget_screens(broadcast_id=broadcast_id)
        deleted: int = await self._run.delete_broadcast(broadcast_id=broadcast_id)
        return deleted > 0

    async def due(self, now: datetime) -> list[Broadcast]:
        """Those that are to begin by now."""
        return _all(await self._run.due_broadcasts(now=to_micros(now)))

    async def next_at(self) -> datetime | None:
        """When the next one is to begin."""
        send_at = await self._run.next_broadcast()
        return None if send_at is None else from_micros(send_at)

    async def under_way(self) -> list[Broadcast]:
        """Those whose messages may be leaving."""
        return _all(await self._run.broadcasts_under_way())

    async def ended_and_shown(self) -> list[Broadcast]:
        """Those that have ended, and whose progress is shown somewhere."""
        return _all(await self._run.ended_and_shown())

    async def recent_texts(self, since: datetime, besides: int) -> dict[int, Mapping[str, Text]]:
        """What the broadcasts said that began since a moment, by their numbers."""
        rows = await self._run.recent_texts(since=to_micros(since), broadcast_id=besides)
        return {row["id"]: _texts(row["texts"]) for row in rows}


def listed(keys: Iterable[str | int]) -> str:
    """Keys as text that a query can look into, each between two commas; "" for none."""
    joined = ",".join(str(key) for key in keys)
    return f",{joined}," if joined else ""


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def unnamed(kept: str, person_id: int) -> str:
    """Texts as they are kept, without the number of a person."""
    texts = {
        language: replace(
            text,
            by=0 if text.by == person_id else text.by,
            reviewed_by=SOMEBODY if text.reviewed_by == person_id else text.reviewed_by,
        )
        for language, text in _texts(kept).items()
    }
    return _json(_plain_texts(texts))


def _plain_texts(texts: Mapping[str, Text]) -> dict[str, dict[str, Any]]:
    return {
        language: {"html": text.html, "by": text.by, "reviewed_by": text.reviewed_by}
        for language, text in texts.items()
    }


def _texts(kept: str) -> dict[str, Text]:
    return {language: Text(**text) for language, text in orjson.loads(kept).items()}


def _plain_media(broadcast: Broadcast) -> list[dict[str, str]]:
    return [{"kind": each.kind.value, "file_id": each.file_id} for each in broadcast.media]


def _plain_links(broadcast: Broadcast) -> list[dict[str, str]]:
    return [
        {"kind": each.kind.value, "to": each.to, "label": each.label} for each in broadcast.links
    ]


def _all(rows: Sequence[Row]) -> list[Broadcast]:
    return [found for row in rows if (found := _broadcast(row)) is not None]


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)


def _broadcast(row: Row | None) -> Broadcast | None:
    if row is None:
        return None
    return Broadcast(
        id=row["id"],
        stage=Stage(row["state"]),
        created_at=from_micros(row["created_at"]),
        edited_at=from_micros(row["edited_at"]),
        revision=row["revision"],
        author_id=row["author_id"],
        editor_id=row["editor_id"],
        asked_by=row["asked_by"],
        approved_by=row["approved_by"],
        approved_revision=row["approved_revision"],
        audience=Audience.of(orjson.loads(row["audience"])),
        texts=_texts(row["texts"]),
        media=media_of(orjson.loads(row["media"])),
        links=tuple(
            Link(LinkKind(each["kind"]), each["to"], each["label"])
            for each in orjson.loads(row["buttons"])
        ),
        posts=frozenset(orjson.loads(row["posts"])),
        send_at=_moment(row["send_at"]),
        repeats=Repeats(row["repeats"]),
        critical=bool(row["critical"]),
        urgent=row["urgent"],
        mailing_id=row["mailing_id"],
        recall_id=row["recall_id"],
        follows_id=row["follows_id"],
        began_at=_moment(row["began_at"]),
        ended_at=_moment(row["ended_at"]),
    )
