"""An alarm clock: a few ticks, each one call of a service. It remembers nothing."""

import asyncio
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.chat.duty import Duty
from bot.chat.handling import Handling
from bot.chat.progress_bars import ProgressBars

PUT_AWAY = 0.5  # seconds between removals of what was sent; a crash repeats that much at most
FORGET = 600  # seconds between looks for what is too old to keep
DUTY = 2  # seconds between renewals of the right to deliver, well within the length of a lease
PROGRESS = 3  # seconds between looks at how far broadcasts have come
SWEEP = 10  # seconds between looks for what was left behind


class AlarmClock:
    """The ticks of one process; running one twice, or late, changes nothing."""

    def __init__(self, handling: Handling, duty: Duty, progress_bars: ProgressBars) -> None:
        self._turn = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            # a late tick runs once, however many were missed
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._every(PUT_AWAY, handling.put_away)
        self._every(SWEEP, handling.sweep)
        self._every(FORGET, handling.forget_old)
        self._scheduler.add_job(progress_bars.tick, "interval", seconds=PROGRESS)
        # On its own: whatever else takes long, the lease must not run out over it.
        self._scheduler.add_job(duty.keep, "interval", seconds=DUTY)

    def _every(self, seconds: float, tick: Callable[[], Awaitable[None]]) -> None:
        async def run() -> None:
            async with self._turn:
                await tick()

        self._scheduler.add_job(run, "interval", seconds=seconds)

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more, and let a tick that runs come to its end."""
        self._scheduler.remove_all_jobs()
        async with self._turn:
            self._scheduler.shutdown(wait=False)
