"""SQLite and PostgreSQL behind one door.

    database = await open_database("sqlite+aiosqlite:///baobab.db")
    async with database.work() as work:      # one transaction
        person = await PeopleStore(work).get(telegram_id)

The SQL stands in `queries.sql` beside each noun; `queries.postgresql.sql` overrides by name the
few that must differ. Columns are whole numbers and text, so both databases mean the same.
"""

from bot.db.queries import QuerySet, Runner, load_queries
from bot.db.upgrade import upgrade
from bot.db.work import Database, Work, open_database

__all__ = ["Database", "QuerySet", "Runner", "Work", "load_queries", "open_database", "upgrade"]
