"""/help: what to do in danger, and what the bot can do."""

from bot.broadcasts.views import questions
from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.message import Message
from bot.people.views import about, crisis
from handlers import broadcast_words


async def help_(turn: Turn) -> None:
    """Help, from every state."""
    english = turn.house.catalogues.translator("en")
    turn.show(about.help_card(turn.t, english, turn.house.content))


async def heard_crisis(turn: Turn) -> None:
    """The person wrote something that suggests danger; the intake has dropped their words."""
    english = turn.house.catalogues.translator("en")
    turn.reply(crisis.card(turn.t, english, turn.house.content.crisis, heard=True))
    if await broadcast_words.waits_for_words(turn):
        turn.reply(Message(questions.for_many(turn.t)))


async def more_lines(turn: Turn) -> None:
    """More of the help lines."""
    page = next((arg for arg in turn.tap.args if isinstance(arg, int)), 0)
    english = turn.house.catalogues.translator("en")
    turn.show(crisis.card(turn.t, english, turn.house.content.crisis, page=page))


def register(routes: Routes) -> None:
    """Listen for /help and /crisis, from everybody."""
    routes.command("help", help_)
    routes.command("crisis", heard_crisis)
    routes.tap("help", help_)
    routes.tap("crisis", more_lines)
