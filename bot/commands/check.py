"""`baobab check`: what is wrong, in plain words."""

import difflib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dotenv import dotenv_values

from bot.chat.http import ApiError, ApiUnreachable, TelegramHttp
from bot.chat.intake import WRONG_TOKEN
from bot.clock import Clock
from bot.commands.outlook import what_did_not_arrive, what_is_ahead
from bot.config import HOME, Settings
from bot.db import load_queries, open_database
from bot.db.upgrade import HEAD, current_revision, newer
from bot.db.work import sqlite_path
from bot.errors import BaobabError, DatabaseProblem
from bot.i18n import LANGUAGES, Catalogues
from bot.people.content import Content
from bot.people.crisis import CrisisWords
from bot.people.files import read_yaml
from bot.people.vault import Vault, key_file

QUERIES = load_queries(__file__)
PREFIX = "BAOBAB_"
FOR_TESTS = ("TEST_", "REQUIRE_", "CHROMIUM")
PATIENCE = 10.0  # seconds for Telegram to say whether it knows the token
_KEYLESS = "Some access needs or begun forms cannot be read: they were sealed with another key."


@dataclass(slots=True)
class Found:
    """What was found: problems stop the bot, warnings do not.

    Attributes:
        ahead: what will be sent, a line each.
    """

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)


async def find_problems(
    settings: Settings, now: datetime | None = None, *, content_only: bool = False
) -> Found:
    """Look at the content folder and, unless told not to, at settings, database and Telegram.

    Args:
        settings: what to look at.
        now: from when on to look ahead; None: from the time that the bot would have.
        content_only: look at the content folder alone.
    """
    found = Found()
    _content(settings.content, found)
    if content_only:
        return found
    _environment(found)
    await _token(settings, found)
    try:
        await _database(settings, found, now or Clock(settings.clock).now())
    except BaobabError as error:
        found.problems.append(str(error))
    return found


def _environment(found: Found) -> None:
    """Settings that nothing reads, and a file of secrets that others may read."""
    env_file = Path(".env")
    known = [name.upper() for name in Settings.model_fields]
    given = {*os.environ, *(dotenv_values(env_file) if env_file.is_file() else ())}
    for name in sorted(given):
        ours = name.removeprefix(PREFIX)
        if ours == name or ours in known or ours.startswith(FOR_TESTS):
            continue
        close = difflib.get_close_matches(ours, known, n=1)
        hint = f" Do you mean {PREFIX}{close[0]}?" if close else ""
        found.warnings.append(f"{name} is no setting of the bot and is not read.{hint}")
    if env_file.is_file() and env_file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        found.warnings.append("Others on this machine may read .env. Run: chmod 600 .env")


async def _token(settings: Settings, found: Found) -> None:
    if settings.token is None:
        found.problems.append("BAOBAB_TOKEN is not set. Get one from BotFather in Telegram.")
        return
    http = TelegramHttp(settings.api_url, settings.token)
    try:
        await http.call("getMe", {}, timeout=PATIENCE)
    except ApiError as error:
        if error.code in WRONG_TOKEN:
            found.problems.append(
                "Telegram does not know BAOBAB_TOKEN. Copy it again from BotFather."
            )
        else:
            found.warnings.append(f"Telegram did not say who the bot is ({error.code}).")
    except ApiUnreachable as error:
        found.warnings.append(
            f"No Bot API answers at BAOBAB_API_URL now ({error}), so the token was not tried."
        )
    finally:
        await http.close()


def _content(folder: Path, found: Found) -> None:
    try:
        content = Content.read(folder)
        found.warnings.extend(content.problems())
        found.warnings.extend(_untold_languages(content, folder))
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


def _untold_languages(content: Content, folder: Path) -> Iterator[str]:
    """What the content does not say in a language that people can choose."""
    crisis_words = read_yaml(folder / "crisis_words.yaml", CrisisWords).root
    for code, language in LANGUAGES.items():
        if code not in content.organisation.intended_use:
            yield f"organisation.yaml has no text in {language.name} ({code}); people see English."
        if any(code not in line.name or code not in line.about for line in content.crisis.lines):
            yield f"crisis.yaml lacks texts in {language.name} ({code}); people see English."
        if not crisis_words.get(code):
            yield (
                f"crisis_words.yaml has no phrases in {language.name} ({code}); what people write "
                "in it does not bring the crisis lines."
            )


async def _database(settings: Settings, found: Found, now: datetime) -> None:
    revision = await current_revision(settings.database_url)
    if settings.database_url.startswith("sqlite"):
        folder = Path(sqlite_path(settings.database_url)).parent
        if not os.access(folder, os.W_OK | os.X_OK):
            raise DatabaseProblem(
                f"The folder {folder} does not exist, or this user may not write there."
            )
    has_key = settings.secret_key is not None or key_file(settings).exists()
    vault = Vault.of(settings) if has_key else None
    if vault is None and revision is None:
        found.warnings.append("There is no key yet; the bot makes one when it starts.")
    if revision is None:
        found.warnings.append("The database is empty; the bot makes it when it starts.")
        return
    if revision > HEAD:
        raise newer(revision)
    if revision < HEAD:
        found.warnings.append("The database is of an older version; the bot upgrades it.")
        return
    database = await open_database(settings.database_url)
    try:
        async with database.reading() as work:
            sealed = await work.runner(QUERIES).get_one_text_for_each_key()
            english = Catalogues(HOME / "locales").translator("en")
            found.ahead += await what_is_ahead(work, english, settings.zone, now)
            found.warnings += await what_did_not_arrive(work)
    finally:
        await database.close()
    if any(vault is None or not vault.has_key_of(row["sealed"]) for row in sealed):
        found.problems.append(
            f"{_KEYLESS} Bring back the key ({key_file(settings)}, or BAOBAB_SECRET_KEY) "
            "before the bot starts."
        )
    elif vault is None:
        found.warnings.append("There is no key; the bot makes one when it starts.")
