"""Tells authors what was found in the files that they sent."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.db import Work
from bot.delivery.models import Mailing, Owed, Reason, Writings, Written, skip_all
from bot.errors import DraftNotFound, NotAllowed
from bot.i18n import Catalogues
from bot.surveys.authoring import AuthorDesk
from bot.surveys.views import drafts
from bot.surveys.views.authoring import Desk


class ReportRenderer:
    """Writes what was found, as long as the draft is there and its author may publish."""

    def __init__(self, catalogues: Catalogues, zone: ZoneInfo) -> None:
        self._catalogues = catalogues
        self._zone = zone

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        [one] = owed  # a draft has one author
        try:
            draft = await AuthorDesk(work, one.person.id).draft(mailing.subject)
        except (DraftNotFound, NotAllowed):
            return skip_all(owed, Reason.NOTHING_TO_SAY)
        t = self._catalogues.translator(one.person.language)
        desk = Desk(t, self._catalogues, now, self._zone, one.person.id)
        return {one.delivery.id: Written(drafts.draft(desk, draft))}
