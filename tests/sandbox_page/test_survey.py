"""A short survey on the chat page, from the first button to the last, as people would take it."""

from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest
import pytest_asyncio
from playwright.async_api import expect
from pydantic import SecretStr

from bot.app import Baobab
from bot.clock import Clock
from bot.config import HOME, Settings
from bot.i18n import Catalogues
from bot.sandbox import Sandbox
from tests.sandbox_page.scene import Scene, composer, pane
from tests.support.databases import fresh_url
from tests.support.surveys import publish, records_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CATALOGUES = Catalogues(HOME / "locales")
TEA = """
| survey | | | |
| | type | name | label::English (en) | label::Arabic (ar) |
| | note | title | Tea | الشاي |
| | select_one yn | tea | Do you like tea? | هل تحب الشاي؟ |
| | select_multiple with | with | What goes with it? | ماذا تضيف إليه؟ |
| choices | | | |
| | list_name | name | label::English (en) | label::Arabic (ar) |
| | yn | likes | I like it | أحبه |
| | yn | not | I do not | لا أحبه |
| | with | milk | Milk | حليب |
| | with | sugar | Sugar | سكر |
| settings | |
| | form_id |
| | tea |
"""
WORDS = {
    "en": ("Tea", "Do you like tea?", "I like it", "I do not", "Milk", "Sugar"),
    "ar": ("الشاي", "هل تحب الشاي؟", "أحبه", "لا أحبه", "حليب", "سكر"),
}


@pytest_asyncio.fixture(loop_scope="session")
async def baobab(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Baobab]:
    """The whole bot behind the page."""
    settings = Settings(
        token=SecretStr(sandbox.token),
        api_url=sandbox.url,
        database_url=await fresh_url("sqlite", tmp_path),
        secret_key=SecretStr("A" * 43 + "="),
        content=HOME / "content",
    )
    async with Baobab(settings, Clock()) as baobab:
        yield baobab


@pytest.mark.parametrize("code", WORDS)
async def test_a_survey_is_taken_with_buttons_ticks_back_and_a_check(
    scene: Scene, baobab: Baobab, code: str
) -> None:
    t = CATALOGUES.translator(code)
    title, question, likes, dislikes, milk, sugar = WORDS[code]
    survey = await publish(baobab, TEA)
    amina = await scene.person("Amina", code)
    page = await scene.open()
    mine = pane(page, amina)

    async def presses(label: str) -> None:
        await mine.get_by_role("button", name=label, exact=True).last.click()

    async def sees(text: str) -> None:
        await expect(mine.locator(".theirs .text").last).to_contain_text(text)

    await scene.post(f"/people/{amina}/say", {"text": "/start"})
    await presses(t.name)
    await expect(mine.get_by_role("button", name="Brent")).to_be_visible()
    await composer(page, amina).fill("/survey")
    await composer(page, amina).press("Enter")
    await presses(title)
    await presses(t.plain("Begin"))
    await sees(question)
    await presses(dislikes)
    await presses(milk)
    await expect(mine.get_by_role("button", name=f"☑ {milk}")).to_be_visible()
    await presses(t.plain("Back"))
    await sees(question)
    await presses(likes)
    await presses(milk)
    await presses(sugar)
    await expect(mine.get_by_role("button", name=f"☑ {sugar}")).to_be_visible()
    await presses(f"☑ {milk}")
    await expect(mine.get_by_role("button", name=milk, exact=True)).to_be_visible()
    await presses(t.plain("Done"))
    await sees(t("<b>Please check your answers.</b>").striptags())
    for said in (question, likes, sugar):
        await sees(said)
    assert await records_of(baobab, survey) == []
    await presses(t.plain("Send my answers"))
    await sees(t("<b>Thank you. Your answers are sent.</b>").striptags())
    assert [orjson.loads(each) for each in await records_of(baobab, survey)] == [
        {"tea": "likes", "with": ["sugar"]}
    ]
    lines = mine.locator(".theirs .text").last.locator("[dir=auto]")
    ways = await lines.evaluate_all(
        "(all) => all.filter((it) => it.textContent).map((it) => getComputedStyle(it).direction)"
    )
    assert set(ways) == {"rtl" if code == "ar" else "ltr"}
