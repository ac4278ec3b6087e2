"""The command line as an operator uses it: a process of its own, in a folder of its own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import asyncpg
import pytest

from bot.clock import Clock
from bot.config import HOME
from bot.sandbox import Sandbox
from tests.conftest import DIALECTS
from tests.support.databases import SERVER, fresh_url
from tests.support.people import Resident, Town

PATIENCE = 60  # seconds; a hang fails here, with what the process said
LOOKS = 300  # at the chat, until the answer must have come
BETWEEN_LOOKS = 0.1  # seconds


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


class Command(Protocol):
    """Runs `baobab WORDS…`; the keywords are settings without BAOBAB_."""

    async def __call__(self, *words: str, **settings: str) -> Ended: ...


def environment(**settings: str) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("BAOBAB_")}
    return (
        ours
        | {"PYTHONPATH": str(HOME)}
        | {f"BAOBAB_{name.upper()}": value for name, value in settings.items()}
    )


@pytest.fixture
def baobab(tmp_path: Path) -> Command:
    async def run(*words: str, **settings: str) -> Ended:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "error", "-m", "bot", *words,
            cwd=tmp_path, env=environment(**settings),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        except TimeoutError:
            process.kill()
            raise
        assert process.returncode is not None
        return Ended(process.returncode, out.decode(), err.decode())

    return run


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(clock=clock)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture(params=DIALECTS)
async def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database without a single table: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'baobab.db'}"
        return
    prepared = await fresh_url("postgresql", tmp_path)  # skips where there is no server
    url = f"{prepared}_empty"
    name = url.rsplit("/", 1)[1]
    server = await asyncpg.connect(SERVER)
    try:
        await server.execute(f"CREATE DATABASE {name}")
        yield url
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await server.close()


@pytest.fixture
async def town(sandbox: Sandbox) -> AsyncIterator[Town]:
    """People who talk to a bot in a process of its own."""

    async def at_once() -> None:
        """The bot is elsewhere and may be down: `until` waits for what it says."""

    async with Town(sandbox, at_once) as town:
        yield town


async def until(person: Resident, label: str) -> None:
    """Look at the chat until a button or a word is there."""
    for _ in range(LOOKS):
        await person.look()
        if label in person.screen:
            return
        await asyncio.sleep(BETWEEN_LOOKS)
    raise AssertionError(f"{person.first_name} never saw {label!r}:\n{person.screen}")


async def says(person: Resident, text: str, then: str) -> None:
    """Say something and wait until `then` is on the screen."""
    await person.says(text)
    await until(person, then)


async def taps(person: Resident, label: str, then: str) -> None:
    """Tap something and wait until `then` is on the screen."""
    await person.taps(label)
    await until(person, then)
