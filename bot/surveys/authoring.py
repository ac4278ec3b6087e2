"""What authors do: send forms, publish them, see how many answered, close surveys.

Each asks for the right again: a button that somebody can see is no right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.db import Work
from bot.delivery.models import Lane, Mailing
from bot.delivery.store import DeliveryStore
from bot.errors import DraftNotFound, SurveyClosed, TooManyDrafts
from bot.forms.inputs import Sent
from bot.people.models import Right
from bot.people.roles import Roles, may
from bot.surveys.desk import SurveyDesk, digest_of
from bot.surveys.drafts import Draft, DraftStore, Reading, Trouble, Upload
from bot.surveys.files import FileStore
from bot.surveys.models import Survey
from bot.surveys.publishing import Wishes
from bot.surveys.store import SurveyStore
from bot.surveys.uploads import filename_of

MOST: Final = 20  # drafts of one person
OFTEN: Final = 3  # times that reading a file is begun
PATIENCE: Final = timedelta(days=1)
"""For how long it is tried to fetch a file."""
LONGEST_PAUSE: Final = timedelta(minutes=5)
REPORT: Final = "report"
"""The kind of the mailings that bring an author the report of a draft."""
REPORT_KEPT: Final = timedelta(days=7)
"""For how long it is tried to bring it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A survey, and how many have answered."""

    survey: Survey
    responses: int


class AuthorDesk:
    """What one author can do.

    Every method raises NotAllowed where they have no right to it, or not any more.

    Args:
        work: the transaction.
        person_id: the author.
    """

    def __init__(self, work: Work, person_id: int) -> None:
        self._person_id = person_id
        self._roles = Roles(work)
        self._drafts = DraftStore(work)
        self._surveys = SurveyStore(work)
        self._desk = SurveyDesk(work)

    async def take(self, sent: Sent, now: datetime) -> Draft:
        """Keep that a file is to be read.

        Raises:
            NotAForm: no form is written in such a file.
            FormTooLarge: it is larger than any form is.
            TooManyDrafts: this person has enough of them.
        """
        await self._require()
        filename = filename_of(sent)
        if await self._drafts.count(self._person_id) >= MOST:
            raise TooManyDrafts
        draft_id = await self._drafts.add(self._person_id, sent.file_id, filename, now)
        return await self.draft(draft_id)

    async def drafts(self) -> list[Draft]:
        """Their drafts, the newest first."""
        await self._require()
        return await self._drafts.of(self._person_id)

    async def draft(self, draft_id: int) -> Draft:
        """One of their drafts.

        Raises:
            DraftNotFound: it is not theirs, or not there any more.
        """
        await self._require()
        draft = await self._drafts.get(draft_id)
        if draft is None or draft.person_id != self._person_id:
            raise DraftNotFound
        return draft

    async def usable(self, draft_id: int) -> Draft:
        """One of their drafts that can be tried and published.

        Raises:
            DraftNotFound: it is none such.
        """
        draft = await self.draft(draft_id)
        if not draft.usable:
            raise DraftNotFound
        return draft

    async def discard(self, draft_id: int) -> Draft:
        """Erase one of their drafts; what it was.

        Raises:
            DraftNotFound: it is not theirs, or not there any more.
        """
        draft = await self.draft(draft_id)
        await self._drafts.delete(draft_id)
        return draft

    async def before(self, draft: Draft) -> Counted | None:
        """The survey of which a draft would become a further version; None: a new one."""
        known = await self._surveys.named(draft.name)
        return None if known is None else await self.survey(known[0].id)

    async def publish(
        self, draft_id: int, wishes: Wishes, language: str, now: datetime, zone: ZoneInfo
    ) -> Survey:
        """Let people take a draft, which is none any more then.

        Args:
            draft_id: which of theirs.
            wishes: how.
            language: the code of the language in which they wrote the title.
            now: the time.
            zone: in which a day ends.

        Raises:
            DraftNotFound: it is none that can be published.
            ClosingDatePast: the day on which it should close is over.
        """
        draft = await self.usable(draft_id)
        closes_at = wishes.closes_at(now, zone)
        source = await self._drafts.source(draft_id)
        if source is None:
            raise DraftNotFound
        title = retitled(draft, wishes.title, language)
        edition = replace(
            draft.edition(source), title={**draft.title, **title}, digest=digest_of(source, title)
        )
        survey = await self._desk.publish_edition(
            draft.name, edition, wishes.audience, now, closes_at
        )
        await self._drafts.delete(draft_id)
        return survey

    async def surveys(self) -> list[Counted]:
        """All surveys, the newest first, with how many have answered."""
        await self._require()
        responses = await self._surveys.responses_by_survey()
        found = await self._surveys.all()
        return [Counted(each, responses.get(each.id, 0)) for each in reversed(found)]

    async def survey(self, survey_id: int) -> Counted:
        """One survey, with how many have answered.

        Raises:
            SurveyClosed: there is none such.
        """
        await self._require()
        survey = await self._surveys.get(survey_id)
        if survey is None:
            raise SurveyClosed
        return Counted(survey, await self._surveys.count_responses(survey_id))

    async def close(self, survey_id: int, now: datetime) -> Counted:
        """Let nobody begin or go on; what was sent stays.

        Raises:
            SurveyClosed: there is none such.
        """
        await self.survey(survey_id)
        await self._desk.close(survey_id, now)
        return await self.survey(survey_id)

    async def _require(self) -> None:
        await self._roles.require(self._person_id, Right.PUBLISH_SURVEYS)


def retitled(draft: Draft, title: str, language: str) -> Mapping[str, str]:
    """The title by language, as far as it is another than the form's."""
    own = draft.title.get(language) or draft.title["en"]
    if title == own:
        return {}
    return {language: title}


