"""What axe finds on the chat page (nothing), and what it cannot see: reflow, sizes, tabs."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.sandbox_page.scene import Scene, axe, pane

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ENGLISH = (
    "<b>Health expo</b> with a <a href='https://example.org/'>link</a>, <code>code</code>, "
    "/help\n<blockquote>quoted</blockquote>\n<tg-spoiler>hidden</tg-spoiler>"
)
ARABIC = "<b>معرض الصحة</b> في برنت\nHealth expo\n<blockquote>السبت 5 ديسمبر</blockquote>"


async def full_chat(scene: Scene, text: str, language: str, words: list[str]) -> int:
    """Somebody whose chat has one of everything."""
    person = await scene.started(words[0], language)
    keys = [
        [{"text": words[1], "callback_data": "b"}, {"text": words[2], "callback_data": "c"}],
        [{"text": words[3], "url": "https://example.org/map"}],
    ]
    await scene.bot.call(
        "sendMessage",
        chat_id=person,
        text=text,
        parse_mode="HTML",
        reply_markup={"inline_keyboard": keys},
    )
    await scene.bot.send_file("sendDocument", person, document=("expo.ics", b"BEGIN"))
    rows = [[{"text": words[4], "request_location": True}], [{"text": words[1]}]]
    await scene.bot.call(
        "sendMessage", chat_id=person, text=words[4], reply_markup={"keyboard": rows}
    )
    return person


async def amina(scene: Scene) -> int:
    return await full_chat(scene, ENGLISH, "en", ["Amina", "Book", "Cancel", "Map", "My place"])


async def yusuf(scene: Scene) -> int:
    return await full_chat(scene, ARABIC, "ar", ["يوسف", "احجز", "إلغاء", "خريطة", "موقعي"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_side_by_side(scene: Scene, scheme: str) -> None:
    await amina(scene)
    await scene.person("Grace", role="volunteer")
    page = await scene.open(scheme=scheme)
    assert await axe(page) == []


async def test_axe_finds_nothing_in_arabic(scene: Scene) -> None:
    await yusuf(scene)
    page = await scene.open()
    assert await axe(page) == []


async def test_axe_finds_nothing_on_a_phone(scene: Scene) -> None:
    await amina(scene)
    await yusuf(scene)
    page = await scene.open(width=390, height=844)
    assert await axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_lists_and_windows(scene: Scene, scheme: str) -> None:
    await amina(scene)
    page = await scene.open(scheme=scheme)
    await page.get_by_role("button", name="Send something else").click()
    assert await axe(page) == []
    await page.get_by_role("button", name="A place").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await axe(page) == []


async def test_a_narrow_page_scrolls_one_way_only(scene: Scene) -> None:
    people = [await amina(scene), await yusuf(scene)]
    page = await scene.open(width=320, height=640)
    await page.get_by_text("Guide and time").click()
    for person in people:
        await page.locator(f"#tab-{person}").click()
        assert await overflowing(page) == []


async def overflowing(page: Page) -> Any:
    """What is cut off or needs scrolling sideways; rows made for scrolling sideways aside."""
    return await page.evaluate(
        """() => [...document.querySelectorAll("html, body, body *")]
          .filter((one) => one.checkVisibility() && !one.closest("#tabs, .unseen, svg"))
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
            || (one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1
              && getComputedStyle(one).display !== "inline"))
          .map((one) => one.outerHTML.slice(0, 120))"""
    )


async def test_everything_to_press_is_large_enough(scene: Scene) -> None:
    await amina(scene)
    page = await scene.open(width=390, height=844)
    await page.get_by_text("Guide and time").click()
    small = await page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], select, input, textarea, summary")]
          .filter((one) => one.checkVisibility() && !one.closest(".text") && !one.matches(".skip"))
          .filter((one) => Math.min(one.offsetWidth, one.offsetHeight) < 24)
          .map((one) => one.outerHTML)"""
    )
    assert small == []


async def test_on_a_phone_people_are_tabs_that_count_what_is_new(scene: Scene) -> None:
    first, second = [await scene.started(name) for name in ("Amina", "Grace")]
    page = await scene.open(width=390, height=844)
    tabs = page.get_by_role("tab")
    await expect(tabs).to_have_text(["Amina", "Grace"])
    await expect(page.get_by_role("tabpanel", name="Amina")).to_be_visible()
    await expect(pane(page, second)).to_be_hidden()

    await scene.bot.call("sendMessage", chat_id=second, text="News")
    await expect(tabs.nth(1)).to_have_text("Grace, new messages: 1")
    await tabs.nth(0).focus()
    await page.keyboard.press("ArrowRight")
    await expect(tabs.nth(1)).to_be_focused()
    await expect(tabs.nth(1)).to_have_text("Grace")
    await expect(pane(page, second).get_by_text("News")).to_be_visible()
    await expect(pane(page, first)).to_be_hidden()


async def test_at_the_newest_message_the_page_stays_there_and_else_offers_it(scene: Scene) -> None:
    person = await scene.started("Amina")
    for number in range(30):
        await scene.bot.call("sendMessage", chat_id=person, text=f"Message {number}")
    page = await scene.open()
    mine = pane(page, person)
    await expect(mine.get_by_text("Message 29", exact=True)).to_be_in_viewport()
    await mine.get_by_role("log").evaluate("(log) => log.scrollTop = 0")
    await expect(mine.get_by_role("button", name="Newest message")).to_be_visible()
    await scene.bot.call("sendMessage", chat_id=person, text="Message 30")
    await expect(mine.get_by_text("Message 30", exact=True)).to_be_attached()
    await expect(mine.get_by_text("Message 0", exact=True)).to_be_in_viewport()
    await mine.get_by_role("button", name="Newest message").click()
    await expect(mine.get_by_text("Message 30", exact=True)).to_be_in_viewport()
    await scene.bot.call("sendMessage", chat_id=person, text="Message 31")
    await expect(mine.get_by_text("Message 31", exact=True)).to_be_in_viewport()
