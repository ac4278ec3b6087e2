"""Work for another thread that is over when the wait for it is over."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

AGAIN = 0.02  # seconds

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
                stop()  # again and again: what has not begun yet does not hear it
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait([running], timeout=AGAIN if stop else None)
        running.exception()  # nobody else will ask for it
        raise
