"""Authors send forms, read what was found, and publish and close surveys."""

from datetime import timedelta

import orjson
import pytest

from bot.app import Baobab
from bot.clock import LONDON
from bot.people.models import Role
from bot.people.service import People
from bot.surveys.authoring import MOST
from bot.surveys.drafts import DraftStore
from bot.surveys.store import SurveyStore
from bot.surveys.uploads import LARGEST
from tests.handlers.conftest import Traces, both_databases
from tests.support.people import Resident, Town
from tests.support.roles import give_role, take_role
from tests.support.surveys import publish, sheet

TEA = """
| survey | | | |
| | type | name | label |
| | select_one yn | tea | Do you like tea? |
| | text | why | Why? |
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| settings | | |
| | form_title | form_id |
| | Tea | tea |
"""
BROKEN = """
| survey | | | | |
| | type | name | label | relevant |
| | select_one yn | tea | Do you like tea? | |
| | texxt | why | Why? | |
| | text | when | When? | ${cups} > 1 |
"""
DAY = timedelta(days=1)
READING = "I am reading "


@pytest.fixture
async def grace(town: Town, baobab: Baobab) -> Resident:
    """Somebody of the steering group."""
    grace = await town.newcomer("Grace")
    await give_role(baobab, grace, Role.STEERING)
    return grace


async def drafts(baobab: Baobab, person: Resident) -> list[str]:
    """The files of a person's drafts."""
    async with baobab.house.database.work() as work:
        found = await People(work).greet(person.id, baobab.house.clock.now())
        return [draft.filename for draft in await DraftStore(work).of(found.id)]


async def surveys(baobab: Baobab) -> list[tuple[str, int, str, str]]:
    async with baobab.house.database.reading() as work:
        return [
            (each.name, each.version, each.title["en"], each.audience.value)
            for each in await SurveyStore(work).all()
        ]


async def publishes(author: Resident, audience: str = "Everyone") -> None:
    """From the draft to a published survey without an end."""
    await author.taps("Publish")
    if audience in author.last.buttons:
        await author.taps(audience)
        await author.taps("No last day")
    await author.taps("Publish it now")


@both_databases
async def test_a_good_form_is_read_tried_published_and_taken(
    town: Town, baobab: Baobab, grace: Resident, amina: Resident
) -> None:
    await grace.sends_file("tea.xlsx", sheet(TEA))
    assert [seen.text.split("\n")[0] for seen in grace.messages[-2:]] == [
        "Thank you. I am reading tea.xlsx.",
        "Tea",
    ]
    assert grace.last.text == (
        "Tea\n\n"
        "File: tea.xlsx\n"
        "It has up to 2 questions.\n"
        "Shortest way: 2 questions\n"
        "Longest way: 2 questions, each repetition counted once\n\n"
        "I found no problem. You can try it as people will see it, or publish it."
    )
    assert grace.last.rows == [
        ["Try it"], ["Publish"], ["Delete this draft"], ["Publish surveys"],
    ]  # fmt: skip
    await grace.taps("Publish")
    assert grace.last.text == "Publish: Tea\n\nWho can take it?"
    await grace.taps("Everyone")
    assert grace.last.text == (
        "Publish: Tea\n\nWhat is the last day? Please type the date: day, month and year."
    )
    await grace.says("yesterday")
    grace.sees("This day is over. Please type a day to come.")
    await grace.says("soon")
    grace.sees("This is no date that I can read.")
    last = (baobab.house.clock.now().astimezone(LONDON) + 10 * DAY).date()
    await grace.says(f"{last.day}/{last.month}/{last.year}")
    said = f"{last:%A} {last.day} {last:%B %Y} ({last:%d/%m/%Y})"
    assert grace.last.text == (
        "Is everything right?\n\n"
        "Title: Tea\n"
        "For: Everyone\n"
        f"Open until the end of {said}.\n\n"
        "File: tea.xlsx\n"
        "It has up to 2 questions.\n\n"
        "It is a new survey.\n\n"
        "I tell nobody of it by myself. People find it with /survey."
    )
    await grace.taps("Change the title")
    assert "Now: Tea" in grace.last.text
    await grace.says("Tea & <biscuits>")
    assert "Title: Tea & <biscuits>" in grace.last.text
    await grace.taps("Publish it now")
    assert grace.last.text.startswith("Published: Tea & <biscuits>\n\n")
    grace.sees("?start=s-1")
    assert await surveys(baobab) == [("tea", 1, "Tea & <biscuits>", "everyone")]
    assert await drafts(baobab, grace) == []

    await amina.opens("s-1")
    await amina.taps("Begin")
    await amina.taps("Yes")
    await amina.taps("Skip")
    await amina.taps("Send my answers")
    await grace.taps("See the survey")
    assert grace.last.text.startswith(
        "Tea & <biscuits>\n\n"
        "1 response\nFor: Everyone\nVersion: 1\n"
        f"Open until the end of {said}.\nLast changed by you, on "
    )
    await town.forward(11 * DAY)
    await amina.says("/survey")
    amina.sees("There is no survey open now.")
    await grace.says("/publish")
    grace.sees("• Tea & <biscuits>: closed, 1 response")
    await grace.taps("Tea & <biscuits>")
    after = last + DAY
    grace.sees(f"Closed since {after:%A} {after.day} {after:%B %Y} ({after:%d/%m/%Y}).")
    assert "Close it" not in grace.last.buttons


