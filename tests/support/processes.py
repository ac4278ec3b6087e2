"""Bots as processes of their own, which a test can kill."""

import asyncio
import os
import signal
import sys
from typing import Self

from bot.sandbox import Sandbox


class BotProcess:
    """A bot beside the test.

    Args:
        module: what to run, such as "tests.support.counting_bot"; with arguments after it.
        sandbox: the Telegram it talks to.
        database_url: its database.
        settings: further settings, by their names without BAOBAB_.
    """

    def __init__(self, module: str, sandbox: Sandbox, database_url: str, **settings: str) -> None:
        self._command = [sys.executable, "-W", "error", "-m", *module.split()]
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith("BAOBAB_")
        } | {
            "BAOBAB_TOKEN": sandbox.token,
            "BAOBAB_API_URL": sandbox.url,
            "BAOBAB_DATABASE_URL": database_url,
            "BAOBAB_SECRET_KEY": "A" * 43 + "=",
            **{f"BAOBAB_{name}": value for name, value in settings.items()},
        }
        self._process: asyncio.subprocess.Process | None = None
        self.said = b""

    async def start(self) -> Self:
        """Start the process; it may take a moment to be ready."""
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        return self

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process is not None and self._process.returncode is None

    def tell(self, which: signal.Signals) -> None:
        """Send it a signal, and go on."""
        assert self._process is not None
        self._process.send_signal(which)

    async def kill(self) -> None:
        """Kill it as a power cut would: no signal handler, no farewell."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        return await self._end(signal.SIGTERM)

    async def until_ready(self) -> None:
        """Wait until it has said that it is ready; people may have been answered before."""
        assert self._process is not None
        assert self._process.stdout is not None
        line = b""
        while b" is ready: " not in line:
            line = await self._process.stdout.readline()
            assert line, "it ended before it was ready"
            self.said += line

    async def ended(self) -> int:
        """Wait until it ends by itself; its exit code."""
        assert self._process is not None
        said, _ = await self._process.communicate()
        self.said += said
        assert self._process.returncode is not None
        return self._process.returncode

    async def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        return await self.ended()
