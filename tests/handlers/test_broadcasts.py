"""Broadcasts, from the first word of a draft to the last chat."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import pytest

from bot.app import Baobab
from bot.broadcasts.models import Stage
from bot.broadcasts.store import BroadcastStore
from bot.clock import LONDON
from bot.people.following import Following
from bot.people.models import Role
from bot.people.roles import Roles
from bot.people.service import People
from tests.handlers.conftest import both_databases
from tests.support.people import Resident, Town

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
STOPPED = "To stop news, press the button. To stop all messages, send STOP."


@pytest.fixture(autouse=True)
async def in_the_morning(town: Town, baobab: Baobab) -> None:
    """Ten o'clock on a Tuesday to come: broadcasts may leave."""
    now = baobab.house.clock.now().astimezone(LONDON)
    day = now.date() + timedelta(days=(1 - now.weekday()) % 7 or 7)
    await town.forward(datetime.combine(day, time(10), LONDON) - now)


async def staff(town: Town, baobab: Baobab, name: str, *roles: Role) -> Resident:
    """Somebody with roles who writes in English."""
    person = await town.person(name, language_code="en")
    await person.says("/start")
    await person.taps("English")
    await give(baobab, person, *roles)
    return person


async def give(baobab: Baobab, person: Resident, *roles: Role) -> None:
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        found = await People(work).greet(person.id, now)
        for role in roles:
            await Roles(work).give(found.id, role, now)


async def take(baobab: Baobab, person: Resident, role: Role) -> None:
    async with baobab.house.database.work() as work:
        found = await People(work).greet(person.id, baobab.house.clock.now())
        await Roles(work).take(found.id, role)


async def residents(
    baobab: Baobab, town: Town, languages: Sequence[str], *, news: bool = True
) -> list[Resident]:
    """People who have chosen a language and Brent, and agreed to news."""
    found = []
    now = baobab.house.clock.now()
    for number, language in enumerate(languages):
        person = await town.person(f"R{number}{language}", language_code="en")
        await person.says("/start")
        async with baobab.house.database.work() as work:
            known = await People(work).greet(person.id, now)
            await People(work).choose_language(known.id, language)
            await People(work).choose_place(known.id, "brent")
            if news:
                await Following(work).agree(known.id, language, now)
        found.append(person)
    return found


async def writes(volunteer: Resident, text: str) -> None:
    """Begin a broadcast with this text in English."""
    await volunteer.says("/broadcast")
    await volunteer.taps("Write a new one")
    await volunteer.says(text)
    await volunteer.taps("Back to the broadcast")


async def news_of(person: Resident) -> list[str]:
    """What the bot has said to somebody since they came."""
    await person.look()
    return [each.text for each in person.messages if not each.mine][1:]


async def stage(baobab: Baobab, number: int = 1) -> Stage:
    async with baobab.house.database.reading() as work:
        found = await BroadcastStore(work).get(number)
    assert found is not None
    return found.stage


