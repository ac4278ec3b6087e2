"""The files of authors that wait to be read, and what becomes of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.clock import to_micros
from bot.db import Work
from bot.delivery.models import Lane, Mailing
from bot.delivery.store import DeliveryStore
from bot.people.models import Right
from bot.people.roles import Roles, may
from bot.surveys.drafts import Draft, DraftStore, Upload
from bot.surveys.files import FileStore
from bot.surveys.findings import missing_lists
from bot.surveys.readings import Reading, Trouble
from bot.surveys.uploads import LISTS, wanted_as

OFTEN: Final = 3  # times that reading a file is begun
PATIENCE: Final = timedelta(days=1)
"""For how long it is tried to fetch a file."""
LONGEST_PAUSE: Final = timedelta(minutes=5)
REPORT: Final = "report"
"""The kind of the mailings that bring an author the report of a draft."""
REPORT_KEPT: Final = timedelta(days=7)
"""For how long it is tried to bring it."""


class Uploads:
    """The files that wait to be read, within one transaction. Twice is the same as once."""

    def __init__(self, work: Work) -> None:
        self._files = FileStore(work)
        self._drafts = DraftStore(work)
        self._deliveries = DeliveryStore(work)
        self._roles = Roles(work)

    async def next(self, now: datetime) -> Upload | None:
        """The file to read next; None: none waits."""
        return await self._drafts.next_upload(now)

    async def begin(self, upload: Upload, now: datetime) -> bool:
        """Note that a file is being read; False: it need not be.

        So a file of which the process dies each time is given up, and its author told.
        """
        if not may(await self._roles.of(upload.person_id), Right.PUBLISH_SURVEYS):
            await self._drafts.delete(upload.draft_id)
            return False
        if upload.attempts >= OFTEN:
            await self.settle(upload, Reading(trouble=Trouble.HEAVY), now)
            return False
        await self._drafts.begin(upload.draft_id)
        return True

    async def put_off(
        self, upload: Upload, now: datetime, pause: timedelta = timedelta(seconds=2)
    ) -> None:
        """The file could not be fetched: try again, the longer it takes the less often.

        Args:
            upload: which.
            now: the time.
            pause: for how long at least.
        """
        waited = now - upload.received_at
        if waited > PATIENCE:
            await self.settle(upload, Reading(trouble=Trouble.GONE), now)
        else:
            later = max(pause, min(waited / 4, LONGEST_PAUSE))
            await self._drafts.put_off(upload.draft_id, now + later)

    async def settle(self, upload: Upload, reading: Reading, now: datetime) -> list[int]:
        """Keep what came of reading a file, and owe its author the report, once.

        Returns:
            The numbers of the drafts that are gone for this one.
        """
        await self._files.keep(reading.files, now)
        if not await self._drafts.keep(upload.draft_id, reading, upload.beside):
            return []
        lists = await self._sent_before(upload, reading)
        if lists:
            await self._drafts.put_beside(upload.draft_id, {**upload.beside, **lists}, now)
            return []
        mailing = Mailing(
            name=f"{REPORT}:{upload.draft_id}:{to_micros(now)}",
            kind=REPORT,
            subject=upload.draft_id,
            lane=Lane.NOTICE,
            due_at=now,
            not_after=now + REPORT_KEPT,
        )
        number = await self._deliveries.add(mailing, now)
        if number is not None:
            await self._deliveries.owe_to(number, [upload.person_id])
        return [
            draft.id
            for draft in await self._drafts.of(upload.person_id)
            if _is_superseded(draft, upload, reading) and await self._drafts.delete_read(draft.id)
        ]

    async def _sent_before(self, upload: Upload, reading: Reading) -> Mapping[str, str]:
        """The lists a form lacks that its author sent before: for another, or before the form."""
        found: dict[str, str] = {}
        missing = missing_lists(reading.findings)
        drafts = await self._drafts.of(upload.person_id) if missing else []
        for draft in drafts:
            if draft.id == upload.draft_id:
                continue
            sent = dict(draft.beside)
            if _is_list(draft.filename) and draft.handle:
                sent[draft.filename] = draft.handle
            for filename, handle in sent.items():
                name = wanted_as(filename, missing)
                if name and name not in upload.beside:
                    found.setdefault(name, handle)
        return found


def _is_superseded(draft: Draft, upload: Upload, reading: Reading) -> bool:
    """Whether nobody needs a draft any more, now that a later file was read.

    That is the same form before, and what could not be used. A list that could be for a form still
    to come waits for it, until it is with one or comes again; and it says nothing of a form.
    """
    if draft.id >= upload.draft_id:
        return False
    if draft.usable:
        return draft.name == reading.name
    if _is_list(draft.filename):
        again = draft.filename.casefold() == upload.filename.casefold()
        return again or wanted_as(draft.filename, upload.beside) != ""
    return reading.name != "" or not _is_list(upload.filename)


def _is_list(filename: str) -> bool:
    """Whether a file that is no form may be a list for one."""
    return filename.lower().endswith(LISTS)