@both_databases
async def test_a_form_with_errors_is_told_where_they_stand(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("staff.md", BROKEN.encode())
    assert grace.last.text.startswith(
        "staff.md\n\nThis form cannot be published yet. I found 3 things that must be changed. "
        "Please change them in your file and send me the file again.\n\n1. sheet survey, row "
    )
    assert grace.last.rows == [["Delete this draft"], ["Publish surveys"]]
    await grace.sends_file("staff.md", TEA.encode())  # mended
    assert await drafts(baobab, grace) == ["staff.md"]  # the report of the first is gone
    assert "Publish" in grace.last.buttons


async def test_many_problems_stand_on_pages(town: Town, grace: Resident) -> None:
    rows = "\n".join(f"| | texxt | q{number} | Question {number}? |" for number in range(20))
    form = f"| survey | | | |\n| | type | name | label |\n{rows}\n"
    await grace.sends_file("long.md", form.encode())
    assert "Page 1 of 4." in grace.last.text
    assert len(grace.last.text) < 4096
    await grace.taps("More")
    assert grace.last.text.startswith("long.md\n\n7. sheet survey, row ")
    await grace.taps("More")
    await grace.taps("More")
    assert "Page 4 of 4." in grace.last.text
    assert "More" not in grace.last.buttons
    await grace.taps("Back")
    assert "Page 3 of 4." in grace.last.text


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("huge.xlsx", bytes(LARGEST + 1), "This file is too large for a form: 5 MB at most."),
        ("letter.docx", b"PK", "I cannot read this kind of file as a survey."),
        ("form", b"| survey |", "I cannot read this kind of file as a survey."),
    ],
)
async def test_what_is_no_form_is_refused_at_once(  # noqa: PLR0917 -- what is sent, and to whom
    town: Town, baobab: Baobab, grace: Resident, name: str, body: bytes, words: str
) -> None:
    await grace.sends_file(name, body)
    assert grace.last.text.startswith(words)
    assert grace.last.buttons == ["Publish surveys", "Go to the start"]
    assert await drafts(baobab, grace) == []
    calls = [call["method"] for call in await town.ask("GET", "/log")]
    assert "getFile" not in calls


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xlsx", b""),
        ("a.csv", b"\xff\xfe\x00"),
        ("a.xls", b"%PDF-1.7"),
        ("\u202eslx.a.md", b"|"),
    ],
)
async def test_a_damaged_file_is_a_report_and_no_fault(
    town: Town, grace: Resident, name: str, body: bytes
) -> None:
    await grace.sends_file(name, body)
    grace.sees("This form cannot be published yet. I found 1 thing that must be changed.")
    assert grace.last.buttons == ["Delete this draft", "Publish surveys"]


