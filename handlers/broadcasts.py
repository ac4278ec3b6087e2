"""Broadcasts for those who write and send them: the screens and what their buttons do."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.broadcasts.checking import worries
from bot.broadcasts.models import Broadcast, Stage
from bot.broadcasts.reports import BEGUN, Reports
from bot.broadcasts.running import Running
from bot.broadcasts.views import desk as desks
from bot.broadcasts.views import drafts as views
from bot.broadcasts.views import last_look, progress, questions, report
from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.errors import (
    BeingEdited,
    BroadcastChanged,
    BroadcastNotFound,
    BroadcastUnfit,
    OverLimit,
    SamePerson,
    TooLateToRecall,
)
from bot.message import Message
from handlers import broadcast_audience, broadcast_parts, broadcast_words
from handlers.broadcast_desk import (
    amending_of,
    desk_of,
    drafts_of,
    recipients_of,
    sending_of,
)
from handlers.guard import guarded

REFUSALS: Final = (
    BroadcastChanged,
    BeingEdited,
    SamePerson,
    OverLimit,
    BroadcastUnfit,
    TooLateToRecall,
)
"""What a broadcast's own screen answers, with a word about why."""
Screen = Callable[[Turn], Awaitable[Message]]


async def _all(turn: Turn) -> Message:
    past = turn.tap.text(0) == "past"
    page = turn.tap.number(1) if turn.tap.text(0) in {"past", "page"} else 0
    stages = BEGUN if past else frozenset(Stage) - BEGUN
    found, total = await drafts_of(turn).page(stages, page, views.ON_A_PAGE)
    return views.all_of(desk_of(turn), found, page, total, past=past)


@guarded(desks.not_allowed, (BroadcastNotFound,), desks.gone, _all)
async def show(turn: Turn) -> None:
    """Whatever screen the button names; without one, all broadcasts."""
    screen = SCREENS.get(turn.tap.text(0), _all)
    if turn.pressed is not None:  # whatever this message showed, it shows something else now
        await Running(turn.work, turn.house.zone).hide(turn.person.id, turn.pressed)
    try:
        turn.show(await screen(turn))
    except REFUSALS as why:
        turn.toast(_why_not(turn, why), alert=True)
        turn.show(await one(turn, turn.tap.number(1)))


def _why_not(turn: Turn, why: Exception) -> str:
    match why:
        case BeingEdited():
            return views.being_edited(turn.t, why.minutes)
        case SamePerson():
            return views.same_person(turn.t)
        case OverLimit():
            return views.over_limit(turn.t, why.limit, why.used)
        case BroadcastUnfit():
            return views.unfit(turn.t)
        case TooLateToRecall():
            return progress.too_late(turn.t)
        case _:
            return desks.changed(turn.t)


async def _new(turn: Turn) -> Message:
    return await broadcast_parts.begin_text(turn, (await drafts_of(turn).begin(turn.now)).id, "en")


async def _one(turn: Turn) -> Message:
    return await one(turn, turn.tap.number(1))


async def one(turn: Turn, broadcast_id: int) -> Message:
    """One broadcast: a draft, or how far it has come."""
    broadcast = await drafts_of(turn).get(broadcast_id)
    if broadcast.stage.is_open:
        await broadcast_parts.stop(turn)
        return views.draft(desk_of(turn), await _seen(turn, broadcast))
    return await _progress(turn, broadcast)


async def _seen(turn: Turn, broadcast: Broadcast) -> last_look.Seen:
    return last_look.Seen(
        broadcast,
        recipients_of(turn, broadcast),
        await worries(turn.work, broadcast, turn.now, turn.house.zone),
        limited=await sending_of(turn).limited(broadcast),
        is_mine=turn.person.id in {broadcast.asked_by, broadcast.editor_id},
        groups=[each.title for each in await sending_of(turn).groups(broadcast)],
    )


async def _progress(turn: Turn, broadcast: Broadcast) -> Message:
    """How far it has come; this message is kept true from now on."""
    found = await Running(turn.work, turn.house.zone).progress(broadcast)
    if (broadcast.stage.is_under_way or found.left) and turn.pressed is not None:
        await sending_of(turn).show_progress_in(broadcast.id, turn.pressed)
    return progress.progress(desk_of(turn), found, turn.house.settings.messages_per_second)


async def _check(turn: Turn) -> Message:
    broadcast = await drafts_of(turn).get(turn.tap.number(1))
    return last_look.check(desk_of(turn), await _seen(turn, broadcast))


async def _send(turn: Turn) -> Message:
    sent = await sending_of(turn).send(turn.tap.number(1), turn.tap.number(2), turn.now)
    return await _on_its_way(turn, sent)


async def _second(turn: Turn) -> Message:
    number, revision = turn.tap.number(1), turn.tap.number(2)
    sent = await sending_of(turn).send(number, revision, turn.now, approved=True)
    return await _on_its_way(turn, sent)


