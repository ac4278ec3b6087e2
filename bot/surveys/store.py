"""Surveys in the database. Decides nothing."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.clock import from_micros, to_micros
from bot.db import Work, load_queries
from bot.surveys.models import Audience, Response, Source, Survey

QUERIES = load_queries(__file__)
_KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a survey's form, with what is read off it.

    Attributes:
        digest: of the source: the same source has the same.
    """

    title: Mapping[str, str]
    languages: tuple[str, ...]
    questions: int
    source: Source
    digest: str


class SurveyStore:
    """Rows about surveys."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def all(self) -> list[Survey]:
        """Every survey, the first published first."""
        return [_survey(row) for row in await self._run.surveys()]

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
            questions=edition.questions,
            xform=edition.source.xform,
            lists=_json(edition.source.lists),
            digest=edition.digest,
        )
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

    async def responses(self, survey_id: int) -> list[Response]:
        """All responses, in an order that means nothing."""
        rows = await self._run.responses(survey_id=survey_id)
        return [Response(row["version"], row["record"]) for row in rows]

    async def count_responses(self, survey_id: int) -> int:
        """How many responses there are."""
        count: int = await self._run.count_responses(survey_id=survey_id)
        return count


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _survey(row: Mapping[str, Any]) -> Survey:
    return Survey(
        id=row["id"],
        name=row["name"],
        title=orjson.loads(row["title"]),
        languages=tuple(orjson.loads(row["languages"])),
        audience=Audience(row["audience"]),
        version=row["version"],
        questions=row["questions"],
        opens_at=from_micros(row["opens_at"]),
        closes_at=None if row["closes_at"] is None else from_micros(row["closes_at"]),
    )
