"""What people do with the bot, one file per thing: this is the table of contents.

The order is the order in which handlers are asked whether an update is theirs.
"""

from bot.chat.routes import Routes


def register(routes: Routes) -> None:
    """Register every handler."""
