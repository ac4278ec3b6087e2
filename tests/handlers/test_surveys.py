"""Surveys in the chat, as residents and staff take them."""

from dataclasses import replace
from datetime import UTC, timedelta

import orjson
import pytest

from bot.app import Baobab
from bot.chat.interviews import Interviews, Saved
from bot.config import HOME
from bot.i18n import LANGUAGES, Catalogues
from bot.people.models import Role
from bot.surveys.desk import SurveyDesk
from bot.surveys.models import Audience, Survey
from tests.handlers.conftest import Traces, both_databases
from tests.support.people import Resident, Town
from tests.support.roles import give_role, number_of, take_role
from tests.support.surveys import publish, records_of, shipped

CATALOGUES = Catalogues(HOME / "locales")

TEA = """
| survey | | | | | | | |
| | type | name | label::English (en) | label::Somali (so) | required | relevant | constraint |
| | select_one yn | tea | Do you like tea? | Shaah ma jeceshahay? | | | |
| | integer | cups | How many cups? | Imisa koob maalintii? | | ${tea} = 'yes' | . < 50 |
| | select_multiple with | with | What goes with it? | Maxaad la cabtaa? | | ${tea} = 'yes' | |
| | text | why | Why? | Maxaa yeelay? | | | |
| choices | | | | | |
| | list_name | name | label::English (en) | label::Somali (so) | exclusive |
| | yn | yes | Yes | Haa | |
| | yn | no | No | Maya | |
| | with | milk | Milk | Caano | |
| | with | sugar | Sugar | Sonkor | |
| | with | nothing | Nothing | Waxba | yes |
| settings | | | |
| | form_title | form_id | default_language |
| | Tea | tea | English (en) |
"""


def question(person: Resident) -> str:
    """The line of the screen that asks: the one after how far the person is."""
    lines = person.last.text.split("\n\n")
    place = next(at for at, line in enumerate(lines) if " of about " in line)
    return lines[place + 1]


async def begins(person: Resident, title: str = "Tea") -> None:
    await person.says("/survey")
    await person.taps(title)
    await person.taps("Begin")


def data(person: Resident, label: str) -> str:
    """What a button on the last screen carries."""
    rows = person.last.raw["reply_markup"]["inline_keyboard"]
    [found] = [each for row in rows for each in row if each["text"] == label]
    return str(found["callback_data"])


async def records(baobab: Baobab, survey: Survey) -> list[object]:
    return [orjson.loads(record) for record in await records_of(baobab, survey)]


async def kept(baobab: Baobab, person: Resident, survey: Survey) -> Saved:
    """What is kept of a person's interview."""
    number = await number_of(baobab, person)
    async with baobab.house.database.reading() as work:
        saved = await Interviews(work, baobab.house.vault).get(number, survey.form)
    assert saved is not None
    return saved


@both_databases
@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_staff_survey_is_taken_in_every_language(
    town: Town, baobab: Baobab, code: str
) -> None:
    t = CATALOGUES.translator(code)
    survey = await publish(baobab, shipped("barriers-to-senior-roles"))
    grace = await town.person("Grace", language_code=code)
    await grace.says("/start")
    await grace.taps(t.name)
    await grace.says("/survey")
    await grace.taps(t.pick(survey.title)[0])
    await grace.taps(t.plain("Begin"))
    first = grace.last
    await grace.taps(first.buttons[0])  # she agrees
    assert grace.last.id == first.id  # one message, edited in place
    await grace.taps(grace.last.buttons[2])
    for _ in range(40):
        if t.plain("Send my answers") in grace.last.buttons:
            break
        await grace.taps(t.plain("Skip"))
    await grace.taps(t.plain("Send my answers"))
    grace.sees(t("<b>Thank you. Your answers are sent.</b>").striptags())
    [record] = await records(baobab, survey)
    assert record == {"consent": "agree", "questions": {"work": "both"}}


