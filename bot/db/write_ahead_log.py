"""SQLite's write-ahead log, kept short without holding up the event loop.

What is committed goes to the log first, and from there into the database file (a checkpoint).
That waits for the disk, so it runs on a thread, and so does the first write to an emptied log,
which waits for the disk as well. Between these, a commit waits for nothing.
"""

import asyncio
import sqlite3
from pathlib import Path

import structlog

from bot.db.threads import in_thread

TOO_LONG = 4  # times the length at which it is brought home

log = structlog.get_logger(__name__)


class WriteAheadLog:
    """The log of one database file.

    Args:
        path: of the database file.
        connection: for this alone.
        turn: of the writer.
        longest: bytes of the log before it is brought home.
    """

    def __init__(
        self, path: str, connection: sqlite3.Connection, turn: asyncio.Lock, longest: int
    ) -> None:
        self._file = Path(f"{path}-wal")
        self._connection = connection
        self._turn = turn
        self._alone = asyncio.Lock()
        self._longest = longest
        self._mark = longest
        self._length = 0
        self._is_empty = True  # or was emptied by whoever closed the database last
        self._shortening: asyncio.Task[None] | None = None

    async def begun(self) -> None:
        """Begin the log anew where it is empty; called by the writer, before a transaction.

        A writer that is far ahead of the thread which brings the log home waits for it.
        """
        if self._is_empty:
            async with self._alone:
                await in_thread(self._begin)
        elif self._shortening is not None and self._length > TOO_LONG * self._longest:
            async with self._alone:
                pass

    def look(self) -> None:
        """Have the log brought home if it has become long; called after each transaction."""
        self._length = self._size()
        if self._shortening is None and self._length > self._mark:
            self._shortening = asyncio.create_task(self._shorten())

    async def emptied(self) -> bool:
        """Bring the log home and cut it to nothing, unless somebody reads from it.

        Returns:
            Whether it is empty.
        """
        async with self._turn, self._alone:
            return await in_thread(self._empty)

    async def close(self) -> None:
        """Close the connection, once what is under way has ended."""
        if self._shortening is not None:
            await self._shortening
        async with self._alone:
            await in_thread(self._connection.close)  # the last one brings the log home

    async def _shorten(self) -> None:
        try:
            # Most of it while everybody writes on, and the rest in the writer's turn.
            async with self._alone:
                await in_thread(self._bring_home)
            if not await self.emptied():
                log.info("the write-ahead log stays: somebody reads from it", bytes=self._size())
        except sqlite3.Error as error:
            log.warning(
                "the write-ahead log could not be brought home", error=error.sqlite_errorname
            )
        finally:
            self._mark = self._size() + self._longest
            self._shortening = None

    def _bring_home(self) -> None:
        self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def _empty(self) -> bool:
        (row,) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if not row["busy"]:
            self._is_empty = True
        return not row["busy"]

    def _begin(self) -> None:
        """Write to the log for the first time: the number that is there, which we do not use."""
        try:
            (row,) = self._connection.execute("PRAGMA user_version").fetchall()
            self._connection.execute(f"PRAGMA user_version = {row[0]}")
        except sqlite3.OperationalError:
            return  # another process writes, and begins the log; or the next one tries again
        self._is_empty = False

    def _size(self) -> int:
        try:
            return self._file.stat().st_size
        except FileNotFoundError:
            return 0
