"""Who writes what is owed: one renderer for each kind of mailing."""

from collections.abc import Mapping
from datetime import datetime

from bot.broadcasts.previewing import PREVIEW
from bot.broadcasts.rendering import (
    BroadcastPostRenderer,
    BroadcastRenderer,
    EndedRenderer,
    PreviewRenderer,
    RecallRenderer,
    came_back,
    to_be_changed,
    wanted,
    withdrawn,
)
from bot.broadcasts.rendering import WritingDesk as BroadcastDesk
from bot.broadcasts.requests import CAME_BACK, TO_BE_CHANGED, WANTED, WITHDRAWN
from bot.broadcasts.running import ENDED
from bot.broadcasts.views.desk import Desk
from bot.chat.context import House
from bot.chat.role_news import TAKEN, RoleTakenRenderer
from bot.delivery.models import BROADCAST, RECALL, Renderer
from bot.delivery.posts.models import PostRenderer
from bot.events.changes import CARD, CHANGE
from bot.events.rendering import CardRenderer, ChangeRenderer, SharedCardRenderer, WritingDesk
from bot.reminders.planner import REMINDER, THANKS
from bot.reminders.rendering import ReminderRenderer, ThanksRenderer
from bot.surveys.draft_reports import ReportRenderer
from bot.surveys.intake import REPORT
from bot.surveys.nudging import NUDGE, NudgeRenderer


def every_post_renderer(house: House) -> Mapping[str, PostRenderer]:
    """Who writes what is posted in groups and on shared cards, by the kinds of mailings."""
    desk = WritingDesk(house.catalogues, house.content.boroughs, house.zone)
    broadcasts = BroadcastPostRenderer(_broadcasts(house))
    return {
        CARD: SharedCardRenderer(desk, house.link),
        BROADCAST: broadcasts,
        RECALL: broadcasts,
    }


def _broadcasts(house: House) -> BroadcastDesk:
    boroughs = house.content.boroughs

    def volunteer(language: str | None, now: datetime) -> Desk:
        t = house.catalogues.translator(language)
        return Desk(t, house.catalogues, boroughs, now, house.zone)

    return BroadcastDesk(house.catalogues, house.link, volunteer)


def every_renderer(house: House) -> Mapping[str, Renderer]:
    """The renderers by the kinds of mailings they write."""
    desk = WritingDesk(house.catalogues, house.content.boroughs, house.zone)
    broadcasts = _broadcasts(house)
    return {
        BROADCAST: BroadcastRenderer(broadcasts),
        PREVIEW: PreviewRenderer(broadcasts),
        RECALL: RecallRenderer(),
        WANTED: wanted(broadcasts),
        CAME_BACK: came_back(broadcasts),
        WITHDRAWN: withdrawn(broadcasts),
        TO_BE_CHANGED: to_be_changed(broadcasts),
        ENDED: EndedRenderer(broadcasts),
        CHANGE: ChangeRenderer(desk),
        CARD: CardRenderer(desk),
        REMINDER: ReminderRenderer(desk),
        THANKS: ThanksRenderer(desk),
        NUDGE: NudgeRenderer(house.catalogues),
        REPORT: ReportRenderer(house.catalogues, house.zone),
        TAKEN: RoleTakenRenderer(house.catalogues, house.content.boroughs),
    }
