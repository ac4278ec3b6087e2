"""`baobab backup`: a whole copy of a SQLite database while the bot goes on working."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.config import Settings
from bot.db.work import sqlite_path
from bot.errors import DatabaseProblem
from bot.people.vault import key_file


def back_up(settings: Settings, copy: Path) -> list[str]:
    """Copy the database, and the key beside it when it was made there.

    Returns:
        What was written, a sentence a line.

    Raises:
        DatabaseProblem: there is nothing to copy, or no place to copy it to.
    """
    if not settings.database_url.startswith("sqlite"):
        raise DatabaseProblem(
            "This database is PostgreSQL: copy it with pg_dump (docs/operators.md shows how)."
        )
    source = Path(sqlite_path(settings.database_url))
    if not source.exists():
        raise DatabaseProblem(f"There is no database at {source} yet.")
    if copy.exists():
        raise DatabaseProblem(f"{copy} exists already. Name another file.")
    try:
        copy.touch(mode=0o600)
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(copy)) as there:
            here.backup(there)
    except (OSError, sqlite3.Error) as error:
        copy.unlink(missing_ok=True)
        raise DatabaseProblem(f"The copy could not be made ({type(error).__name__}).") from None
    lines = [f"The database was copied to {copy}."]
    key = key_file(settings)
    if settings.secret_key is None and key.exists():
        copied = copy.with_suffix(".key")
        shutil.copy2(key, copied)
        lines.append(
            f"Its key was copied to {copied}. Keep the two apart: together they can be read."
        )
    return lines
