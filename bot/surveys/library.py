"""Surveys that are being taken, read once and shared by everybody who takes them."""

import random
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from bot.db import Work
from bot.forms.xforms.languages import code_of
from bot.forms.xforms.model import Language
from bot.forms.xforms.plan import Plan
from bot.forms.xforms.reading import read_xform
from bot.forms.xforms.sitting import Sitting
from bot.message import Kept
from bot.surveys.drafts import DraftStore
from bot.surveys.files import FileStore
from bot.surveys.models import Source, Survey
from bot.surveys.store import SurveyStore

_KEPT: Final = 20  # versions of surveys that are ready at the same time


class Ready(NamedTuple):
    """A form, ready to be walked.

    Attributes:
        files: what it shows, by name.
    """

    plan: Plan
    files: Mapping[str, Kept]


class Library:
    """The forms of surveys, made ready to be walked; those used last stay ready."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int | None, int], Ready] = OrderedDict()
        self._chance = random.SystemRandom()

    async def survey(self, work: Work, survey_id: int, version: int) -> Ready | None:
        """A version of a survey; None where there is none."""
        source = partial(SurveyStore(work).source, survey_id, version)
        files = partial(FileStore(work).of_survey, survey_id, version)
        return await self._ready((survey_id, version), source, files)

    async def draft(self, work: Work, draft_id: int) -> Ready | None:
        """A draft; None where there is none, or none that can be used."""
        source = partial(DraftStore(work).source, draft_id)
        return await self._ready(
            (None, draft_id), source, partial(FileStore(work).of_draft, draft_id)
        )

    async def _ready(
        self,
        key: tuple[int | None, int],
        load: Callable[[], Awaitable[Source | None]],
        files: Callable[[], Awaitable[Mapping[str, Kept]]],
    ) -> Ready | None:
        ready = self._kept.get(key)
        if ready is None:
            source = await load()
            if source is None:
                return None
            ready = self._kept[key] = Ready(read_plan(source), await files())
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return ready

    def sitting(  # noqa: PLR0913 -- what a step depends on
        self,
        survey: Survey,
        version: int,
        plan: Plan,
        *,
        now: datetime,
        zone: ZoneInfo,
        language: Language,
    ) -> Sitting:
        """A version of a survey at a moment, in a language, for the engine to walk."""
        return Sitting(
            plan,
            name=survey.form,
            version=str(version),
            now=now.astimezone(zone),
            language=language,
            chance=self._chance,
        )


def read_plan(source: Source) -> Plan:
    """Make a version ready.

    Raises:
        ValueError: it cannot be walked here; what was published can.
    """
    files = {name: text.encode() for name, text in source.lists.items()}
    return Plan(read_xform(source.xform, files))


def language_for(plan: Plan, wanted: str) -> Language | None:
    """The language of a form for somebody whose language has this code; None: it has no such.

    Only languages in which the form is complete count.
    """
    offered = plan.offered
    for language in offered:
        if code_of(language) == wanted:
            return language
    base = base_of(wanted)
    return next((each for each in offered if base_of(code_of(each)) == base), None)


def language_in(plan: Plan, wanted: str, chosen: str) -> Language:
    """The language in which somebody takes a form.

    Args:
        plan: the form.
        wanted: the code of the person's language, which goes first.
        chosen: the place, among the languages in which the form is complete, of the one that they
            chose because it is not in theirs; "" where they chose none.
    """
    own = language_for(plan, wanted)
    if own is not None:
        return own
    offered = plan.offered or (plan.form.default,)
    place = int(chosen) if chosen.isdecimal() else 0
    return offered[min(place, len(offered) - 1)]


def base_of(code: str) -> str:
    """The language of a code without its region."""
    return code.partition("-")[0]
