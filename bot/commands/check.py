"""`baobab check`: what is wrong, in plain words."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.config import HOME, Settings
from bot.db import open_database
from bot.db.upgrade import HEAD, current_revision
from bot.errors import BaobabError
from bot.i18n import Catalogues
from bot.people.content import Content
from bot.people.vault import key_file, secret_keys


@dataclass(slots=True)
class Found:
    """What was found: problems stop the bot, warnings do not."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


async def find_problems(settings: Settings, *, content_only: bool = False) -> Found:
    """Look at the content folder and, unless told not to, at settings and database."""
    found = Found()
    _content(settings.content, found)
    if content_only:
        return found
    if settings.token is None:
        found.problems.append("BAOBAB_TOKEN is not set. Get one from BotFather in Telegram.")
    try:
        if settings.secret_key is not None or key_file(settings).exists():
            secret_keys(settings)
        else:
            found.warnings.append("There is no key yet; the bot makes one when it starts.")
        await _database(settings, found)
    except BaobabError as error:
        found.problems.append(str(error))
    return found


def _content(folder: Path, found: Found) -> None:
    try:
        content = Content.read(folder)
        found.warnings.extend(content.problems())
    except BaobabError as error:
        found.problems.append(str(error))
    try:
        catalogues = Catalogues(HOME / "locales")
    except OSError as error:
        found.problems.append(f"A translation is missing: {error.filename}.")
        return
    machine = [t.name for t in catalogues.all if t.is_machine]
    if machine:
        found.warnings.append(
            f"No native reader has reviewed these translations yet: {', '.join(machine)}."
        )


async def _database(settings: Settings, found: Found) -> None:
    revision = await current_revision(settings.database_url)
    if revision is None:
        found.warnings.append("The database is empty; the bot makes it when it starts.")
        return
    if revision != HEAD:
        found.warnings.append("The database is of another version; the bot upgrades it.")
        return
    database = await open_database(settings.database_url)
    await database.close()
