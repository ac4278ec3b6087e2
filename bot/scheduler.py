"""An alarm clock: a few ticks, each one call of a service. It remembers nothing."""

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.chat.handling import Handling

PUT_AWAY = 0.5  # seconds between removals of what was sent; a crash repeats that much at most
FORGET = 3_600  # seconds between looks for what is too old to keep
SWEEP = 30  # seconds between looks for what was left behind


def build_scheduler(handling: Handling) -> AsyncIOScheduler:
    """The ticks; running one twice, or late, changes nothing."""
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(handling.put_away, "interval", seconds=PUT_AWAY)
    scheduler.add_job(handling.sweep, "interval", seconds=SWEEP)
    scheduler.add_job(handling.forget_old, "interval", seconds=FORGET)
    return scheduler
