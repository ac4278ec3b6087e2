"""Drafts of broadcasts: what volunteers write, one at a time, and see before it goes out."""

import pytest

from bot.app import Baobab
from bot.broadcasts.crowd import CrowdStore
from bot.broadcasts.models import SOMEBODY, Stage
from bot.broadcasts.store import BroadcastStore
from bot.people.models import Role
from bot.people.service import People
from tests.handlers.conftest import both_databases
from tests.sandbox.test_media import PNG
from tests.support.broadcasts import (
    MINUTE,
    approves,
    asks,
    give,
    news_of,
    residents,
    staff,
    stage,
    take,
    uses,
    writes,
)
from tests.support.events import draft, hold
from tests.support.people import Town

pytestmark = pytest.mark.usefixtures("in_the_morning")


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


async def test_an_old_question_is_answered_once_the_role_is_gone(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await writes(grace, "Hello.")
    await grace.taps("When")
    await grace.taps("Choose a time")
    await take(baobab, grace, Role.VOLUNTEER)
    await grace.presses(grace.last.id, "bcq:0:pick:weekly")
    assert grace.last.text.splitlines()[0] == "You cannot do this with your role."
    assert grace.answers[-1].get("text", "") == ""


async def test_an_old_question_is_answered_once_the_draft_is_deleted(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    esi = await staff(town, baobab, "Esi", Role.VOLUNTEER)
    await writes(grace, "Hello.")
    await grace.taps("When")
    await grace.taps("Choose a time")
    await town.forward(11 * MINUTE)
    await esi.says("/broadcast")
    await esi.taps("Draft: Hello.")
    await esi.taps("Delete the draft")
    await esi.taps("Yes, delete it")
    await grace.presses(grace.last.id, "bcq:0:pick:weekly")
    assert grace.last.text == "This broadcast is not there any more."
    await grace.taps("All broadcasts")
    assert "There is none yet." in grace.last.text


async def test_health_depends_on_it(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    esi = await staff(town, baobab, "Esi", Role.VOLUNTEER)
    [sahra] = await residents(baobab, town, ["so"])
    await writes(grace, "Do not drink the water.")
    await grace.taps("Text")
    await grace.taps("Soomaali: write it")
    await grace.says("Biyaha ha cabbin.")
    await grace.taps("Back to the broadcast")
    await grace.taps("More")
    await grace.taps("Health can depend on it")
    await grace.taps("Back to the broadcast")
    assert (
        "Nobody has checked the text in Soomaali. People get it in English until somebody has."
        in grace.last.text
    )
    await uses(baobab, grace, "so")
    await grace.taps("Text")
    await grace.taps("Soomaali: waa la qoray")
    await grace.taps("Waan hubiyay: waa sax")
    assert grace.answers[-1]["text"] == (
        "Tan waa inuu qof labaad sameeyo. Adiga ayaa qoray ama codsaday."
    )
    await uses(baobab, grace, "en")
    await grace.says("/broadcast")
    await grace.taps("Draft: Do not drink the water.")
    await grace.taps("Send it")
    await grace.taps("Send it now")
    assert (await news_of(sahra))[0].startswith("Do not drink the water.\n\n")
    await grace.says("/broadcast")
    await grace.taps("Sent before")
    await grace.taps("Sent: Do not drink the water.")
    await grace.taps("Correct it")
    await town.forward(11 * MINUTE)
    await esi.says("/broadcast")
    await esi.taps("Draft: Do not drink the water.")
    await uses(baobab, esi, "so")
    await esi.taps("Text")
    await esi.taps("Soomaali: waa la qoray")
    await esi.taps("Waan hubiyay: waa sax")
    assert "Soomaali: waa la hubiyay" in esi.last.buttons
    await esi.taps("Ku noqo ogeysiiska")
    await esi.taps("Dir")
    await esi.taps("Hadda dir")
    [said] = await news_of(sahra)  # the same message, corrected in its place
    assert "Biyaha ha cabbin." in said


async def test_only_whoever_uses_its_language_says_that_a_text_is_right(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await writes(grace, "Hello.")
    await grace.taps("Text")
    await grace.taps("Français: write it")
    await grace.says("Bonjour.")
    await town.forward(11 * MINUTE)
    await kofi.says("/broadcast")
    await kofi.taps("Draft: Hello.")
    await kofi.taps("Text")
    await kofi.taps("Français: written")
    assert kofi.last.buttons == ["Take this text away", "Back to the texts"]
    await kofi.presses(kofi.last.id, "bc:review:1:2:fr")
    assert kofi.answers[-1]["text"] == (
        "This text is in Français. Please ask a second person to check it who uses me in that "
        "language."
    )
    assert "Français: written" in kofi.last.buttons
    await uses(baobab, kofi, "fr")
    await kofi.taps("Français: written")
    await kofi.taps("…J’ai vérifié")
    assert "Français\N{NO-BREAK SPACE}: vérifié" in kofi.last.buttons


async def test_it_is_seen_before_it_goes_out_just_as_people_get_it(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    [sahra] = await residents(baobab, town, ["so"])
    await writes(grace, "**Hello.**")
    await grace.taps("See it as people do")
    await grace.taps("Soomaali")
    preview = grace.last
    await grace.presses(grace.messages[-2].id, "bc:ask:1")
    await grace.taps("Send it now")
    await sahra.look()
    assert sahra.last.text == preview.text
    assert sahra.last.raw["entities"] == preview.raw["entities"]
    assert sahra.last.rows == preview.rows


@both_databases
async def test_conditions_are_ticked_kept_and_kept_to(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    somali, english = await residents(baobab, town, ["so", "en"])
    await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await writes(grace, "Hello.")
    for kind, choice in (
        ("Languages", "Soomaali"), ("Boroughs", "Brent"), ("People with a role", "Volunteers"),
        ("Think Tank, Listening Circles", "African Caribbean Think Tank"), ("Topics", "Diabetes"),
    ):  # fmt: skip
        await grace.taps("For whom")
        await grace.taps(kind)
        await grace.taps(f"☐ {choice}")
        assert f"☑ {choice}" in grace.last.buttons, kind
        if kind not in {"Languages", "Boroughs"}:
            await grace.taps(f"☑ {choice}")
        await grace.taps("Done")
        await grace.taps("Back to the broadcast")
    assert "– Boroughs: Brent" in grace.last.text
    assert "– Languages: Soomaali" in grace.last.text
    await grace.taps("Send it")
    await grace.taps("Send it now")
    assert [len(await news_of(each)) for each in (somali, english)] == [1, 0]


async def test_what_is_not_sent_yet_can_be_opened_and_deleted(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    amina = await staff(town, baobab, "Amina")
    await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await writes(grace, "Come.")
    await grace.taps("Buttons")
    await grace.taps("Add an event")
    await grace.taps("…Brent health day")
    await grace.taps("Add a web page")
    await grace.says("https://example.org/more")
    await grace.says("Read more")
    await grace.taps("Back to the broadcast")
    await amina.opens("b1-0")
    assert "Brent health day" in amina.last.text
    for payload in ("b1-1", "b1-9", "b999-0"):
        await amina.opens(payload)
        assert amina.last.text == "This is over. Here is what there is now."
        assert amina.last.buttons == ["Go to the start"]
    await grace.taps("Delete the draft")
    await grace.taps("Yes, delete it")
    await grace.says("/broadcast")
    assert "There is none yet." in grace.last.text


async def test_what_is_sent_for_a_draft_that_somebody_took_is_answered(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    esi = await staff(town, baobab, "Esi", Role.VOLUNTEER)
    await writes(grace, "Hello.")
    await grace.taps("Text")
    await grace.taps("English: written")
    await town.forward(11 * MINUTE)
    await esi.says("/broadcast")
    await esi.taps("Draft: Hello.")
    await esi.taps("Text")
    await esi.taps("English: written")
    await grace.says("Good evening.")
    assert grace.last.text == "Somebody else is changing this just now. Try again in 10 minutes."
    await grace.taps("Back to the broadcast")
    assert "Hello." in grace.last.text


async def test_an_album_for_a_draft_with_a_picture_is_answered(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await writes(grace, "Come.")
    await grace.taps("Pictures and files")
    await grace.sends_file("a.png", PNG, kind="photo")
    await grace.taps("Done")
    await grace.taps("Pictures and files")
    before = len(grace.messages)
    await grace.sends_album(("b.png", PNG, "photo"), ("c.png", PNG, "photo"))
    said = [each.text.splitlines()[0] for each in grace.messages[before:] if not each.mine]
    assert said == ["I have it."]


@both_databases
async def test_whoever_deletes_their_data_is_in_no_text(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    esi = await staff(town, baobab, "Esi", Role.VOLUNTEER)
    await writes(grace, "Hello.")
    await grace.taps("Text")
    await grace.taps("Français: write it")
    await grace.says("Bonjour.")
    await town.forward(11 * MINUTE)
    await esi.says("/broadcast")
    await esi.taps("Draft: Hello.")
    await uses(baobab, esi, "fr")
    await esi.taps("Text")
    await esi.taps("…Français")
    await esi.taps("…J’ai vérifié")
    await uses(baobab, esi, "en")
    for person in (grace, esi):
        await person.says("/delete")
        await person.taps("Delete everything")
    async with baobab.house.database.reading() as work:
        found = await BroadcastStore(work).get(1)
    assert found is not None
    assert {code: (text.by, text.reviewed_by) for code, text in found.texts.items()} == {
        "en": (0, 0),
        "fr": (0, SOMEBODY),
    }


async def test_whoever_only_opened_a_text_can_still_approve(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    await town.forward(11 * MINUTE)
    await kofi.look()
    await kofi.presses(kofi.last.id, "bc:write:1:fr")
    assert kofi.last.text.startswith("Please send me the text in Français.")
    await grace.presses(grace.last.id, "bc:write:1:fr")
    assert grace.answers[-1]["text"] == (
        "Somebody else is changing this just now. Try again in 10 minutes."
    )
    await kofi.taps("Back to the texts")
    await kofi.taps("Back to the broadcast")
    await kofi.taps("Check and approve")
    await kofi.taps("Approve it")
    assert await stage(baobab) is Stage.DONE


async def test_the_second_person_sees_what_it_reaches_in_the_name_of_the_first(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace")
    await give(baobab, grace, Role.VOLUNTEER, borough="brent")
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await residents(baobab, town, ["en"] * 21)
    [elsewhere] = await residents(baobab, town, ["fr"])
    async with baobab.house.database.work() as work:
        found = await People(work).greet(elsewhere.id, baobab.house.clock.now())
        await People(work).choose_place(found.id, "harrow")
    await asks(grace, "Hello.", 21)
    await kofi.look()
    await kofi.taps("Read it")
    assert "It goes to 21 people." in kofi.last.text
    await kofi.taps("Check and approve")
    assert "It goes to 21 people." in kofi.last.text
    await kofi.taps("Approve it")
    assert await news_of(elsewhere) == []


async def test_one_file_too_many_is_not_taken_and_it_says_so(town: Town, baobab: Baobab) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    await writes(grace, "Come.")
    await grace.taps("Pictures and files")
    for number in range(10):
        await grace.sends_file(f"{number}.png", PNG, kind="photo")
    assert "There are 10 files now." in grace.last.text
    await grace.sends_file("10.png", PNG, kind="photo")
    assert grace.last.text.startswith(
        "10 files are the most that fit in one message. I have not taken this one. To send others, "
        "take all away first.\n\nThere are 10 files now."
    )
    await grace.taps("Take all away")
    await grace.sends_file("10.png", PNG, kind="photo")
    assert "There is 1 file now." in grace.last.text


async def test_what_somebody_did_with_broadcasts_is_in_the_copy_of_their_data(
    town: Town, baobab: Baobab
) -> None:
    grace = await staff(town, baobab, "Grace", Role.VOLUNTEER)
    kofi = await staff(town, baobab, "Kofi", Role.ORGANISER)
    await residents(baobab, town, ["en"] * 21)
    await asks(grace, "Hello.", 21)
    await approves(kofi)
    did = {}
    async with baobab.house.database.reading() as work:
        for person in (grace, kofi):
            known = await People(work).find(person.id)
            assert known is not None
            [about] = (await CrowdStore(work).held_about(known.id))["broadcasts_worked_on"]
            did[person] = (about["number"], about["state"], about["did"])
    began = ["began it", "changed it last", "opened it last, to change it"]
    assert did == {
        grace: (1, "done", [*began, "asked for it to be sent"]),
        kofi: (1, "done", ["approved it"]),
    }
