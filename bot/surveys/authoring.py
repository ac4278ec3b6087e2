"""What authors do: send forms, publish them, see how many answered, close surveys.

Each asks for the right again: a button that somebody can see is no right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.db import Work
from bot.errors import DraftNotFound, SurveyClosed, TooManyDrafts
from bot.forms.inputs import Sent
from bot.forms.xlsform import limits
from bot.people.acts import Acts
from bot.people.models import Act, Right
from bot.people.roles import Roles
from bot.surveys.desk import SurveyDesk
from bot.surveys.drafts import Draft, DraftStore
from bot.surveys.editions import digest_of
from bot.surveys.models import Survey
from bot.surveys.publishing import Wishes
from bot.surveys.store import SurveyStore
from bot.surveys.uploads import filename_of, wanted_as

MOST: Final = 20  # drafts of one person


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
        self._acts = Acts(work)

    async def take(self, sent: Sent, now: datetime) -> Draft:
        """Keep that a file is to be read: a form, or a list that one of their forms waits for.

        Raises:
            NotAForm: no form is written in such a file.
            FormTooLarge: it is larger than any form is.
            TooManyDrafts: this person has enough of them.
        """
        await self._require()
        filename = filename_of(sent)
        for draft in await self._drafts.of(self._person_id):
            name = wanted_as(filename, (*draft.missing, *draft.beside))
            if name and draft.handle and len(draft.beside) < limits.FILES_BESIDE:
                lists = {**draft.beside, name: sent.file_id}
                await self._drafts.put_beside(draft.id, lists, now)
                return await self.draft(draft.id)
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

    async def publish(self, draft_id: int, wishes: Wishes, now: datetime, zone: ZoneInfo) -> Survey:
        """Let people take a draft, which is none any more then.

        Args:
            draft_id: which of theirs.
            wishes: how.
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
        typed = retyped(draft, wishes.titles)
        title = {code: new for code, (_, new) in typed.items()}
        edition = replace(
            draft.edition(source), title={**draft.title, **title}, digest=digest_of(source, title)
        )
        survey = await self._desk.publish_edition(
            draft.name, edition, wishes.audience, now, closes_at, by=self._person_id
        )
        await self._surveys.keep_titles(survey.id, typed)
        await self._drafts.delete(draft_id)
        await self._note(Act.SURVEY_PUBLISHED, survey.id, now)
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
        before = await self.survey(survey_id)
        await self._desk.close(survey_id, now, by=self._person_id)
        if before.survey.is_open(now):
            await self._note(Act.SURVEY_CLOSED, survey_id, now)
        return await self.survey(survey_id)

    async def _note(self, act: Act, survey_id: int, now: datetime) -> None:
        await self._acts.note(self._person_id, act, f"survey {survey_id}", now)

    async def _require(self) -> None:
        await self._roles.require(self._person_id, Right.PUBLISH_SURVEYS)


def titles_of(draft: Draft, before: Survey | None) -> list[str]:
    """The titles of a draft, one for each of its languages; typed ones stay for later versions."""
    titles = {**draft.title, **(before.titles_for(draft.title) if before else {})}
    return [titles.get(code) or titles["en"] for code in draft.languages or ("en",)]


def retyped(draft: Draft, titles: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The titles that are others than the form's, by language: the form's, and themselves."""
    found = {}
    for code, title in titles.items():
        key = code or "en"
        own = draft.title.get(key) or draft.title["en"]
        if title != own:
            found[key] = (own, title)
    return found
