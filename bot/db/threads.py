"""Work for another thread that is over when the wait for it is over."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

STOP_AGAIN = 0.05  # seconds between tries to stop what runs

Result = TypeVar("Result")


async def in_thread(step: Callable[[], Result], stop: Callable[[], None] | None = None) -> Result:
    """Run a function on a thread, to its end.

    Whoever is cancelled meanwhile is cancelled only after that: the thread never goes on with a
    connection that somebody else has taken over.

    Args:
        step: what to run.
        stop: makes it end soon, where that can be done.
    """
    running = asyncio.get_running_loop().run_in_executor(None, step)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            if stop is not None:
                stop()  # again and again: the first time, the thread may not have begun yet
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait([running], timeout=STOP_AGAIN)
        running.exception()  # nobody else will ask for it
        raise
