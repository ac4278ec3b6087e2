"""Drafts in the database: forms that authors have sent. Decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from bot.clock import from_micros, to_micros
from bot.db import Work, load_queries
from bot.surveys.files import FileStore
from bot.surveys.findings import Figures, Finding, figures_of, missing_lists
from bot.surveys.models import Edition, Source
from bot.surveys.readings import Reading, Trouble

PREFIX: Final = "draft:"
"""How the name begins by which interviews remember that a draft is being tried."""
_NOTHING: Final[Mapping[str, str]] = {}
QUERIES = load_queries(__file__)


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that an author has sent, until it is published or given up.

    Attributes:
        person_id: the author.
        filename: of the file, as they call it.
        waits: whether it is still to be read; then the following say nothing yet.
        attempts: how often reading it was begun.
        name: the form_id of the form; "" where the file holds none that can be used.
        title: as the form says, by language code.
        languages: codes of the languages in which it is complete.
        unreviewed: codes of those whose translation nobody has checked.
        questions: how many it has.
        trouble: why there is nothing to say of it.
        findings: what there is to say of it; where it can be used, no errors.
        figures: what it is in numbers.
        handle: Telegram's to the file, as long as it waits or cannot be used.
        beside: the lists that were sent for it: name -> Telegram's handle.
    """

    id: int
    person_id: int
    filename: str
    received_at: datetime
    waits: bool
    attempts: int
    name: str
    title: Mapping[str, str]
    languages: tuple[str, ...]
    unreviewed: tuple[str, ...]
    questions: int
    trouble: Trouble | None
    findings: tuple[Finding, ...]
    figures: Figures
    handle: str
    beside: Mapping[str, str]

    @property
    def missing(self) -> tuple[str, ...]:
        """The lists that are still to be sent for it."""
        return missing_lists(self.findings)

    @property
    def usable(self) -> bool:
        """Whether it can be tried and published."""
        return bool(self.name)

    def edition(self, source: Source) -> Edition:
        """What it is published as."""
        return Edition(
            self.title, self.languages, self.unreviewed, self.questions, source, digest=""
        )

    @property
    def form(self) -> str:
        """The name by which interviews remember that it is being tried."""
        return form_of(self.id)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is to be read.

    Attributes:
        file_id: Telegram's handle to it.
        beside: the lists that were sent for it: name -> Telegram's handle.
    """

    draft_id: int
    person_id: int
    file_id: str
    filename: str
    received_at: datetime
    attempts: int
    beside: Mapping[str, str]


class DraftStore:
    """Rows of drafts."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._run = work.runner(QUERIES)

    async def add(self, person_id: int, file_id: str, filename: str, now: datetime) -> int:
        """Keep that a file is to be read; the number of the draft."""
        draft_id: int = await self._run.add_draft(
            person_id=person_id, file_id=file_id, filename=filename, now=to_micros(now)
        )
        return draft_id

    async def get(self, draft_id: int) -> Draft | None:
        """A draft by its number."""
        row = await self._run.draft(draft_id=draft_id)
        return None if row is None else _draft(row)

    async def of(self, person_id: int) -> list[Draft]:
        """A person's drafts, the newest first."""
        return [_draft(row) for row in await self._run.drafts_of(person_id=person_id)]

    async def count(self, person_id: int) -> int:
        """How many drafts a person has."""
        number: int = await self._run.count_drafts(person_id=person_id)
        return number

    async def source(self, draft_id: int) -> Source | None:
        """What a draft is made of; None where there is none that can be used."""
        row = await self._run.draft_source(draft_id=draft_id)
        if row is None:
            return None
        files = await FileStore(self._work).of_draft(draft_id)
        digests = {name: kept.digest for name, kept in files.items()}
        return Source(row["xform"], orjson.loads(row["lists"]), digests)

    async def next_upload(self, now: datetime) -> Upload | None:
        """The file that has waited longest, of those that are to be read by now."""
        row = await self._run.next_upload(now=to_micros(now))
        if row is None:
            return None
        return Upload(
            row["id"],
            row["person_id"],
            row["file_id"],
            row["filename"],
            from_micros(row["received_at"]),
            row["attempts"],
            orjson.loads(row["beside"]),
        )

    async def begin(self, draft_id: int) -> None:
        """Count that reading it begins."""
        await self._run.begin_reading(draft_id=draft_id)

    async def put_off(self, draft_id: int, until: datetime) -> None:
        """Read it later: nothing was tried."""
        await self._run.put_off_reading(draft_id=draft_id, due_at=to_micros(until))

    async def put_beside(self, draft_id: int, lists: Mapping[str, str], now: datetime) -> None:
        """Keep which lists there are for it, and read it again with them."""
        await self._run.put_beside(draft_id=draft_id, beside=_json(lists), now=to_micros(now))

    async def keep(
        self, draft_id: int, reading: Reading, beside: Mapping[str, str] = _NOTHING
    ) -> bool:
        """Keep what came of reading it; False where that is not what it holds now.

        Args:
            draft_id: which.
            reading: what came of it.
            beside: the lists with which it was read. Where another has come, or somebody was
                faster, or it is gone, nothing is kept.
        """
        edition = reading.edition
        person_id = await self._run.keep_reading(
            draft_id=draft_id,
            name=reading.name,
            title=_json(edition.title if edition else {}),
            languages=_json(edition.languages if edition else ()),
            unreviewed=_json(edition.unreviewed if edition else ()),
            questions=edition.questions if edition else 0,
            xform=edition.source.xform if edition else "",
            lists=_json(edition.source.lists if edition else {}),
            trouble=reading.trouble or "",
            report=_json(reading.findings),
            figures=_json(reading.figures),
            usable=int(edition is not None),
            beside=_json(beside),
        )
        if person_id is None:
            return False
        if edition is not None:  # which a draft becomes once
            await FileStore(self._work).use_in_draft(draft_id, edition.source.files)
        return True

    async def delete_read(self, draft_id: int) -> bool:
        """Erase a draft, unless it waits to be read; whether it did."""
        return await self._run.delete_read_draft(draft_id=draft_id) is not None

    async def delete(self, draft_id: int) -> None:
        """Erase a draft."""
        await self._run.delete_draft(draft_id=draft_id)

    async def erase(self, person_id: int) -> None:
        """Erase a person's drafts."""
        await self._run.erase_drafts(person_id=person_id)

    async def forget_before(self, moment: datetime) -> int:
        """Erase what was sent before a moment; how many."""
        forgotten: int = await self._run.forget_drafts(before=to_micros(moment))
        return forgotten


def form_of(draft_id: int) -> str:
    """The name by which interviews remember that a draft is being tried."""
    return f"{PREFIX}{draft_id}"


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _draft(row: Mapping[str, Any]) -> Draft:
    return Draft(
        id=row["id"],
        person_id=row["person_id"],
        filename=row["filename"],
        received_at=from_micros(row["received_at"]),
        waits=bool(row["file_id"]),
        attempts=row["attempts"],
        name=row["name"],
        title=orjson.loads(row["title"]),
        languages=tuple(orjson.loads(row["languages"])),
        unreviewed=tuple(orjson.loads(row["unreviewed"])),
        questions=row["questions"],
        trouble=Trouble(row["trouble"]) if row["trouble"] else None,
        findings=tuple(Finding(**each) for each in orjson.loads(row["report"])),
        figures=figures_of(orjson.loads(row["figures"])),
        handle=row["file_id"] or row["origin"],
        beside=orjson.loads(row["beside"]),
    )
