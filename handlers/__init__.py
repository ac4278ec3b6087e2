"""What people do with the bot, one file per thing: this is the table of contents.

The order is the order in which handlers are asked whether an update is theirs.
"""

from bot.chat.routes import Routes
from handlers import (
    area,
    authoring,
    bookings,
    broadcasts,
    events,
    fallback,
    for_many,
    groups,
    help,  # noqa: A004 -- the file is named after what people do
    language,
    needs,
    news,
    privacy,
    reminders,
    reports,
    roles,
    schedule,
    share,
    start,
    stop,
    surveys,
    updates,
    waiting,
)


def register(routes: Routes) -> None:
    """Register every handler."""
    # open to everybody, from the first moment on
    start.register(routes)
    language.register(routes)
    help.register(routes)
    for_many.register(routes)
    stop.register(routes)
    privacy.register(routes)
    # whoever has no language yet is asked for it before anything else
    fallback.register_strangers(routes)
    start.register_home(routes)
    area.register(routes)
    surveys.register(routes)
    authoring.register(routes)
    events.register(routes)
    bookings.register(routes)
    reminders.register(routes)
    news.register(routes)
    needs.register(routes)
    share.register(routes)
    groups.register(routes)
    schedule.register(routes)
    broadcasts.register(routes)
    reports.register(routes)
    updates.register(routes)
    roles.register(routes)
    waiting.register(routes)
    # whatever is left
    fallback.register(routes)
