"""The page keeps up with the sandbox, whatever happens to the connection."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from bot.clock import Clock
from bot.sandbox import Sandbox
from tests.sandbox_page.scene import Scene, pane

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WAIT = 10_000  # milliseconds for a browser to come back by itself


async def test_what_was_missed_while_the_stream_was_down_arrives_once(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    await scene.context.set_offline(True)
    server = scene.sandbox._server
    assert server is not None
    await server.close_all_connections()
    await expect(page.get_by_role("alert")).to_contain_text("not answering")
    sent = await scene.bot.call("sendMessage", chat_id=amina, text="First")
    await scene.bot.call(
        "editMessageText", chat_id=amina, message_id=sent["message_id"], text="First, edited"
    )
    await scene.context.set_offline(False)

    await expect(page.get_by_role("alert")).to_be_empty(timeout=WAIT)
    await scene.bot.call("sendMessage", chat_id=amina, text="Second")
    words = pane(page, amina).locator(".theirs .text")
    await expect(words).to_have_text(["First, edited", "Second"])
    scene.problems.clear()


async def test_a_sandbox_that_was_started_again_is_read_anew(scene: Scene) -> None:
    amina = await scene.started("Amina")
    old = scene.sandbox
    page = await scene.open()
    await expect(pane(page, amina).get_by_text("/start")).to_be_visible()
    port = int(old.url.rpartition(":")[2])
    await old.stop()
    new = Sandbox(
        clock=Clock(),
        tokens={old.token: "baobab_demo_bot"},
        port=port,
        control_token=old.control_token,
    )
    await new.start()
    try:
        scene.sandbox = new
        halima = await scene.person("Halima")
        await expect(pane(page, halima)).to_be_visible(timeout=WAIT)
        await expect(pane(page, amina)).to_have_count(0)
        await expect(page.get_by_role("alert")).to_be_empty()
    finally:
        await page.close()  # first, so that it cannot complain about the end later
        await new.stop()
    scene.problems.clear()


async def test_a_page_of_a_sandbox_that_is_over_says_so(scene: Scene) -> None:
    old = scene.sandbox
    page = await scene.open()
    port = int(old.url.rpartition(":")[2])
    await old.stop()
    new = Sandbox(clock=Clock(), port=port)
    await new.start()
    try:
        alert = page.get_by_role("alert")
        await expect(alert).to_contain_text("This practice chat has ended.", timeout=WAIT)
    finally:
        await new.stop()
    scene.problems.clear()


async def test_people_who_come_later_appear_by_themselves(scene: Scene) -> None:
    page = await scene.open()
    grace = await scene.person("Grace", role="volunteer")
    await expect(pane(page, grace).get_by_role("button", name="Start")).to_be_visible()
    await scene.post(f"/people/{grace}/say", {"text": "/start"})
    await expect(pane(page, grace).locator(".own .text")).to_have_text(["/start"])
    await scene.post(f"/people/{grace}/block")
    await expect(pane(page, grace).get_by_text("Grace has blocked Baobab.")).to_be_visible()


async def test_a_message_that_comes_while_the_chat_is_being_read_is_not_lost(scene: Scene) -> None:
    grace = await scene.started("Grace")
    page = await scene.open()
    read, told = asyncio.Event(), asyncio.Event()

    async def slowly(route: Route) -> None:
        answer = await route.fetch()
        read.set()
        await told.wait()
        await route.fulfill(response=answer)

    await page.route("**/chat", slowly)
    amina = await scene.started("Amina")
    await read.wait()
    await scene.bot.call("sendMessage", chat_id=amina, text="News")
    await scene.bot.call("sendMessage", chat_id=grace, text="The page has heard of both")
    await expect(pane(page, grace).locator(".theirs .text")).to_be_visible()
    told.set()
    await expect(pane(page, amina).locator(".own .text")).to_have_text(["/start"])
    await expect(pane(page, amina).locator(".theirs .text")).to_have_text(["News"])
