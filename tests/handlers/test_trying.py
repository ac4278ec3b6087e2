"""Authors try a draft as people will see it."""

import pytest

from bot.app import Baobab
from bot.people.models import Role
from bot.people.service import People
from bot.surveys.store import SurveyStore
from tests.handlers.conftest import Traces, both_databases
from tests.handlers.test_authoring import TEA, button, drafts, grace
from tests.support.people import Resident, Town
from tests.support.roles import give_role, take_role

__all__ = ["grace"]

TEST = "This is a test. No answer is kept.\n\n"
TWO = """
| survey | | | | |
| | type | name | label::English (en) | label::Somali (so) |
| | select_one yn | consent | Do you agree? | Ma oggoshahay? |
| | text | why | Why? | Maxaa yeelay? |
| choices | | | | |
| | list_name | name | label::English (en) | label::Somali (so) |
| | yn | yes | Yes | Haa |
| | yn | no | No | Maya |
| settings | | |
| | form_title | form_id |
| | Two | two |
"""


async def kept_interviews(baobab: Baobab, person: Resident) -> list[str]:
    """The forms of which anything is kept about a person."""
    from bot.chat.interviews import Interviews

    house = baobab.house
    async with house.database.work() as work:
        found = await People(work).greet(person.id, house.clock.now())
        held = await Interviews(work, house.vault).held_about(found.id)
    conversations = held["conversations"]
    assert isinstance(conversations, list)
    return [each["form"] for each in conversations]


@both_databases
async def test_it_is_walked_as_people_will_and_leaves_nothing(
    town: Town, baobab: Baobab, grace: Resident, traces: Traces
) -> None:
    await grace.sends_file("tea.md", TEA.encode())
    await grace.taps("Try it")
    assert grace.last.text == f"{TEST}1 of about 2\n\nDo you like tea?"
    await grace.taps("Yes")
    await grace.says("It is warm in winterly evenings")
    assert grace.last.text.startswith(f"{TEST}Please check your answers.")
    await grace.taps("2")
    assert grace.last.text.startswith(f"{TEST}2 of about 2\n\nWhy?")
    await grace.taps("Keep it")
    await grace.taps("Send my answers")
    assert grace.last.text == (
        "This is the end of the test.\n\n"
        "If somebody answers like this, we keep:\n\n"
        '{\n  "tea": "yes",\n  "why": "It is warm in winterly evenings"\n}\n\n'
        "Your test answers are deleted."
    )
    assert grace.last.rows == [["Try it again"], ["Publish"], ["Back to the draft"]]
    assert await kept_interviews(baobab, grace) == []
    async with baobab.house.database.reading() as work:
        assert await SurveyStore(work).responses_by_survey() == {}
    assert await traces("winterly") == []
    await grace.says("/survey")
    grace.sees("There is no survey open now.")


async def test_each_language_of_the_form_can_be_tried(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("two.md", TWO.encode())
    grace.sees("Languages: English, Soomaali")
    await grace.taps("Try it")
    assert grace.last.text == "In which language do you want to try it?"
    assert grace.last.buttons == ["English", "Soomaali", "Back to the draft"]
    await grace.taps("Soomaali")
    assert "Ma oggoshahay?" in grace.last.text
    await grace.taps("Maya")
    await grace.taps("Skip")
    await grace.taps("End without answers")
    grace.sees("Whoever does not agree leaves nothing: we keep no answer.")


@pytest.mark.parametrize("label", ["Go on later", "Delete my answers"])
async def test_breaking_off_ends_it(
    town: Town, baobab: Baobab, grace: Resident, label: str
) -> None:
    await grace.sends_file("tea.md", TEA.encode())
    await grace.taps("Try it")
    await grace.taps("Yes")
    await grace.says("Because")
    await grace.taps(label)
    assert grace.last.text == "The test is over. Your test answers are deleted."
    assert await kept_interviews(baobab, grace) == []
    await grace.says("Because")
    assert grace.last.text.startswith("Events with “Because”")


async def test_buttons_of_an_earlier_trial_are_old(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("tea.md", TEA.encode())
    await grace.taps("Try it")
    screen, old = grace.last.id, button(grace, "Yes")
    await grace.taps("Go on later")
    await grace.presses(screen, old)
    assert grace.last.text == "The test is over. Your test answers are deleted."
    await town.ask("POST", "/clock", json={"seconds": 2})
    await grace.taps("Try it again")
    await grace.presses(screen, old)
    assert grace.toasts[-1].startswith("This button is from an earlier question.")
    assert grace.last.text.startswith(f"{TEST}1 of about 2")


async def test_it_ends_with_the_role_and_with_the_draft(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    await grace.sends_file("tea.md", TEA.encode())
    await grace.taps("Try it")
    await take_role(baobab, grace, Role.STEERING)
    await grace.taps("Yes")
    assert grace.last.text.startswith("Only the Race Steering Group can publish surveys.")
    await give_role(baobab, grace, Role.STEERING)
    await grace.says("/publish")
    await grace.taps("Draft: tea.md")
    await grace.taps("Try it")
    screen, first = grace.last.id, button(grace, "Yes")
    await grace.sends_file("tea again.md", TEA.encode())  # takes the place of the first
    assert await drafts(baobab, grace) == ["tea again.md"]
    assert await kept_interviews(baobab, grace) == []
    await grace.presses(screen, first)
    assert grace.toasts[-1] == "This is not there any more. Here is what there is."


async def test_a_file_answers_the_question_of_a_trial_that_asks_for_one(
    town: Town, baobab: Baobab, grace: Resident
) -> None:
    form = TEA.replace("| text | why | Why? |", "| file | plan | Your plan? |")
    await grace.sends_file("tea.md", form.encode())
    await grace.taps("Try it")
    await grace.taps("Yes")
    assert "Your plan?" in grace.last.text
    await grace.sends_file("plan.xlsx", b"anything")
    assert grace.last.text.startswith(f"{TEST}Please check your answers.")
    assert await drafts(baobab, grace) == ["tea.md"]
