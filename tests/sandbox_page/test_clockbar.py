"""The practice world's time on the page, and the demo's own buttons."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import expect

from bot.clock import LONDON
from bot.sandbox import Control
from tests.sandbox_page.scene import Scene

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def words(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y}"


async def test_time_is_shown_in_uk_wall_time_and_moves_by_an_hour_and_a_day(scene: Scene) -> None:
    clock = scene.sandbox.clock
    page = await scene.open()
    await expect(page.locator("#now .date")).to_have_text(words(clock.now()))

    await page.get_by_role("button", name="One hour on").click()
    await expect(page.locator("#said")).to_contain_text("It is now")
    assert round(clock.offset / timedelta(minutes=1)) == 60
    await page.get_by_role("button", name="One day on").click()
    await expect(page.locator("#now .date")).to_have_text(words(clock.now()))
    assert round(clock.offset / timedelta(minutes=1)) == 60 + 24 * 60
    await expect(page.locator("#said")).to_contain_text(words(clock.now()))


async def test_a_clock_moved_elsewhere_is_seen(scene: Scene) -> None:
    page = await scene.open()
    await scene.post("/clock", {"seconds": 3 * 24 * 3600})
    await expect(page.locator("#now .date")).to_have_text(words(scene.sandbox.clock.now()))


async def test_without_a_message_ahead_the_button_explains_itself(scene: Scene) -> None:
    scene.sandbox.demo.nothing_due = "No message is ahead. Book an event."
    page = await scene.open()
    button = page.get_by_role("button", name="Go to the next message")
    await expect(button).to_have_attribute("aria-disabled", "true")
    await expect(button).to_have_accessible_description("No message is ahead. Book an event.")
    await button.press("Enter")
    await expect(page.locator("#said")).to_have_text("No message is ahead. Book an event.")
    assert scene.sandbox.clock.offset == timedelta()


async def test_the_next_message_is_one_press_away(scene: Scene) -> None:
    clock = scene.sandbox.clock
    due = datetime(clock.now().year + 1, 7, 1, 17, 30, tzinfo=UTC)
    scene.sandbox.demo.next_due = lambda: (due, "Reminder for Amina")
    page = await scene.open()
    button = page.get_by_role("button", name="Go to the next message")
    await expect(button).to_have_accessible_description(
        f"Next: Reminder for Amina, {due:%a} 1 Jul, 18:30"
    )
    await button.click()
    await expect(page.locator("#now .date")).to_have_text(words(due))
    await expect(page.locator("#now .hands")).to_have_text("18:30")
    assert timedelta() <= clock.now() - due < timedelta(seconds=10)


async def test_the_demo_has_hints_and_buttons_of_its_own(scene: Scene) -> None:
    pressed = []

    def pull() -> str:
        pressed.append("plug")
        return "The plug is out."

    demo = scene.sandbox.demo
    grace, amina = await scene.person("Grace"), await scene.person("Amina")
    demo.people = [amina, grace]
    demo.hints = ["Press Start as Amina.", "Book an event."]
    demo.controls = [Control("plug", "Pull the plug", pull)]
    page = await scene.open()
    await expect(page.get_by_role("heading", level=1)).to_have_text("A sample demo")
    hints = page.locator(".hints li")
    await expect(hints).to_have_text(["Press Start as Amina.", "Book an event."])
    await page.get_by_role("button", name="Pull the plug").click()
    await expect(page.locator("#said")).to_have_text("The plug is out.")
    assert pressed == ["plug"]
    await expect(page.locator(".pane h2")).to_have_text(["Amina", "Grace"])
