"""How Alembic reaches the database: in one transaction, alone."""

import asyncio
from typing import Any

import sqlalchemy as sa
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine

ONE_AT_A_TIME = 7_142_857  # the number of the PostgreSQL advisory lock migrations take

url: str = context.config.attributes["url"]


def migrate(connection: sa.Connection) -> None:
    """Run what is owed, all or nothing."""
    context.configure(connection=connection, transactional_ddl=True)
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        context.run_migrations()


def migrate_sqlite() -> None:
    """SQLite: schema changes inside a transaction, so a kill leaves no half of one."""
    engine = sa.create_engine(url.replace("sqlite+aiosqlite", "sqlite", 1))

    @sa.event.listens_for(engine, "connect")
    def _no_hidden_transactions(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")

    @sa.event.listens_for(engine, "begin")
    def _alone(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        migrate(connection)
    engine.dispose()


async def migrate_postgresql() -> None:
    """PostgreSQL through asyncpg, the driver we already have."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


if url.startswith("sqlite"):
    migrate_sqlite()
else:
    asyncio.run(migrate_postgresql())
