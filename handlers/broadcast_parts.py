"""The parts of a broadcast that are typed or sent: texts, files, buttons, time, reason."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.broadcasts import drafting
from bot.broadcasts.composing import BACK, LINK, MEDIA, TEXT, URGENT, WHEN, known
from bot.broadcasts.models import Broadcast, Link, LinkKind, Repeats
from bot.broadcasts.previewing import owe_preview
from bot.broadcasts.views import parts as views
from bot.broadcasts.views import questions
from bot.chat.context import Turn
from bot.errors import BroadcastChanged, NotTheirLanguage
from bot.events.store import EventStore
from bot.forms.happened import Step
from bot.message import Message
from bot.people.models import Right
from bot.people.roles import Roles
from bot.surveys.store import SurveyStore
from handlers import broadcast_audience
from handlers.broadcast_desk import (
    conversation_of,
    desk_of,
    drafts_of,
    sending_of,
)

SURVEYS: Final = 8  # to choose from


async def stop(turn: Turn) -> None:
    """Wait for no words any more."""
    conversation = conversation_of(turn)
    if await conversation.now() is not None:
        await conversation.stop(turn.now)


async def _ask(turn: Turn, broadcast_id: int, part: str, language: str = "") -> Step:
    """Take the draft up, and wait for what is typed or sent."""
    await drafts_of(turn).take_up(broadcast_id, turn.now)
    subject = f"{broadcast_id}:{part}:{language}"
    return await conversation_of(turn).begin(
        turn.now, subject=subject, prefill=known(part, turn.now)
    )


async def ask_for_remark(turn: Turn, broadcast: Broadcast) -> Message:
    """Wait for what a second person wants to be changed. They do not take the draft up."""
    subject = f"{broadcast.id}:{BACK}:{broadcast.revision}"
    step = await conversation_of(turn).begin(
        turn.now, subject=subject, prefill=known(BACK, turn.now)
    )
    return questions.question(desk_of(turn), broadcast, step)


async def texts(turn: Turn) -> Message:
    """The text in each language."""
    await stop(turn)
    return views.texts(desk_of(turn), await drafts_of(turn).get(turn.tap.number(1)))


async def begin_text(turn: Turn, broadcast_id: int, language: str) -> Message:
    """Wait for a text in one language."""
    if language not in {each.language for each in turn.house.catalogues.all}:
        raise BroadcastChanged
    step = await _ask(turn, broadcast_id, TEXT, language)
    broadcast = await drafts_of(turn).get(broadcast_id)
    return views.write(desk_of(turn), broadcast, language, step)


async def write(turn: Turn) -> Message:
    """The text in one language."""
    return await begin_text(turn, turn.tap.number(1), turn.tap.text(2))


async def erase_text(turn: Turn) -> Message:
    """Take a text away."""
    broadcast = await _as_seen(turn)
    after = await drafts_of(turn).write(broadcast, turn.tap.text(3), "", turn.now)
    await stop(turn)
    return views.texts(desk_of(turn), after)


async def review(turn: Turn) -> Message:
    """A second person has read a text in its language."""
    broadcast = await _as_seen(turn)
    try:
        broadcast = await drafts_of(turn).review(broadcast, turn.tap.text(3), turn.now)
    except NotTheirLanguage as why:
        turn.toast(views.not_their_language(desk_of(turn), why.language), alert=True)
    return views.texts(desk_of(turn), broadcast)


async def wanted(turn: Turn) -> Message:
    """Ask for a text in a language."""
    number, language = turn.tap.number(1), turn.tap.text(2)
    people = await sending_of(turn).ask_for_text(number, language, turn.now)
    turn.plans_changed = True
    turn.toast(views.asked_for(turn.t, people), alert=True)
    return await texts(turn)


async def media(turn: Turn) -> Message:
    """The pictures and files."""
    step = await _ask(turn, turn.tap.number(1), MEDIA)
    return views.media(desk_of(turn), await drafts_of(turn).get(turn.tap.number(1)), step)


async def no_media(turn: Turn) -> Message:
    """Take all files away."""
    broadcast = await _as_seen(turn)
    after = await drafts_of(turn).change(broadcast, replace(broadcast, media=()), turn.now)
    step = await _ask(turn, broadcast.id, MEDIA)
    return views.media(desk_of(turn), after, step)


async def links(turn: Turn) -> Message:
    """The buttons."""
    await stop(turn)
    return await links_of(turn, await drafts_of(turn).get(turn.tap.number(1)))


async def links_of(turn: Turn, broadcast: Broadcast) -> Message:
    """The buttons of a broadcast."""
    names: dict[str, str] = {}
    title: Mapping[str, str] | None
    for link in broadcast.links:
        if link.kind is LinkKind.EVENT:
            event = await EventStore(turn.work).get(int(link.to))
            title = event.title if event else None
        elif link.kind is LinkKind.SURVEY:
            survey = await SurveyStore(turn.work).get(int(link.to))
            title = survey.title if survey else None
        else:
            continue
        if title:
            names[f"{link.kind} {link.to}"] = turn.t.pick(title)[0]
    return views.links(desk_of(turn), broadcast, names)


async def pick_event(turn: Turn) -> Message:
    """Events that a button can open."""
    broadcast = await drafts_of(turn).get(turn.tap.number(1))
    events = await broadcast_audience.events_near(turn, past=False)
    shown, turning = broadcast_audience.paged(
        turn, events, turn.tap.number(2), "event", broadcast.id
    )
    offered = [(each.id, broadcast_audience.event_label(turn, each)) for each in shown]
    return views.pick(desk_of(turn), broadcast, LinkKind.EVENT, offered, turning)


async def pick_survey(turn: Turn) -> Message:
    """Surveys that a button can open."""
    broadcast = await drafts_of(turn).get(turn.tap.number(1))
    found = await SurveyStore(turn.work).open(turn.now)
    offered = [(each.id, turn.t.pick(each.title)[0]) for each in found[:SURVEYS]]
    return views.pick(desk_of(turn), broadcast, LinkKind.SURVEY, offered, [])


async def link(turn: Turn) -> Message:
    """A button for this event or survey."""
    broadcast = await _as_seen(turn)
    try:
        added = Link(LinkKind(turn.tap.text(3)), str(turn.tap.number(4)))
    except ValueError:
        raise BroadcastChanged from None
    after = drafting.with_link(broadcast, added)
    return await links_of(turn, await drafts_of(turn).change(broadcast, after, turn.now))


async def no_links(turn: Turn) -> Message:
    """Take all buttons away."""
    broadcast = await _as_seen(turn)
    after = replace(broadcast, links=())
    return await links_of(turn, await drafts_of(turn).change(broadcast, after, turn.now))


async def web(turn: Turn) -> Message:
    """Ask for a web address and a label."""
    return await _asked(turn, turn.tap.number(1), LINK)


async def when(turn: Turn) -> Message:
    """When it leaves."""
    await stop(turn)
    return views.when(desk_of(turn), await drafts_of(turn).get(turn.tap.number(1)))


async def choose_time(turn: Turn) -> Message:
    """Ask when it leaves."""
    return await _asked(turn, turn.tap.number(1), WHEN)


async def soon(turn: Turn) -> Message:
    """It leaves as soon as it may."""
    broadcast = await _as_seen(turn)
    after = drafting.at(broadcast, None, Repeats.NEVER)
    return views.when(desk_of(turn), await drafts_of(turn).change(broadcast, after, turn.now))


async def more(turn: Turn) -> Message:
    """What few broadcasts need."""
    await stop(turn)
    return await more_of(turn, await drafts_of(turn).get(turn.tap.number(1)))


async def more_of(turn: Turn, broadcast: Broadcast) -> Message:
    """What few broadcasts need, of one."""
    scope = await Roles(turn.work).scope(turn.person.id, Right.SEND_URGENT)
    return views.more(desk_of(turn), broadcast, may_be_urgent=scope is not None)


async def critical(turn: Turn) -> Message:
    """Health can depend on it, or it cannot."""
    broadcast = await _as_seen(turn)
    after = replace(broadcast, critical=not broadcast.critical)
    return await more_of(turn, await drafts_of(turn).change(broadcast, after, turn.now))


async def urgent(turn: Turn) -> Message:
    """Ask why it cannot wait."""
    await Roles(turn.work).require(turn.person.id, Right.SEND_URGENT)
    return await _asked(turn, turn.tap.number(1), URGENT)


async def calm(turn: Turn) -> Message:
    """It can wait."""
    broadcast = await _as_seen(turn)
    after = replace(broadcast, urgent="")
    return await more_of(turn, await drafts_of(turn).change(broadcast, after, turn.now))


async def posts(turn: Turn) -> Message:
    """Groups in which it is posted as well."""
    return await _posts(turn, await drafts_of(turn).get(turn.tap.number(1)))


async def _posts(turn: Turn, broadcast: Broadcast) -> Message:
    offered = await sending_of(turn).groups()
    return views.posts(desk_of(turn), broadcast, [(each.id, each.title) for each in offered])


async def post(turn: Turn) -> Message:
    """Tick a group, or take its tick away."""
    broadcast = await _as_seen(turn)
    if turn.tap.number(3) not in {each.id for each in await sending_of(turn).groups()}:
        raise BroadcastChanged
    after = replace(broadcast, posts=broadcast.posts ^ {turn.tap.number(3)})
    return await _posts(turn, await drafts_of(turn).change(broadcast, after, turn.now))


async def preview(turn: Turn) -> Message:
    """In which language to see it."""
    return views.preview(desk_of(turn), await drafts_of(turn).get(turn.tap.number(1)))


async def see(turn: Turn) -> Message:
    """Send it to this person alone, as people of one language get it."""
    broadcast = await drafts_of(turn).get(turn.tap.number(1))
    await owe_preview(turn.work, broadcast, turn.tap.text(2), turn.person.id, turn.now)
    turn.plans_changed = True
    turn.toast(views.preview_comes(turn.t))
    return views.preview(desk_of(turn), broadcast)


async def _as_seen(turn: Turn) -> Broadcast:
    """The broadcast of a button, if it is as it was on the screen."""
    broadcast = await drafts_of(turn).get(turn.tap.number(1))
    if broadcast.revision != turn.tap.number(2):
        raise BroadcastChanged
    return broadcast


async def _asked(turn: Turn, broadcast_id: int, part: str) -> Message:
    step = await _ask(turn, broadcast_id, part)
    return questions.question(desk_of(turn), await drafts_of(turn).get(broadcast_id), step)


SCREENS: Final[Mapping[str, Callable[[Turn], Awaitable[Message]]]] = {
    "texts": texts,
    "write": write,
    "erase": erase_text,
    "review": review,
    "wanted": wanted,
    "media": media,
    "nomedia": no_media,
    "links": links,
    "event": pick_event,
    "survey": pick_survey,
    "link": link,
    "nolinks": no_links,
    "web": web,
    "when": when,
    "time": choose_time,
    "soon": soon,
    "more": more,
    "critical": critical,
    "urgent": urgent,
    "calm": calm,
    "posts": posts,
    "post": post,
    "preview": preview,
    "see": see,
}
