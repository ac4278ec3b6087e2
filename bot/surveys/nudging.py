"""One message, two days later, to whoever left a survey in the middle; then silence."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.db import Work
from bot.delivery.models import Lane, Mailing, Owed, Reason, Skip, Writings, Written, skip_all
from bot.delivery.store import DeliveryStore
from bot.i18n import Catalogues
from bot.message import Message
from bot.surveys.models import Survey
from bot.surveys.store import SurveyStore
from bot.surveys.views import overview

NUDGE: Final = "nudge"
"""The kind of its mailings."""
PATIENCE: Final = timedelta(days=2)
"""How long after the last answer it comes."""
TOO_LATE: Final = timedelta(days=7)
"""How long after the last answer it comes no more, such as when the bot was away."""
FROM, UNTIL = time(9), time(19)


class Nudges:
    """Looks for surveys that were left in the middle."""

    def __init__(self, work: Work, zone: ZoneInfo) -> None:
        self._surveys = SurveyStore(work)
        self._deliveries = DeliveryStore(work)
        self._zone = zone

    async def plan(self, now: datetime) -> None:
        """Owe what is due and was not owed before; twice is the same as once."""
        wall = now.astimezone(self._zone)
        if not FROM <= wall.time() < UNTIL:
            return
        after, before = now - TOO_LATE, now - PATIENCE
        for survey_id in await self._surveys.waiting(after, before):
            survey = await self._surveys.get(survey_id)
            if survey is None or not survey.is_open(now):
                continue
            mailing = Mailing(
                name=f"{NUDGE}:{survey_id}:{wall:%Y-%m-%d}",
                kind=NUDGE,
                subject=survey_id,
                lane=Lane.NOTICE,
                due_at=now,
                not_after=datetime.combine(wall.date(), UNTIL, self._zone) + timedelta(hours=1),
            )
            await self._deliveries.add(mailing, now)
            kept = await self._deliveries.named(mailing.name)
            if kept is not None:
                await self._surveys.nudge(kept.id, survey.form, after, before)


class NudgeRenderer:
    """Writes it, if the person has not gone on meanwhile."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        store = SurveyStore(work)
        survey = await store.get(mailing.subject)
        if survey is None or not survey.is_open(now):
            return skip_all(owed, Reason.OVER)
        people = [each.person.id for each in owed]
        left = await store.left_since(survey.form, people, now - PATIENCE)
        words = self._words(survey)
        return {
            each.delivery.id: Written(words(each.person.language))
            if each.person.id in left
            else Skip(Reason.NOTHING_TO_SAY)
            for each in owed
        }

    def _words(self, survey: Survey) -> Callable[[str | None], Message]:
        @cache
        def words(language: str | None) -> Message:
            return overview.nudge(self._catalogues.translator(language), survey)

        return words
