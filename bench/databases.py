"""Databases of the bench's own, on both systems, that go away afterwards."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import asyncpg

POSTGRESQL = os.environ.get("BAOBAB_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/test")
CONNECT = 5.0  # seconds


@asynccontextmanager
async def databases(folder: Path, purpose: str) -> AsyncIterator[dict[str, str]]:
    """Addresses of new, empty databases, by what they are called; PostgreSQL if there is one."""
    found = {"SQLite": f"sqlite+aiosqlite:///{folder / f'{purpose}.db'}"}
    async with AsyncExitStack() as stack:
        try:
            url = await stack.enter_async_context(_postgresql(purpose))
        except (OSError, asyncpg.PostgresError) as error:
            print(f"PostgreSQL is left out ({type(error).__name__}).", file=sys.stderr)
        else:
            found["PostgreSQL"] = url
        yield found


@asynccontextmanager
async def _postgresql(purpose: str) -> AsyncIterator[str]:
    """The address of a new database on the server of BAOBAB_TEST_POSTGRESQL."""
    name = f"baobab_bench_{purpose}_{os.getpid()}"
    server = await asyncpg.connect(POSTGRESQL, timeout=CONNECT)
    try:
        await server.execute(f"CREATE DATABASE {name}")
        try:
            host = POSTGRESQL.rpartition("/")[0].replace("postgresql://", "postgresql+asyncpg://")
            yield f"{host}/{name}"
        finally:
            await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await server.close()
