"""Pictures, sounds and videos of surveys in the database. Decides nothing."""

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bot.clock import to_micros
from bot.db import Work, load_queries
from bot.message import Kept, Media, MediaKind
from bot.surveys.media import File

QUERIES = load_queries(__file__)
SPARED: Final = timedelta(hours=1)
"""How long nobody erases a file that was just brought, though nothing uses it yet."""
_PART: Final = 192 * 1024  # bytes in one row; as base64 256 KiB


class FileStore:
    """Rows of files. The same content is kept once, whoever brings it under whatever name."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def keep(self, files: Iterable[File], now: datetime) -> None:
        """Keep files; those that are not used within an hour go again."""
        for file in files:
            await self._run.keep_file(
                digest=file.digest, kind=file.kind.value, mime=file.mime, now=to_micros(now)
            )
            if not await self._run.count_file_parts(digest=file.digest):
                for number, at in enumerate(range(0, len(file.content), _PART)):
                    part = base64.b64encode(file.content[at : at + _PART]).decode()
                    await self._run.add_file_part(digest=file.digest, number=number, content=part)

    async def get(self, digest: str) -> File | None:
        """A file with its content; None where it is gone."""
        row = await self._run.file(digest=digest)
        if row is None:
            return None
        parts = await self._run.file_parts(digest=digest)
        content = b"".join(base64.b64decode(part["content"]) for part in parts)
        return File(digest, MediaKind(row["kind"]), row["mime"], content)

    async def use_in_survey(self, survey_id: int, version: int, files: Mapping[str, str]) -> None:
        """Note that a version of a survey shows files: name -> digest."""
        for name, digest in files.items():
            await self._run.use_in_survey(
                survey_id=survey_id, version=version, name=name, digest=digest
            )

    async def of_survey(self, survey_id: int, version: int) -> Mapping[str, Kept]:
        """What a version of a survey shows, by name."""
        return _kept(await self._run.files_of_survey(survey_id=survey_id, version=version))

    async def use_in_draft(self, draft_id: int, files: Mapping[str, str]) -> None:
        """Note that a draft shows files: name -> digest."""
        for name, digest in files.items():
            await self._run.use_in_draft(draft_id=draft_id, name=name, digest=digest)

    async def of_draft(self, draft_id: int) -> Mapping[str, Kept]:
        """What a draft shows, by name."""
        return _kept(await self._run.files_of_draft(draft_id=draft_id))

    async def forget_unused(self, now: datetime) -> int:
        """Erase the files that no draft and no version of a survey shows; how many."""
        forgotten: int = await self._run.forget_unused_files(before=to_micros(now - SPARED))
        return forgotten

    async def at_telegram(self, digest: str, bot: str) -> Media | None:
        """A file as Telegram has it for a bot; None where it has not."""
        row = await self._run.telegram_file(digest=digest, bot=bot)
        return None if row is None else Media(MediaKind(row["kind"]), row["file_id"])

    async def note_at_telegram(self, digest: str, bot: str, media: Media) -> None:
        """Remember under which handle Telegram has a file for a bot."""
        await self._run.note_telegram_file(
            digest=digest, bot=bot, kind=media.kind.value, file_id=media.file_id
        )

    async def forget_at_telegram(self, digest: str, bot: str, media: Media) -> None:
        """Telegram does not know this handle any more."""
        await self._run.forget_telegram_file(digest=digest, bot=bot, file_id=media.file_id)


def _kept(rows: Iterable[Mapping[str, Any]]) -> Mapping[str, Kept]:
    return {row["name"]: Kept(MediaKind(row["kind"]), row["digest"], row["name"]) for row in rows}
