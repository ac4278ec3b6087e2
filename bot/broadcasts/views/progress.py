"""How far a broadcast has come, and what came of it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from markupsafe import Markup

from bot.broadcasts import hours
from bot.broadcasts.limits import RECALLABLE
from bot.broadcasts.models import Broadcast, Repeats, Stage
from bot.broadcasts.running import Progress
from bot.broadcasts.views.desk import LINE, STAGES, Desk, name_of, to, to_all, to_draft
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
    Reason.NOT_GOING: N_("gave up their place"),
    Reason.NO_ROLE: N_("do not have the role any more"),
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
    blocks = [Markup("<b>{}</b>").format(name_of(t, broadcast)), _state(desk, found)]
    if found.is_forgotten:
        blocks.append(forgotten(t, broadcast))
    else:
        blocks += [_bar(found), LINE.join(counts(t, found))]
    if broadcast.stage in {Stage.SENDING, Stage.RECALLING} and found.left:
        blocks += _time_left(desk, found, pace)
    return Message(GAP.join(blocks)).with_buttons(*_ways(desk, broadcast), [to_all(t)])


def ended(desk: Desk, found: Progress) -> Message:
    """Word that it has come to its end."""
    t, broadcast = desk.t, found.broadcast
    first = (
        t("<b>A broadcast has been taken back.</b>")
        if found.recalls
        else t("<b>A broadcast has been sent.</b>")
    )
    blocks = [first, Markup("{}").format(name_of(t, broadcast)), LINE.join(counts(t, found))]
    return Message(GAP.join(blocks)).with_buttons(
        [Button(t.plain("See the report"), to("report", broadcast.id))], [to_draft(t, broadcast.id)]
    )


def _state(desk: Desk, found: Progress) -> Markup:
    t, broadcast = desk.t, found.broadcast
    if found.left and _rests(desk, broadcast):
        opens = desk.moment(hours.next_open(desk.now, desk.zone))
        return t("State: it rests, and goes on by itself: {moment}", moment=opens)
    return t("State: {state}", state=t.plain(STAGES[broadcast.stage]))


def _rests(desk: Desk, broadcast: Broadcast) -> bool:
    """Whether it waits for hours in which broadcasts may leave."""
    keeps_hours = broadcast.stage is Stage.SENDING and not broadcast.urgent
    return keeps_hours and not hours.is_open(desk.now, desk.zone)


def forgotten(t: Translator, broadcast: Broadcast) -> Markup:
    """Its numbers have been erased since."""
    return t.plural(
        "It was for {n} person. I do not keep the other numbers for so long.",
        "It was for {n} people. I do not keep the other numbers for so long.",
        broadcast.people,
    )


def _bar(found: Progress) -> Markup:
    total = found.total + found.groups(*State)
    share = (total - found.left) / total if total else 1.0
    # It is full only when nothing is left.
    squares = BAR if not found.left else min(BAR - 1, int(share * BAR))
    percent = 100 if not found.left else min(99, int(share * 100))
    return Markup("<code>{}</code> {}%").format(FULL * squares + EMPTY * (BAR - squares), percent)


def counts(t: Translator, found: Progress) -> Iterator[Markup]:
    """To how many it went, and why not to others, line by line."""
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


def _time_left(desk: Desk, found: Progress, pace: float) -> Iterator[Markup]:
    t, broadcast = desk.t, found.broadcast
    if _rests(desk, broadcast):
        return
    minutes = int(found.left / pace / 60) + 1 if pace else 1
    yield t.plural("About {n} minute left", "About {n} minutes left", minutes)
    closes = hours.next_close(desk.now, desk.zone)
    keeps_hours = broadcast.stage is Stage.SENDING and not broadcast.urgent
    if keeps_hours and desk.now + timedelta(minutes=minutes) > closes:
        yield t("At {time} it rests until the next day.", time=t.time(closes, desk.zone))


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


def surely_stop(desk: Desk, found: Progress) -> Message:
    """Asked once more before it is stopped."""
    t, broadcast = desk.t, found.broadcast
    text = [
        t("<b>Stop this broadcast?</b>"),
        t("People who have not got it do not get it any more. This cannot be undone."),
        LINE.join(counts(t, found)),
        *_no_more(t, broadcast),
    ]
    return Message(GAP.join(text)).with_buttons(
        [Button(t.plain("Yes, stop it"), to("stopped", broadcast.id))], [to_draft(t, broadcast.id)]
    )


def _no_more(t: Translator, broadcast: Broadcast) -> Iterator[Markup]:
    if broadcast.repeats is not Repeats.NEVER:
        yield t("It is not sent again by itself either: the next one becomes a draft.")


def surely_take_back(desk: Desk, found: Progress) -> Message:
    """Asked once more before it is taken out of people's chats."""
    t, broadcast = desk.t, found.broadcast
    people, groups = found.people(State.SENT), found.groups(State.SENT)
    text = [t("<b>Take this broadcast back?</b>")]
    if people or not groups:
        text.append(
            t.plural(
                "I delete it in the chat of {n} person. Some may have read it.",
                "I delete it in the chats of {n} people. Some may have read it.",
                people,
            )
        )
    if groups:
        text.append(
            t.plural(
                "I delete it in {n} group. People there may have read it.",
                "I delete it in {n} groups. People there may have read it.",
                groups,
            )
        )
    text += [
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
