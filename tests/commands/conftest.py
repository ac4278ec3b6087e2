"""The command line as an operator uses it: a process of its own, in a folder of its own."""

import asyncio
import os
import sys
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from typing import Protocol

import asyncpg
import pytest

from bot.__main__ import main
from bot.config import HOME
from bot.sandbox import Sandbox
from chaos.process import FORKS
from tests.conftest import DIALECTS
from tests.support.databases import SERVER, fresh_url
from tests.support.people import Resident, Town

PATIENCE = 90  # seconds; a hang fails here, with what the process said
LOOKS = 900  # at the chat, until the answer must have come, on a busy machine too
BETWEEN_LOOKS = 0.1  # seconds


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


class Command(Protocol):
    """Runs `baobab WORDS…`, and types what is `typed`; other keywords are settings."""

    async def __call__(self, *words: object, typed: str = "", **settings: str) -> Ended: ...


def environment(**settings: str) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("BAOBAB_")}
    return (
        ours
        | {"PYTHONPATH": str(HOME)}
        | {f"BAOBAB_{name.upper()}": value for name, value in settings.items()}
    )


def _command(words: list[str], folder: Path, settings: dict[str, str], talk: Path) -> None:
    """What a process of `baobab` does; what is typed and what it prints is in files."""
    os.chdir(folder)
    sys.stdin = (talk / "in").open(encoding="utf-8")
    for stream, name in ((sys.stdout, "out"), (sys.stderr, "err")):
        os.dup2(os.open(talk / name, os.O_WRONLY | os.O_CREAT, 0o600), stream.fileno())
    os.environ.clear()
    os.environ.update(settings)
    sys.argv = [str(HOME / "bot" / "__main__.py"), *words]
    warnings.simplefilter("error")
    main()


@pytest.fixture(scope="session", autouse=True)
def forks() -> None:
    """What commands are forked from begins here, before tests go to folders of their own.

    There it would take the `tests` of another package for ours.
    """
    ensure_running()


@pytest.fixture
def baobab(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A process for each command, forked as those of `chaos` are: many starts take long.

    Bots of `BotProcess` are started as the operator's are.
    """

    async def run(*words: object, typed: str = "", **settings: str) -> Ended:
        talk = tmp_path_factory.mktemp("talk")
        (talk / "in").write_text(typed, encoding="utf-8")
        process = FORKS.Process(
            target=_command,
            args=([*map(str, words)], tmp_path, environment(**settings), talk),
        )
        await asyncio.to_thread(process.start)
        try:
            await asyncio.to_thread(process.join, PATIENCE)
            assert process.exitcode is not None, "it hangs"
            return Ended(process.exitcode, (talk / "out").read_text(), (talk / "err").read_text())
        finally:
            process.kill()
            await asyncio.to_thread(process.join)
            process.close()

    return run


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
