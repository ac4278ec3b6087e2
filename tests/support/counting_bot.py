"""A bot whose one handler writes down what it hears: to prove that it hears everything once.

Everything but the handler is the real thing: inbox, turnstile, transactions, sender. It runs as a
process of its own, so that a test can kill it at any moment.
"""

from markupsafe import Markup

from bot.app import Baobab
from bot.chat.context import Turn
from bot.chat.inbox import Meta
from bot.chat.routes import Routes
from bot.commands.ways import in_loop, until_told_to_stop
from bot.config import read_settings
from bot.logs import configure_logs
from bot.message import Message


async def write_down(turn: Turn) -> None:
    """Append the words to what this person said before, and repeat them."""
    meta = Meta(turn.work)
    key = str(turn.person.telegram_id)
    said = await meta.get(key) or ""
    await meta.set(key, f"{said}{turn.text} ")
    turn.reply(Message(Markup.escape(turn.text)))


def register(routes: Routes) -> None:
    """Every message goes to the one handler."""
    routes.any_message(write_down)


async def main() -> None:
    """Run until killed."""
    settings = read_settings()
    configure_logs(settings.log_format)
    async with Baobab(settings, register=register) as baobab:
        await baobab.run()


if __name__ == "__main__":
    in_loop(until_told_to_stop(main()))