class Uploads:
    """The files that wait to be read, within one transaction. Twice is the same as once."""

    def __init__(self, work: Work) -> None:
        self._files = FileStore(work)
        self._drafts = DraftStore(work)
        self._deliveries = DeliveryStore(work)
        self._roles = Roles(work)

    async def next(self, now: datetime) -> Upload | None:
        """The file to read next; None: none waits."""
        return await self._drafts.next_upload(now)

    async def begin(self, upload: Upload, now: datetime) -> bool:
        """Note that a file is being read; False: it need not be.

        So a file of which the process dies each time is given up, and its author told.
        """
        if not may(await self._roles.of(upload.person_id), Right.PUBLISH_SURVEYS):
            await self._drafts.delete(upload.draft_id)
            return False
        if upload.attempts >= OFTEN:
            await self.settle(upload, Reading(trouble=Trouble.HEAVY), now)
            return False
        await self._drafts.begin(upload.draft_id)
        return True

    async def put_off(
        self, upload: Upload, now: datetime, pause: timedelta = timedelta(seconds=2)
    ) -> None:
        """The file could not be fetched: try again, the longer it takes the less often.

        Args:
            upload: which.
            now: the time.
            pause: for how long at least.
        """
        waited = now - upload.received_at
        if waited > PATIENCE:
            await self.settle(upload, Reading(trouble=Trouble.GONE), now)
        else:
            later = max(pause, min(waited / 4, LONGEST_PAUSE))
            await self._drafts.put_off(upload.draft_id, now + later)

    async def settle(self, upload: Upload, reading: Reading, now: datetime) -> list[int]:
        """Keep what came of reading a file, and owe its author the report, once.

        Returns:
            The numbers of the drafts that are gone for this one.
        """
        await self._files.keep(reading.files, now)
        if not await self._drafts.keep(upload.draft_id, reading):
            return []
        mailing = Mailing(
            name=f"{REPORT}:{upload.draft_id}",
            kind=REPORT,
            subject=upload.draft_id,
            lane=Lane.NOTICE,
            due_at=now,
            not_after=now + REPORT_KEPT,
        )
        number = await self._deliveries.add(mailing, now)
        if number is not None:
            await self._deliveries.owe_to(number, [upload.person_id])
        return await self._drafts.supersede(upload.draft_id, upload.person_id, reading.name)
