import asyncio
import threading

import pytest

from bot.db.threads import in_thread


async def test_whoever_is_cancelled_waits_for_the_thread_to_end() -> None:
    may_end = threading.Event()
    ended: list[str] = []

    def step() -> None:
        may_end.wait()
        ended.append("step")

    task = asyncio.create_task(in_thread(step))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended == ["step"]


async def test_what_had_not_begun_when_it_was_told_to_stop_is_told_again() -> None:
    told = threading.Semaphore(0)

    def step() -> None:
        for _ in range(3):
            told.acquire()

    task = asyncio.create_task(in_thread(step, stop=told.release))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
