"""Cards offered to somebody who types the bot's name in another chat."""

from collections.abc import Iterable
from typing import Any

from bot.chat.outgoing import say
from bot.message import SharedCard

MOST = 20  # results; the Bot API takes 50, nobody looks at so many
CACHE = 10  # seconds for which Telegram repeats an answer; places left change


def inline_answer(query_id: str, cards: Iterable[SharedCard]) -> dict[str, Any]:
    """The parameters of answerInlineQuery. The answer is for this one person."""
    return {
        "inline_query_id": query_id,
        "results": [_article(card) for card in list(cards)[:MOST]],
        "is_personal": True,
        "cache_time": CACHE,
    }


def _article(card: SharedCard) -> dict[str, Any]:
    sent = say(card.message, 0).params
    return {
        "type": "article",
        "id": card.key,
        "title": card.title,
        "description": card.description,
        "input_message_content": {
            "message_text": sent["text"],
            "parse_mode": sent["parse_mode"],
            "link_preview_options": sent["link_preview_options"],
        },
        "reply_markup": sent["reply_markup"],
    }
