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
    key = key_file(settings)
    with_key = settings.secret_key is None and key.exists()
    key_copy = copy.with_suffix(".key")
    if key_copy == copy:
        raise DatabaseProblem(f"{copy} is a name for the key. Name the copy so: {copy.stem}.db")
    for target in (copy, key_copy) if with_key else (copy,):
        if target.exists():
            raise DatabaseProblem(f"{target} exists already. Name another file.")
    made = []
    try:
        copy.touch(mode=0o600, exist_ok=False)
        made.append(copy)
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(copy)) as there:
            here.backup(there)
        if with_key:
            key_copy.touch(mode=0o600, exist_ok=False)
            made.append(key_copy)
            shutil.copyfile(key, key_copy)
    except (OSError, sqlite3.Error) as error:
        for target in made:
            target.unlink()
        raise DatabaseProblem(
            f"The copy could not be made ({type(error).__name__}). Does its folder exist, is "
            "there room, and may this user write there?"
        ) from None
    lines = [f"The database was copied to {copy}."]
    if with_key:
        lines.append(
            f"Its key was copied to {key_copy}. Keep the two apart: together they can be read."
        )
    return lines
