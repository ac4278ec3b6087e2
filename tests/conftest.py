"""Fixtures that every room's tests may ask for, and how hypothesis tries things."""

import gc
import os
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.clock import Clock
from bot.config import HOME
from bot.db import Database
from bot.i18n import catalogues
from bot.people.content import Content
from bot.sandbox import Sandbox
from tests.support.databases import fresh_url, opened
from tests.support.loops import Loop

# How long an example takes says more about the machine than about what is tested. Where changes
# are let in or kept out, every run tries the same examples; elsewhere, new ones each time.
settings.register_profile(
    "baobab",
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("baobab")

# Bots that run as processes would compile all of their modules at each start: half a second.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

MOST_WORKERS = 8  # as many as have connections to a PostgreSQL server that has a hundred
DIALECTS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def pytest_asyncio_loop_factories() -> dict[str, type[Loop]]:
    """Tests run on loops such as the bot's."""
    return {"loop": Loop}


def pytest_xdist_auto_num_workers() -> int:
    """One more than cores: tests often wait, for servers, browsers and other processes."""
    return min((os.cpu_count() or 1) + 1, MOST_WORKERS)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is slow comes first: in the end, nobody is to wait for one test alone."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Let nobody look for garbage among the tests: each time, it would take a third of a second."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Our own content and catalogues are read by the first bot of the run, for all of them.

    Each bot would spend a third of a second on them, and there are hundreds. Translators remember
    nothing of what they said. What other folders hold, tests write: it is read each time.
    """
    read, ours = Content.read, HOME / "content"
    once = cache(read)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "_read", cache(catalogues._read))
        patch.setattr(catalogues, "Translator", cache(catalogues.Translator))
        patch.setattr(Content, "read", lambda at: once(ours) if at.resolve() == ours else read(at))
        yield


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


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    """A Telegram of the test's own."""
    sandbox = Sandbox(clock=clock)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()
