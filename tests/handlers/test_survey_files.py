"""Pictures, sounds and videos beside questions and choices, and the .zip that brings them."""

import hashlib
from datetime import timedelta

import orjson
import pytest

from bot.app import Baobab
from bot.people.models import Role
from bot.surveys.files import FileStore
from bot.surveys.models import Survey
from bot.surveys.store import SurveyStore
from tests.handlers.conftest import both_databases
from tests.support.people import Resident, Seen, Town
from tests.support.roles import give_role
from tests.support.surveys import MP3, MP4, OGG, packed, png, publish, records_of, sheet

ROOM = """
| survey | | | | | | | |
| | type | name | label::English (en) | label::Somali (so) | media::image::English (en) | media::image::Somali (so) | media::audio::English (en) |
| | select_one yn | ready | Are you ready? | Diyaar ma tahay? | | | |
| | note | look | Look at this. | Tan eeg. | | | look.ogg |
| | select_one room | room | Which room? | Qolkee? | map.png | khariidad.png | |
| | select_multiple tea | tea | Which tea? | Shaahee? | | | tea.mp3 |
| | text | why | Why? | Sababta? | | | |
| choices | | | | | | |
| | list_name | name | label::English (en) | label::Somali (so) | media::image::English (en) | media::video::English (en) |
| | yn | yes | Yes | Haa | | |
| | yn | no | No | Maya | | |
| | room | hall | The hall | Hoolka | hall.png | |
| | room | yard | The yard | Barxadda | | yard.mp4 |
| | tea | mint | Mint | Reexaan | | |
| | tea | black | Black | Madow | | |
| settings | | | |
| | form_title | form_id | default_language |
| | Room | room | English (en) |
"""  # noqa: E501 -- a table
FILES = {
    "map.png": png(1),
    "khariidad.png": png(2),
    "hall.png": png(3),
    "yard.mp4": MP4,
    "look.ogg": OGG,
    "tea.mp3": MP3,
}
NAMES = {content: name for name, content in FILES.items()}
WITH_ROOM = ["look.ogg", "map.png", "hall.png | 1. The hall", "yard.mp4 | 2. The yard"]
"""What comes before the second question in English."""
HOUR = timedelta(hours=1)


async def steering(town: Town, baobab: Baobab) -> Resident:
    """Somebody of the steering group."""
    grace = await town.newcomer("Grace")
    await give_role(baobab, grace, Role.STEERING)
    return grace


async def told(person: Resident, after: Seen) -> list[str]:
    """What the bot said after a message: a file by its name and caption, a text by its question."""
    said = []
    for seen in person.messages:
        if seen.mine or seen.id <= after.id:
            continue
        if seen.file is None:
            said.append(seen.text.split("\n\n"))
        else:
            name = NAMES[await person.town.bytes_of(seen.file)]
            said.append([name, seen.text] if seen.text else [name])
    return [" | ".join(lines) for lines in said]


async def sent_files(town: Town) -> tuple[int, int]:
    """How many files the bot uploaded, and how often it showed one that Telegram had."""
    calls = await town.ask("GET", "/log")
    kinds = {"sendPhoto": "photo", "sendVideo": "video", "sendAudio": "audio", "sendVoice": "voice"}
    shown = [each["params"][kinds[each["method"]]] for each in calls if each["method"] in kinds]
    uploads = [each for each in shown if each.startswith("file ")]
    return len(uploads), len(shown) - len(uploads)


async def begins(person: Resident, words: tuple[str, str] = ("Room", "Begin")) -> Seen:
    """To the first question; the message that the person pressed."""
    await person.says("/survey")
    for word in words:
        await person.taps(word)
    return person.last


