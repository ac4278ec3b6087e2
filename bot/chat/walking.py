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


def pressed(did: str, key: str) -> Input:
    """What a button does: what was done, and to which choice or answer."""
    return _DID.get(did, stale)(key)


def stale(_key: str) -> Input:
    """What a button does that no screen of ours has."""

    def refuse(_form: AnyForm, _interview: Interview) -> Step:
        raise InterviewStale

    return refuse


async def waits_for_words(turn: Turn, saved: Saved, conversation: Conversation) -> Taken | None:
    """The question that what was just typed can answer; None: there is none, or not any more."""
    if turn.now - saved.updated_at > ATTENTION or not turn.text:
        return None
    now = await conversation.now()
    return now if now is not None and isinstance(now.step.shown, Asked) else None


async def heard(
    turn: Turn, conversation: Conversation, asked: Asked, labels: Labels
) -> Taken | None:
    """What was typed, taken as the answer; None: it is none, they speak of something else."""
    typed = Typed(
        turn.text or "",
        labels(turn.t, asked.choices),
        language=turn.t.language,
        today=turn.now.astimezone(turn.house.zone).date(),
        zone=turn.house.zone,
    )
    taken = await conversation.take(None, partial(engine.answer, raw=typed), turn.now)
    if asked.choices and any(isinstance(each, Refused) for each in taken.step.effects):
        return None  # no choice is called that
    return taken
