"""A group on the chat page: made, talked in, moved, and used with the keyboard."""

import pytest
from playwright.async_api import expect

from tests.sandbox_page.scene import Scene, axe, pane, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

KEYS = {
    "inline_keyboard": [
        [{"text": "Go", "callback_data": "go"}],
        [{"text": "Open", "url": "https://t.me/baobab_demo_bot?start=group"}],
    ]
}


async def test_a_group_is_made_and_the_bot_answers_in_it(scene: Scene) -> None:
    amina = await scene.started("Amina")
    yusuf = await scene.started("Yusuf", "ar")
    await scene.bot.call(
        "setMyCommands",
        commands=[{"command": "thisgroup", "description": "Say what this group is"}],
        scope={"type": "all_group_chats"},
    )
    page = await scene.open()
    await tab_to(page, "Make a group")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    assert await axe(page) == []
    await dialog.get_by_role("textbox", name="Name of the group").fill("Think Tank")
    await page.keyboard.press("Enter")
    group = page.get_by_role("region", name="Think Tank")
    await expect(group.get_by_text("Amina made this group.")).to_be_visible()

    await group.get_by_role("button", name="Send something else").click()
    await group.get_by_role("button", name="Add Baobab to the group").click()
    came = (await scene.bot.update())["my_chat_member"]
    assert "new_chat_members" in (await scene.bot.update())["message"]
    await expect(group.get_by_text("Group of 2 · Baobab is in it")).to_be_visible()

    await group.get_by_role("combobox", name="You act as").select_option("Yusuf")
    await group.get_by_role("button", name="Commands").click()
    await group.get_by_role("button", name="/thisgroup").click()
    said = (await scene.bot.update())["message"]
    assert (said["from"]["id"], said["text"]) == (yusuf, "/thisgroup@baobab_demo_bot")

    number = came["chat"]["id"]
    await scene.bot.call("sendMessage", chat_id=number, text="Hello", reply_markup=KEYS)
    await expect(group.locator(".sender").last).to_have_text("Baobab: ")
    await group.get_by_role("button", name="Go").click()
    tap = await scene.bot.answer(text="Only for you")
    assert tap["from"]["id"] == yusuf
    await expect(group.get_by_role("status")).to_have_text("Only for you")
    await group.get_by_role("button", name="Open").click()
    opened = (await scene.bot.update())["message"]
    assert (opened["chat"]["id"], opened["text"]) == (yusuf, "/start group")
    await expect(pane(page, yusuf).get_by_text("/start group")).to_be_visible()
    assert await axe(page) == []

    await group.get_by_role("combobox", name="You act as").select_option("Amina")
    await group.get_by_role("button", name="Send something else").click()
    await group.get_by_role("button", name="Make it a supergroup").click()
    old, new = page.locator(".pane.group").first, page.locator(".pane.group").nth(1)
    await expect(old.get_by_text("This group is a supergroup now.")).to_be_visible()
    await expect(new.get_by_text("This supergroup was a group before.")).to_be_visible()
    await expect(new.get_by_text("Supergroup of 2 · Baobab is in it")).to_be_visible()
    await new.get_by_role("textbox").fill("Hello @baobab_demo_bot")
    await page.keyboard.press("Enter")
    updates = [(await scene.bot.update())["message"] for _ in range(3)]
    assert updates[-1]["text"] == "Hello @baobab_demo_bot"
    assert (updates[-1]["from"]["id"], str(updates[-1]["chat"]["id"])[:4]) == (amina, "-100")

    await page.reload()
    await page.locator("body[data-ready]").wait_for()
    await expect(page.locator(".pane.group")).to_have_count(2)
