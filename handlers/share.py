"""Sharing events in other chats: the bot's name and some words, or the card's Share button."""

from bot.chat.context import Turn
from bot.chat.inline import MOST, inline_answer
from bot.chat.routes import Routes
from bot.events.views.share import shared
from handlers.events import catalogue, onlooker


async def offer(turn: Turn) -> None:
    """Answer with cards of events; nothing in them is about the person who shares."""
    query = turn.update.inline_query
    if query is not None:
        found = await catalogue(turn).to_share(query.query, turn.now, MOST)
        cards = shared(onlooker(turn), found, turn.house.link)
        turn.call("answerInlineQuery", **inline_answer(query.id, cards))


def register(routes: Routes) -> None:
    """Listen for inline queries."""
    routes.inline(offer)
