"""What people do at a question of a survey: press a button, type, share a place, send a file."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.chat.context import Turn
from bot.chat.interviews import Input
from bot.chat.walking import stale, typed
from bot.errors import InterviewStale
from bot.forms import engine
from bot.forms.definition import Kind
from bot.forms.happened import Asked, Refused, ReviewShown, Step
from bot.forms.inputs import Done, Located, Picked, Raw, Sent, Toggled
from bot.forms.interview import Interview
from bot.forms.route import AnyForm
from bot.surveys.views import questions
from bot.surveys.views.answers import labels
from handlers.taking import Taking

FOR_SLIPS = timedelta(hours=1)
"""For how long what is no answer is taken for a slip, and not for something else."""


def _pick(what: str) -> Input:
    return _chosen(what, Picked)


def _tick(what: str) -> Input:
    return _chosen(what, Toggled)


def _chosen(what: str, did: Callable[[str], Raw]) -> Input:
    """A choice by its key, or by its place among those offered."""
    if not what.isdecimal():
        return partial(engine.answer, raw=did(what))

    def choose(form: AnyForm, interview: Interview) -> Step:
        asked = engine.resume(form, interview).shown
        place = int(what)
        if not isinstance(asked, Asked) or place >= len(asked.choices):
            raise InterviewStale
        return engine.answer(form, interview, did(asked.choices[place].key))

    return choose


def _change(what: str) -> Input:
    """An answer by its place in the check."""

    def change(form: AnyForm, interview: Interview) -> Step:
        shown = engine.resume(form, interview).shown
        place = int(what) if what.isdecimal() else -1
        if not isinstance(shown, ReviewShown) or not 0 <= place < len(shown.lines):
            raise InterviewStale
        return engine.change(form, interview, shown.lines[place].question.name)

    return change


DID: Mapping[str, Callable[[str], Input]] = {
    "pick": _pick,
    "tick": _tick,
    "done": lambda _: partial(engine.answer, raw=Done()),
    "skip": lambda _: engine.skip,
    "keep": lambda _: engine.keep,
    "back": lambda _: engine.back,
    "finish": lambda _: engine.finish,
    "change": _change,
    "page": lambda _: engine.resume,
}


async def press(turn: Turn, taking: Taking, did: str, what: str) -> None:
    """Take a button of a question; an old one leads to where the person is."""
    understood = DID.get(did, stale)(what)
    try:
        taken = await taking.take(turn.tap.number(1), understood, turn.tap.number(4))
    except InterviewStale:
        turn.toast(questions.old_question(turn.t))
        turn.show(await taking.where())
    else:
        turn.show(taken.seen)


async def heard(turn: Turn, taking: Taking, since: datetime) -> bool:
    """Take what was said as the answer to the open question; False: it is none.

    Args:
        turn: in which it was said.
        taking: who takes what.
        since: when the question was asked.
    """
    asked = await taking.asked()
    raw = _raw(turn, asked) if asked else None
    if asked is None or raw is None:
        return False
    try:
        taken = await taking.take(None, partial(engine.answer, raw=raw))
    except InterviewStale:
        return False
    slip = any(isinstance(each, Refused) for each in taken.step.effects)
    if slip and asked.choices and turn.now - since > FOR_SLIPS:
        return False  # no choice is called that: they speak of something else
    turn.reply(taken.seen)
    return True


async def refuse(turn: Turn, taking: Taking) -> bool:
    """Say that what was sent, such as a sticker, is no answer; False: nothing is asked."""
    asked = await taking.asked()
    if asked is None:
        return False
    # To a question that no file answers a file is no answer, and to the others a place is none.
    no_answer: Raw = Located(0, 0) if asked.question.kind is Kind.FILE else Sent("file", "")
    taken = await taking.take(None, partial(engine.answer, raw=no_answer))
    turn.reply(taken.seen)
    return True


def _raw(turn: Turn, asked: Asked) -> Raw | None:
    if turn.text:
        return typed(turn, labels(turn.t, asked.choices))
    match asked.question.kind, turn.sent:
        case (Kind.PLACE, Located() as sent) | (Kind.FILE, Sent() as sent):
            return sent
        case _:
            return None
