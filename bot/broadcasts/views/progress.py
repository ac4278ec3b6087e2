"""How far a broadcast has come, and what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final

from markupsafe import Markup

from bot.broadcasts.crowd import Outcome
from bot.broadcasts.limits import RECALLABLE
from bot.broadcasts.models import Broadcast, Repeats, Stage
from bot.broadcasts.running import Progress
from bot.broadcasts.views.desk import FEW, LINE, STAGES, Desk, few, name_of, to, to_all, to_draft
from bot.delivery.models import Reason, State
from bot.i18n import N_, Translator
from bot.message import Button, Message
from bot.people.views import GAP

BAR: Final = 20  # squares
FULL, EMPTY = "█", "░"
REASONS: Final[Mapping[str, str]] = {
    Reason.STOPPED: N_("stopped messages"),
    Reason.BLOCKED: N_("blocked the bot"),
    Reason.DEACTIVATED: N_("left Telegram"),
    Reason.MISSED: N_("too late"),
    Reason.NOT_WANTED: N_("do not want news"),
    Reason.TOLD: N_("told a short while ago"),
    Reason.HAS_PLACE: N_("have a place already"),
    Reason.ENOUGH: N_("got enough messages this week"),
    Reason.CALLED_OFF: N_("the broadcast was stopped"),
    Reason.GONE: N_("the message was gone already"),
    Reason.CHAT_NOT_FOUND: N_("the chat was not found"),
    Reason.NOT_STARTED: N_("never wrote to the bot"),
    Reason.NO_RIGHTS: N_("the bot may not write there"),
    Reason.REFUSED: N_("Telegram refused it"),
    Reason.GAVE_UP: N_("tried too often"),
    Reason.UNRENDERED: N_("a fault of ours"),
    Reason.CRASH: N_("the bot stopped in between"),
    Reason.NO_ANSWER: N_("Telegram did not answer"),
}


def progress(desk: Desk, found: Progress, pace: float) -> Message:
    """How far it has come, with what can be done.

    Args:
        desk: whom it is shown to.
        found: how far.
        pace: messages a second that leave at most; 0 for no limit.
    """
    t, broadcast = desk.t, found.broadcast
    blocks = [
        Markup("<b>{}</b>").format(name_of(t, broadcast)),
        t("State: {state}", state=t.plain(STAGES[broadcast.stage])),
        _bar(found),
        LINE.join(_counts(t, found)),
    ]
    if broadcast.stage in {Stage.SENDING, Stage.RECALLING} and found.left:
        blocks.append(_time_left(t, found.left, pace))
    return Message(GAP.join(blocks)).with_buttons(*_ways(desk, broadcast), [to_all(t)])


def ended(desk: Desk, found: Progress) -> Message:
    """Word that it has come to its end."""
    t, broadcast = desk.t, found.broadcast
    first = (
        t("<b>A broadcast has been taken back.</b>")
        if found.recalls
        else t("<b>A broadcast has been sent.</b>")
    )
    blocks = [first, Markup("{}").format(name_of(t, broadcast)), LINE.join(_counts(t, found))]
    return Message(GAP.join(blocks)).with_buttons(
        [Button(t.plain("See the report"), to("report", broadcast.id))], [to_draft(t, broadcast.id)]
    )


def _bar(found: Progress) -> Markup:
    total = found.total + found.groups(*State)
    share = (total - found.left) / total if total else 1.0
    # It is full only when nothing is left.
    squares = BAR if not found.left else min(BAR - 1, int(share * BAR))
    percent = 100 if not found.left else min(99, int(share * 100))
    return Markup("<code>{}</code> {}%").format(FULL * squares + EMPTY * (BAR - squares), percent)


def _counts(t: Translator, found: Progress) -> Iterator[Markup]:
    sent = found.people(State.SENT)
    waiting = found.people(State.DUE, State.RETRY, State.CLAIMED, State.HELD)
    if found.recalls:
        yield t("Taken back: {number} of {total}", number=sent, total=found.total)
    else:
        yield t("Sent: {number} of {total}", number=sent, total=found.total)
    yield t("Waiting: {number}", number=waiting)
    for state, words in (
        (State.SKIPPED, t("Left out: {number}", number=found.people(State.SKIPPED))),
        (State.FAILED, t("Not possible: {number}", number=found.people(State.FAILED))),
        (State.UNKNOWN, t("Not known: {number}", number=found.people(State.UNKNOWN))),
    ):
        if found.people(state):
            yield words
        for count in found.counts:
            if count.state is state:
                yield t("– {reason}: {number}", reason=reason(t, count.reason), number=count.people)
    if found.posts:
        yield from _groups(t, found)


def _groups(t: Translator, found: Progress) -> Iterator[Markup]:
    """How far it has come in groups, and why not further."""
    sent, total = found.groups(State.SENT), found.groups(*State)
    if found.recalls:
        yield t("Taken back in groups: {number} of {total}", number=sent, total=total)
    else:
        yield t("In groups: {number} of {total}", number=sent, total=total)
    for state, why, number in found.posts:
        if state in {State.SKIPPED, State.FAILED, State.UNKNOWN}:
            yield t("– {reason}: {number}", reason=reason(t, why), number=number)


def reason(t: Translator, why: str) -> str:
    """Why somebody is left out, in words."""
    return t.plain(REASONS[why]) if why in REASONS else why


def _time_left(t: Translator, left: int, pace: float) -> Markup:
    minutes = int(left / pace / 60) + 1 if pace else 1
    return t.plural("About {n} minute left", "About {n} minutes left", minutes)


def _ways(desk: Desk, broadcast: Broadcast) -> Iterator[list[Button]]:
    t, number = desk.t, broadcast.id
    match broadcast.stage:
        case Stage.SENDING:
            yield [
                Button(t.plain("Pause"), to("pause", number)),
                Button(t.plain("Stop"), to("stop", number)),
            ]
        case Stage.PAUSED:
            yield [
                Button(t.plain("Go on"), to("resume", number)),
                Button(t.plain("Stop"), to("stop", number)),
            ]
        case _:
            pass
    if may_be_taken_back(broadcast, desk):
        yield [Button(t.plain("Take it back"), to("back", number))]
    if broadcast.stage in {Stage.DONE, Stage.STOPPED}:
        yield [Button(t.plain("Correct it"), to("correct", number))]
    yield [Button(t.plain("See the report"), to("report", number))]


def may_be_taken_back(broadcast: Broadcast, desk: Desk) -> bool:
    """Whether Telegram still lets the bot delete its messages."""
    began = broadcast.began_at
    fits = broadcast.stage in {Stage.SENDING, Stage.PAUSED, Stage.DONE, Stage.STOPPED}
    return fits and began is not None and desk.now - began <= RECALLABLE


def surely_stop(desk: Desk, broadcast: Broadcast) -> Message:
    """Asked once more before it is stopped."""
    t = desk.t
    text = [
        t("<b>Stop this broadcast?</b>"),
        t("People who have not got it do not get it any more. This cannot be undone."),
        *_no_more(t, broadcast),
    ]
    return Message(GAP.join(text)).with_buttons(
        [Button(t.plain("Yes, stop it"), to("stopped", broadcast.id))], [to_draft(t, broadcast.id)]
    )


def _no_more(t: Translator, broadcast: Broadcast) -> Iterator[Markup]:
    if broadcast.repeats is not Repeats.NEVER:
        yield t("It is not sent again by itself either: the next one becomes a draft.")


def surely_take_back(desk: Desk, broadcast: Broadcast, people: int) -> Message:
    """Asked once more before it is taken out of people's chats."""
    t = desk.t
    text = [
        t("<b>Take this broadcast back?</b>"),
        t.plural(
            "I delete it in the chat of {n} person. Some may have read it.",
            "I delete it in the chats of {n} people. Some may have read it.",
            people,
        ),
        t("Whoever has not got it does not get it any more. This cannot be undone."),
        *_no_more(t, broadcast),
    ]
    return Message(GAP.join(text)).with_buttons(
        [Button(t.plain("Yes, take it back"), to("recall", broadcast.id))],
        [to_draft(t, broadcast.id)],
    )


