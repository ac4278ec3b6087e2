"""How every command runs: on one event loop, to an orderly end, with kind words for what fails."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import typer

from bot.errors import BaobabError, ImportRefused

T = TypeVar("T")


@contextlib.contextmanager
def told_kindly() -> Iterator[None]:
    """Turn what we know can go wrong into a reason on standard error and exit code 1."""
    try:
        yield
    except ImportRefused as refusal:
        for problem in refusal.problems:
            print(problem, file=sys.stderr)
        print("Nothing was taken in.", file=sys.stderr)
        raise typer.Exit(1) from None
    except BaobabError as error:
        print(str(error) or type(error).__name__, file=sys.stderr)
        raise typer.Exit(1) from None


def in_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine, on uvloop where it exists."""
    factory: Callable[[], asyncio.AbstractEventLoop] | None = None
    with contextlib.suppress(ImportError):
        import uvloop  # only where it was built for this system

        factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(work)


async def until_told_to_stop(work: Coroutine[Any, Any, None]) -> None:
    """Run until the work ends or the process is told to stop: Ctrl-C, SIGTERM, a closed terminal.

    Only the first signal counts: a second one, such as the demo's SIGTERM after a Ctrl-C that
    reached its bot as well, would break off the orderly end that the first one began.
    """
    task = asyncio.ensure_future(work)
    told = asyncio.Event()

    def stop() -> None:
        if not told.is_set():
            told.set()
            task.cancel()

    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if name != signal.SIGHUP or signal.getsignal(name) != signal.SIG_IGN:  # nohup
            loop.add_signal_handler(name, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not told.is_set():
            raise
