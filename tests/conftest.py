"""Fixtures that every room's tests may ask for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.db import Database
from tests.support.databases import fresh_url, opened

DIALECTS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=DIALECTS)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated, empty database: once for SQLite, once for PostgreSQL."""
    return await fresh_url(request.param, tmp_path)


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database: once for SQLite, once for PostgreSQL."""
    async with opened(database_url) as database:
        yield database


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own."""
    return Clock()
