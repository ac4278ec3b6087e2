"""Pressing buttons on the chat page: edits in place, toasts, alerts, inline results."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.sandbox_page.scene import Scene, composer, pane

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def keyboard(*rows: list[str]) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": t, "callback_data": t} for t in row] for row in rows]}


async def test_an_edit_replaces_the_message_and_keeps_the_focus(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    mine = pane(page, amina)
    sent = await scene.bot.call(
        "sendMessage", chat_id=amina, text="Page 1", reply_markup=keyboard(["Back", "Next"])
    )
    this = {"chat_id": amina, "message_id": sent["message_id"]}
    await mine.get_by_role("button", name="Next").press("Enter")
    assert (await scene.bot.answer())["data"] == "Next"
    await scene.bot.call(
        "editMessageText", text="Page 2", reply_markup=keyboard(["Book"], ["Back", "Next"]), **this
    )

    await expect(mine.locator(".theirs .text")).to_have_text(["Page 2"])
    await expect(mine.get_by_role("button", name="Next")).to_be_focused()
    await scene.bot.call("editMessageText", text="Page 3", reply_markup=keyboard(["Back"]), **this)
    await expect(mine.get_by_role("button", name="Back")).to_be_focused()
    await scene.bot.call("editMessageText", text="The end", **this)
    await expect(mine.locator(".message.theirs")).to_be_focused()
    await expect(mine.locator(".theirs .stamp")).to_contain_text("edited")


async def test_a_deleted_message_leaves_the_focus_in_the_chat(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    mine = pane(page, amina)
    sent = await scene.bot.call(
        "sendMessage", chat_id=amina, text="Page 1", reply_markup=keyboard(["Next"])
    )
    await mine.get_by_role("button", name="Next").focus()
    await scene.bot.call("deleteMessage", chat_id=amina, message_id=sent["message_id"])
    await expect(mine.locator(".theirs")).to_have_count(0)
    await expect(mine.get_by_role("log")).to_be_focused()


async def test_a_short_answer_is_a_status_that_can_be_closed(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    mine = pane(page, amina)
    await scene.bot.call("sendMessage", chat_id=amina, text="Expo", reply_markup=keyboard(["Book"]))
    button = mine.get_by_role("button", name="Book")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await scene.bot.answer(text="You are booked.")
    await expect(mine.get_by_role("status")).to_have_text("You are booked.")
    assert await button.get_attribute("aria-busy") is None
    await mine.get_by_role("button", name="Close this notice").click()
    await expect(mine.get_by_role("status")).to_be_empty()


async def test_an_alert_is_a_window_and_gives_the_focus_back(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    mine = pane(page, amina)
    sent = await scene.bot.call(
        "sendMessage", chat_id=amina, text="Expo", reply_markup=keyboard(["Book"])
    )
    await mine.get_by_role("button", name="Book").press("Enter")
    await scene.bot.answer(text="This event is full.", show_alert=True)
    window = page.get_by_role("dialog")
    await expect(window).to_contain_text("This event is full.")
    await scene.bot.call(
        "editMessageText",
        chat_id=amina,
        message_id=sent["message_id"],
        text="Expo, full",
        reply_markup=keyboard(["Waiting list"]),
    )
    await expect(mine.get_by_text("Expo, full")).to_be_attached()
    await page.keyboard.press("Escape")
    await expect(window).to_have_count(0)
    await expect(mine.get_by_role("button", name="Waiting list")).to_be_focused()


async def test_typing_is_shown_until_the_message_comes(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    await scene.bot.call("sendChatAction", chat_id=amina, action="typing")
    await expect(pane(page, amina).get_by_text("Baobab is typing")).to_be_visible()
    await scene.bot.call("sendMessage", chat_id=amina, text="Here")
    await expect(pane(page, amina).get_by_text("Here", exact=True)).to_be_visible()
    await expect(pane(page, amina).get_by_text("Baobab is typing")).to_be_hidden()


async def test_inline_results_are_listed_and_the_chosen_one_is_sent(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    mine = pane(page, amina)
    search = [[{"text": "Search", "switch_inline_query_current_chat": "brent"}]]
    await scene.bot.call(
        "sendMessage", chat_id=amina, text="Find", reply_markup={"inline_keyboard": search}
    )
    await mine.get_by_role("button", name="Search").click()
    await expect(composer(page, amina)).to_have_value("@baobab_demo_bot brent")
    query = (await scene.bot.update())["inline_query"]
    assert query["query"] == "brent"
    result = {
        "type": "article",
        "id": "7",
        "title": "Expo in Brent",
        "description": "Saturday",
        "input_message_content": {"message_text": "Come to the expo in Brent"},
    }
    await scene.bot.call("answerInlineQuery", inline_query_id=query["id"], results=[result])
    await mine.get_by_role("button", name="Expo in Brent").click()
    await expect(mine.get_by_text("Come to the expo in Brent")).to_be_visible()
    await expect(mine.get_by_text("through @baobab_demo_bot")).to_be_visible()
    await expect(composer(page, amina)).to_have_value("")


async def test_buttons_in_place_of_the_keyboard_do_not_cover_the_newest_message(
    scene: Scene,
) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    for number in range(8):
        await scene.bot.call("sendMessage", chat_id=amina, text=f"Line {number}\n" * 4)
    await expect(pane(page, amina).get_by_text("Line 7").first).to_be_in_viewport()

    keys = [[{"text": "Share where I am", "request_location": True}], [{"text": "Not now"}]]
    await scene.bot.call(
        "sendMessage", chat_id=amina, text="Press the key. " * 12, reply_markup={"keyboard": keys}
    )

    await expect(pane(page, amina).get_by_role("button", name="Not now")).to_be_visible()
    below = "history => history.scrollHeight - history.scrollTop - history.clientHeight"
    await page.wait_for_timeout(300)  # what is wrong here would come late
    assert await pane(page, amina).get_by_role("log").evaluate(below) < 2
