"""Surveys: publishing them, offering them, and keeping what they leave."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.db import Work
from bot.errors import SurveyClosed
from bot.forms.definition import OK
from bot.forms.values import Record
from bot.forms.xforms.consent import agreed, is_consent
from bot.forms.xforms.instance import is_another
from bot.people.models import Role
from bot.people.roles import Roles
from bot.surveys.editions import edition_of
from bot.surveys.files import FileStore
from bot.surveys.library import read_plan
from bot.surveys.media import File
from bot.surveys.models import Audience, Edition, Source, Survey
from bot.surveys.store import SurveyStore


class SurveyDesk:
    """What can be done with surveys."""

    def __init__(self, work: Work) -> None:
        self._store = SurveyStore(work)
        self._files = FileStore(work)
        self._roles = Roles(work)

    async def open_for(self, roles: frozenset[Role], now: datetime) -> list[Survey]:
        """The surveys that somebody with these roles can take, the first published first."""
        return [
            survey
            for survey in await self._store.all()
            if survey.is_open(now) and survey.is_for(roles)
        ]

    async def get(self, survey_id: int, person_id: int, now: datetime) -> Survey:
        """A survey that a person can take.

        Raises:
            SurveyClosed: there is none such, it is not for them, or it is over.
        """
        survey = await self._store.get(survey_id)
        if survey is None or not survey.is_open(now):
            raise SurveyClosed
        everyone = survey.audience is Audience.EVERYONE
        if not everyone and not survey.is_for(await self._roles.of(person_id)):
            raise SurveyClosed
        return survey

    async def publish(  # noqa: PLR0913, PLR0917 -- what a survey is published with, once each
        self,
        source: Source,
        title: Mapping[str, str],
        audience: Audience,
        now: datetime,
        closes_at: datetime | None = None,
        files: Iterable[File] = (),
    ) -> Survey:
        """Let people take a survey; one of the same name gets a further version.

        Whoever has begun an earlier version goes on with that. The same form again is no new
        version: only who is asked, and until when, is changed then.

        Args:
            source: the form.
            title: by language code; what is missing is the form's own.
            audience: who is asked.
            now: from when on.
            closes_at: until when.
            files: what the form shows.

        Raises:
            ValueError: the form cannot be walked here.
        """
        form = read_plan(source).form
        known = await self._store.named(form.name)
        own = edition_of(form, source, {}).title
        title = {**(known[0].titles_for(own) if known else {}), **title}
        edition = edition_of(form, source, title)
        await self._files.keep(files, now)
        return await self.publish_edition(form.name, edition, audience, now, closes_at)

    async def publish_edition(  # noqa: PLR0913 -- what is published, for whom, and by whom
        self,
        name: str,
        edition: Edition,
        audience: Audience,
        now: datetime,
        closes_at: datetime | None = None,
        *,
        by: int | None = None,
    ) -> Survey:
        """As `publish`, of a form that has been read before: its name, and what was read off it.

        Args:
            name: the form_id.
            edition: the form, under the titles that people see.
            audience: who is asked.
            now: from when on.
            closes_at: until when.
            by: who publishes it; None: somebody at the command line.
        """
        known = await self._store.named(name)
        if known is not None and known[1] == edition.digest:
            survey_id = known[0].id
            await self._store.reopen(survey_id, audience, closes_at)
        else:
            survey_id = await self._store.publish(name, edition, audience, now, closes_at)
        await self._store.note_change(survey_id, by, now)
        survey = await self._store.get(survey_id)
        if survey is None:
            raise SurveyClosed
        return survey

    async def close(self, survey_id: int, now: datetime, by: int | None = None) -> None:
        """Let nobody begin or go on; what was sent stays."""
        survey = await self._store.get(survey_id)
        if survey is not None and survey.is_open(now):
            await self._store.close(survey_id, now)
            await self._store.note_change(survey_id, by, now)

    async def submit(self, survey: Survey, version: int, asked: Record, record: Record) -> bool:
        """Keep what a finished interview leaves, linked to nobody; False: there is nothing.

        Of somebody who did not agree to take part, or who answered nothing, nothing is kept.

        Args:
            survey: which.
            version: of it.
            asked: the answer to every question that was asked, by name; None where there is none.
            record: the same in XForm terms, with what the form worked out.
        """
        if not agreed(asked) or not says_something(asked):
            return False
        await self._store.add_response(survey.id, version, record)
        return True


def says_something(answers: Record) -> bool:
    """Whether anything was answered, besides agreeing and reading what was to be read."""
    return any(
        not is_consent(name) and not is_another(name) and value is not None and value != OK
        for name, value in answers.items()
    )
