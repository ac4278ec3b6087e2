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

    def admit(self, person: int, job: Job) -> None:
        """Put a job at the end of a person's line."""
        self._inside += 1
        self._idle.clear()
        if self._inside >= self._room:
            self._has_room.clear()
        line = self._lines.get(person)
        if line is not None:
            line.append(job)
            return
        self._lines[person] = deque([job])
        task = asyncio.create_task(self._serve(person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, person: int) -> None:
        line = self._lines[person]
        try:
            while line:
                async with self._served:
                    await line.popleft()()
                self._inside -= 1
                if self._inside < self._room:
                    self._has_room.set()
        finally:
            self._inside -= len(line)
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
