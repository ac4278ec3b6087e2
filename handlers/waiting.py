"""What people type or send, as the answer to a question that waits for it."""

from datetime import timedelta

from bot.chat.context import Turn
from bot.chat.interviews import Interviews
from bot.chat.routes import Routes
from handlers import broadcast_words, events, needs, publishing, roles, surveys, trying
from handlers.answering import FOR_SLIPS

ATTENTION = timedelta(days=1)
"""For how long a question waits for what is typed; some wait less long."""
HEARERS = (needs.hear, surveys.hear, trying.hear, publishing.hear, broadcast_words.hear, roles.hear)


async def answered(turn: Turn) -> bool:
    """Take it as the answer to the question asked last that it can answer; False: to none."""
    interviews = Interviews(turn.work, turn.house.vault)
    for saved in await interviews.waiting(turn.person.id, turn.now - ATTENTION):
        if saved.is_paused:
            continue
        for hear in HEARERS:
            if await hear(turn, saved):
                return True
    return False


async def refused(turn: Turn) -> bool:
    """Ask again where a survey waits and something was sent that can be no answer."""
    interviews = Interviews(turn.work, turn.house.vault)
    for saved in await interviews.waiting(turn.person.id, turn.now - FOR_SLIPS):
        if not saved.is_paused and await surveys.refuse(turn, saved):
            return True
    return False


async def located(turn: Turn) -> None:
    """A shared place: the answer to a question, or where to look for events."""
    if not await answered(turn):
        await events.near(turn)


def register(routes: Routes) -> None:
    """Listen for shared places."""
    routes.location(located)
