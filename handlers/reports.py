"""/reports: what came of broadcasts, for those who read that and write none."""

from bot.broadcasts.reports import Reports
from bot.broadcasts.views import desk as desks
from bot.broadcasts.views import drafts, report
from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.errors import BroadcastNotFound
from bot.message import Message
from handlers.broadcast_desk import desk_of
from handlers.guard import guarded


async def _overview(turn: Turn) -> Message:
    return await _all(turn, 0)


@guarded(desks.not_allowed, (BroadcastNotFound,), desks.gone, _overview)
async def show(turn: Turn) -> None:
    """A page of what was sent, or the report that the button names."""
    turn.show(await _screen(turn))


async def _screen(turn: Turn) -> Message:
    if turn.tap.text(0) == "show":
        found = await _reports(turn).read(turn.tap.number(1), turn.now)
        return report.report(desk_of(turn), found, report.to_reports(turn.t))
    return await _all(turn, max(0, turn.tap.number(0)))


async def _all(turn: Turn, page: int) -> Message:
    found, total = await _reports(turn).page(page, drafts.ON_A_PAGE)
    return report.all_of(desk_of(turn), found, page, total)


def _reports(turn: Turn) -> Reports:
    return Reports(turn.work, turn.person.id, turn.house.zone)


def register(routes: Routes) -> None:
    """Listen for /reports and its buttons."""
    routes.command("reports", show)
    routes.tap(report.VERB, show)