@both_databases
async def test_answers_by_button_by_number_by_label_and_by_typing(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, TEA)
    await begins(amina)
    assert question(amina) == "Do you like tea?"
    assert amina.last.buttons == ["Yes", "No", "Skip", "Go on later"]
    await amina.says("YES")
    assert question(amina) == "How many cups?"
    await amina.says("sixty")
    amina.sees("This is no number that I can read.")
    await amina.says("60")
    amina.sees("This answer does not fit here. Please look at the question again.")
    await amina.says("٣")
    assert question(amina) == "What goes with it?"
    await amina.says("1, sugar")
    assert amina.last.buttons[:3] == ["☑ Milk", "☑ Sugar", "Nothing"]
    await amina.taps("Nothing")
    assert amina.last.buttons[:3] == ["Milk", "Sugar", "☑ Nothing"]
    await amina.taps("Milk")
    await amina.taps("Done")
    await amina.says("It is <b>warm</b> & good")
    amina.sees("It is <b>warm</b> & good")
    await amina.taps("Send my answers")
    amina.sees("Thank you. Your answers are sent.")
    assert await records(baobab, survey) == [
        {"tea": "yes", "cups": 3, "with": ["milk"], "why": "It is <b>warm</b> & good"}
    ]


async def test_a_changed_answer_drops_what_it_hides(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("Yes")
    await amina.says("3")
    await amina.taps("Back")
    assert question(amina) == "How many cups?"
    amina.sees("Your answer now: 3")
    await amina.taps("Keep it")
    await amina.taps("Skip")
    await amina.taps("Skip")
    await amina.taps("1")
    await amina.taps("No")
    amina.sees("This changed other answers. I deleted your answers to:\n\n• How many cups?")
    await amina.taps("Send my answers")
    assert await records(baobab, survey) == [{"tea": "no"}]


@both_databases
async def test_progress_survives_days_and_a_change_of_language(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("Yes")
    await amina.taps("Go on later")
    amina.sees("Your answers are saved. Nothing is sent yet.")
    await town.forward(timedelta(days=1))
    await amina.says("/language")
    await amina.taps("Soomaali")
    await amina.says("/survey")
    await amina.taps("Tea")
    await amina.taps(CATALOGUES.translator("so").plain("Go on"))
    amina.sees("Imisa koob maalintii?")
    await amina.says("4")
    assert amina.last.buttons[:3] == ["Caano", "Sonkor", "Waxba"]


async def test_a_language_that_the_survey_lacks_is_chosen_among_those_it_has(
    town: Town, baobab: Baobab
) -> None:
    await publish(baobab, TEA)
    t = CATALOGUES.translator("fr")
    awa = await town.person("Awa", language_code="fr")
    await awa.says("/start")
    await awa.taps("Français")
    await awa.says("/survey")
    await awa.taps("Tea")
    assert awa.last.buttons == ["English", "Soomaali", t.plain("Back")]
    await awa.taps("Soomaali")
    awa.sees("Shaah ma jeceshahay?")
    await awa.taps("Haa")
    awa.sees("Imisa koob maalintii?")


@both_databases
async def test_who_does_not_agree_leaves_nothing_and_can_come_back(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, shipped("barriers-to-senior-roles"))
    await begins(amina, "Barriers to senior roles")
    await amina.taps("Not now")
    amina.sees("That is fine. Nothing is kept. You can begin later if you change your mind.")
    assert await records(baobab, survey) == []
    await begins(amina, "Barriers to senior roles")
    await amina.taps("Yes, I agree")
    assert question(amina) == "What kind of work do you do?"


async def test_old_buttons_and_double_taps_change_nothing(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, TEA)
    await begins(amina)
    number = amina.last.id
    yes = f"sq:{survey.id}:1:pick:yes:0"
    await amina.presses(number, yes)
    assert question(amina) == "How many cups?"
    await amina.presses(number, yes)
    assert amina.toasts[-1] == "This button is from an earlier question. Here is where we are."
    assert question(amina) == "How many cups?"
    for strange in (
        "sq", "sq:x", f"sq:{survey.id}:2:pick:99:0", f"sq:{survey.id}:2:jump:1:0",
        f"sq:{survey.id}:2:change:-1:0", "sq:999999:1:pick:0:0",
    ):  # fmt: skip
        await amina.presses(number, strange)
    await begins_again(amina)
    assert question(amina) == "How many cups?"


async def begins_again(person: Resident) -> None:
    await person.says("/survey")
    await person.taps("Tea")
    await person.taps("Go on")


async def test_another_persons_buttons_move_nobody_else(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, TEA)
    await begins(amina)
    yusuf = await town.newcomer("Yusuf")
    await yusuf.presses(yusuf.last.id, f"sq:{survey.id}:1:pick:0:0")
    yusuf.sees("It has up to 4 questions.")
    await amina.look()
    assert question(amina) == "Do you like tea?"


async def test_a_sent_survey_is_not_taken_twice(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("No")
    await amina.taps("Skip")
    screen, send = amina.last.id, f"sq:{survey.id}:3:finish::0"
    await amina.taps("Send my answers")
    await amina.presses(screen, send)
    await amina.presses(screen, f"survey:{survey.id}:begin")
    amina.sees("You have sent your answers already. Thank you.")
    assert await records(baobab, survey) == [{"tea": "no"}]


async def test_answers_so_far_can_be_deleted(
    town: Town, baobab: Baobab, amina: Resident, traces: Traces
) -> None:
    survey = await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("No")
    await amina.says("secretly")
    await amina.taps("Delete my answers")
    amina.sees("Shall I delete your answers to this survey? This cannot be undone.")
    await amina.taps("Go on")
    amina.sees("secretly")
    await amina.taps("Delete my answers")
    await amina.taps("Yes, delete them")
    amina.sees("Your answers are deleted. Nothing was sent.")
    assert await records(baobab, survey) == []
    assert await traces("secretly") == []
    await begins(amina)
    assert question(amina) == "Do you like tea?"


@both_databases
async def test_an_old_button_deletes_no_answers(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("No")
    await amina.says("Because")
    review, drop = amina.last.id, data(amina, "Delete my answers")
    await amina.presses(review, drop)
    asked, yes = amina.last.id, data(amina, "Yes, delete them")
    await amina.taps("Go on")
    for screen, old in ((review, drop), (asked, yes), (review, drop.replace("drop", "erase"))):
        await amina.presses(screen, old)
        assert amina.toasts[-1].startswith("This button is from an earlier question."), old
        amina.sees("Because")
    await amina.taps("Go on later")
    paused, drop = amina.last.id, data(amina, "Delete my answers")
    await amina.taps("Go on")
    await amina.taps("Send my answers")
    for screen, old in ((paused, drop), (asked, yes)):
        await amina.presses(screen, old)
        amina.sees("You have sent your answers already. Thank you.")


async def test_a_closed_survey_takes_nothing_more(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    survey = await publish(baobab, TEA, closes_at=now + timedelta(days=1))
    await begins(amina)
    await town.forward(timedelta(days=1))
    await amina.taps("Yes")
    amina.sees("This survey is closed. Thank you for your interest.")
    await amina.says("/survey")
    amina.sees("There is no survey open now. Thank you for asking.")
    assert await records(baobab, survey) == []


async def test_a_survey_that_closes_while_somebody_types_says_so_once(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    await publish(baobab, TEA, closes_at=now + timedelta(hours=1))
    await begins(amina)
    await amina.taps("No")
    await town.forward(timedelta(hours=1))
    await amina.says("because of my blood pressure")
    assert amina.last.text == "This survey is closed. Thank you for your interest."
    await amina.says("blood pressure")
    assert amina.last.text.startswith("Events with “blood pressure”")


async def test_whoever_goes_on_later_can_search_meanwhile(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("No")
    asked = amina.last.id
    await amina.taps("Go on later")
    await amina.says("blood pressure")
    assert amina.last.text.startswith("Events with “blood pressure”")
    await amina.sends_sticker()
    amina.sees("I can only read text")
    await amina.presses(asked, "sq:1:2:skip::0")  # of the screen from before
    assert amina.toasts[-1] == "This button is from an earlier question. Here is where we are."
    await amina.says("It keeps me awake.")
    await amina.taps("Send my answers")
    assert await records(baobab, survey) == [{"tea": "no", "why": "It keeps me awake."}]


async def test_a_survey_for_volunteers_is_for_them_alone_and_rights_are_checked_each_time(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await publish(baobab, TEA, Audience.VOLUNTEERS)
    await amina.says("/survey")
    amina.sees("There is no survey open now.")
    await give_role(baobab, amina, Role.VOLUNTEER)
    await begins(amina)
    await take_role(baobab, amina, Role.VOLUNTEER)
    await amina.taps("Yes")
    amina.sees("This survey is closed.")


async def test_whoever_has_begun_goes_on_with_the_version_they_began(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("No")
    newer = await publish(baobab, TEA.replace("Why?", "Please tell us why."))
    assert (newer.id, newer.version) == (survey.id, 2)
    await begins_again(amina)
    assert question(amina) == "Why?"
    yusuf = await town.newcomer("Yusuf")
    await begins(yusuf)
    await yusuf.taps("No")
    assert question(yusuf) == "Please tell us why."


async def test_answers_to_a_version_that_is_gone_are_deleted_as_is_said(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("No")
    saved = await kept(baobab, amina, survey)
    assert saved.interview is not None
    gone = replace(saved.interview, version="99", revision=saved.revision + 1)
    number = await number_of(baobab, amina)
    async with baobab.house.database.work() as work:
        interviews = Interviews(work, baobab.house.vault)
        await interviews.save(number, gone, saved.subject, baobab.house.clock.now())
    await begins_again(amina)
    amina.sees("Your answers so far are deleted. You can begin again if you like.")
    saved = await kept(baobab, amina, survey)
    assert (saved.goes_on, saved.came_to_end) == (False, False)
    await amina.taps("Begin again")
    await amina.taps("Begin")
    assert question(amina) == "Do you like tea?"


async def test_publishing_the_same_again_is_no_new_version(baobab: Baobab) -> None:
    first, again = await publish(baobab, TEA), await publish(baobab, TEA)
    assert again == replace(first, changed_at=again.changed_at)


@both_databases
async def test_one_nudge_after_two_days_and_then_silence(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("Yes")
    clock = baobab.house.clock
    noon = clock.now().astimezone(baobab.house.zone).replace(hour=12) + timedelta(days=2)
    await town.forward(noon + timedelta(hours=12) - clock.now())
    await amina.look()
    asked_before = amina.last
    await town.forward(timedelta(hours=12))
    await amina.look()
    amina.sees("You began a survey: Tea")
    nudge = amina.last
    assert nudge.id > asked_before.id
    for _ in range(8):
        await town.forward(timedelta(days=1))
    await amina.look()
    assert amina.last.id == nudge.id
    await amina.taps("Go on")
    assert question(amina) == "How many cups?"


async def test_nobody_who_stopped_or_went_on_is_nudged(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await publish(baobab, TEA)
    await begins(amina)
    await amina.says("STOP")
    await amina.taps(amina.last.buttons[0])
    last = amina.last.id
    for _ in range(4):
        await town.forward(timedelta(days=1))
    await amina.look()
    assert amina.last.id == last


async def test_words_for_something_else_are_a_search_after_an_hour(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await publish(baobab, TEA)
    await begins(amina)
    await amina.says("blood pressure")
    amina.sees("I do not know this answer. Please choose one of those below.")
    await town.forward(timedelta(hours=2))
    await amina.says("blood pressure")
    assert "blood pressure" in amina.last.text


async def test_what_is_no_answer_is_refused_kindly(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("No")
    await amina.says("x" * 4000)
    amina.sees("This is too long: 2000 letters at most. Please write it shorter.")
    await amina.sends_sticker()
    amina.sees("I cannot take this as an answer here.")
    assert question(amina) == "Why?"
    assert amina.last.buttons == ["Skip", "Back", "Go on later"]
    await amina.says("short")
    amina.sees("Please check your answers.")


async def test_a_link_leads_to_a_survey(town: Town, baobab: Baobab, amina: Resident) -> None:
    survey = await publish(baobab, TEA)
    await amina.opens(f"s-{survey.id}")
    assert amina.last.buttons == ["Begin", "Back"]
    await amina.opens("s-999")
    amina.sees("This survey is closed.")


@both_databases
async def test_what_is_answered_so_far_is_told_and_erased(
    town: Town, baobab: Baobab, amina: Resident, traces: Traces
) -> None:
    await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("No")
    await amina.says("/mydata")
    held = orjson.loads(await town.bytes_of(amina.documents[-1]))
    assert [each["answers"] for each in held["conversations"]] == [{"tea": "no"}]
    await amina.says("/delete")
    await amina.taps("Delete everything")
    assert await traces(amina.id) == []


async def test_a_survey_can_be_closed_at_once(town: Town, baobab: Baobab, amina: Resident) -> None:
    survey = await publish(baobab, TEA)
    async with baobab.house.database.work() as work:
        await SurveyDesk(work).close(survey.id, baobab.house.clock.now())
    await amina.says("/survey")
    amina.sees("There is no survey open now.")
    assert await records_of(baobab, survey) == []


async def test_the_start_leads_to_the_surveys(town: Town, baobab: Baobab, amina: Resident) -> None:
    await publish(baobab, TEA)
    await amina.says("/start")
    await amina.taps("Surveys")
    assert amina.last.buttons == ["Tea", "Back"]


CHILDREN = """
| survey | | | | | |
| | type | name | label | repeat_count | parameters |
| | integer | many | How many children? | | |
| | begin_repeat | kids | Child | ${many} | |
| | text | name | Name? | | |
| | end_repeat | | | | |
| | geopoint | near | Where do you live? | | |
| | geopoint | stop | Where is your bus stop? | | capture-accuracy=20 |
"""


ASKED_INSIDE = """
| survey | | | |
| | type | name | label |
| | begin_group | intro | Welcome |
| | select_one yn | consent | Do you agree to take part? |
| | end_group | | |
| | text | why | Why? |
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""


@both_databases
@pytest.mark.parametrize("pressed", ["No", "Skip"])
async def test_whoever_does_not_say_yes_leaves_nothing_wherever_that_is_asked(
    town: Town, baobab: Baobab, amina: Resident, pressed: str
) -> None:
    survey = await publish(baobab, ASKED_INSIDE)
    await begins(amina, "form")
    await amina.taps(pressed)
    await amina.says("It rained")
    assert "Send my answers" not in amina.last.buttons
    await amina.taps("End without answers")
    amina.sees("That is fine. Nothing is kept. You can begin later if you change your mind.")
    assert await records(baobab, survey) == []
    await begins(amina, "form")
    await amina.taps("Yes")
    await amina.says("It rained")
    await amina.taps("Send my answers")
    assert await records(baobab, survey) == [{"intro": {"consent": "yes"}, "why": "It rained"}]


async def test_agreeing_alone_is_no_answer_wherever_that_is_asked(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, ASKED_INSIDE)
    await begins(amina, "form")
    await amina.taps("Yes")
    await amina.taps("Skip")
    await amina.taps("End without answers")
    amina.sees("You answered no question, so nothing was sent.")
    assert await records(baobab, survey) == []


ONE = """
| survey | | | |
| | type | name | label |
| | select_one yn | tea | Do you like tea? |
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""


@both_databases
async def test_a_single_answer_is_sent_only_when_the_person_presses_send(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, ONE)
    await begins(amina, "form")
    await amina.taps("Yes")
    assert await records(baobab, survey) == []
    await amina.taps("1")
    await amina.taps("No")
    await amina.taps("Send my answers")
    assert await records(baobab, survey) == [{"tea": "no"}]


PARTS = (
    """
| survey | | | | |
| | type | name | label | appearance |
| | date | year | Since which year? | year |
| | date | month | Since which month? | no-calendar month-year |
| | select_one ward | ward | Which ward? | |
| | select_multiple ward | wards | Which others? | |
| | select_one few | few | Which of these? | |
| choices | | | |
| | list_name | name | label |
"""
    + "".join(f"| | ward | w{n} | Ward {n} |\n" for n in range(10))
    + "| | ward | g | Wood Green |\n"
    + "".join(f"| | few | f{n} | Few {n} |\n" for n in range(10))
)


async def test_what_can_be_typed_is_said_as_it_is_asked(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, PARTS)
    await begins(amina, "form")
    assert amina.last.text.split("\n\n")[1:] == [
        "Since which year?",
        "Please type the year, such as 2026.",
    ]
    await amina.says("1998")
    assert amina.last.text.split("\n\n") == [
        "I noted: 1998.",
        "2 of about 5",
        "Since which month?",
        "Please type the month and the year, such as 3/2026.",
    ]
    await amina.says("March 2026")
    assert amina.last.text.split("\n\n") == [
        "I noted: March 2026 (03/2026).",
        "3 of about 5",
        "Which ward?",
        "You can also type a part of an answer.",
    ]
    await amina.says("gree")
    assert amina.last.text.split("\n\n")[1:] == [
        "Which others?",
        "Choose all that fit. Then press Done.",
        "You can also type a part of an answer.",
    ]
    await amina.says("Ward 3")
    await amina.taps("Done")
    assert amina.last.text.split("\n\n")[1:] == ["Which of these?"]
    await amina.taps("Skip")
    amina.sees("1998")
    amina.sees("March 2026 (03/2026)")
    await amina.taps("Send my answers")
    assert await records(baobab, survey) == [
        {"year": "1998-01-01", "month": "2026-03-01", "ward": "g", "wards": ["w3"]}
    ]


TIMED = """
| survey | | | | |
| | type | name | label | calculation |
| | start | start | | |
| | end | end | | |
| | calculate | at | | string(now()) |
| | text | why | Why? | |
| | text | how | How? | |
"""


@both_databases
async def test_no_time_leads_from_an_answer_to_whoever_gave_it(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, TIMED)
    await begins(amina, "form")
    await amina.says("It rained")
    await amina.taps("Skip")
    await amina.taps("Send my answers")
    assert await records(baobab, survey) == [{"why": "It rained"}]
    interview = await kept(baobab, amina, survey)
    assert (interview.came_to_end, interview.updated_at) == (
        True,
        baobab.house.clock.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0),
    )


@both_databases
async def test_whoever_answers_nothing_is_asked_kindly_and_not_counted(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, TEA)
    await begins(amina)
    await amina.taps("Skip")
    await amina.taps("Skip")
    amina.sees(
        "You have not answered a question. Would you like to? Then press its number. If you do "
        "not want to answer, that is fine: nothing is sent then."
    )
    assert "Send my answers" not in amina.last.buttons
    await amina.taps("1")
    await amina.taps("No")
    assert "Send my answers" in amina.last.buttons
    await amina.taps("1")
    await amina.taps("Skip")
    await amina.taps("End without answers")
    amina.sees("You answered no question, so nothing was sent. You can begin again if you like.")
    assert await records(baobab, survey) == []
    await begins(amina)
    await amina.taps("No")
    await amina.taps("Skip")
    await amina.taps("Send my answers")
    assert await records(baobab, survey) == [{"tea": "no"}]


async def test_what_goes_with_a_repetition_and_what_is_kept_of_a_place_is_said(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    survey = await publish(baobab, CHILDREN)
    await begins(amina, "form")
    await amina.says("2")
    await amina.says("Bo")
    await amina.says("Cy")
    amina.sees("I keep only roughly where it is: to within about one kilometre.")
    await amina.shares_location(51.556789, -0.279123)
    amina.sees("I noted: 51.56, -0.28.")
    amina.sees("I do not keep the exact place: only to within about 100 metres.")
    await amina.says("51.556789, -0.279123")
    amina.sees("I noted: 51.557, -0.279.")
    await amina.taps("1")
    await amina.says("1")
    amina.sees("This changed other answers. I deleted your answers to:\n\n• Child 2 · Name?")
    await amina.taps("Send my answers")
    assert await records(baobab, survey) == [
        {
            "many": 1,
            "kids": [{"name": "Bo"}],
            "near": "51.56 -0.28 0 1000",
            "stop": "51.557 -0.279 0 100",
        }
    ]
