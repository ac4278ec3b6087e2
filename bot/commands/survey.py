"""`baobab survey`: checking forms, publishing them, and what became of them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from bot.clock import Clock
from bot.config import HOME, Settings
from bot.db import Database, open_database, upgrade
from bot.errors import FormNotGood, SurveyClosed
from bot.forms.xlsform import FormRefused, read_sheets, to_xlsx
from bot.forms.xlsform.packed import SUFFIX
from bot.forms.xlsform.sizes import refuse_sizes_of
from bot.i18n import Catalogues, Translator
from bot.people.acts import Acts
from bot.people.models import Act
from bot.surveys import checking
from bot.surveys.desk import SurveyDesk
from bot.surveys.models import Audience, Edition
from bot.surveys.reading_apart import read_apart
from bot.surveys.readings import Reading
from bot.surveys.store import SurveyStore
from bot.surveys.views import report as words

FOLDER: Final = "-media"
"""How the name of the folder ends, beside a form and called like it, that holds its files."""


def english() -> Translator:
    """The voice of the command line."""
    return Catalogues(HOME / "locales").translator("en")


async def reading_of(file: Path) -> Reading:
    """What there is to say of a form, read as in the chat: in a process with limits of its own.

    Args:
        file: the form; the files beside it count as its own.

    Raises:
        FormNotGood: there is no such file.
    """
    try:
        content, others = await asyncio.to_thread(_with_others, file)
    except OSError as why:
        raise FormNotGood([f"{why.filename or file}: {why.strerror}."]) from None
    except FormRefused as refusal:
        return Reading(findings=checking.refused(refusal).findings)
    return await read_apart(content, file.name, others)


def _with_others(file: Path) -> tuple[bytes, Mapping[str, bytes]]:
    """What is in a file, and in those beside it, where it has not packed its own."""
    return file.read_bytes(), {} if file.suffix.lower() == SUFFIX else beside(file)


def beside(file: Path) -> Mapping[str, bytes]:
    """The lists (.csv) in the folder of a form, and all that is in the folder of its files.

    Raises:
        FormRefused: that is more than any form has.
        OSError: something cannot be read.
    """
    lists = [each for each in sorted(file.parent.glob("*.csv")) if each != file]
    folder = file.parent / f"{file.stem}{FOLDER}"
    media = [each for each in sorted(folder.glob("*")) if each.is_file()] if folder.is_dir() else []
    found = {each.name: each for each in (*lists, *media) if not each.name.startswith(".")}
    refuse_sizes_of({name: each.stat().st_size for name, each in found.items()})
    return {name: each.read_bytes() for name, each in found.items()}


def told(reading: Reading) -> list[str]:
    """What there is to say as lines, what is wrong first."""
    t = english()
    return [*words.lines(t, reading.findings), *words.summary(t, reading)]


async def good(file: Path) -> tuple[Edition, Reading]:
    """A form that can be used, and what there is to say of it.

    Raises:
        FormNotGood: it cannot; the lines say why.
    """
    reading = await reading_of(file)
    if reading.edition is None:
        raise FormNotGood(told(reading))
    return reading.edition, reading


def in_content(name: str, settings: Settings) -> Path:
    """A form by its file, or by the name it has in the editors' folder."""
    shipped = settings.content / "surveys" / f"{name}.md"
    return shipped if shipped.exists() and not Path(name).exists() else Path(name)


async def publish(
    file: Path, settings: Settings, clock: Clock, audience: Audience, closes: date | None
) -> list[str]:
    """Let people take a form.

    Args:
        file: the form.
        settings: for the database and the zone.
        clock: says from when on.
        audience: who is asked.
        closes: the last day on which it can be taken; None: it stays open.

    Raises:
        FormNotGood: it cannot be used; nothing was published.
    """
    edition, reading = await good(file)
    closes_at = _end_of(closes, settings) if closes else None
    async with _database(settings) as database, database.long_work() as work:
        desk = SurveyDesk(work)
        survey = await desk.publish(
            edition.source, {}, audience, clock.now(), closes_at, reading.files
        )
        await Acts(work).note(None, Act.SURVEY_PUBLISHED, f"survey {survey.id}", clock.now())
    until = f" until the end of {closes:%d %B %Y}" if closes else ""
    return [
        f"{survey.name}, version {survey.version}, is open for {audience.value}{until}.",
        f"Link: https://t.me/<name of the bot>?start=s-{survey.id}",
    ]


async def listed(settings: Settings, clock: Clock) -> list[str]:
    """Every survey: whether it is open, for whom, and how many have sent it."""
    async with _database(settings) as database, database.reading() as work:
        store = SurveyStore(work)
        lines = []
        for survey in await store.all():
            count = await store.count_responses(survey.id)
            state = "open" if survey.is_open(clock.now()) else "closed"
            languages = ", ".join(survey.languages)
            lines.append(
                f"{survey.id}  {survey.name}  version {survey.version}  {state}  "
                f"for {survey.audience.value}  {languages}  {count} sent"
            )
    return lines or ["There are no surveys."]


async def close(name: str, settings: Settings, clock: Clock) -> list[str]:
    """Let nobody take a survey any more; what was sent stays.

    Raises:
        SurveyClosed: there is none of this name.
    """
    async with _database(settings) as database, database.work() as work:
        known = await SurveyStore(work).named(name)
        if known is None:
            raise SurveyClosed(f"There is no survey with the name {name}. See: baobab survey list")
        survey_id, now = known[0].id, clock.now()
        await SurveyDesk(work).close(survey_id, now)
        if known[0].is_open(now):
            await Acts(work).note(None, Act.SURVEY_CLOSED, f"survey {survey_id}", now)
    return [f"{name} is closed."]


def export(file: Path, to: Path) -> list[str]:
    """Write a form, such as one of content/surveys, as a spreadsheet.

    Raises:
        FormNotGood: it cannot be read, or there is a file in that place.
    """
    if to.exists():
        raise FormNotGood([f"{to} is there already. Nothing was written."])
    try:
        sheets = read_sheets(file.read_bytes(), file.name)
    except OSError as why:
        raise FormNotGood([f"{file}: {why.strerror}."]) from None
    except FormRefused as refusal:
        raise FormNotGood(told(Reading(findings=checking.refused(refusal).findings))) from None
    to.write_bytes(to_xlsx(sheets))
    return [str(to)]


def _end_of(day: date, settings: Settings) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), settings.zone)


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    await upgrade(settings.database_url)
    database = await open_database(settings.database_url)
    try:
        yield database
    finally:
        await database.close()