def too_late(t: Translator) -> str:
    """Telegram deletes only messages of the last two days."""
    hours = RECALLABLE // timedelta(hours=1)
    return t.plain(
        "This is too late: Telegram deletes messages of the last {hours} hours only. You can send "
        "a correction.",
        hours=hours,
    )


def report(desk: Desk, found: Progress, outcomes: Sequence[Outcome]) -> Message:
    """What came of it, as a whole and by language and borough."""
    t, broadcast = desk.t, found.broadcast
    blocks = [
        t("<b>Report: {name}</b>", name=name_of(t, broadcast)),
        LINE.join(_counts(t, found)),
        LINE.join(_totals(t, outcomes)),
    ]
    if broadcast.urgent:
        blocks.insert(1, t("Urgent, at any hour. Reason: {reason}", reason=broadcast.urgent))
    for title, name in (
        (t("<b>By language</b>"), "language"),
        (t("<b>By borough</b>"), "borough"),
    ):
        grouped: dict[str, list[Outcome]] = {}
        for each in outcomes:
            key = desk.language(each.language) if name == "language" else desk.borough(each.borough)
            grouped.setdefault(key, []).append(each)
        if grouped:
            blocks.append(
                LINE.join([title, *(_row(t, name, rows) for name, rows in grouped.items())])
            )
    blocks.append(
        t(
            "Numbers under {number} are not shown by language or borough, so that nobody can be "
            "told from them.",
            number=FEW,
        )
    )
    return Message(GAP.join(blocks)).with_buttons([to_draft(t, broadcast.id)], [to_all(t)])


def _sums(rows: Sequence[Outcome]) -> dict[str, int]:
    names = ("reached", "opened", "booked", "attended", "stopped", "blocked")
    return {name: sum(getattr(each, name) for each in rows) for name in names}


def _totals(t: Translator, outcomes: Sequence[Outcome]) -> list[Markup]:
    sums = _sums(outcomes)
    return [
        t("Reached: {number}", number=sums["reached"]),
        t("Opened what it shows: {number}", number=sums["opened"]),
        t("Booked: {number}", number=sums["booked"]),
        t("Had a place when it was over: {number}", number=sums["attended"]),
        t("Stopped news or messages because of it: {number}", number=sums["stopped"]),
        t("Blocked the bot since: {number}", number=sums["blocked"]),
    ]


def _row(t: Translator, name: str, rows: Sequence[Outcome]) -> Markup:
    sums = _sums(rows)
    if sums["reached"] < FEW:
        return t("{name}: reached {reached}", name=name, reached=few(t, sums["reached"]))
    return t(
        "{name}: reached {reached}, opened {opened}, booked {booked}",
        name=name,
        reached=sums["reached"],
        opened=few(t, sums["opened"]),
        booked=few(t, sums["booked"]),
    )
