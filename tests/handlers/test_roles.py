"""Admins: inviting, taking back, and the log."""

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.app import Baobab
from bot.people.models import Role
from bot.people.roles import LASTS
from tests.handlers.conftest import both_databases
from tests.support.people import Resident, Town
from tests.support.roles import give_role, number_of, take_role

Number = Callable[[Resident], Awaitable[int]]


@pytest.fixture
async def kofi(town: Town, baobab: Baobab) -> Resident:
    """An admin who reads English."""
    return await somebody(town, baobab, "Kofi", "English", Role.ADMIN)


async def somebody(town: Town, baobab: Baobab, name: str, language: str, *roles: Role) -> Resident:
    person = await town.person(name, language_code="en")
    await person.says("/start")
    await person.taps(language)
    for role in roles:
        await give_role(baobab, person, role)
    return person


async def invites(kofi: Resident, role: str, *more: str, label: str) -> str:
    """Make an invite in the chat; what follows `?start=` in its link."""
    await kofi.says("/roles")
    await kofi.taps("Invite somebody")
    for label_of_button in (role, *more):
        await kofi.taps(label_of_button)
    await kofi.says(label)
    await kofi.taps("Make the link")
    return kofi.last.text.partition("?start=")[2].split()[0]


@both_databases
async def test_an_admin_invites_somebody_and_takes_the_role_away(  # noqa: PLR0915 -- one story
    town: Town, baobab: Baobab, kofi: Resident
) -> None:
    kofi_number = await number_of(baobab, kofi)
    await kofi.says("/roles")
    assert kofi.last.text.startswith("Roles\n\n1 person has a role.")
    await kofi.taps("Invite somebody")
    assert kofi.last.text == "Which role do you want to give?"
    await kofi.taps("Volunteer")
    assert kofi.last.text == "In which borough does it hold?"
    await kofi.taps("Brent")
    assert kofi.last.text == "For whom does it hold?"
    await kofi.taps("Think Tank")
    assert kofi.last.text == (
        "How will you know this person in the list? Please type a label, such as Volunteer 3. "
        "Do not type a name."
    )
    await kofi.says("Volunteer <3>")
    assert kofi.last.text == (
        "Is everything right?\n\nRole: Volunteer\nBorough: Brent\nFor: Think Tank\n"
        "Label: Volunteer <3>"
    )
    await kofi.taps("Make the link")
    assert kofi.last.text.startswith(
        "Invite: Volunteer (Brent, Think Tank)\n\nhttps://t.me/baobab_demo_bot?start=i-"
    )
    link = kofi.last.text.partition("?start=")[2].split()[0]
    esi = await somebody(town, baobab, "Esi", "Français")
    await esi.opens(link)
    assert "schedule" in await esi.commands()
    number = await number_of(baobab, esi)

    await kofi.taps("All roles")
    assert kofi.last.text.startswith("Roles\n\n2 people have a role.")
    await kofi.taps(f"Person {number}")
    assert kofi.last.text.startswith(f"Person {number}\n• Volunteer (Brent, Think Tank), since ")
    assert "\nLabel: Volunteer <3>\n1 entry in the log, the last on " in kofi.last.text
    await kofi.taps("Take away: Volunteer")
    assert kofi.last.text == (
        f"Take away Volunteer (Brent, Think Tank) from Person {number}?\n\nLabel: Volunteer <3>"
        "\n\nIt holds at once. I tell them, unless they stopped messages."
    )
    question, yes = kofi.last.id, "roles:taken:2"
    await kofi.taps("Yes, take it away")
    assert kofi.last.text == (
        f"Person {number} does not have this role any more: Volunteer (Brent, Think Tank)."
    )
    await town.quiet()
    await esi.look()
    french = baobab.house.catalogues.translator("fr")
    assert french.plain("Is this a mistake? Then ask the people who organise our events.") in (
        esi.last.text
    )
    assert "schedule" not in await esi.commands()
    assert (await esi.commands())["events"] == french.plain("Find events near you")
    await esi.says("/schedule")
    assert esi.last.text == french.plain("Only our volunteers and organisers can see this.") + (
        "\n\n"
        + french.plain(
            "Do you help at our events? Then ask the people who organise them for an invite."
        )
    )

    told = esi.last.id
    await kofi.presses(question, yes)  # once more, late
    assert kofi.toasts[-1] == "This has changed since. Here is how it is now."
    assert kofi.last.text.startswith("Roles\n\n1 person has a role.")
    await town.quiet()
    await esi.look()
    assert esi.last.id == told

    await kofi.says("/log")
    lines = [line.partition(", ")[2] for line in kofi.last.text.splitlines() if "•" in line]
    assert lines == [
        f"you: took a role from person {number}: Volunteer (Brent, Think Tank)",
        f"person {number}: used invite 1 and has the role: Volunteer (Brent, Think Tank)",
        "you: made invite 1: Volunteer (Brent, Think Tank)",
        f"the computer that runs the bot: gave person {kofi_number} a role: Administrator",
    ]
    await kofi.taps("Get it all as a file")
    file = (await town.bytes_of(kofi.documents[-1])).decode("utf-8-sig")
    acts = [row["act"] for row in csv.DictReader(io.StringIO(file))]
    assert acts == ["role given", "invite made", "invite used", "role taken", "log exported"]
    assert "<3>" not in file
    assert str(esi.id) not in file


