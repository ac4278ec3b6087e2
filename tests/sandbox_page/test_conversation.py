"""Talking on the chat page, by keyboard and by pointer."""

import pytest
from playwright.async_api import expect

from tests.sandbox_page.scene import Scene, composer, focused, pane, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_conversation_needs_nothing_but_a_keyboard(scene: Scene) -> None:
    amina = await scene.person("Amina", "so")
    await scene.bot.call("setMyCommands", commands=[{"command": "help", "description": "Get help"}])
    page = await scene.open()

    await page.keyboard.press("Tab")
    assert await focused(page) == "Skip to the chats"
    await page.keyboard.press("Enter")
    await tab_to(page, "Start")
    await page.keyboard.press("Enter")
    assert await scene.bot.said() == "/start"

    keys = [
        [{"text": "Soomaali", "callback_data": "so"}, {"text": "English", "callback_data": "en"}]
    ]
    await scene.bot.call(
        "sendMessage", chat_id=amina, text="Choose", reply_markup={"inline_keyboard": keys}
    )
    await expect(pane(page, amina).get_by_role("button", name="English")).to_be_visible()
    assert await focused(page) == "Message from Amina to Baobab"
    await tab_to(page, "English", "Shift+Tab")
    await page.keyboard.press("Enter")
    assert (await scene.bot.answer())["data"] == "en"

    await tab_to(page, "Message from Amina to Baobab")
    await page.keyboard.type("Hello")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("it is Amina")
    await page.keyboard.press("Enter")
    assert await scene.bot.said() == "Hello\nit is Amina"
    await expect(composer(page, amina)).to_have_value("")

    await tab_to(page, "Commands", "Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(pane(page, amina).get_by_role("button", name="/help Get help")).to_be_focused()
    await page.keyboard.press("Escape")
    assert await focused(page) == "Commands"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    assert await scene.bot.said() == "/help"
    assert await focused(page) == "Commands"


async def test_f6_goes_round_the_people_and_only_the_active_chat_is_spoken(scene: Scene) -> None:
    people = [await scene.started(name) for name in ("Amina", "Grace")]
    page = await scene.open()
    logs = [pane(page, person).get_by_role("log") for person in people]

    await page.keyboard.press("F6")
    assert await focused(page) == "Message from Amina to Baobab"
    await expect(logs[0]).to_have_attribute("aria-live", "polite")
    await expect(logs[1]).to_have_attribute("aria-live", "off")
    await page.keyboard.press("F6")
    assert await focused(page) == "Message from Grace to Baobab"
    await expect(logs[0]).to_have_attribute("aria-live", "off")
    await expect(logs[1]).to_have_attribute("aria-live", "polite")
    await page.keyboard.press("F6")
    assert await focused(page) == "Message from Amina to Baobab"


async def test_each_person_is_a_section_with_their_name(scene: Scene) -> None:
    await scene.person("Amina", "so")
    await scene.person("Grace", role="volunteer")
    page = await scene.open()

    about = page.get_by_role("region", name="Amina").get_by_text("resident · Somali")
    await expect(about).to_be_visible()
    await expect(page.get_by_role("region", name="Grace")).to_contain_text("volunteer · English")


async def test_the_description_greets_in_an_empty_chat_until_something_is_said(
    scene: Scene,
) -> None:
    await scene.bot.call("setMyDescription", description="Under the baobab.\nWelcome.")
    amina = await scene.person("Amina")
    page = await scene.open()

    await expect(pane(page, amina).get_by_text("Under the baobab.")).to_be_visible()
    await pane(page, amina).get_by_role("button", name="Start").click()
    assert await scene.bot.said() == "/start"
    await expect(pane(page, amina).get_by_text("Under the baobab.")).to_be_hidden()
    await expect(composer(page, amina)).to_be_focused()


async def test_a_blocked_bot_is_unblocked_again(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()

    await pane(page, amina).get_by_role("button", name="Send something else").click()
    await pane(page, amina).get_by_role("button", name="Block Baobab").click()
    await page.get_by_role("dialog").get_by_role("button", name="Block").click()
    assert (await scene.bot.update())["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await expect(composer(page, amina)).to_be_hidden()
    await pane(page, amina).get_by_role("button", name="Unblock").click()
    assert (await scene.bot.update())["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert await scene.bot.said() == "/start"
    await expect(composer(page, amina)).to_be_visible()


async def test_somebody_new_is_added_and_can_start(scene: Scene) -> None:
    page = await scene.open()

    await page.get_by_role("button", name="Add a person").click()
    await page.get_by_label("First name").fill("Halima")
    await page.get_by_label("Language of their Telegram").select_option("so")
    await page.get_by_role("dialog").get_by_role("button", name="Add").click()
    await expect(page.get_by_role("button", name="Start")).to_be_focused()
    await page.keyboard.press("Enter")
    update = await scene.bot.update()
    sender = update["message"]["from"]
    assert (sender["first_name"], sender["language_code"]) == ("Halima", "so")


async def test_a_start_link_is_followed_by_the_chosen_person(scene: Scene) -> None:
    await scene.person("Amina")
    await scene.person("Grace")
    page = await scene.open()
    box = page.get_by_label("Link of this bot")

    await box.fill("https://example.org/?start=no")
    await page.keyboard.press("Enter")
    await expect(page.locator("#link-said")).to_contain_text("Paste a link of this bot")
    await expect(box).to_be_focused()
    await box.fill("https://t.me/baobab_demo_bot?start=event-7")
    await page.get_by_label("Who opens it").select_option("Grace")
    await page.get_by_role("button", name="Open the link").click()
    message = (await scene.bot.update())["message"]
    assert (message["from"]["first_name"], message["text"]) == ("Grace", "/start event-7")


async def test_a_refusal_is_shown_in_the_chat_it_belongs_to(scene: Scene) -> None:
    amina = await scene.started("Amina")
    keys = [[{"text": "Book", "callback_data": "x"}]]
    await scene.bot.call(
        "sendMessage", chat_id=amina, text="Expo", reply_markup={"inline_keyboard": keys}
    )
    await scene.post(f"/people/{amina}/block")
    page = await scene.open()
    await pane(page, amina).get_by_role("button", name="Book").click()
    status = pane(page, amina).get_by_role("status")
    await expect(status).to_have_text("This person has blocked the bot. Unblock it first.")
    # A browser notes every refused request; nothing else may be in its log.
    assert [one for one in scene.problems if "status of 409" not in one] == []
    scene.problems.clear()