async def test_a_resident_who_sends_a_file_gets_the_kind_answer(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await amina.sends_file("tea.xlsx", sheet(TEA))
    amina.sees("Thank you. I can only read text, so I do not know what is in this.")
    assert await drafts(baobab, amina) == []
    await amina.says("/publish")
    assert amina.last.text.startswith("Only the Race Steering Group can publish surveys.")
    buttons = (
        "author", "author:page:1", "author:draft:1", "author:try:1", "author:try:1:0",
        "author:publish:1", "author:discard:1", "author:survey:1", "author:close:1",
        "author:shut:1", "pub:1:finish", "pub:1:stop", "dq:1:1:pick:yes:0", "dq:1:1:pause::0",
    )  # fmt: skip
    for data in buttons:
        await amina.presses(amina.last.id, data)
        assert amina.last.text.startswith("Only the Race Steering Group can publish surveys.")


async def test_nobody_sees_the_draft_of_another(
    town: Town, baobab: Baobab, grace: Resident, amina: Resident
) -> None:
    await grace.sends_file("tea.xlsx", sheet(TEA))
    await give_role(baobab, amina, Role.STEERING)
    for data in ("draft:1", "try:1", "publish:1", "discard:1"):
        await amina.presses(amina.last.id, f"author:{data}")
        amina.sees("There is no draft and no survey yet.")
    assert amina.toasts[-1] == "This is not there any more. Here is what there is."
    assert await drafts(baobab, grace) == ["tea.xlsx"]


@pytest.mark.parametrize("tap", ["Try it", "Publish", "Delete this draft", "Publish surveys"])
async def test_a_role_that_is_taken_away_ends_at_the_next_tap(
    town: Town, baobab: Baobab, grace: Resident, tap: str
) -> None:
    await grace.says("/start")
    assert "publish" in await grace.commands()
    await grace.sends_file("tea.xlsx", sheet(TEA))
    await take_role(baobab, grace, Role.STEERING)
    await grace.taps(tap)
    assert grace.last.text.startswith("Only the Race Steering Group can publish surveys.")
    assert "publish" not in await grace.commands()


async def test_a_role_that_is_taken_away_ends_the_questions_too(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("tea.xlsx", sheet(TEA))
    await grace.taps("Publish")
    await grace.taps("Everyone")
    await take_role(baobab, grace, Role.STEERING)
    await grace.taps("No last day")
    assert grace.last.text.startswith("Only the Race Steering Group can publish surveys.")
    await grace.says("tomorrow")
    assert grace.last.text.startswith("Events with “tomorrow”")
    assert await surveys(baobab) == []
    await give_role(baobab, grace, Role.STEERING)
    await grace.says("/publish")
    await grace.taps("Draft: tea.xlsx")  # the draft has waited
    await publishes(grace)
    assert [each[0] for each in await surveys(baobab)] == ["tea"]


async def test_buttons_pressed_twice_or_late_do_nothing_more(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("tea.xlsx", sheet(TEA))
    await grace.taps("Publish")
    old = button(grace, "Everyone")
    await grace.taps("Steering" if "Steering" in grace.last.buttons else "Race Steering Group")
    await grace.presses(grace.last.id, old)
    assert "What is the last day?" in grace.last.text
    assert grace.toasts[-1].startswith("This button is from an earlier question.")
    await grace.taps("No last day")
    finish = button(grace, "Publish it now")
    await grace.presses(grace.last.id, finish)
    await grace.presses(grace.last.id, finish)
    grace.sees("• Tea: open, 0 responses")
    assert await surveys(baobab) == [("tea", 1, "Tea", "steering")]
    for data in ("author:publish:1", "author:try:1", "author:draft:1", old):
        await grace.presses(grace.last.id, data)
        grace.sees("• Tea: open, 0 responses")


def button(person: Resident, label: str) -> str:
    """What a button of the newest screen carries."""
    rows = person.last.raw["reply_markup"]["inline_keyboard"]
    return next(str(each["callback_data"]) for row in rows for each in row if each["text"] == label)


@both_databases
async def test_a_new_version_is_for_those_who_begin_now(
    town: Town, baobab: Baobab, grace: Resident, amina: Resident
) -> None:
    await grace.sends_file("tea.md", TEA.encode())
    await publishes(grace)
    await amina.opens("s-1")
    await amina.taps("Begin")
    assert "Do you like tea?" in amina.last.text
    await grace.sends_file("tea (1).md", TEA.replace("tea?", "green tea?").encode())
    await grace.taps("Publish")
    await grace.taps("No last day")
    grace.sees(
        "There is a survey of this form already: Tea, version 1, with 0 responses. This becomes "
        "the next version.\n\nLast changed by you, on "
    )
    grace.sees("Whoever is in the middle finishes on the version that they began.")
    grace.sees("For: Everyone")  # as before
    await grace.taps("Change the last day")
    await grace.says("tomorrow")
    await grace.taps("Publish it now")
    assert await surveys(baobab) == [("tea", 2, "Tea", "everyone")]
    await amina.taps("Yes")
    await amina.taps("Back")
    assert "Do you like tea?" in amina.last.text
    await amina.taps("No")
    await amina.taps("Skip")
    await amina.taps("Send my answers")
    ben = await town.newcomer("Ben")
    await ben.opens("s-1")
    await ben.taps("Begin")
    assert "Do you like green tea?" in ben.last.text
    async with baobab.house.database.reading() as work:
        found = await SurveyStore(work).responses(1)
    assert [(each.version, orjson.loads(each.record)) for each in found] == [(1, {"tea": "no"})]


async def test_the_same_form_again_only_opens_it_again(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("tea.md", TEA.encode())
    await publishes(grace)
    await grace.taps("See the survey")
    await grace.taps("Close it")
    assert grace.last.text.startswith("Close this survey?\n\nTea\n\nLast changed by you, on ")
    grace.sees("Nobody can begin it then")
    await grace.taps("No, leave it open")
    await grace.taps("Close it")
    shut = button(grace, "Yes, close it")
    await grace.presses(grace.last.id, shut)
    assert grace.toasts[-1] == "The survey is closed."
    grace.sees("To open it again, send me the form again and publish it.")
    await grace.presses(grace.last.id, shut)
    await grace.sends_file("tea.md", TEA.encode())
    await grace.taps("Publish")
    await grace.taps("No last day")
    await grace.taps("Publish it now")
    assert await surveys(baobab) == [("tea", 1, "Tea", "everyone")]
    await grace.taps("See the survey")
    grace.sees("It stays open until you close it.")


async def test_a_last_day_that_passes_meanwhile_is_asked_again(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("tea.md", TEA.encode())
    await grace.taps("Publish")
    await grace.taps("Everyone")
    await grace.says("today")
    grace.sees("Is everything right?")
    await town.forward(DAY)
    await grace.taps("Publish it now")
    assert grace.toasts[-1] == "This day is over. Please type a day to come."
    assert "What is the last day?" in grace.last.text
    assert await surveys(baobab) == []
    await grace.says("tomorrow")
    await grace.taps("Publish it now")
    assert await surveys(baobab) == [("tea", 1, "Tea", "everyone")]


async def test_a_draft_is_given_up(town: Town, baobab: Baobab, grace: Resident) -> None:
    await grace.sends_file("tea.md", TEA.encode())
    await grace.taps("Publish")
    await grace.taps("Do not publish")
    await grace.taps("Back to the draft")
    delete = button(grace, "Delete this draft")
    await grace.presses(grace.last.id, delete)
    assert grace.last.text == "I deleted the draft tea.md. You can send the file again."
    await grace.presses(grace.last.id, delete)
    grace.sees("There is no draft and no survey yet.")
    assert await drafts(baobab, grace) == []


async def test_drafts_end_with_conversations_and_with_delete(
    town: Town, baobab: Baobab, grace: Resident, traces: Traces
) -> None:
    await grace.sends_file("tea.md", TEA.encode())
    await grace.says("/mydata")
    held = orjson.loads(await town.bytes_of(grace.documents[-1]))
    assert [each["file"] for each in held["drafts_of_surveys"]] == ["tea.md"]
    await grace.says("/delete")
    await grace.taps("Delete everything")
    assert await traces("tea.md") == []


async def test_old_drafts_are_forgotten(town: Town, baobab: Baobab, grace: Resident) -> None:
    await grace.sends_file("tea.md", TEA.encode())
    keep = baobab.house.content.organisation.keep_days.conversations
    await town.forward(timedelta(days=keep - 1))
    await baobab.handling.forget_old()
    assert await drafts(baobab, grace) == ["tea.md"]
    await town.forward(2 * DAY)
    await baobab.handling.forget_old()
    assert await drafts(baobab, grace) == []


async def test_nobody_has_more_drafts_than_they_can_look_through(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    now = baobab.house.clock.now()
    async with baobab.house.database.work() as work:
        found = await People(work).greet(grace.id, now)
        for number in range(MOST):
            draft_id = await DraftStore(work).add(found.id, "x", f"form-{number}.md", now)
            await DraftStore(work).put_off(draft_id, now + DAY)
    await grace.sends_file("tea.md", TEA.encode())
    assert grace.last.text.startswith("You have 20 drafts.")
    await grace.taps("Publish surveys")
    assert len(grace.last.buttons) <= 8
    assert "Page 1 of 4." in grace.last.text
    await grace.taps("More")
    assert grace.last.buttons == [
        *(f"Draft: form-{number}.md" for number in (14, 13, 12, 11, 10)),
        "Back", "More", "Go to the start",
    ]  # fmt: skip
    await grace.taps("Draft: form-14.md")
    assert grace.last.text == "I am still reading form-14.md."


async def test_whoever_stopped_messages_finds_the_report_behind_the_button(
    town: Town, grace: Resident
) -> None:
    await grace.says("/stop")
    await grace.taps("Stop messages")
    await grace.sends_file("tea.md", TEA.encode())
    assert grace.last.text.startswith("Thank you. I am reading tea.md.")
    await grace.taps("Look now")
    grace.sees("I found no problem.")


async def test_a_file_that_telegram_cannot_give_is_tried_again_and_then_given_up(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    fault = {"kind": "drop", "method": "getFile", "times": None}
    await town.ask("POST", "/faults", json=fault)
    await grace.sends_file("tea.md", TEA.encode())
    await grace.taps("Look now")
    grace.sees("I am still reading tea.md.")
    await town.ask("DELETE", "/faults")
    await town.forward(timedelta(minutes=1))
    await grace.look()
    assert "I found no problem." in grace.last.text

    await town.ask("POST", "/faults", json=fault)
    await grace.sends_file("tea.md", TEA.encode())
    await town.forward(timedelta(hours=25))
    await town.forward(timedelta(minutes=6))
    await grace.look()
    grace.sees("I could not get this file from Telegram. Please send it again.")
    await town.ask("DELETE", "/faults")


async def test_the_survey_list_leads_authors_to_publishing(
    town: Town, baobab: Baobab, grace: Resident, amina: Resident
) -> None:
    await publish(baobab, TEA)
    await grace.says("/survey")
    assert grace.last.buttons[-1] == "Publish surveys"
    await amina.says("/survey")
    assert "Publish surveys" not in amina.last.buttons


def with_lists() -> bytes:
    """A form that needs two lists."""
    return b"""
| survey | | | | |
| | type | name | label | calculation |
| | select_one_from_file wards.csv | ward | Which ward? | |
| | calculate | who | | pulldata('mayors', 'mayor', 'name', ${ward}) |
| | note | seat | Its mayor is ${who}. | |
| | text | more | What else? | |
| settings | | |
| | form_title | form_id |
| | Wards | wards |
"""


@both_databases
async def test_lists_are_sent_after_the_form_that_asks_for_them(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("wards.md", with_lists())
    grace.sees(
        "Please send me these files, too: wards.csv, mayors.csv. Send them here, one after another."
    )
    await grace.sends_file("Wards (1).csv", b"name,label\nw1,Kenton\nw2,Tokyngton\n")
    assert grace.messages[-2].text.startswith(
        "Thank you. I am reading wards.md again, with wards.csv."
    )
    grace.sees("Please send me these files, too: mayors.csv.")
    await grace.sends_file("mayors.csv", b"name,mayor\nw1,Ada\nw2,Ben\n")
    assert grace.last.text.startswith("Wards\n\nFile: wards.md\nIt has up to 2 questions.")
    assert await drafts(baobab, grace) == ["wards.md"]
    await grace.taps("Try it")
    await grace.taps("Tokyngton")
    grace.sees("Its mayor is Ben.")

    await grace.sends_file("wards.md", with_lists().replace(b"else", b"more"))  # mended
    assert grace.last.text.startswith("Wards\n\nFile: wards.md\nIt has up to 2 questions.")
    assert await drafts(baobab, grace) == ["wards.md"]


async def test_a_list_that_comes_before_its_form_is_kept_for_it(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("wards.csv", b"name,label\nw1,Kenton\n")
    grace.sees("Is this a list for a form? Then send me the form. I keep the list for it.")
    await grace.sends_file("wards.md", with_lists())
    grace.sees("Please send me these files, too: mayors.csv.")
    assert await drafts(baobab, grace) == ["wards.md"]


@both_databases
async def test_all_lists_that_come_before_their_form_are_kept_for_it(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("wards.csv", b"name,label\nw0,Old\n")
    await grace.sends_file("mayors.csv", b"name,mayor\nw1,Ada\n")
    await grace.sends_file("wards.csv", b"name,label\nw1,Kenton\n")
    assert await drafts(baobab, grace) == ["wards.csv", "mayors.csv"]
    await grace.sends_file("broken.md", BROKEN.encode())
    assert await drafts(baobab, grace) == ["broken.md", "wards.csv", "mayors.csv"]
    await grace.sends_file("wards.md", with_lists())
    assert await drafts(baobab, grace) == ["wards.md"]
    await grace.taps("Try it")
    await grace.taps("Kenton")
    grace.sees("Its mayor is Ada.")


async def test_a_list_that_no_form_asks_for_leaves_the_form_that_waits_for_others(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("wards.md", with_lists())
    await grace.sends_file("word.csv", b"name,label\nw1,Kenton\n")  # misspelt
    assert await drafts(baobab, grace) == ["word.csv", "wards.md"]
    await grace.sends_file("wards.csv", b"name,label\nw1,Kenton\n")
    grace.sees("Please send me these files, too: mayors.csv.")


async def test_a_list_is_asked_as_a_program_in_any_country_saves_it(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("wards.md", with_lists())
    await grace.sends_file("wards.csv", "\ufeffname;label\r\nw1;Kenton; Wembley\r\n".encode())
    await grace.sends_file("mayors.csv", "name\tmayor\r\nw1\tAdaé\r\n".encode("utf-16"))
    assert "never" not in grace.last.text
    await grace.taps("Try it")
    await grace.taps("Kenton")
    grace.sees("Its mayor is Adaé.")


async def test_a_list_with_a_fault_is_sent_again(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("wards.md", with_lists())
    await grace.sends_file("mayors.csv", b"name,mayor\nw1,Ada\n")
    await grace.sends_file("wards.csv", b"code,label\nw1,Kenton\n")
    grace.sees("The file wards.csv has no column name.")
    await grace.sends_file("wards.csv", b"name,label\nw1,Kenton\n")
    assert "Publish" in grace.last.buttons


async def test_an_author_sees_how_long_and_how_complete_a_form_is(
    town: Town, grace: Resident
) -> None:
    form = """
| survey | | | | | |
| | type | name | label::English (en) | label::Somali (so) | relevant |
| | select_one yn | tea | Tea? | Shaah? | |
| | text | why | Why? | | ${tea} = 'yes' |
| choices | | | | |
| | list_name | name | label::English (en) | label::Somali (so) |
| | yn | yes | Yes | Haa |
| | yn | no | No | Maya |
"""
    await grace.sends_file("tea.md", form.encode())
    assert grace.last.text.startswith(
        "tea\n\nFile: tea.md\nIt has up to 2 questions.\nLanguages: English\n"
        "Shortest way: 1 question\nLongest way: 2 questions, each repetition counted once\n\n"
        "How many of its texts each language has:\n• English (en): 4 of 4 texts\n"
        "• Somali (so): 3 of 4 texts\n\n"
        "It can be published. I found 1 thing that you should look at:\n\n"
        "1. Note: sheet survey, row 5, column label::Somali (so): The text in Somali (so) is "
        "missing."
    )


TWO_LANGUAGES = """
| survey | | | | |
| | type | name | label::English (en) | label::Somali (so) |
| | note | title | Tea | Shaah |
| | text | why | Why? | Waayo? |
| settings | |
| | form_id |
| | tea |
"""


@both_databases
async def test_titles_typed_in_the_chat_are_for_each_language_and_for_later_versions(
    town: Town, baobab: Baobab, grace: Resident, amina: Resident
) -> None:
    await grace.sends_file("tea.md", TWO_LANGUAGES.encode())
    await grace.taps("Publish")
    await grace.taps("Everyone")
    await grace.taps("No last day")
    grace.sees("Title (English): Tea\nTitle (Soomaali): Shaah\nFor: Everyone")
    await grace.taps("Title in Soomaali")
    grace.sees("What is the survey called in this language: Soomaali? Please type the title.")
    await grace.says("Shaah & buskud")
    grace.sees("Title (English): Tea\nTitle (Soomaali): Shaah & buskud\n")
    await grace.taps("Publish it now")
    assert await titles(baobab) == {"en": "Tea", "so": "Shaah & buskud"}

    await give_role(baobab, amina, Role.STEERING)
    await amina.sends_file("tea.md", TWO_LANGUAGES.replace("Why?", "Why so?").encode())
    await amina.taps("Publish")
    await amina.taps("No last day")
    amina.sees("Title (English): Tea\nTitle (Soomaali): Shaah & buskud\n")
    today = baobab.house.clock.now().astimezone(LONDON)
    said = f"{today:%A} {today.day} {today:%B %Y} ({today:%d/%m/%Y})"
    amina.sees(
        f"Last changed by somebody else of your group, on {said}.\n\n"
        "Please make sure that they agree before you change it."
    )
    await amina.taps("They agree: publish it")
    assert await titles(baobab) == {"en": "Tea", "so": "Shaah & buskud"}
    await amina.taps("See the survey")
    amina.sees(f"Last changed by you, on {said}.")
    await amina.says("/mydata")
    held = orjson.loads(await town.bytes_of(amina.documents[-1]))
    assert held["surveys_changed_last"] == ["tea"]

    # Once the form itself calls it something else, that counts; from the command line too.
    await publish(baobab, TWO_LANGUAGES.replace("Shaah |", "Shaah cas |"))
    assert await titles(baobab) == {"en": "Tea", "so": "Shaah cas"}
    await grace.says("/publish")
    await grace.taps("Tea")
    grace.sees(f"Last changed on {said}.")
    await grace.taps("Close it")
    grace.sees(f"Last changed on {said}.")
    await grace.taps("Yes, close it")
    await amina.says("/publish")
    await amina.taps("Tea")
    amina.sees(f"Last changed by somebody else of your group, on {said}.")
    await grace.says("/delete")
    await grace.taps("Delete everything")
    await amina.says("/publish")
    await amina.taps("Tea")
    amina.sees(f"Last changed on {said}.")


async def titles(baobab: Baobab) -> dict[str, str]:
    async with baobab.house.database.reading() as work:
        [survey] = await SurveyStore(work).all()
        return dict(survey.title)
