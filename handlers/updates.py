"""What people do with an update that reached them: open what it shows, or stop news."""

import re
from typing import Final

from markupsafe import escape

from bot.broadcasts.crowd import CrowdStore
from bot.broadcasts.models import LinkKind, Mark
from bot.broadcasts.store import BroadcastStore
from bot.broadcasts.views import delivered
from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.events.look import Look
from bot.message import Message, as_number
from bot.people.following import Following
from bot.people.views.welcome import go_home
from handlers import events, surveys

PAYLOAD: Final = re.compile(r"b(\d+)-(\d)")
"""A link in a text: the broadcast, and the place of the button that it stands for."""


def update_in(payload: str) -> tuple[int, int] | None:
    """The broadcast and the place that a link names; None where it names none."""
    found = PAYLOAD.fullmatch(payload)
    numbers = [as_number(each) for each in found.groups()] if found else []
    match numbers:
        case [int(broadcast_id), int(place)]:
            return broadcast_id, place
        case _:
            return None


async def show(turn: Turn) -> None:
    """Open what a button under an update shows."""
    await opened(turn, turn.tap.number(0), turn.tap.number(1))


async def opened(turn: Turn, broadcast_id: int, place: int) -> None:
    """Open what a broadcast shows in one place, and count it once."""
    broadcast = await BroadcastStore(turn.work).get(broadcast_id)
    link = None
    if broadcast is not None and 0 <= place < len(broadcast.links):
        link = broadcast.links[place]
    if broadcast is None or link is None or link.kind is LinkKind.WEB:
        turn.toast(delivered.gone(turn.t))
        turn.reply(Message(escape(delivered.gone(turn.t))).with_buttons([go_home(turn.t)]))
        return
    if broadcast.began_at is not None:  # else it is only looked at beforehand
        await CrowdStore(turn.work).mark(broadcast_id, turn.person.id, Mark.OPENED, turn.now)
    # The update stays as it is: what it shows comes below it.
    if link.kind is LinkKind.EVENT:
        look = Look(source=f"b{broadcast_id}")
        turn.reply(await events.card(turn, int(link.to), look))
    else:
        turn.reply(await surveys.opened(turn, int(link.to)))


async def stop_news(turn: Turn) -> None:
    """Stop news because of an update."""
    await Following(turn.work).withdraw(turn.person.id, turn.now)
    number = turn.tap.number(0)
    await CrowdStore(turn.work).mark(number, turn.person.id, Mark.STOPPED, turn.now)
    turn.reply(delivered.news_stopped(turn.t))


def register(routes: Routes) -> None:
    """Listen for the buttons under updates."""
    routes.tap(delivered.OPEN, show)
    routes.tap(delivered.STOP_NEWS, stop_news)