@both_databases
async def test_a_broadcast_reaches_people_in_their_languages_and_is_taken_back(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    english, somali, arabic, french = await residents(baobab, town, ["en", "so", "ar", "fr"])
    [silent] = await residents(baobab, town, ["en"], news=False)
    crowd = await residents(baobab, town, ["en"] * 18)

    await writes(grace, "The clinic in Brent is open on Saturday.")
    await grace.taps("Text")
    await grace.taps("Soomaali: write it")
    await grace.says("Rugta caafimaadka ee Brent waa furan tahay Sabtida.")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    assert "It goes to 22 people." in grace.last.text
    await grace.taps("Ask a second person")
    assert grace.last.text.startswith("I have asked for a second person.")
    assert await news_of(english) == []

    await kofi.look()
    assert kofi.last.text.startswith("A broadcast waits for a second person.")
    await kofi.taps("Read it")
    await kofi.taps("Check and approve")
    await kofi.taps("Approve it")
    assert await stage(baobab) is Stage.DONE
    [said] = await news_of(english)
    assert said == f"The clinic in Brent is open on Saturday.\n\n{STOPPED}"
    [said] = await news_of(somali)
    assert said.startswith("Rugta caafimaadka ee Brent waa furan tahay Sabtida.\n\n")
    for person in (arabic, french):
        [said] = await news_of(person)
        assert said.startswith("The clinic in Brent is open on Saturday.\n\n")
        assert len(said.split("\n\n")) == 3  # the text, the note that it is in English, how to stop
    assert await news_of(silent) == []
    assert [len(await news_of(each)) for each in crowd] == [1] * 18

    await grace.look()
    assert grace.last.text.split("\n")[0] == "A broadcast has been sent."
    assert "Sent: 22 of 22" in grace.last.text
    await grace.taps("Back to the broadcast")
    await grace.taps("Take it back")
    await grace.taps("Yes, take it back")
    assert await stage(baobab) is Stage.RECALLED
    for person in (english, somali, arabic, french, *crowd):
        assert await news_of(person) == []


async def asks(volunteer: Resident, text: str, people: int) -> None:
    """Write to everybody, and ask for a second person."""
    await writes(volunteer, text)
    await volunteer.taps("Send it")
    assert f"It goes to {people} people." in volunteer.last.text
    await volunteer.taps("Ask a second person")


async def approves(organiser: Resident) -> None:
    """Approve what one was asked to approve last."""
    await organiser.look()
    await organiser.taps("Read it")
    await organiser.taps("Check and approve")
    await organiser.taps("Approve it")


async def test_to_few_people_it_goes_at_once(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    await writes(grace, "Hello.")
    await grace.taps("Send it")
    assert "It goes to 1 person." in grace.last.text
    await grace.taps("Send it now")
    assert await news_of(amina) == [f"Hello.\n\n{STOPPED}"]
    # The very screen on which it was sent has become its progress.
    [progress] = [each for each in grace.messages if "Sent: 1 of 1" in each.text][:1]
    assert "████████████████████ 100%" in progress.text
    button = "bc:send:1:1"
    await grace.presses(progress.id, button)
    assert await news_of(amina) == [f"Hello.\n\n{STOPPED}"]


async def test_what_is_typed_keeps_its_look(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [amina] = await residents(baobab, town, ["en"])
    await grace.says("/broadcast")
    await grace.taps("Write a new one")
    await grace.says("**Come** & see <this> at [our page](https://example.org/a?b=1&c=2).")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    await amina.look()
    assert amina.last.text.startswith("Come & see <this> at our page.\n")
    assert amina.last.raw["entities"][:2] == [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "text_link", "offset": 21, "length": 8, "url": "https://example.org/a?b=1&c=2"},
    ]


async def test_two_people_do_not_change_one_draft_together(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    esi = await staff(town, baobab, "Esi", Role.VOLUNTEER)
    await writes(grace, "Hello.")
    await esi.says("/broadcast")
    await esi.taps("Draft: Hello.")
    await esi.taps("Text")
    await esi.taps("English: written")
    assert esi.answers[-1]["text"] == (
        "Somebody else is changing this just now. Try again in 10 minutes."
    )
    await town.forward(11 * MINUTE)
    await esi.taps("Text")
    await esi.taps("English: written")
    await esi.says("Good morning.")
    await grace.taps("For whom")
    await grace.taps("Languages")
    await grace.taps("☐ Soomaali")
    assert grace.answers[-1]["text"] == (
        "Somebody else is changing this just now. Try again in 10 minutes."
    )
    assert "Good morning." in grace.last.text


async def test_a_second_person_approves_what_they_saw(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    crowd = await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    await grace.taps("Back to the broadcast")
    assert "Check and approve" not in grace.last.buttons
    await grace.presses(grace.last.id, "bc:approve:1:1")
    assert grace.answers[-1]["text"] == (
        "A second person has to do this. You wrote it or asked for it."
    )
    await kofi.look()
    await kofi.taps("Read it")
    await kofi.taps("Check and approve")
    await grace.taps("Change it")
    await grace.taps("Text")
    await grace.taps("English: written")
    await grace.says("Good morning.")
    await kofi.taps("Approve it")
    assert kofi.answers[-1]["text"] == "This has changed meanwhile. Here is how it is now."
    assert await stage(baobab) is Stage.DRAFT
    assert [await news_of(each) for each in crowd] == [[]] * 21


async def test_whoever_lost_the_role_approves_nothing(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    esi = await staff(town, baobab, "Esi", Role.ORGANISER)
    crowd = await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    await kofi.look()
    await kofi.taps("Read it")
    await take(baobab, kofi, Role.ORGANISER)
    await kofi.taps("Check and approve")
    assert kofi.last.text.startswith("You cannot do this with your role.")
    # An approval for tomorrow is of no use once its giver has no role any more.
    await grace.taps("Back to the broadcast")
    await grace.taps("Change it")
    await grace.taps("When")
    await grace.taps("Choose a time")
    tomorrow = (baobab.house.clock.now() + DAY).astimezone(LONDON).date()
    await grace.says(f"{tomorrow:%d/%m/%Y} 11:00")
    await grace.taps("No, only once")
    await grace.taps("Back to the broadcast")
    await grace.taps("Send it")
    await grace.taps("Ask a second person")
    await approves(esi)
    assert await stage(baobab) is Stage.SCHEDULED
    await take(baobab, esi, Role.ORGANISER)
    await town.forward(DAY + 61 * MINUTE)
    assert await stage(baobab) is Stage.WAITING
    assert [await news_of(each) for each in crowd] == [[]] * 21