async def _approve(turn: Turn) -> Message:
    sent = await sending_of(turn).approve(turn.tap.number(1), turn.tap.number(2), turn.now)
    return await _on_its_way(turn, sent)


async def _send_back(turn: Turn) -> Message:
    """Ask what should be changed; the draft stays with its writer."""
    number, revision = turn.tap.number(1), turn.tap.number(2)
    broadcast = await sending_of(turn).second_look(number, revision)
    return await broadcast_parts.ask_for_remark(turn, broadcast)


async def _on_its_way(turn: Turn, broadcast: Broadcast) -> Message:
    turn.plans_changed = True
    if turn.pressed is not None:  # it shows how far it has come once it has begun
        await sending_of(turn).show_progress_in(broadcast.id, turn.pressed)
    if broadcast.stage is Stage.WAITING:
        people = len(await sending_of(turn).second_people(broadcast))
        return views.waits(desk_of(turn), broadcast, people)
    return views.scheduled(desk_of(turn), broadcast)


async def _draft(turn: Turn) -> Message:
    broadcast = await sending_of(turn).withdraw(turn.tap.number(1), turn.now)
    return views.draft(desk_of(turn), await _seen(turn, broadcast))


async def _discard(turn: Turn) -> Message:
    return views.surely_discard(desk_of(turn), await drafts_of(turn).get(turn.tap.number(1)))


async def _discarded(turn: Turn) -> Message:
    await drafts_of(turn).discard(turn.tap.number(1), turn.now)
    return views.discarded(desk_of(turn))


async def _like(turn: Turn) -> Message:
    return await one(turn, (await amending_of(turn).like(turn.tap.number(1), turn.now)).id)


async def _lift(turn: Turn) -> Message:
    number, person_id = turn.tap.number(1), turn.tap.number(2)
    broadcast = await sending_of(turn).lift_limit(number, person_id, turn.now)
    turn.toast(views.limit_lifted(turn.t))
    return await one(turn, broadcast.id)


async def _pause(turn: Turn) -> Message:
    return await _progress(turn, await sending_of(turn).pause(turn.tap.number(1), turn.now))


async def _resume(turn: Turn) -> Message:
    turn.plans_changed = True
    return await _progress(turn, await sending_of(turn).resume(turn.tap.number(1), turn.now))


async def _stop(turn: Turn) -> Message:
    broadcast = await drafts_of(turn).get(turn.tap.number(1))
    found = await Running(turn.work, turn.house.zone).progress(broadcast)
    return progress.surely_stop(desk_of(turn), found)


async def _stopped(turn: Turn) -> Message:
    return await _progress(turn, await sending_of(turn).stop(turn.tap.number(1), turn.now))


async def _back(turn: Turn) -> Message:
    broadcast = await drafts_of(turn).get(turn.tap.number(1))
    if not progress.may_be_taken_back(broadcast, desk_of(turn)):
        raise TooLateToRecall
    found = await Running(turn.work, turn.house.zone).progress(broadcast)
    return progress.surely_take_back(desk_of(turn), found)


async def _recall(turn: Turn) -> Message:
    taken = await amending_of(turn).take_back(turn.tap.number(1), turn.now)
    turn.plans_changed = True
    return await _progress(turn, taken)


async def _correct(turn: Turn) -> Message:
    return await one(turn, (await amending_of(turn).correct(turn.tap.number(1), turn.now)).id)


async def _report(turn: Turn) -> Message:
    reports = Reports(turn.work, turn.person.id, turn.house.zone)
    found = await reports.read(turn.tap.number(1), turn.now)
    back = desks.to_draft(turn.t, found.progress.broadcast.id)
    return report.report(desk_of(turn), found, back, desks.to_all(turn.t))


SCREENS: Final[Mapping[str, Screen]] = {
    "page": _all,
    "past": _all,
    "new": _new,
    "show": _one,
    "ask": _check,
    "check": _check,
    "send": _send,
    "second": _second,
    "approve": _approve,
    "sendback": _send_back,
    "draft": _draft,
    "discard": _discard,
    "discarded": _discarded,
    "like": _like,
    "lift": _lift,
    "pause": _pause,
    "resume": _resume,
    "stop": _stop,
    "stopped": _stopped,
    "back": _back,
    "recall": _recall,
    "correct": _correct,
    "report": _report,
    **broadcast_parts.SCREENS,
    **broadcast_audience.SCREENS,
}
"""What each button does, by the first word after its verb."""


def register(routes: Routes) -> None:
    """Listen for /broadcast and the buttons of volunteers."""
    routes.command("broadcast", show)
    routes.tap(desks.VERB, show)
    routes.tap(questions.WALK, broadcast_words.walk)
