"""`baobab quiet`: what was due before a moment is not sent any more."""

from datetime import datetime

from bot.broadcasts.running import Running
from bot.clock import Clock, to_micros
from bot.config import Settings
from bot.db import load_queries, open_database, upgrade
from bot.delivery.models import Reason
from bot.errors import SettingsProblem
from bot.reminders.planner import Planner

QUERIES = load_queries(__file__)


async def keep_quiet(settings: Settings, clock: Clock, until: datetime) -> list[str]:
    """Note all that was due until a moment as told already.

    For a restored database: what was sent after the copy was made, the copy knows nothing of.

    Args:
        settings: for the database.
        clock: says what has passed.
        until: the last moment of it, in the wall time of the settings' zone.

    Returns:
        What was done, a sentence each.

    Raises:
        SettingsProblem: the moment has not come yet.
    """
    now = clock.now()
    moment = until.replace(tzinfo=settings.zone)
    if moment > now:
        raise SettingsProblem("Name a time that has passed: what is due later would be lost.")
    await upgrade(settings.database_url)
    database = await open_database(settings.database_url)
    try:
        async with database.work() as work:
            # Owed as the bot would have owed it then, and in the same work owed no more.
            await Planner(work, settings.zone).plan(moment)
            passed = await Running(work, settings.zone).pass_over(moment, now)
            told = {"until": to_micros(moment), "reason": Reason.TOLD.value, "now": to_micros(now)}
            run = work.runner(QUERIES)
            silenced = await run.silence_what_was_due(**told)
            silenced += await run.silence_what_was_to_be_posted(**told)
    finally:
        await database.close()
    messages = "1 message that was" if silenced == 1 else f"{silenced} messages that were"
    broadcasts = "1 broadcast" if passed == 1 else f"{passed} broadcasts"
    when = f"{moment:%d/%m/%Y %H:%M} ({settings.timezone})"
    said = [f"{messages} due until {when} will not be sent."]
    return [*said, f"{broadcasts} that began by then will not begin again."] if passed else said
