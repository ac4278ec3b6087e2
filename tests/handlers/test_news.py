"""News: a choice of its own, taken back with one tap."""

import orjson
import pytest

from bot.app import Baobab
from bot.config import HOME
from bot.i18n import LANGUAGES, Catalogues
from bot.people.following import WORDING, Following
from bot.people.models import Followed
from bot.people.service import People
from bot.people.views.news import INTERESTS
from tests.handlers.conftest import both_databases
from tests.support.people import CONTAINING, Resident, Town

CATALOGUES = Catalogues(HOME / "locales")
OLD = "This button is too old. Nothing has changed. Please choose here."
HOME_SCREEN = "What would you like to do?"


async def followed_by(baobab: Baobab, resident: Resident) -> Followed | None:
    """What somebody has news of; None where they want none."""
    house = baobab.house
    async with house.database.work() as work:
        person = await People(work).greet(resident.id, house.clock.now())
        following = Following(work)
        wanted = await following.wants_news(person.id)
        followed = await following.of(person.id)
    assert wanted or followed == Followed()
    return followed if wanted else None


async def my_data(town: Town, person: Resident) -> dict[str, object]:
    await person.says("/mydata")
    held: dict[str, object] = orjson.loads(await town.bytes_of(person.documents[-1]))
    return held


@both_databases
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_resident_chooses_news_and_takes_it_back(
    town: Town, baobab: Baobab, code: str
) -> None:
    t = CATALOGUES.translator(code)
    hodan = await town.person("Hodan", language_code=code)
    await hodan.says("/start")
    await hodan.taps(t.name)
    await hodan.taps("Brent")

    await hodan.taps(t.plain("News and reminders"))
    assert hodan.last.buttons == [
        t.plain(label) for label in ("Yes, send me news", "No news, thank you", "Reminders")
    ]
    assert await followed_by(baobab, hodan) is None
    await hodan.taps(t.plain("Yes, send me news"))
    hodan.sees(t("You get news that is for everybody."))
    hodan.sees(t("You get news for your area, {area}.", area="Brent"))
    await hodan.taps(t.plain("My topics"))
    assert hodan.last.buttons == [
        *(t.plain(label) for label in INTERESTS.values()), t.plain("Done"),
    ]  # fmt: skip
    for label in ("Diabetes", "Sickle cell"):
        await hodan.taps(t.plain(label))
        hodan.sees(t("• {choice}", choice=t.plain(label)))
    await hodan.taps(CONTAINING + t.plain("Diabetes"))
    await hodan.taps(t.plain("Done"))
    await hodan.taps(t.plain("More boroughs"))
    assert "Brent" not in hodan.last.buttons
    hodan.sees(t("Your area is {area}. You get its news already.", area="Brent"))
    await hodan.taps("H&F")
    await hodan.taps(t.plain("Done"))
    await hodan.taps(t.plain("Groups"))
    await hodan.taps(t.plain("Listening Circles"))
    await hodan.taps(t.plain("Done"))
    for choice in (t.plain("Sickle cell"), "Hammersmith and Fulham", t.plain("Listening Circles")):
        hodan.sees(t("• {choice}", choice=choice))

    held = await my_data(town, hodan)
    assert held["news_about"] == {
        "topics": ["sickle_cell"], "boroughs": ["hammersmith-fulham"], "groups": ["circles"],
    }  # fmt: skip
    await hodan.says("/news")
    await hodan.taps(t.plain("Stop news"))
    hodan.sees(t("You get no more news. I have erased the topics, boroughs and groups you chose."))
    held = await my_data(town, hodan)
    assert held["news_about"] == {"topics": [], "boroughs": [], "groups": []}
    assert [
        (entry["purpose"], entry["wording"], entry["language"], entry["given"])
        for entry in held["consents"]  # type: ignore[attr-defined]  # a list of JSON
    ] == [("news", WORDING, code, True), ("news", WORDING, code, False)]


async def test_no_is_no_and_nothing_is_kept(town: Town, amina: Resident) -> None:
    await amina.says("/news")
    await amina.taps("No news, thank you")
    assert amina.last.text.startswith(f"That is fine. You get no news.\n\n{HOME_SCREEN}")
    assert (await my_data(town, amina))["consents"] == []


async def test_reminders_are_behind_the_same_button(amina: Resident) -> None:
    await amina.taps("News and reminders")
    await amina.taps("Reminders")
    amina.sees("When shall I remind you of events that you have booked?")


async def test_a_button_pressed_twice_or_late_changes_nothing_more(
    amina: Resident, baobab: Baobab
) -> None:
    await amina.says("/news")
    screen = amina.last.id
    yes = f"newsyes:{WORDING}:en"
    for _ in range(2):
        await amina.presses(screen, yes)
        await amina.presses(screen, "follow:interest:diabetes:1")
        await amina.presses(screen, "follow:interest:diabetes:1")
    followed = await followed_by(baobab, amina)
    assert followed is not None
    assert len(followed.interests) == 1

    for _ in range(2):
        await amina.presses(screen, "nonews:here")
    amina.sees("That is fine. You get no news.")
    said = len(amina.toasts)
    await amina.presses(screen, "follow:interest:diabetes:1")
    assert amina.toasts[said:] == [OLD]
    assert amina.last.text.startswith("Would you like news?")
    assert await followed_by(baobab, amina) is None


@pytest.mark.parametrize(
    "data",
    [
        "newsyes",
        "newsyes:news-0:en",
        f"newsyes:{WORDING}:xx",
        "follow:interest:leeches:1",
        "follow",
    ],
)
async def test_a_forged_or_outdated_button_asks_anew(
    amina: Resident, baobab: Baobab, data: str
) -> None:
    await amina.presses(amina.last.id, data)
    assert amina.toasts == [OLD]
    assert amina.last.text.startswith("Would you like news?")
    assert await followed_by(baobab, amina) is None


async def test_after_delete_old_buttons_keep_nothing(amina: Resident, baobab: Baobab) -> None:
    await amina.says("/news")
    await amina.taps("Yes, send me news")
    screen = amina.last.id
    await amina.presses(screen, "follow:group:circles:1")
    await amina.says("/delete")
    await amina.taps("Delete everything")
    for data in ("follow:interest:diabetes:1", f"newsyes:{WORDING}:en", "nonews", "news:topics"):
        await amina.presses(screen, data)
        assert "Please choose your language first. Then I can answer you." in amina.last.text
    await amina.taps("English")
    assert await followed_by(baobab, amina) is None


async def test_under_a_piece_of_news_the_button_leaves_it_as_it_is(amina: Resident) -> None:
    await amina.says("/news")
    await amina.taps("Yes, send me news")
    before = amina.last
    await amina.presses(before.id, "nonews")
    assert amina.last.id != before.id
    assert [each.text for each in amina.messages if each.id == before.id] == [before.text]


async def test_stop_offers_to_end_only_the_news(amina: Resident, baobab: Baobab) -> None:
    await amina.says("/news")
    await amina.taps("Yes, send me news")
    await amina.says("stop")
    assert amina.last.buttons == ["Stop news", "Stop messages", "Delete my data", "No change"]
    await amina.taps("Stop messages")
    await amina.says("/news")
    amina.sees("Messages are stopped, so no news comes now.")
    await amina.says("stop")
    assert amina.last.buttons == ["Start messages again", "Delete my data", "No change"]
    await amina.taps("Start messages again")
    assert await followed_by(baobab, amina) == Followed()
    await amina.says("stop")
    await amina.taps("Stop news")
    assert await followed_by(baobab, amina) is None
    assert "News and reminders" in amina.last.buttons
