"""What volunteers type or send for a broadcast, as the answer to a question that waits for it."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from markupsafe import escape

from bot.broadcasts import drafting, wording
from bot.broadcasts.composing import BACK, FORM, MEDIA, REMARK, TEXT, applied
from bot.broadcasts.models import Broadcast
from bot.broadcasts.views import parts as views
from bot.broadcasts.views import questions
from bot.broadcasts.views.desk import changed, gone, not_allowed, to_all, to_draft
from bot.broadcasts.views.drafts import being_edited, same_person, sent_back
from bot.chat.context import Turn
from bot.chat.interviews import Conversation, Saved, Taken
from bot.chat.walking import ATTENTION, typed
from bot.errors import (
    BeingEdited,
    BroadcastChanged,
    BroadcastNotFound,
    InterviewStale,
    NotAllowed,
    SamePerson,
)
from bot.forms import engine
from bot.forms.definition import Kind
from bot.forms.happened import Asked, Finished, Step
from bot.forms.inputs import Picked
from bot.message import Message
from handlers import broadcast_parts
from handlers.broadcast_desk import (
    conversation_of,
    desk_of,
    drafts_of,
    sending_of,
)

TOGETHER: Final = timedelta(seconds=10)
"""How long the pictures of one album take to arrive, at most."""


async def walk(turn: Turn) -> None:
    """A button of a question."""
    try:
        await _walk(turn)
    except NotAllowed:
        turn.show(not_allowed(turn.t))
    except BroadcastNotFound:
        turn.show(Message(escape(gone(turn.t))).with_buttons([to_all(turn.t)]))
    except (BroadcastChanged, BeingEdited):
        turn.toast(changed(turn.t))


async def _walk(turn: Turn) -> None:
    conversation = conversation_of(turn)
    now = await conversation.now()
    if now is None:
        turn.toast(questions.old_question(turn.t))
        return
    number, _, _ = _subject(now.subject)
    key = turn.tap.text(2)
    try:
        taken = await conversation.take(
            turn.tap.number(0), partial(engine.answer, raw=Picked(key)), turn.now
        )
        turn.show(await _next(turn, taken))
    except InterviewStale:
        broadcast = await drafts_of(turn).get(number)
        turn.toast(questions.old_question(turn.t))
        turn.show(questions.question(desk_of(turn), broadcast, now.step))


async def hear(turn: Turn, saved: Saved) -> bool:
    """Typed words or a file, if a question about a broadcast waits for them."""
    if saved.form != FORM.name or turn.now - saved.updated_at > ATTENTION:
        return False
    conversation = conversation_of(turn)
    now = await conversation.now()
    if now is None:
        return False
    number, part, language = _subject(now.subject)
    try:
        before = await drafts_of(turn).get(number)
        broadcast = before if part == BACK else await drafts_of(turn).take_up(number, turn.now)
        if part == MEDIA:
            since = before.edited_at if before.edited_at > saved.updated_at else None
            return await _heard_file(turn, broadcast, now.step, since)
        if turn.text and part == TEXT:
            turn.reply(await _heard_text(turn, broadcast, language, now.step))
        elif turn.text:
            turn.reply(await _heard_answer(turn, conversation))
    except (NotAllowed, BroadcastNotFound, BroadcastChanged, BeingEdited, SamePerson) as why:
        await conversation.stop(turn.now)
        turn.reply(_why_not(turn, number, why))
        return True
    return bool(turn.text)


def _why_not(turn: Turn, broadcast_id: int, why: Exception) -> Message:
    match why:
        case NotAllowed():
            return not_allowed(turn.t)
        case BeingEdited():
            said = being_edited(turn.t, why.minutes)
        case SamePerson():
            said = same_person(turn.t)
        case _:
            said = changed(turn.t)
    return Message(escape(said)).with_buttons([to_draft(turn.t, broadcast_id)])


async def waits_for_words(turn: Turn) -> bool:
    """Whether the person is asked just now for words of a broadcast, or about one.

    A moment, a choice or a file is none of those: words that speak of danger cannot be meant.
    """
    conversation = conversation_of(turn)
    now = await conversation.now()
    asked = None if now is None else now.step.shown
    if not isinstance(asked, Asked) or asked.question.kind is not Kind.TEXT:
        return False
    since = await conversation.asked_since()
    return since is not None and turn.now - since <= ATTENTION


async def _heard_answer(turn: Turn, conversation: Conversation) -> Message:
    raw = typed(turn, questions.labels(turn.t))
    taken = await conversation.take(None, partial(engine.answer, raw=raw), turn.now)
    return await _next(turn, taken)


async def _heard_text(turn: Turn, broadcast: Broadcast, language: str, step: Step) -> Message:
    html = turn.html
    most = wording.longest(with_files=bool(broadcast.media))
    if (length := wording.length(html)) > most:
        shown = views.write(desk_of(turn), broadcast, language, step)
        too_long = views.too_long(turn.t, length, most)
        return replace(shown, text=too_long + "\n\n" + shown.text)
    after = await drafts_of(turn).write(broadcast, language, html, turn.now)
    await conversation_of(turn).stop(turn.now)
    return views.texts(desk_of(turn), after)


async def _heard_file(turn: Turn, broadcast: Broadcast, step: Step, since: datetime | None) -> bool:
    """Take a file; `since` is when another one came, if one has since they were asked."""
    media = turn.media
    if media is None:
        return False
    if not drafting.goes_with(broadcast, media):
        why = views.full if drafting.is_full(broadcast) else views.not_together
        shown = views.media(desk_of(turn), broadcast, step)
        turn.reply(replace(shown, text=why(turn.t) + "\n\n" + shown.text))
        return True
    just_now = since is not None and turn.now - since < TOGETHER
    after = await drafts_of(turn).change(broadcast, drafting.with_media(broadcast, media), turn.now)
    if not (turn.is_of_album and just_now):  # one word for a whole album is enough
        turn.reply(views.media(desk_of(turn), after, step, taken=True))
    return True


async def _next(turn: Turn, taken: Taken) -> Message:
    number, part, detail = _subject(taken.subject)
    broadcast = await drafts_of(turn).get(number)
    shown = taken.step.shown
    if not isinstance(shown, Finished):
        return questions.question(desk_of(turn), broadcast, taken.step)
    if part == BACK:
        remark = str(shown.record[REMARK])
        back = await sending_of(turn).send_back(number, int(detail), remark, turn.now)
        turn.plans_changed = True
        return sent_back(desk_of(turn), back)
    after = await drafts_of(turn).change(broadcast, applied(broadcast, shown.record), turn.now)
    match part:
        case "link":
            return await broadcast_parts.links_of(turn, after)
        case "when":
            return views.when(desk_of(turn), after)
        case _:
            return await broadcast_parts.more_of(turn, after)


def _subject(subject: str) -> tuple[int, str, str]:
    number, part, language = subject.split(":")
    return int(number), part, language
