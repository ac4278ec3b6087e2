import pytest

from bot.app import Baobab
from bot.people.models import Person
from bot.people.service import People
from tests.support.people import Resident, Town


async def who(baobab: Baobab, resident: Resident) -> Person:
    house = baobab.house
    async with house.database.work() as work:
        return await People(work).greet(resident.id, house.clock.now())


async def newcomer(town: Town) -> Resident:
    return await town.newcomer("Yusuf")


@pytest.mark.parametrize(
    ("text", "borough", "outcode"),
    [
        ("harrow", "harrow", None),
        ("Brnet", "brent", None),
        ("I live in H&F", "hammersmith-fulham", None),
        ("Croydon", "elsewhere", None),
        ("CR0 2AB", "elsewhere", None),
    ],
)
async def test_a_typed_place_is_kept_at_once(
    town: Town, baobab: Baobab, text: str, borough: str, outcode: str | None
) -> None:
    yusuf = await newcomer(town)
    await yusuf.says(text)
    assert yusuf.last.text.startswith("Thank you.")
    person = await who(baobab, yusuf)
    assert (person.borough, person.outcode) == (borough, outcode)


async def test_a_shared_postcode_is_asked_about_and_only_its_first_part_kept(
    town: Town, baobab: Baobab
) -> None:
    yusuf = await newcomer(town)
    await yusuf.says("nw10 7ab")
    assert yusuf.last.text == "More than one borough has a part of NW10.\nWhere do you live?"
    assert yusuf.last.buttons == [
        "Brent", "Ealing", "H&F", "K&C", "Somewhere else", "I am not sure",
    ]  # fmt: skip
    await yusuf.taps("Ealing")
    person = await who(baobab, yusuf)
    assert (person.borough, person.outcode) == ("ealing", "NW10")


@pytest.mark.parametrize(
    ("label", "borough"), [("Somewhere else", "elsewhere"), ("I am not sure", "unsure")]
)
async def test_somewhere_else_and_not_sure_are_fine(
    town: Town, baobab: Baobab, label: str, borough: str
) -> None:
    yusuf = await newcomer(town)
    await yusuf.taps(label)
    assert "I show you all events." in yusuf.last.text
    assert (await who(baobab, yusuf)).borough == borough


async def test_not_now_is_respected(town: Town, baobab: Baobab) -> None:
    yusuf = await newcomer(town)
    await yusuf.taps("Not now")
    assert "Find events" in yusuf.last.buttons
    assert (await who(baobab, yusuf)).borough is None


async def test_a_place_around_other_words_is_not_taken_for_an_address(
    town: Town, baobab: Baobab
) -> None:
    yusuf = await newcomer(town)
    await yusuf.says("diabetes talk in Harrow")
    assert yusuf.last.buttons == [
        "Show events in Harrow", "Make Harrow my area", "Keep my area as it is",
    ]  # fmt: skip
    assert (await who(baobab, yusuf)).borough is None


async def test_whoever_has_an_area_chooses_what_a_typed_place_means(
    amina: Resident, baobab: Baobab
) -> None:
    await amina.says("Ealing")
    assert amina.last.buttons == [
        "Show events in Ealing", "Make Ealing my area", "Keep my area as it is",
    ]  # fmt: skip
    assert (await who(baobab, amina)).borough == "brent"
    await amina.taps("Make Ealing my area")
    assert (await who(baobab, amina)).borough == "ealing"
    await amina.says("Brent")
    await amina.taps("Show events in Brent")
    assert (await who(baobab, amina)).borough == "ealing"
    assert "Brent" in amina.last.text


async def test_a_place_outside_does_not_replace_an_area(amina: Resident, baobab: Baobab) -> None:
    await amina.says("Croydon")
    assert amina.last.text == "Croydon is outside our boroughs. You are welcome here all the same."
    await amina.taps("I live there")
    assert (await who(baobab, amina)).borough == "elsewhere"


async def test_my_area_shows_what_is_known(amina: Resident) -> None:
    await amina.taps("My area")
    assert amina.last.text.startswith("Your area is Brent.\n\nWhere do you live?")
    await amina.taps("Back")
    assert amina.last.text.startswith("What would you like to do?")


@pytest.mark.parametrize("data", ["live", "live:atlantis", "live:7", "live:"])
async def test_a_forged_answer_changes_nothing(amina: Resident, baobab: Baobab, data: str) -> None:
    await amina.presses(amina.last.id, data)
    assert amina.toasts == ["This button is too old. Nothing has changed. Please choose here."]
    assert (await who(baobab, amina)).borough == "brent"
