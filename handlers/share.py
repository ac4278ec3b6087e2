"""Sharing events in other chats: the bot's name and some words, or the card's Share button."""

from bot.chat.context import Turn
from bot.chat.inline import MOST, inline_answer
from bot.chat.routes import Routes
from bot.events.shared_cards import SharedCards
from bot.events.views.share import event_of, shared
from handlers.events import catalogue, onlooker


async def offer(turn: Turn) -> None:
    """Answer with cards of events; nothing in them is about the person who shares."""
    query = turn.update.inline_query
    if query is not None:
        found = await catalogue(turn).to_share(query.query, turn.now, MOST)
        cards = shared(onlooker(turn), found, turn.house.link)
        turn.call("answerInlineQuery", **inline_answer(query.id, cards))


async def put_elsewhere(turn: Turn) -> None:
    """Somebody has put a card into a chat: it is to stay true there. Not who, and not where."""
    chosen = turn.update.chosen_inline_result
    event_id = None if chosen is None else event_of(chosen.result_id)
    if chosen is not None and chosen.inline_message_id and event_id is not None:
        card = chosen.inline_message_id
        await SharedCards(turn.work).note(card, event_id, turn.t.language, turn.now)


def register(routes: Routes) -> None:
    """Listen for inline queries, and for what came of them."""
    routes.inline(offer)
    routes.chosen(put_elsewhere)
