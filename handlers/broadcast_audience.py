"""For whom a broadcast is: screens with ticks."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.broadcasts.audience import Audience
from bot.broadcasts.models import Broadcast
from bot.broadcasts.views import audience as views
from bot.broadcasts.views.desk import to
from bot.chat.context import Turn
from bot.errors import BroadcastChanged
from bot.events.models import Event
from bot.events.store import EventStore
from bot.message import Button, Message
from handlers.broadcast_desk import desk_of, drafts_of, recipients_of

EVENTS: Final = frozenset({"booked", "attended", "not_booked"})
ON_A_PAGE: Final = 6
BEHIND, AHEAD = timedelta(days=90), timedelta(days=180)
"""How far away the events are that can be chosen."""


async def menu(turn: Turn) -> Message:
    """What can be chosen."""
    return await _menu(turn, await drafts_of(turn).get(turn.tap.number(1)))


async def _menu(turn: Turn, broadcast: Broadcast) -> Message:
    found = recipients_of(turn, broadcast)
    return views.menu(desk_of(turn), broadcast, found, await _titles(turn, broadcast))


async def _titles(turn: Turn, broadcast: Broadcast) -> dict[int, str]:
    chosen = broadcast.audience
    numbers = chosen.booked | chosen.attended | chosen.not_booked
    return views.titles(turn.t, await EventStore(turn.work).get_many(numbers))


async def choose(turn: Turn) -> Message:
    """One kind of condition."""
    broadcast = await drafts_of(turn).get(turn.tap.number(1))
    return await _choices(turn, broadcast, turn.tap.text(2), turn.tap.number(3))


async def _choices(turn: Turn, broadcast: Broadcast, kind: str, page: int) -> Message:
    desk = desk_of(turn)
    if kind not in views.TITLES:
        raise BroadcastChanged
    if kind not in EVENTS:
        offered = views.fixed_choices(desk, kind)
        return views.choices(desk, broadcast, kind, offered, [])
    events = await events_near(turn, past=kind == "attended")
    shown, turning = paged(turn, events, page, "choose", broadcast.id, kind)
    titles = views.titles(turn.t, shown)
    offered = [(each.id, _dated(turn, each, titles)) for each in shown]
    return views.choices(desk, broadcast, kind, offered, turning)


def _dated(turn: Turn, event: Event, titles: Mapping[int, str]) -> str:
    day = event.starts_at.astimezone(turn.house.zone).date()
    return f"{turn.t.short_date(day)}, {titles[event.id]}"


async def events_near(turn: Turn, *, past: bool) -> list[Event]:
    """Events that are over, the last first, or those to come, the next first."""
    store = EventStore(turn.work)
    since = turn.now - BEHIND if past else turn.now
    until = turn.now if past else turn.now + AHEAD
    found = await store.between(since, until)
    return found[::-1] if past else found


def paged(
    turn: Turn, events: list[Event], page: int, *to_page: str | int
) -> tuple[list[Event], list[Button]]:
    """The events of a page, and the buttons that turn it."""
    shown = events[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    turning = []
    if page:
        turning.append(Button(turn.t.plain("Back"), to(*to_page, page - 1)))
    if (page + 1) * ON_A_PAGE < len(events):
        turning.append(Button(turn.t.plain("More"), to(*to_page, page + 1)))
    return shown, turning


def event_label(turn: Turn, event: Event) -> str:
    """An event on a button."""
    return _dated(turn, event, views.titles(turn.t, [event]))


async def tick(turn: Turn) -> Message:
    """Tick a choice, or take its tick away."""
    kind = turn.tap.text(3)
    if kind not in views.TITLES:
        raise BroadcastChanged
    try:
        change = _change(turn, lambda audience: audience.toggled(kind, turn.tap.args[4]))
        after = await change
    except (ValueError, IndexError):
        raise BroadcastChanged from None
    return await _choices(turn, after, kind, 0)


async def every(turn: Turn) -> Message:
    """All must be so, or one is enough."""
    after = await _change(turn, lambda audience: replace(audience, every=not audience.every))
    return await _menu(turn, after)


async def days(turn: Turn) -> Message:
    """For how long nobody may have been told anything."""
    return views.days(desk_of(turn), await drafts_of(turn).get(turn.tap.number(1)))


async def told(turn: Turn) -> Message:
    """So many days."""
    chosen = turn.tap.number(3)
    if chosen not in views.DAYS:
        raise BroadcastChanged
    after = await _change(turn, lambda audience: replace(audience, not_told_for=chosen))
    return views.days(desk_of(turn), after)


async def _change(turn: Turn, change: Callable[[Audience], Audience]) -> Broadcast:
    before = await drafts_of(turn).get(turn.tap.number(1))
    if before.revision != turn.tap.number(2):
        raise BroadcastChanged
    after = replace(before, audience=change(before.audience))
    return await drafts_of(turn).change(before, after, turn.now)


SCREENS: Final[Mapping[str, Callable[[Turn], Awaitable[Message]]]] = {
    "aud": menu,
    "choose": choose,
    "tick": tick,
    "every": every,
    "days": days,
    "told": told,
}
