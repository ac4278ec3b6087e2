"""Links that give a role."""

from datetime import timedelta

from bot.app import Baobab
from bot.people.models import Role
from bot.people.roles import LASTS, Invites, Roles
from bot.people.service import People
from tests.support.people import Resident, Town

NEW_ONE = "Please ask whoever sent it to you for a new one."
FORMS = "To publish a survey, send me the form as a file. To see all surveys, send /publish."
GIVE = "To give roles and take them away, send /roles. To see who did what, send /log."
RESULTS = "To see the results of broadcasts, send /reports."
SEE = "To see what I will send to people, and when, send /schedule."
WRITE = "To write to many people at once, send /broadcast."
EVERYTHING = f"{SEE}\n\n{WRITE}\n\n{FORMS}\n\n{GIVE}"


async def invite(baobab: Baobab, role: Role = Role.VOLUNTEER) -> str:
    """What follows `?start=` in the link of a new invite."""
    async with baobab.house.database.work() as work:
        return "i-" + await Invites(work).make(role, baobab.house.clock.now())


async def roles_of(baobab: Baobab, person: Resident) -> frozenset[Role]:
    async with baobab.house.database.reading() as work:
        found = await People(work).find(person.id)
        return await Roles(work).of(found.id) if found else frozenset()


async def test_an_invite_makes_a_volunteer(town: Town, baobab: Baobab, amina: Resident) -> None:
    assert "schedule" not in await amina.commands()
    await amina.opens(await invite(baobab))
    assert amina.last.text == f"You are a volunteer now. Thank you for helping.\n\n{SEE}\n\n{WRITE}"
    assert amina.last.rows == [["What will be sent"], ["Go to the start"]]
    assert await roles_of(baobab, amina) == {Role.VOLUNTEER}
    menu = await amina.commands()
    assert list(menu.items())[:3] == [
        ("broadcast", "Write to many people"),
        ("reports", "See the results of broadcasts"),
        ("schedule", "See what will be sent"),
    ]
    assert "events" in menu
    await amina.taps("Go to the start")
    assert amina.last.rows[-1] == ["What will be sent"]
    await amina.says("/start")
    assert amina.last.rows[-1] == ["What will be sent"]
    await amina.taps("What will be sent")
    assert amina.last.text.startswith("What will be sent\n")


async def test_each_role_is_welcomed_and_told_what_it_may_see(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    for role, words in (
        (Role.ORGANISER, f"You are an organiser now. Thank you for helping.\n\n{SEE}\n\n{WRITE}"),
        (
            Role.STEERING,
            f"You are in the Race Steering Group now. Thank you for helping.\n\n{FORMS}",
        ),
        (Role.ANALYST, f"You are an analyst now. Thank you for helping.\n\n{RESULTS}"),
        (
            Role.ADMIN,
            f"You are an administrator now. Thank you for helping.\n\n{EVERYTHING}",
        ),
    ):
        ben = await town.person("Ben", language_code="en")
        await ben.says("/start")
        await ben.taps("English")
        await ben.opens(await invite(baobab, role))
        assert ben.last.text == words
        assert ("schedule" in await ben.commands()) == (SEE in words)


async def test_an_invite_works_once(town: Town, baobab: Baobab, amina: Resident) -> None:
    link = await invite(baobab)
    await amina.opens(link)
    await amina.opens(link)
    assert amina.last.text.startswith("You have this role already. Nothing has changed.")
    ben = await town.person("Ben", language_code="en")
    await ben.says("/start")
    await ben.taps("English")
    await ben.opens(link)
    assert ben.last.text == (
        f"Somebody has used this invite already. Each one works once.\n\n{NEW_ONE}"
    )
    assert ben.last.buttons == ["Go to the start"]
    assert await roles_of(baobab, ben) == frozenset()


async def test_an_invite_ends_after_a_week(town: Town, baobab: Baobab, amina: Resident) -> None:
    link = await invite(baobab)
    await town.forward(LASTS + timedelta(minutes=1))
    await amina.opens(link)
    assert (
        amina.last.text
        == f"This invite is too old. An invite works for a few days only.\n\n{NEW_ONE}"
    )
    assert await roles_of(baobab, amina) == frozenset()


async def test_a_wrong_code_is_answered_kindly(baobab: Baobab, amina: Resident) -> None:
    link = await invite(baobab)
    for payload in (
        "i-",
        "i-x",
        link[:-1],
        link + "x",
        "i-" + "x" * 60,
        "i-" + link[2:].swapcase(),
    ):
        await amina.opens(payload)
        assert amina.last.text == (
            "I do not know this invite. Perhaps a part of the link is missing.\n\n" + NEW_ONE
        )
    assert await roles_of(baobab, amina) == frozenset()
    await amina.opens(link)
    assert await roles_of(baobab, amina) == {Role.VOLUNTEER}


async def test_a_stranger_chooses_a_language_first(town: Town, baobab: Baobab) -> None:
    grace = await town.person("Grace", language_code="fr")
    await grace.opens(await invite(baobab))
    assert "Which language do you want to use?" in grace.last.text
    assert await roles_of(baobab, grace) == frozenset()
    await grace.taps("English")
    grace.sees("From now on I write to you in English.")
    assert grace.last.text == f"You are a volunteer now. Thank you for helping.\n\n{SEE}\n\n{WRITE}"
    assert "schedule" in await grace.commands()


async def test_the_menu_keeps_its_command_in_another_language(
    baobab: Baobab, amina: Resident
) -> None:
    await amina.opens(await invite(baobab))
    await amina.says("/language")
    await amina.taps("Français")
    t = baobab.house.catalogues.translator("fr")
    menu = await amina.commands()
    assert menu["schedule"] == t.plain("See what will be sent")
    assert menu["events"] == t.plain("Find events near you")


async def test_a_role_given_outside_the_chat_is_in_the_menu_from_the_start(
    baobab: Baobab, amina: Resident
) -> None:
    async with baobab.house.database.work() as work:
        person = await People(work).greet(amina.id, baobab.house.clock.now())
        await Roles(work).give(person.id, Role.VOLUNTEER, baobab.house.clock.now())
    await amina.says("/start")
    assert "schedule" in await amina.commands()


async def test_data_and_delete_know_of_roles(town: Town, baobab: Baobab, amina: Resident) -> None:
    await amina.opens(await invite(baobab))
    await amina.says("/mydata")
    assert b'"volunteer"' in await town.bytes_of(amina.documents[-1])
    await amina.says("/delete")
    await amina.taps("Delete everything")
    assert await roles_of(baobab, amina) == frozenset()
    await amina.says("/start")
    await amina.taps("English")
    await amina.says("/schedule")
    assert amina.last.text.startswith("Only our volunteers and organisers can see this.")
    assert "schedule" not in await amina.commands()
