"""The chat page in a real browser, the real sandbox behind it, and a bot played by the test."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, FormData
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped] # has no types
from playwright.async_api import BrowserContext, ConsoleMessage, Error, Locator, Page, Request

from bot.sandbox import Sandbox

POLL = 5  # seconds that the bot waits for an update before the test is wrong


@dataclass
class BotSide:
    """The other side of every chat: plain calls to the Bot API, in the test's own hands."""

    http: ClientSession
    url: str
    offset: int = 0

    async def call(self, method: str, **parameters: Any) -> Any:
        async with self.http.post(f"{self.url}/{method}", json=parameters) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def send_file(self, method: str, chat_id: int, **files: tuple[str, bytes]) -> Any:
        form = FormData({"chat_id": str(chat_id)})
        for name, (filename, content) in files.items():
            form.add_field(name, content, filename=filename)
        async with self.http.post(f"{self.url}/{method}", data=form) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def update(self) -> dict[str, Any]:
        """The next thing that a person did."""
        updates = await self.call("getUpdates", offset=self.offset, limit=1, timeout=POLL)
        assert updates, "no person did anything"
        self.offset = updates[0]["update_id"] + 1
        update: dict[str, Any] = updates[0]
        return update

    async def said(self) -> str:
        """The text of the next message."""
        text: str = (await self.update())["message"]["text"]
        return text

    async def answer(self, **parameters: Any) -> dict[str, Any]:
        """Waits for a tap, answers it, and returns it."""
        tap: dict[str, Any] = (await self.update())["callback_query"]
        await self.call("answerCallbackQuery", callback_query_id=tap["id"], **parameters)
        return tap


@dataclass
class Scene:
    """People, a bot, and pages to look at them."""

    sandbox: Sandbox
    http: ClientSession
    bot: BotSide
    context: BrowserContext
    problems: list[str] = field(default_factory=list)

    async def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"X-Sandbox-Token": self.sandbox.control_token}
        url = self.sandbox.url + path
        async with self.http.post(url, json=body or {}, headers=headers) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def person(self, name: str, language: str = "en", role: str = "resident") -> int:
        """Somebody new; their id."""
        about = {"first_name": name, "language_code": language, "role": role}
        number: int = (await self.post("/people", about))["id"]
        return number

    async def started(self, name: str, language: str = "en") -> int:
        """Somebody who has pressed Start; the bot has heard of it."""
        person = await self.person(name, language)
        await self.post(f"/people/{person}/say", {"text": "/start"})
        await self.bot.said()
        return person

    async def open(self, width: int = 1280, height: int = 800, scheme: Any = "light") -> Page:
        """The chat page, read and ready; what goes wrong in it is noted in `problems`."""
        page = await self.context.new_page()
        await page.set_viewport_size({"width": width, "height": height})
        await page.emulate_media(color_scheme=scheme)
        page.on("console", self._console)
        page.on("pageerror", self._page_error)
        page.on("request", self._request)
        await page.goto(self.sandbox.page_url)
        await page.locator("body[data-ready]").wait_for()
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(f"console: {message.text}")

    def _page_error(self, error: Error) -> None:
        self.problems.append(f"error: {error.message}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.sandbox.url + "/"):
            self.problems.append(f"request outside: {request.url}")


def pane(page: Page, person: int) -> Locator:
    """A person's chat."""
    return page.locator(f"#pane-{person}")


def composer(page: Page, person: int) -> Locator:
    """The box that a person writes in."""
    return pane(page, person).get_by_role("textbox")


async def focused(page: Page) -> str:
    """The name of what has the focus: its label, or its words."""
    name: str = await page.evaluate(
        "() => { const it = document.activeElement;"
        " return it.ariaLabel ?? it.labels?.[0]?.textContent ?? it.textContent; }"
    )
    return name.strip()


async def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Presses Tab, as a person would, until something with this name has the focus."""
    passed = []
    for _ in range(60):
        await page.keyboard.press(key)
        passed.append(await focused(page))
        if passed[-1] == name:
            return
    raise AssertionError(f"{name!r} cannot be reached, only {passed}")


async def axe(page: Page) -> list[str]:
    """What axe finds wrong on the page, with everything that has finished moving."""
    await page.evaluate(
        "() => Promise.all(document.getAnimations().filter((one) =>"
        " one.effect.getComputedTiming().iterations !== Infinity).map((one) => one.finished))"
    )
    found = await Axe().run(page)
    return [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
