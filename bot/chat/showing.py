"""Shows files that we keep: Telegram gets each once, and is told its own handle to it after that.

What is owed names the file, and nothing of it stands in the inbox. Of the handles, Telegram may
forget any; then it gets the file again.
"""

import asyncio
import re
from typing import Any, Final
from weakref import WeakValueDictionary

import structlog

from bot.chat.http import TIMEOUT, ApiError, TelegramHttp
from bot.chat.outgoing import KEPT, method_of
from bot.chat.sent import media_in
from bot.db import Database
from bot.message import MediaKind
from bot.surveys.files import FileStore
from bot.surveys.media import File

_SLOWEST: Final = 100_000  # bytes a second, at which a file may leave
_BAD_REQUEST: Final = 400
_UNKNOWN: Final = re.compile(
    r"file identifier|file_id|file reference|can't use file of type", re.IGNORECASE
)
"""What Telegram says of a handle that it does not know, or not any more."""
_NOT_THE_FILE: Final = re.compile(r"chat not found|PEER_ID|too big", re.IGNORECASE)
"""What it says where another way to send the file would change nothing."""
_NO_VOICE: Final = "VOICE_MESSAGES_FORBIDDEN"
"""What it says where this person wants no voice messages; a file they can have."""

log = structlog.get_logger(__name__)


class Showing:
    """The files of ours that Telegram has, for one bot.

    Args:
        database: keeps the files, and Telegram's handles to them.
        http: the session to the Bot API.
        bot: the bot's own name: a handle is good for one bot.
    """

    def __init__(self, database: Database, http: TelegramHttp, bot: str) -> None:
        self._database = database
        self._http = http
        self._bot = bot
        self._leaving: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def call(self, method: str, params: dict[str, Any]) -> Any:
        """Make a call; where it shows a file of ours, with that file.

        Returns:
            The result; None where we have the file no more.

        Raises:
            ApiError, ApiUnreachable: see TelegramHttp.call.
        """
        if KEPT not in params:
            return await self._http.call(method, params)
        digest, name = params[KEPT]
        shown = await self._again(digest, name, params)
        if shown is not None:
            return shown
        async with self._leaving.setdefault(
            digest, asyncio.Lock()
        ):  # whoever waits here need not bring it once more
            shown = await self._again(digest, name, params)
            return shown or await self._bring(digest, name, params)

    async def _again(self, digest: str, name: str, params: dict[str, Any]) -> Any:
        """Show what Telegram has; None where it has it not, or not any more."""
        async with self._database.reading() as work:
            media = await FileStore(work).at_telegram(digest, self._bot)
        if media is None:
            return None
        try:
            handle = {media.kind.value: media.file_id}
            return await self._http.call(method_of(media.kind), params | handle)
        except ApiError as error:
            if _NO_VOICE in error.description:
                return await self._bring(digest, name, params)
            if error.code != _BAD_REQUEST or not _UNKNOWN.search(error.description):
                raise
        log.warning("Telegram does not know a file any more; it gets it again")
        async with self._database.work() as work:
            await FileStore(work).forget_at_telegram(digest, self._bot, media)
        return None

    async def _bring(self, digest: str, name: str, params: dict[str, Any]) -> Any:
        async with self._database.long_reading() as work:
            file = await FileStore(work).get(digest)
        if file is None:
            log.error("a file of a survey is gone")
            return None
        try:
            result = await self._upload(file, file.kind, name, params)
        except ApiError as error:
            if error.code != _BAD_REQUEST or _NOT_THE_FILE.search(error.description):
                raise
            # It cannot be shown as what it is; people can still open it.
            log.warning("Telegram takes a file only as a document", kind=file.kind.value)
            result = await self._upload(file, MediaKind.DOCUMENT, name, params)
            if _NO_VOICE in error.description:  # others may want it
                return result
        media = media_in(result)  # it may have taken the file for another kind
        if media is not None:
            async with self._database.work() as work:
                await FileStore(work).note_at_telegram(digest, self._bot, media)
        return result

    async def _upload(self, file: File, kind: MediaKind, name: str, params: dict[str, Any]) -> Any:
        about = {"field": kind.value, "name": name, "mime": file.mime, "content": file.content}
        seconds = TIMEOUT + len(file.content) / _SLOWEST
        return await self._http.call(method_of(kind), params | {"_file": about}, timeout=seconds)
