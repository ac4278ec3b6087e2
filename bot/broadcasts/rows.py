"""How broadcasts are kept in rows: as whole numbers, text, and JSON."""

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
)
from bot.clock import from_micros
from bot.message import Media, MediaKind

Row = Mapping[str, Any]


def listed(keys: Iterable[str | int]) -> str:
    """Keys as text that a query can look into, each between two commas; "" for none."""
    joined = ",".join(str(key) for key in keys)
    return f",{joined}," if joined else ""


def packed(value: object) -> str:
    """A value as JSON, always in the same words."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def unnamed(kept: str, person_id: int) -> str:
    """Texts as they are kept, without the number of a person."""
    texts = {
        language: replace(
            text,
            by=0 if text.by == person_id else text.by,
            reviewed_by=SOMEBODY if text.reviewed_by == person_id else text.reviewed_by,
        )
        for language, text in texts_of(kept).items()
    }
    return packed(plain_texts(texts))


def plain_texts(texts: Mapping[str, Text]) -> dict[str, dict[str, Any]]:
    """Texts as JSON holds them."""
    return {
        language: {"html": text.html, "by": text.by, "reviewed_by": text.reviewed_by}
        for language, text in texts.items()
    }


def texts_of(kept: str) -> dict[str, Text]:
    """Texts as they are kept."""
    return {language: Text(**text) for language, text in orjson.loads(kept).items()}


def plain_media(broadcast: Broadcast) -> list[dict[str, str]]:
    """Files as JSON holds them."""
    return [{"kind": each.kind.value, "file_id": each.file_id} for each in broadcast.media]


def plain_links(broadcast: Broadcast) -> list[dict[str, str]]:
    """Buttons as JSON holds them."""
    return [
        {"kind": each.kind.value, "to": each.to, "label": each.label} for each in broadcast.links
    ]


def all_of(rows: Sequence[Row]) -> list[Broadcast]:
    """The broadcasts in some rows."""
    return [found for row in rows if (found := one_of(row)) is not None]


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)


def one_of(row: Row | None) -> Broadcast | None:
    """The broadcast in a row, if there is one."""
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
        texts=texts_of(row["texts"]),
        media=tuple(
            Media(MediaKind(each["kind"]), each["file_id"]) for each in orjson.loads(row["media"])
        ),
        links=tuple(
            Link(LinkKind(each["kind"]), each["to"], each["label"])
            for each in orjson.loads(row["buttons"])
        ),
        posts=frozenset(orjson.loads(row["posts"])),
        send_at=_moment(row["send_at"]),
        begins_at=_moment(row["begins_at"]),
        repeats=Repeats(row["repeats"]),
        critical=bool(row["critical"]),
        urgent=row["urgent"],
        mailing_id=row["mailing_id"],
        recall_id=row["recall_id"],
        follows_id=row["follows_id"],
        remark=row["remark"],
        people=row["people"],
        began_at=_moment(row["began_at"]),
        ended_at=_moment(row["ended_at"]),
    )
