"""Who writes what is owed: one renderer for each kind of mailing."""

from collections.abc import Mapping

from bot.chat.context import House
from bot.chat.role_news import TAKEN, RoleTakenRenderer
from bot.delivery.models import Renderer
from bot.events.changes import CARD, CHANGE
from bot.events.rendering import CardRenderer, ChangeRenderer, WritingDesk
from bot.reminders.planner import REMINDER, THANKS
from bot.reminders.rendering import ReminderRenderer, ThanksRenderer
from bot.surveys.authoring import REPORT
from bot.surveys.draft_reports import ReportRenderer
from bot.surveys.nudging import NUDGE, NudgeRenderer


def every_renderer(house: House) -> Mapping[str, Renderer]:
    """The renderers by the kinds of mailings they write."""
    desk = WritingDesk(house.catalogues, house.content.boroughs, house.zone)
    return {
        CHANGE: ChangeRenderer(desk),
        CARD: CardRenderer(desk),
        REMINDER: ReminderRenderer(desk),
        THANKS: ThanksRenderer(desk),
        NUDGE: NudgeRenderer(house.catalogues),
        REPORT: ReportRenderer(house.catalogues, house.zone),
        TAKEN: RoleTakenRenderer(house.catalogues, house.content.boroughs),
    }