async def test_an_invite_can_be_taken_back_once(
    town: Town, baobab: Baobab, kofi: Resident, amina: Resident
) -> None:
    link = await invites(kofi, "Administrator", label="Admin 2")
    await kofi.taps("All roles")
    assert "1 open invite" in kofi.last.buttons
    await kofi.taps("1 open invite")
    assert kofi.last.text.startswith("Open invites\n\nInvite 1: Administrator\nLabel: Admin 2\n")
    await kofi.taps("Take back invite 1")
    assert kofi.toasts[-1] == "I took the invite back. Its link gives nothing now."
    assert kofi.last.text == "Open invites\n\nThere is none. Whoever has a role now keeps it."
    await kofi.presses(kofi.last.id, "roles:revoke:1")
    assert kofi.toasts[-1] == "This has changed since. Here is how it is now."
    await amina.opens(link)
    assert amina.last.text == (
        "This invite was taken back.\n\nPlease ask whoever sent it to you for a new one."
    )
    late = await invites(kofi, "Analyst", label="Analyst 1")
    await town.forward(LASTS + timedelta(minutes=1))
    await amina.opens(late)
    assert amina.last.text.startswith(
        "This invite is too old. An invite works for a few days only."
    )
    await kofi.says("/roles")
    assert "0 open invites" in kofi.last.buttons


async def test_the_last_admin_stays(town: Town, baobab: Baobab, kofi: Resident) -> None:
    number = await number_of(baobab, kofi)
    await kofi.says("/roles")
    await kofi.taps(f"Person {number}")
    assert kofi.last.text.startswith(f"Person {number} (you)\n• Administrator, since ")
    await kofi.taps("Take away: Administrator")
    await kofi.taps("Yes, take it away")
    assert kofi.toasts[-1] == "This is the last administrator. Make somebody else one first."
    ama = await somebody(town, baobab, "Ama", "English", Role.ADMIN)
    await kofi.taps("Yes, take it away")
    assert kofi.last.text.startswith("You do not have this role any more: Administrator.")
    assert "roles" not in await kofi.commands()
    await kofi.says("/roles")
    assert kofi.last.text == "Only administrators can see this."
    await ama.says("/roles")
    assert ama.last.text.startswith("Roles\n\n1 person has a role.")


async def test_whoever_is_no_admin_gets_nowhere(
    town: Town, baobab: Baobab, kofi: Resident, amina: Resident
) -> None:
    await invites(kofi, "Race Steering Group", label="Chair")
    for command in ("/roles", "/log"):
        await amina.says(command)
        assert amina.last.text == "Only administrators can see this."
    screen = amina.last.id
    for data in (
        "roles", "roles:page:2", "roles:person:1", "roles:take:1", "roles:taken:1",
        "roles:invites", "roles:revoke:1", "roles:new", "invite:1:pick:admin",
        "invite:1:finish", "log", "log:file", "log:page:1",
    ):  # fmt: skip
        await amina.presses(screen, data)
        assert amina.last.text == "Only administrators can see this."
    await kofi.says("/log")
    assert [line.partition(": ")[2] for line in kofi.last.text.splitlines() if "•" in line] == [
        "made invite 1: Race Steering Group",
        f"gave person {await number_of(baobab, kofi)} a role: Administrator",
    ]


async def test_an_admin_who_lost_the_role_meanwhile_makes_no_invite(
    town: Town, baobab: Baobab, kofi: Resident
) -> None:
    await kofi.says("/roles")
    await kofi.taps("Invite somebody")
    await kofi.taps("Administrator")
    await take_role(baobab, kofi, Role.ADMIN)
    await kofi.says("Admin 2")
    await kofi.says("/roles")
    assert kofi.last.text == "Only administrators can see this."
    assert "roles" not in await kofi.commands()


async def test_questions_can_be_changed_left_and_pressed_late(kofi: Resident) -> None:
    await kofi.says("/roles")
    await kofi.taps("Invite somebody")
    first = kofi.last.id
    await kofi.taps("Organiser")
    await kofi.says("All boroughs")
    await kofi.taps("Everybody")
    await kofi.says("x" * 41)
    assert kofi.last.text.startswith("This label is too long: 40 letters at most.")
    await kofi.says("Organiser 1")
    await kofi.taps("Change the role")
    await kofi.taps("Analyst")
    assert kofi.last.text == "Is everything right?\n\nRole: Analyst\nLabel: Organiser 1"
    await kofi.presses(first, "invite:1:pick:admin")
    assert kofi.toasts[-1] == ("This button is from an earlier question. Here is where we are.")
    await kofi.taps("Do not invite")
    assert kofi.toasts[-1] == "I made no invite."
    assert "0 open invites" in kofi.last.buttons
