"""`make check`: whether the migrations lead an empty database to the schema the code expects."""

import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

from alembic.script import ScriptDirectory

from bot.config import HOME
from bot.db.upgrade import HEAD, upgrade

Upgrade = Callable[[str], Awaitable[bool]]

COLUMN_TYPES = frozenset({"BIGINT", "INTEGER", "TEXT"})
"""All that both databases mean the same by (docs/decisions/0004)."""
_ALEMBICS_OWN = "alembic_version"


def revision_problems(migrations: Path, head: str) -> Iterator[str]:
    """One line of revisions, and its end is the one that the code names."""
    script = ScriptDirectory(str(migrations))
    heads = script.get_heads()
    if len(heads) != 1:
        yield f"migrations have {len(heads)} ends ({', '.join(heads)}); there must be one"
    newest = max(revision.revision for revision in script.walk_revisions())
    if newest != head:
        yield f"the newest migration is {newest}, but HEAD in bot/db/upgrade.py is {head}"
    for revision in script.walk_revisions():
        name = Path(revision.path).name
        if not name.startswith(f"{revision.revision}_"):
            yield f"{name} holds revision {revision.revision}: begin its name with that number"


def schema(file: Path) -> dict[str, str]:
    """Every table and index of an SQLite file: its name and how it was made."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return dict(rows.fetchall())


def column_problems(file: Path) -> Iterator[str]:
    """Every column is a whole number or text."""
    with closing(sqlite3.connect(file)) as connection:
        columns = connection.execute(
            "SELECT t.name, c.name, c.type FROM sqlite_master t, pragma_table_info(t.name) c "
            "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> ? ORDER BY 1, 2",
            (_ALEMBICS_OWN,),
        ).fetchall()
    for table, column, kind in columns:
        if kind not in COLUMN_TYPES:
            yield f"{table}.{column} is {kind or 'of no type'}; use BIGINT, INTEGER or TEXT"


async def upgrade_problems(run: Upgrade, folder: Path) -> list[str]:
    """What is wrong with upgrading two empty databases, which are made in `folder`.

    Args:
        run: upgrades the database at an address and says whether there was anything to do.
        folder: an empty folder.
    """
    files = [folder / "first.db", folder / "second.db"]
    problems = []
    for file in files:
        url = f"sqlite+aiosqlite:///{file}"
        if not await run(url):
            problems.append("an empty database was taken for one that is up to date")
        if await run(url):
            problems.append("a second upgrade found something to do")
    first, second = map(schema, files)
    differing = sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )
    problems += [f"two upgrades from empty differ in {name}" for name in differing]
    return problems + list(column_problems(files[0]))


def main() -> int:
    """Check this checkout's migrations."""
    found = list(revision_problems(HOME / "migrations", HEAD))
    if not found:  # an upgrade to the wrong end would only say the same in other words
        with tempfile.TemporaryDirectory() as folder:
            found += asyncio.run(upgrade_problems(upgrade, Path(folder)))
    for problem in dict.fromkeys(found):
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
