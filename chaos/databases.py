"""Databases of a trial's own, which go away afterwards."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from bot.db import upgrade

POSTGRESQL = os.environ.get("BAOBAB_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/test")
CONNECT = 5.0  # seconds


@asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[str]:
    """The address of a new file."""
    url = f"sqlite+aiosqlite:///{folder / 'chaos.db'}"
    await upgrade(url)
    yield url


@asynccontextmanager
async def postgresql(folder: Path) -> AsyncIterator[str]:
    """The address of a new database on the server of BAOBAB_TEST_POSTGRESQL."""
    del folder
    name = f"baobab_chaos_{os.getpid()}"
    server = await asyncpg.connect(POSTGRESQL, timeout=CONNECT)
    try:
        await server.execute(f"CREATE DATABASE {name}")
        try:
            host = POSTGRESQL.rpartition("/")[0].replace("postgresql://", "postgresql+asyncpg://")
            url = f"{host}/{name}"
            await upgrade(url)
            yield url
        finally:
            await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await server.close()


NEW = {"SQLite": sqlite, "PostgreSQL": postgresql}
