"""Fixtures that every room's tests may ask for, and how hypothesis tries things."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.clock import Clock
from bot.db import Database
from tests.support.databases import fresh_url, opened

# How long an example takes says more about the machine than about what is tested. Where changes
# are let in or kept out, every run tries the same examples; elsewhere, new ones each time.
settings.register_profile(
    "baobab",
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("baobab")

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
