"""Surveys for tests: written as tables, published as authors publish them."""

from datetime import datetime
from functools import cache

from bot.app import Baobab
from bot.config import HOME
from bot.forms.xlsform import Converted, convert_trusted, read_sheets, to_xlsx
from bot.surveys.desk import SurveyDesk, source_of
from bot.surveys.models import Audience, Survey
from bot.surveys.store import SurveyStore


@cache
def converted(table: str) -> Converted:
    """A form written as a table."""
    return convert_trusted(table.encode(), "form.md")


@cache
def sheet(table: str) -> bytes:
    """A form written as a table, as the spreadsheet that an author sends."""
    return to_xlsx(read_sheets(table.encode(), "form.md"))


def shipped(name: str) -> str:
    """A form of the content folder."""
    return (HOME / "content" / "surveys" / f"{name}.md").read_text(encoding="utf-8")


async def publish(
    baobab: Baobab,
    table: str,
    audience: Audience = Audience.EVERYONE,
    closes_at: datetime | None = None,
) -> Survey:
    """Let people take a form."""
    async with baobab.house.database.work() as work:
        return await SurveyDesk(work).publish(
            source_of(converted(table)), {}, audience, baobab.house.clock.now(), closes_at
        )


async def records_of(baobab: Baobab, survey: Survey) -> list[str]:
    """What the responses to a survey hold, as JSON."""
    async with baobab.house.database.reading() as work:
        return [response.record for response in await SurveyStore(work).responses(survey.id)]
