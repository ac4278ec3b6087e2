"""The bot as a process of its own, started in a moment, so that it can be killed often.

It is forked from a process that has done nothing but read the bot's modules. Reading them takes
most of a start, and is the same each time.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from bot.commands.ways import in_loop, until_told_to_stop
from bot.sandbox import Sandbox
from chaos.bot import main

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["chaos.process", "bot.db.postgresql", "bot.db.sqlite"])


def live(settings: Mapping[str, str], said: str) -> None:
    """What the process does; `said` is the file for all that it prints."""
    file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(file, sys.stdout.fileno())
    os.dup2(file, sys.stderr.fileno())
    for name in list(os.environ):
        if name.startswith("BAOBAB_"):
            del os.environ[name]
    os.environ.update(settings)
    warnings.simplefilter("error")
    in_loop(until_told_to_stop(main()))


class Bot:
    """A bot beside the trial.

    Args:
        sandbox: the Telegram it talks to.
        database_url: its database.
        said: a file for what it prints.
        settings: further settings, by their names without BAOBAB_.
    """

    def __init__(self, sandbox: Sandbox, database_url: str, said: Path, **settings: str) -> None:
        given = {
            "TOKEN": sandbox.token,
            "API_URL": sandbox.url,
            "DATABASE_URL": database_url,
            "SECRET_KEY": "A" * 43 + "=",
            **settings,
        }
        named = {f"BAOBAB_{name}": value for name, value in given.items()}
        self._code: int | None = None
        self._process = FORKS.Process(target=live, args=(named, str(said)))

    async def start(self) -> Self:
        """Start the process; it may take a moment to be ready."""
        await asyncio.to_thread(self._process.start)
        return self

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._code is None and self._process.is_alive()

    def tell(self, what: signal.Signals) -> None:
        """Send it a signal, and go on."""
        os.kill(self.pid, what)

    async def kill(self) -> int:
        """Kill it as a power cut would: no signal handler, no farewell."""
        return await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        if self.running:
            self.tell(how)
        while self.running:
            await asyncio.sleep(0.005)
        if self._code is None:
            self._code = self._process.exitcode
            self._process.close()
        assert self._code is not None
        return self._code
