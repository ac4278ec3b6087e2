"""The bot's own forms in the chat: what their buttons mean, and which typed words answer them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Final

from bot.chat.context import Turn
from bot.chat.interviews import Conversation, Input, Saved, Taken
from bot.errors import InterviewStale
from bot.forms import engine
from bot.forms.definition import Choice
from bot.forms.happened import Asked, Refused, Step
from bot.forms.inputs import Done, Picked, Toggled, Typed
from bot.forms.interview import Interview
from bot.forms.route import AnyForm
from bot.i18n import Translator

ATTENTION: Final = timedelta(hours=1)
"""For how long typed words answer an open question; after that they are a search again."""
Labels = Callable[[Translator, Iterable[Choice]], dict[str, str]]
"""What choices are called on the screen."""
_DID: Final[Mapping[str, Callable[[str], Input]]] = {
    "pick": lambda key: partial(engine.answer, raw=Picked(key)),
    "tick": lambda key: partial(engine.answer, raw=Toggled(key)),
    "done": lambda _: partial(engine.answer, raw=Done()),
    "skip": lambda _: engine.skip,
    "keep": lambda _: engine.keep,
    "back": lambda _: engine.back,
    "finish": lambda _: engine.finish,
    "change": lambda name: partial(engine.change, name=name),
}


def asks_to_stop(turn: Turn) -> bool:
    """Whether a button of a form ends it."""
    return turn.tap.text(1) == "stop"


async def pressed(turn: Turn, conversation: Conversation) -> Taken:
    """A button of a form, taken: on which screen, what was done, and to which choice or answer.

    Raises:
        InterviewStale: nothing is asked, or the screen is not the newest; nothing changed.
    """
    did = _DID.get(turn.tap.text(1), stale)(turn.tap.text(2))
    return await conversation.take(turn.tap.number(0), did, turn.now)


def stale(_key: str) -> Input:
    """What a button does that no screen of ours has."""

    def refuse(_form: AnyForm, _interview: Interview) -> Step:
        raise InterviewStale

    return refuse


async def heard(
    turn: Turn, saved: Saved, conversation: Conversation, labels: Labels
) -> Taken | None:
    """What was just typed, taken as the answer to the question that waits for it.

    None: no question does, or not any more, or it is no answer and they speak of something else.
    """
    if turn.now - saved.updated_at > ATTENTION or not turn.text:
        return None
    now = await conversation.now()
    if now is None or not isinstance(asked := now.step.shown, Asked):
        return None
    raw = typed(turn, labels(turn.t, asked.choices))
    taken = await conversation.take(None, partial(engine.answer, raw=raw), turn.now)
    if asked.choices and any(isinstance(each, Refused) for each in taken.step.effects):
        return None  # no choice is called that
    return taken


def typed(turn: Turn, labels: Mapping[str, str]) -> Typed:
    """What was typed, as the answer to a question in the person's language.

    Args:
        turn: in which it was typed.
        labels: what the choices are called on the screen, by key.
    """
    return Typed(
        turn.text,
        labels,
        language=turn.t.language,
        today=turn.now.astimezone(turn.house.zone).date(),
        zone=turn.house.zone,
    )
