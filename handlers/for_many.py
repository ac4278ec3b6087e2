"""/text: words for many, whatever they speak of. What anybody else types may be a call for help."""

from bot.broadcasts.composing import FORM
from bot.broadcasts.views import questions
from bot.chat.context import Turn
from bot.chat.interviews import Interviews
from bot.chat.redaction import FOR_MANY
from bot.chat.routes import Routes
from bot.message import Message
from bot.people.views.welcome import go_home
from handlers import broadcast_words, fallback
from handlers.help import heard_crisis


async def heard(turn: Turn) -> None:
    """Words for a broadcast; of anybody who was not asked for some, what they say counts."""
    turn.drop_command()
    asked = await broadcast_words.waits_for_words(turn)
    if not asked and turn.house.content.crisis.suggests_crisis(turn.text):
        await heard_crisis(turn)
        return
    saved = await Interviews(turn.work, turn.house.vault).get(turn.person.id, FORM.name)
    if saved and await broadcast_words.hear(turn, saved):
        return
    if turn.person.language:
        turn.reply(Message(questions.how_for_many(turn.t)).with_buttons([go_home(turn.t)]))
    else:
        await fallback.heard_stranger(turn)


def register(routes: Routes) -> None:
    """Listen for /text, from everybody."""
    routes.command(FOR_MANY, heard)
