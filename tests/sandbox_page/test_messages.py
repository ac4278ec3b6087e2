"""What messages look like on the chat page: formatting, directions, files, places."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.sandbox_page.scene import Scene, pane

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
HTML = (
    "🌳 <b>bold <i>both</i></b> <u>under</u> <s>gone</s> <code>code</code>\n"
    '<a href="https://example.org/a?b=c">a link</a> and /help\n'
    "<blockquote>quoted\ntwice</blockquote>\n"
    "<pre>kept   as is</pre>\n"
    "The end 🏥 <b>ሰላም</b>"
)


def texts(found: Locator) -> Any:
    return found.evaluate_all("(all) => all.map((one) => one.textContent)")


async def test_formatting_becomes_elements_at_the_right_places(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    await scene.bot.call("sendMessage", chat_id=amina, text=HTML, parse_mode="HTML")

    text = pane(page, amina).locator(".theirs .text")
    await expect(text).to_be_visible()
    assert await texts(text.locator("strong")) == ["bold both", "ሰላም"]
    assert await texts(text.locator("strong em")) == ["both"]
    assert await texts(text.locator("u")) == ["under"]
    assert await texts(text.locator("s")) == ["gone"]
    assert await texts(text.locator("code")) == ["code"]
    assert await texts(text.locator("blockquote p")) == ["quoted", "twice"]
    assert await texts(text.locator("pre")) == ["kept   as is"]
    assert await texts(text.locator(":scope > p")) == [
        "🌳 bold both under gone code",
        "a link and /help",
        "The end 🏥 ሰላም",
    ]
    link = text.get_by_role("link", name="a link")
    assert await link.get_attribute("href") == "https://example.org/a?b=c"
    assert await link.get_attribute("target") == "_blank"
    assert await link.get_attribute("rel") == "noopener noreferrer"
    await text.get_by_role("button", name="/help").click()
    assert await scene.bot.said() == "/help"


async def test_hidden_text_is_told_only_when_asked_for(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    html = "The winner is <tg-spoiler>Grace</tg-spoiler>!"
    await scene.bot.call("sendMessage", chat_id=amina, text=html, parse_mode="HTML")

    secret = pane(page, amina).get_by_text("Grace")
    await expect(pane(page, amina).get_by_role("button", name="Hidden. Show")).to_be_visible()
    await expect(secret).to_be_hidden()
    await pane(page, amina).get_by_role("button", name="Hidden. Show").click()
    await expect(secret).to_be_visible()
    await expect(secret).to_be_focused()


async def test_a_hostile_name_or_text_stays_text(scene: Scene) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    person = await scene.started(hostile)
    keys = [[{"text": hostile, "callback_data": "x"}]]
    await scene.bot.call(
        "sendMessage", chat_id=person, text=hostile, reply_markup={"inline_keyboard": keys}
    )
    page = await scene.open()

    mine = pane(page, person)
    await expect(mine.get_by_role("heading", level=2)).to_have_text(hostile)
    await expect(mine.locator(".theirs .text")).to_have_text(hostile)
    await expect(mine.get_by_role("button", name=hostile)).to_be_visible()
    assert await page.locator("img[src='x']").count() == 0


async def test_every_line_runs_in_its_own_direction(scene: Scene) -> None:
    yusuf = await scene.started("يوسف", "ar")
    page = await scene.open()
    keys = [[{"text": "احجز", "callback_data": "b"}, {"text": "Book", "callback_data": "b"}]]
    await scene.bot.call(
        "sendMessage",
        chat_id=yusuf,
        text="معرض الصحة\nHealth expo\nالسبت 5 ديسمبر\n<blockquote>غرفة هادئة</blockquote>",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": keys},
    )

    lines = pane(page, yusuf).locator(".theirs .text").locator("p, blockquote")
    await expect(lines).to_have_count(5)
    direction = "(all) => all.map((one) => getComputedStyle(one).direction)"
    assert await lines.evaluate_all(direction) == ["rtl", "ltr", "rtl", "rtl", "rtl"]
    buttons = pane(page, yusuf).locator(".theirs .key")
    assert await buttons.evaluate_all(direction) == ["rtl", "ltr"]
    assert await pane(page, yusuf).locator(".theirs .text").get_attribute("lang") == "ar"


async def test_a_document_shows_name_and_size_and_can_be_saved(
    scene: Scene, tmp_path: Path
) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    content = b"BEGIN:VCALENDAR\r\n" * 100
    await scene.bot.send_file("sendDocument", amina, document=("expo.ics", content))

    link = pane(page, amina).get_by_role("link", name="expo.ics")
    await expect(link).to_contain_text("1.7 kB")
    async with page.expect_download() as download:
        await link.click()
    saved = await download.value
    assert saved.suggested_filename == "expo.ics"
    await saved.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes() == content


async def test_a_person_sends_a_file_a_sticker_and_a_sample_place(
    scene: Scene, tmp_path: Path
) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    mine = pane(page, amina)
    (tmp_path / "letter.txt").write_text("hello")

    await mine.get_by_role("button", name="Send something else").click()
    async with page.expect_file_chooser() as chooser:
        await mine.get_by_role("button", name="A file").click()
    await (await chooser.value).set_files(tmp_path / "letter.txt")
    assert (await scene.bot.update())["message"]["document"]["file_name"] == "letter.txt"
    await expect(mine.get_by_role("link", name="letter.txt")).to_be_visible()

    await mine.get_by_role("button", name="Send something else").click()
    await mine.get_by_role("button", name="A sticker").click()
    assert "sticker" in (await scene.bot.update())["message"]

    rows = [[{"text": "Share my place", "request_location": True}], [{"text": "Not now"}]]
    keyboard = {"keyboard": rows, "one_time_keyboard": True}
    await scene.bot.call("sendMessage", chat_id=amina, text="Where?", reply_markup=keyboard)
    await mine.get_by_role("button", name="Share my place").click()
    await page.get_by_role("dialog").get_by_role("button", name="Harrow").click()
    location = (await scene.bot.update())["message"]["location"]
    assert (location["latitude"], location["longitude"]) == (51.5977, -0.3413)
    await expect(mine.get_by_role("button", name="Not now")).to_be_hidden()
    await mine.get_by_text("Answer buttons").click()
    await mine.get_by_role("button", name="Not now").click()
    assert await scene.bot.said() == "Not now"

    await scene.bot.call(
        "sendMessage", chat_id=amina, text="Fine.", reply_markup={"remove_keyboard": True}
    )
    await expect(mine.get_by_text("Answer buttons")).to_have_count(0)


async def test_an_album_is_sent_and_comes_back(scene: Scene, tmp_path: Path) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    mine = pane(page, amina)
    names = ("hall.png", "film.mp4")
    for name in names:
        (tmp_path / name).write_bytes(PIXEL)

    await mine.get_by_role("button", name="Send something else").click()
    async with page.expect_file_chooser() as chooser:
        await mine.get_by_role("button", name="An album").click()
    await (await chooser.value).set_files([tmp_path / name for name in names])
    sent = [(await scene.bot.update())["message"] for _ in names]
    assert sent[0]["media_group_id"] == sent[1]["media_group_id"]
    photo, film = sent[0]["photo"][0]["file_id"], sent[1]["video"]["file_id"]
    await expect(mine.locator(".own[data-album]")).to_have_count(2)

    media = [
        {"type": "photo", "media": photo, "caption": "The hall"},
        {"type": "video", "media": film},
    ]
    await scene.bot.call("sendMediaGroup", chat_id=amina, media=media)
    theirs = mine.locator(".theirs[data-album]")
    await expect(theirs.get_by_role("img", name="The hall")).to_be_visible()
    await expect(theirs.get_by_role("link", name="film.mp4")).to_be_visible()
    assert await theirs.locator("video").get_attribute("aria-label") == "film.mp4"


async def test_photos_and_venues_say_what_they_show(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    await scene.bot.send_file("sendPhoto", amina, photo=("hall.png", PIXEL))
    photo = pane(page, amina).get_by_role("img", name="Photo without a description")
    await expect(photo).to_have_js_property("complete", value=True)

    await scene.bot.call(
        "sendVenue",
        chat_id=amina,
        latitude=51.5586,
        longitude=-0.2678,
        title="Sample hall",
        address="1 Sample Street",
    )
    place = pane(page, amina).locator(".place")
    await expect(place).to_contain_text("Sample hall")
    await expect(place).to_contain_text("1 Sample Street")
    await expect(place).to_contain_text("51.5586, -0.2678")


async def test_a_link_that_leaves_for_telegram_is_only_described(scene: Scene) -> None:
    amina = await scene.started("Amina")
    page = await scene.open()
    share = "https://t.me/share/url?url=https%3A%2F%2Fexample.org&text=Come+along"
    start = "https://t.me/baobab_demo_bot?start=event-3"
    keys = [
        [{"text": "Share", "url": share}],
        [{"text": "Open the event", "url": start}],
        [{"text": "Map", "url": "https://example.org/map"}],
    ]
    await scene.bot.call(
        "sendMessage", chat_id=amina, text="Go", reply_markup={"inline_keyboard": keys}
    )

    await pane(page, amina).get_by_role("button", name="Share").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Come along")
    await page.keyboard.press("Escape")
    await expect(pane(page, amina).get_by_role("button", name="Share")).to_be_focused()
    await pane(page, amina).get_by_role("button", name="Open the event").click()
    assert await scene.bot.said() == "/start event-3"
    link = pane(page, amina).get_by_role("link", name="Map")
    assert await link.get_attribute("href") == "https://example.org/map"


async def test_a_command_in_an_arabic_line_keeps_its_slash_in_front(scene: Scene) -> None:
    yusuf = await scene.started("Yusuf", "ar")
    page = await scene.open()
    await scene.bot.call("sendMessage", chat_id=yusuf, text="لتغيير اللغة: /language.")

    command = pane(page, yusuf).get_by_role("button", name="/language")
    await expect(command).to_have_css("direction", "ltr")
    line = pane(page, yusuf).locator(".theirs .text p")
    await expect(line).to_have_css("direction", "rtl")
