"""Surveys in the database. Decides nothing."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson

from bot.clock import from_micros, to_micros
from bot.db import Work, load_queries
from bot.surveys.files import FileStore
from bot.surveys.models import PREFIX, Audience, Edition, Response, Source, Survey

QUERIES = load_queries(__file__)
_KEY_BYTES = 16


class SurveyStore:
    """Rows about surveys."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._run = work.runner(QUERIES)

    async def all(self) -> list[Survey]:
        """Every survey, the first published first."""
        return [_survey(row) for row in await self._run.surveys()]

    async def open(self, now: datetime) -> list[Survey]:
        """Those that can be taken now."""
        return [each for each in await self.all() if each.is_open(now)]

    async def get(self, survey_id: int) -> Survey | None:
        """A survey by its number."""
        row = await self._run.survey(survey_id=survey_id)
        return None if row is None else _survey(row)

    async def named(self, name: str) -> tuple[Survey, str] | None:
        """A survey by the name of its form, and the digest of its present version."""
        row = await self._run.survey_named(name=name)
        return None if row is None else (_survey(row), row["digest"])

    async def publish(
        self,
        name: str,
        edition: Edition,
        audience: Audience,
        now: datetime,
        closes_at: datetime | None,
    ) -> int:
        """Keep a version of a survey, the first or a further one; the survey's number."""
        survey_id: int = await self._run.open_survey(
            name=name,
            audience=audience.value,
            opens_at=to_micros(now),
            closes_at=closes_at and to_micros(closes_at),
        )
        number = await self._run.version_of(survey_id=survey_id)
        await self._run.add_version(
            survey_id=survey_id,
            number=number,
            title=_json(edition.title),
            languages=_json(edition.languages),
            unreviewed=_json(edition.unreviewed),
            questions=edition.questions,
            xform=edition.source.xform,
            lists=_json(edition.source.lists),
            digest=edition.digest,
        )
        await FileStore(self._work).use_in_survey(survey_id, number, edition.source.files)
        return survey_id

    async def reopen(self, survey_id: int, audience: Audience, closes_at: datetime | None) -> None:
        """Change who is asked and until when."""
        await self._run.reopen(
            survey_id=survey_id,
            audience=audience.value,
            closes_at=closes_at and to_micros(closes_at),
        )

    async def close(self, survey_id: int, now: datetime) -> None:
        """Let nobody begin or go on."""
        await self._run.close(survey_id=survey_id, now=to_micros(now))

    async def note_change(self, survey_id: int, by: int | None, now: datetime) -> None:
        """Keep who changed it last."""
        await self._run.note_change(survey_id=survey_id, changed_by=by, now=to_micros(now))

    async def keep_titles(self, survey_id: int, titles: Mapping[str, tuple[str, str]]) -> None:
        """Keep the titles that were typed, by language: the form's own, and themselves."""
        await self._run.keep_titles(survey_id=survey_id, titles=_json(titles))

    async def changed_by(self, person_id: int) -> list[str]:
        """The names of the surveys that somebody was the last to change."""
        return [row["name"] for row in await self._run.changed_by(person_id=person_id)]

    async def forget_changes(self, person_id: int) -> None:
        """Forget that it was this person."""
        await self._run.forget_changes(person_id=person_id)

    async def source(self, survey_id: int, version: int) -> Source | None:
        """What a version is made of."""
        row = await self._run.source(survey_id=survey_id, number=version)
        return None if row is None else Source(row["xform"], orjson.loads(row["lists"]))

    async def add_response(self, survey_id: int, version: int, record: Mapping[str, Any]) -> None:
        """Keep what a finished interview left, under a key by chance."""
        await self._run.add_response(
            key=secrets.token_hex(_KEY_BYTES),
            survey_id=survey_id,
            version=version,
            record=_json(record),
        )

    async def stir(self) -> None:
        """Let nothing in the database's own files tell in what order or when responses came."""
        await self._run.stir_responses()

    async def responses(self, survey_id: int) -> list[Response]:
        """All responses, in an order that means nothing."""
        rows = await self._run.responses(survey_id=survey_id)
        return [Response(row["version"], row["record"]) for row in rows]

    async def responses_by_survey(self) -> dict[int, int]:
        """How many responses there are to each survey that has any."""
        rows = await self._run.responses_by_survey()
        return {row["survey_id"]: row["responses"] for row in rows}

    async def count_responses(self, survey_id: int) -> int:
        """How many responses there are."""
        count: int = await self._run.count_responses(survey_id=survey_id)
        return count

    async def waiting(self, after: datetime, before: datetime) -> list[int]:
        """The surveys that somebody left in the middle in a span of time, and is not told yet."""
        rows = await self._run.waiting(after=to_micros(after), before=to_micros(before))
        return [int(row["form"].removeprefix(PREFIX)) for row in rows]

    async def nudge(self, mailing_id: int, form: str, after: datetime, before: datetime) -> None:
        """Owe a mailing to whoever left a survey in the middle in a span of time."""
        await self._run.nudge(
            mailing_id=mailing_id, form=form, after=to_micros(after), before=to_micros(before)
        )

    async def left_since(self, form: str, people: Iterable[int], before: datetime) -> set[int]:
        """Which of these people are in the middle of a survey, and were before a moment."""
        rows = await self._run.left_since(
            form=form, people=_json(list(people)), before=to_micros(before)
        )
        return {row["person_id"] for row in rows}


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _survey(row: Mapping[str, Any]) -> Survey:
    return Survey(
        id=row["id"],
        name=row["name"],
        title=orjson.loads(row["title"]),
        languages=tuple(orjson.loads(row["languages"])),
        unreviewed=tuple(orjson.loads(row["unreviewed"])),
        audience=Audience(row["audience"]),
        version=row["version"],
        questions=row["questions"],
        opens_at=from_micros(row["opens_at"]),
        closes_at=None if row["closes_at"] is None else from_micros(row["closes_at"]),
        retyped={code: (own, typed) for code, (own, typed) in orjson.loads(row["titles"]).items()},
        changed_by=row["changed_by"],
        changed_at=None if row["changed_at"] is None else from_micros(row["changed_at"]),
    )
