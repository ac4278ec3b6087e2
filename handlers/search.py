"""Typed words that are no command: events with these words."""

from bot.chat.context import Turn
from bot.events.look import Look
from handlers.events import listed


async def search(turn: Turn, words: str) -> None:
    """Show the events in which all of the words occur."""
    turn.reply(await listed(turn, Look.for_words(words)))
