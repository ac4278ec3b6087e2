"""A browser, a sandbox and a scene for the tests of the chat page."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, async_playwright

from bot.clock import Clock
from bot.sandbox import Demo, Sandbox
from tests.sandbox_page.scene import BotSide, Scene

_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    path = os.environ.get("BAOBAB_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        told = f"no browser at {path}; set BAOBAB_CHROMIUM to the path of a Chromium"
        if os.environ.get("BAOBAB_REQUIRE_BROWSER") == "1":
            pytest.fail(told)
        pytest.skip(told)
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(clock=Clock(), demo=Demo(title="A sample demo"))
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def scene(browser: Browser, sandbox: Sandbox) -> AsyncIterator[Scene]:
    """A scene on which nothing may go wrong: a test that expects trouble clears `problems`."""
    context = await browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(5000)
    async with ClientSession() as http:
        bot = BotSide(http, f"{sandbox.url}/bot{sandbox.token}")
        scene = Scene(sandbox, http, bot, context)
        yield scene
        await context.close()
    assert scene.problems == []
