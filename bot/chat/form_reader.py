"""Reads the files that authors send, one after another, on the process that is on duty.

A file is a row until it has been read, so whoever comes after a crash reads it again. What came of
it and the report that is owed are noted together, once.
"""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.chat.carriers import report
from bot.chat.context import House
from bot.chat.duty import Duty
from bot.chat.http import TOO_LONG, ApiError, ApiUnreachable, TelegramHttp
from bot.chat.interviews import Interviews
from bot.delivery.outcomes import FLOOD, WRONG_TOKEN
from bot.errors import DatabaseBusy
from bot.surveys.drafts import Upload, form_of
from bot.surveys.intake import Uploads
from bot.surveys.reading_apart import read_apart
from bot.surveys.readings import Reading, Trouble
from bot.surveys.uploads import largest, too_large

LOOK = 1.0  # seconds between looks at what waits

log = structlog.get_logger(__name__)


class FormReader:
    """Reads for as long as the process is on duty.

    Args:
        house: what lives as long as the process.
        http: the session to the Bot API.
        duty: says whether it is for this process to read.
        ring: called when there is something to deliver.

    Attributes:
        done: how many files were taken in hand so far.
    """

    def __init__(
        self, house: House, http: TelegramHttp, duty: Duty, ring: Callable[[], None]
    ) -> None:
        self._house = house
        self._http = http
        self._duty = duty
        self._ring = ring
        self._bell = asyncio.Event()
        self._asked = self._answered = 0
        self.done = 0
        self._quiet = asyncio.Condition()

    async def run(self) -> None:
        """Read until cancelled."""
        while True:
            asked = self._asked
            self._bell.clear()
            try:
                again = await self._round()
            except DatabaseBusy as error:
                log.warning("the database is busy; files wait to be read", why=str(error))
                again = False
            except Exception as error:  # noqa: BLE001 -- whatever it is, the next file is not to wait
                report("a file could not be read", error)
                again = False
            if not again:
                await self._is_quiet(asked)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK):
                        await self._bell.wait()

    async def idle(self) -> None:
        """Wait until no file waits that can be read now."""
        self._asked += 1
        mine = self._asked
        self._bell.set()
        async with self._quiet:
            await self._quiet.wait_for(lambda: self._answered >= mine)

    async def _is_quiet(self, asked: int) -> None:
        self._answered = asked
        async with self._quiet:
            self._quiet.notify_all()

    async def _round(self) -> bool:
        """Read one file; False: none waits."""
        if not self._duty.is_ours:
            return False
        now = self._house.clock.now()
        async with self._house.database.reading() as work:
            upload = await Uploads(work).next(now)
        if upload is None:
            return False
        async with self._house.database.work() as work:
            begun = await Uploads(work).begin(upload, now)
        if begun:
            await self._read(upload)
        self.done += 1
        self._ring()
        return True

    async def _read(self, upload: Upload) -> None:
        try:
            reading = await self._reading(upload)
        except ApiUnreachable:
            await self._put_off(upload)
        except ApiError as error:
            if error.code == FLOOD or error.code in WRONG_TOKEN:
                await self._put_off(upload, timedelta(seconds=error.retry_after or 1))
            else:
                log.warning("a file is not to be had", code=error.code)
                await self._settle(upload, Reading(trouble=Trouble.GONE))
        else:
            await self._settle(upload, reading)

    async def _reading(self, upload: Upload) -> Reading:
        try:
            content = await self._http.fetch(upload.file_id, largest(upload.filename))
            beside = {
                name: await self._http.fetch(handle, largest(name))
                for name, handle in upload.beside.items()
            }
        except ApiError as error:
            if error.code == TOO_LONG or "too big" in error.description:
                return too_large(upload.filename)
            raise
        return await read_apart(content, upload.filename, beside)

    async def _put_off(self, upload: Upload, pause: timedelta = timedelta(seconds=2)) -> None:
        async with self._house.database.work() as work:
            await Uploads(work).put_off(upload, self._house.clock.now(), pause)

    async def _settle(self, upload: Upload, reading: Reading) -> None:
        house = self._house
        async with house.database.long_work() as work:  # a form can be long
            gone = await Uploads(work).settle(upload, reading, house.clock.now())
            for draft_id in gone:
                await Interviews(work, house.vault).erase(upload.person_id, form_of(draft_id))