@both_databases
async def test_a_zip_brings_pictures_that_everybody_sees_with_their_questions(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    grace = await steering(town, baobab)
    await grace.sends_file("room.zip", packed("room.xlsx", sheet(ROOM), FILES))
    grace.sees("I found no problem.")
    await grace.taps("Try it")
    await grace.taps("English")
    start = grace.last
    await grace.taps("Yes")
    said = await told(grace, start)
    assert said[:4] == WITH_ROOM
    assert said[4].startswith("This is a test. No answer is kept. | Look at this.")
    await grace.taps("Go on later")
    await grace.taps("Publish")
    await grace.taps("Everyone")
    await grace.taps("No last day")
    await grace.taps("Publish it now")
    assert await sent_files(town) == (4, 0)

    first = await begins(amina)
    await amina.taps("Yes")
    assert await told(amina, first) == [
        *WITH_ROOM,
        "Look at this. | 2 of about 4 | Which room?",
    ]
    assert await sent_files(town) == (4, 4)  # Telegram has each of them already
    assert amina.messages[-6].id == first.id
    assert amina.messages[-6].buttons == []
    room = amina.last
    await amina.says("2")
    assert await told(amina, room) == [
        "tea.mp3",
        "3 of about 4 | Which tea? | Choose all that fit. Then press Done.",
    ]
    tea = amina.last
    await amina.taps("Mint")
    await amina.taps("Black")
    assert amina.last.id == tea.id  # in place, and nothing is played again
    await amina.taps("Done")
    assert amina.last.id > tea.id  # the sound stays above the question that it belongs to
    why = amina.last
    await amina.taps("Back")
    assert [line.split(" | ")[0] for line in await told(amina, why)] == ["tea.mp3", "3 of about 4"]
    await amina.taps("Done")
    await amina.taps("Skip")
    await amina.taps("Send my answers")
    [survey] = await published(baobab)
    assert [orjson.loads(each) for each in await records_of(baobab, survey)] == [
        {"ready": "yes", "room": "yard", "tea": ["mint", "black"]}
    ]

    hodan = await town.person("Hodan", language_code="so")
    await hodan.says("/start")
    await hodan.taps("Soomaali")
    first = await begins(hodan, ("Room", "Bilow"))
    await hodan.taps("Haa")
    said = await told(hodan, first)
    # Her own map; of what there is in English only, the English.
    assert said[:4] == [
        "look.ogg",
        "khariidad.png",
        "hall.png | 1. Hoolka",
        "yard.mp4 | 2. Barxadda",
    ]


async def published(baobab: Baobab) -> list[Survey]:
    async with baobab.house.database.reading() as work:
        return await SurveyStore(work).all()


async def test_what_telegram_forgot_it_gets_again(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await publish(baobab, ROOM, files=FILES)
    await begins(amina)
    await amina.taps("Yes")
    fault = {
        "kind": "refuse",
        "method": "sendPhoto",
        "description": "Bad Request: wrong remote file identifier specified: can't unserialize it",
    }
    await town.ask("POST", "/faults", json=fault)
    await town.forward(HOUR)  # nobody presses twice so slowly
    uploads, _ = await sent_files(town)
    start = amina.last
    await begins(amina, ("Room", "Go on"))
    said = await told(amina, start)
    assert said[-5:-1] == WITH_ROOM
    assert (await sent_files(town))[0] == uploads + 1


async def test_a_picture_that_telegram_cannot_show_comes_as_a_file(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await publish(baobab, ROOM, files=FILES)
    first = await begins(amina)
    fault = {
        "kind": "refuse",
        "method": "sendPhoto",
        "description": "Bad Request: IMAGE_PROCESS_FAILED",
    }
    await town.ask("POST", "/faults", json=fault)
    await amina.taps("Yes")
    said = await told(amina, first)
    assert said[:4] == WITH_ROOM
    assert [seen.file.name for seen in amina.messages if seen.file][1] == "map.png"
    assert amina.last.text.endswith("Which room?")


async def test_an_old_button_brings_the_picture_again_but_a_double_tap_does_not(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await publish(baobab, ROOM, files=FILES)
    first = await begins(amina)
    button = first.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await amina.taps("Yes")
    seen = amina.last
    await amina.presses(first.id, button)
    assert amina.last.id == seen.id
    await town.forward(HOUR)
    await amina.presses(first.id, button)
    said = await told(amina, seen)
    assert said[:4] == WITH_ROOM


WITH_LIST = """
| survey | | | | |
| | type | name | label | media::image |
| | select_one_from_file wards.csv | ward | Which ward? | map.png |
| settings | | |
| | form_title | form_id |
| | Wards | wards |
"""


async def test_a_list_that_comes_after_a_zip_is_read_with_its_pictures(
    town: Town, baobab: Baobab
) -> None:
    grace = await steering(town, baobab)
    files = {"map.png": FILES["map.png"]}
    await grace.sends_file("wards.zip", packed("wards.md", WITH_LIST.encode(), files))
    grace.sees("Please send me these files, too: wards.csv.")
    await grace.sends_file("wards.csv", b"name,label\nw1,Kenton\n")
    grace.sees("I found no problem.")
    await grace.taps("Try it")
    [picture, asked] = [each for each in grace.messages if not each.mine][-2:]
    assert picture.file is not None
    assert NAMES[await town.bytes_of(picture.file)] == "map.png"
    assert asked.buttons[0] == "Kenton"


async def test_files_go_when_nothing_uses_them_any_more(town: Town, baobab: Baobab) -> None:
    grace = await steering(town, baobab)
    await grace.sends_file("room.zip", packed("room.xlsx", sheet(ROOM), FILES))
    await publish(baobab, ROOM.replace("hall.png", "map.png"), files=FILES)
    await grace.says("/publish")
    await grace.taps("…Room")
    await grace.taps("Delete this draft")
    await town.forward(2 * HOUR)
    await baobab.handling.forget_old()
    async with baobab.house.database.reading() as work:
        left = {name for name in FILES if await FileStore(work).get(digest(name)) is not None}
    assert left == FILES.keys() - {"hall.png"}


def digest(name: str) -> str:
    return hashlib.sha256(FILES[name]).hexdigest()


ANSWERS = """
| survey | | | |
| | type | name | label::English (en) | label::Arabic (ar) |
| | image | photo | A photo? | صورة؟ |
| | audio | sound | A sound? | صوت؟ |
| | video | film | A film? | فيلم؟ |
| | file | paper | A paper? | ورقة؟ |
| settings | | | |
| | form_title | form_id | default_language |
| | Sending | sending | English (en) |
"""


@pytest.mark.parametrize(("code", "language"), [("en", "English"), ("ar", "العربية")])
async def test_people_answer_with_pictures_sounds_videos_and_files(
    town: Town, baobab: Baobab, code: str, language: str
) -> None:
    t = baobab.house.catalogues.translator(code)
    survey = await publish(baobab, ANSWERS)
    amina = await town.person("Amina", language_code=code)
    await amina.says("/start")
    await amina.taps(language)
    await begins(amina, ("Sending", t.plain("Begin")))
    how = t.plain("Please send it here as you send it to friends.")
    amina.sees(how)
    await amina.sends_file("a.pdf", b"%PDF-1.4")  # no picture
    assert ("A photo?" if code == "en" else "صورة؟") in amina.last.text.split("\n\n")
    await amina.sends_file("a.png", png(7), kind="photo")
    await amina.sends_file("a.ogg", OGG, kind="voice")
    await amina.sends_file("a.mp4", MP4, kind="video")
    await amina.sends_file("a.pdf", b"%PDF-1.4")
    amina.sees(t.plain("Send my answers"))
    assert [line for line in amina.last.text.split("\n") if "a.pdf" in line] == ["a.pdf"]
    await amina.taps(t.plain("Send my answers"))
    [record] = await records_of(baobab, survey)
    answers = orjson.loads(record)
    assert list(answers) == ["photo", "sound", "film", "paper"]


async def test_a_page_of_choices_brings_the_pictures_on_it(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    pictures = {9: "hall.png"}
    rows = "\n".join(
        f"| | many | c{number} | Choice {number} | {pictures.get(number, '')} |"
        for number in range(1, 18)
    )
    table = f"""
| survey | | | | |
| | type | name | label | media::image |
| | select_one many | many | Which? | map.png |
| choices | | | | |
| | list_name | name | label | media::image |
{rows}
| settings | | |
| | form_title | form_id |
| | Many | many |
"""
    await publish(baobab, table, files={name: FILES[name] for name in ("map.png", "hall.png")})
    first = await begins(amina, ("Many", "Begin"))
    await amina.taps("More answers")
    assert [line.split(" | ")[:2] for line in await told(amina, first)] == [
        ["hall.png", "9. Choice 9"],
        ["Which?", "You can also type a part of an answer."],
    ]
    second = amina.last
    await amina.taps("More answers")
    assert amina.last.id == second.id
