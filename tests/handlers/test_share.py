"""Sharing events in other chats."""

from bot.app import Baobab
from bot.events.models import EventStatus
from bot.people.service import People
from tests.support.events import draft, hold
from tests.support.people import Resident, Town


async def test_the_share_button_offers_that_event(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    first, _ = await hold(baobab, draft(now), draft(now, "other", 9, title={"en": "Other"}))
    await amina.says("/events")
    await amina.taps("1. Brent health day")
    pressed = await amina.taps("Share")
    assert pressed["inline_query"] == f"event {first.id}"

    [result] = await amina.asks_inline(pressed["inline_query"])
    await amina.chooses(result["id"])

    assert result["title"] == "Brent health day"
    card = amina.messages[-1]
    assert card.text.split("\n")[0] == "Brent health day"
    [[button]] = card.raw["reply_markup"]["inline_keyboard"]
    assert button == {
        "text": "See and book",
        "url": f"https://t.me/{baobab.house.username}?start=e{first.id}-share",
    }


async def test_typing_the_bots_name_makes_nobody_known(town: Town, baobab: Baobab) -> None:
    await hold(baobab, draft(baobab.house.clock.now()))
    stranger = await town.person("Grace", language_code="fr")
    assert len(await stranger.asks_inline("")) == 1
    async with baobab.house.database.reading() as work:
        assert await People(work).find(stranger.id) is None


async def test_words_after_the_bots_name_search(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    await hold(
        baobab,
        draft(now, "a", 1, title={"en": "Sleep well"}),
        draft(now, "b", 2, title={"en": "Sleep now"}, status=EventStatus.POSTPONED),
        draft(now, "c", 3, title={"en": "Eat well"}),
    )

    found = await amina.asks_inline("sleep")
    everything = await amina.asks_inline("")
    nothing = await amina.asks_inline("event 999")

    assert [each["title"] for each in found] == ["Sleep well"]
    assert [each["title"] for each in everything] == ["Sleep well", "Eat well"]
    assert nothing == []


async def test_answers_are_for_one_person_and_soon_forgotten(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    await hold(baobab, *(draft(now, f"e{n}", n + 1) for n in range(25)))

    found = await amina.asks_inline("brent")

    assert len(found) == 20
    [answer] = [
        call["params"]
        for call in await town.ask("GET", "/log")
        if call["method"] == "answerInlineQuery"
    ]
    assert (answer["is_personal"], answer["cache_time"]) == (True, 10)


async def test_a_shared_card_opens_the_event_for_a_stranger(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now()))
    yusuf = await town.person("Yusuf", language_code="en")

    await yusuf.opens(f"e{event.id}-share")
    await yusuf.taps("English")

    assert yusuf.last.text.split("\n")[1] == "Brent health day"
    assert "Book" in yusuf.last.buttons
