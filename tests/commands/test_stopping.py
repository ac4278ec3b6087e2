"""Ctrl-C, SIGTERM and both: an orderly end, nothing left behind, nothing ugly said."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from bot.sandbox import Sandbox
from tests.commands.conftest import PATIENCE, environment

READY = "Baobab is ready"


@asynccontextmanager
async def started(
    *words: str, folder: Path, until: str, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A command in a process group of its own, as a terminal starts it; killed in the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error", "-m", "bot", *words,
        cwd=folder, env=environment(**settings) | {"TMPDIR": str(folder)}, start_new_session=True,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            async for line in process.stdout:
                if until in line.decode():
                    break
        yield process
    finally:
        if process.returncode is None:
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
            process.kill()
            await process.wait()


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, bytes]:
    async with asyncio.timeout(PATIENCE):
        _, said = await process.communicate()
    return process.returncode, said


@pytest.mark.parametrize(
    "signals",
    [
        [signal.SIGINT],
        [signal.SIGTERM],
        [signal.SIGHUP],
        [signal.SIGINT, signal.SIGTERM],
        [signal.SIGINT, signal.SIGTERM, signal.SIGINT, signal.SIGHUP],
    ],
)
async def test_the_bot_ends_in_order_however_often_it_is_told(
    sandbox: Sandbox, tmp_path: Path, signals: list[signal.Signals]
) -> None:
    settings = {"token": sandbox.token, "api_url": sandbox.url}
    async with started("run", folder=tmp_path, until=READY, **settings) as bot:
        for each in signals:
            bot.send_signal(each)
        assert await ended(bot) == (0, b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["baobab.db", "baobab.key"]


@pytest.mark.parametrize("after", [0.0, 0.5])
async def test_ctrl_c_ends_the_demo_with_its_bot_and_leaves_nothing(
    tmp_path: Path, after: float
) -> None:
    words = ("demo", "--no-browser", "--port", "0")
    # The settings of a real bot, even wrong ones, are not for the demo.
    settings = {"token": "1:real", "timezone": "nowhere", "database_url": "nothing"}
    async with started(*words, folder=tmp_path, until="Ctrl-C", **settings) as demo:
        await asyncio.sleep(after)  # the bot is then about to start, or starting
        bots = psutil.Process(demo.pid).children(recursive=True)
        os.killpg(demo.pid, signal.SIGINT)
        assert await ended(demo) == (0, b"")
    assert [bot for bot in bots if bot.is_running()] == []
    assert list(tmp_path.iterdir()) == []
