"""One at a time per person, many people at once.

Each person with something under way has a line; the line is gone when it is empty. A place among
those served at once is taken only by whoever is at the head of a line, so a person who sends a
hundred messages waits for themselves and holds up nobody else.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Job = Callable[[], Awaitable[None]]
AT_ONCE = 256  # people served at the same time
ROOM = 4096  # jobs in all lines before no more are fetched
SHARE = 16  # jobs of one person that count for that; more of theirs wait without keeping others out


class Turnstile:
    """Lets jobs in: in order for one person, side by side for different people.

    A job must deal with its own errors; one that raises stops the process, as a bug should.
    """

    def __init__(self, at_once: int = AT_ONCE, room: int = ROOM) -> None:
        self._lines: dict[int, deque[Job]] = {}
        self._served = asyncio.Semaphore(at_once)
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = room
        self._inside = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._has_room = asyncio.Event()
        self._has_room.set()

    @property
    def lines(self) -> int:
        """How many people have something under way."""
        return len(self._lines)

    def waiting(self, person: int) -> int:
        """How long a person's line is."""
        return len(self._lines.get(person, ()))

    def admit(self, person: int, job: Job) -> None:
        """Put a job at the end of a person's line."""
        line = self._lines.setdefault(person, deque())
        line.append(job)
        if len(line) <= SHARE:
            self._inside += 1
        if self._inside >= self._room:
            self._has_room.clear()
        if len(line) > 1:
            return
        self._idle.clear()
        task = asyncio.create_task(self._serve(person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, person: int) -> None:
        line = self._lines[person]
        try:
            while line:
                async with self._served:
                    await line[0]()
                line.popleft()
                if len(line) < SHARE:
                    self._inside -= 1
                if self._inside < self._room:
                    self._has_room.set()
        finally:
            self._inside -= min(len(line), SHARE)
            del self._lines[person]
            if not self._lines:
                self._idle.set()

    async def room(self) -> None:
        """Wait until there is room for more."""
        await self._has_room.wait()

    async def idle(self) -> None:
        """Wait until nobody has anything under way."""
        await self._idle.wait()

    async def stop(self) -> None:
        """Drop what has not begun and stop what has; the inbox still holds all of it."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
