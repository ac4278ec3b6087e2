"""What was done that only some may do: a log to which entries are only added.

It names people by our own number alone, which nobody gets a second time. When somebody deletes
their data, their entries stay, and the number is nobody's from then on.
"""

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.db import Work
from bot.people.models import Act, Noted
from bot.people.role_store import ActStore

KEPT: Final = timedelta(days=6 * 366)
"""For how long an entry is kept. The database refuses to delete a younger one."""
ON_A_PAGE: Final = 10
COLUMNS = ("number", "time_utc", "time_local", "who", "act", "subject", "details")
_AT_ONCE: Final = 1_000  # entries


@dataclass(frozen=True, slots=True)
class ActsPage:
    """Some entries of the log, the newest first."""

    acts: tuple[Noted, ...]
    page: int
    pages: int


class Acts:
    """The log of privileged acts."""

    def __init__(self, work: Work) -> None:
        self._store = ActStore(work)

    async def note(
        self, actor: int | None, act: Act, subject: str, now: datetime, **details: str | int
    ) -> None:
        """Note an act, in the transaction in which it happens.

        Args:
            actor: our number of who did it; None: the command line, or the bot by itself.
            act: what they did.
            subject: to what, as a word and a number, such as "invite 3".
            now: when.
            details: keys and numbers. Never names, texts, or numbers at Telegram.
        """
        told = {name: value for name, value in details.items() if value != ""}
        await self._store.add(actor, act, subject, now, told)

    async def page(self, number: int) -> ActsPage:
        """A page of the log, from 1; any other number gives the nearest there is."""
        pages = max(1, math.ceil(await self._store.count() / ON_A_PAGE))
        number = min(max(1, number), pages)
        acts = await self._store.newest(ON_A_PAGE, (number - 1) * ON_A_PAGE)
        return ActsPage(tuple(acts), number, pages)

    async def of(self, person_id: int) -> list[Noted]:
        """What a person did, and what others did about their roles, the oldest first."""
        return await self._store.of(person_id)

    async def export(self, zone: ZoneInfo) -> bytes:
        """The whole log as a .csv file, the oldest entry first."""
        lines = [_lines([COLUMNS])]
        last = 0
        while some := await self._store.after(last, _AT_ONCE):
            lines.append(_lines(_row(each, zone) for each in some))
            last = some[-1].id
        # The mark at the beginning makes spreadsheets read it as UTF-8.
        return "".join(lines).encode("utf-8-sig")

    async def forget_old(self, now: datetime) -> int:
        """Erase entries that are as old as they may get, and note it; how many."""
        old = await self._store.count_older(now - KEPT)
        if old:
            await self.note(None, Act.LOG_SHORTENED, f"entries {old}", now)
            await self._store.delete_older(now - KEPT)
        return old


def _row(noted: Noted, zone: ZoneInfo) -> tuple[str | int, ...]:
    return (
        noted.id,
        noted.at.isoformat(timespec="seconds"),
        noted.at.astimezone(zone).isoformat(timespec="seconds"),
        "" if noted.actor is None else f"person {noted.actor}",
        noted.act.value,
        noted.subject,
        "; ".join(f"{name}: {value}" for name, value in noted.details.items()),
    )


def _lines(rows: Iterable[Iterable[str | int]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()
