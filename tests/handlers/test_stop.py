import pytest

from bot.app import Baobab
from bot.config import HOME
from bot.i18n import LANGUAGES, Catalogues
from bot.people.keywords import _KEYWORDS, Keyword
from bot.people.models import Person
from bot.people.store import PeopleStore
from tests.support.people import Resident, Town

CATALOGUES = Catalogues(HOME / "locales")
CHOICES = ["Stop messages", "Delete my data", "No change"]


async def who(baobab: Baobab, resident: Resident) -> Person | None:
    async with baobab.house.database.reading() as work:
        return await PeopleStore(work).get(resident.id)


@pytest.mark.slow
@pytest.mark.parametrize("code", LANGUAGES)
async def test_every_stop_word_of_every_language_offers_three_choices(
    amina: Resident, code: str
) -> None:
    for word in _KEYWORDS[Keyword.STOP][code]:
        for said in (word, word.upper(), f" {word} !"):
            await amina.says(said)
            assert amina.last.buttons == CHOICES, said


async def test_stop_inside_a_sentence_is_a_search(amina: Resident) -> None:
    await amina.says("where is the bus stop")
    assert amina.last.buttons != CHOICES


async def test_stop_and_start_again(amina: Resident, baobab: Baobab) -> None:
    await amina.says("/stop")
    await amina.taps("Stop messages")
    assert amina.last.text.startswith("I have stopped messages.")
    person = await who(baobab, amina)
    assert person is not None
    assert not person.wants_messages
    await amina.taps("Go to the start")
    assert amina.last.text.startswith("Messages are stopped.")
    await amina.taps("Start messages again")
    assert amina.last.text.startswith("Messages are on again. To stop them, send /stop.")
    person = await who(baobab, amina)
    assert person is not None
    assert person.wants_messages


async def test_stop_twice_is_stop_once(amina: Resident, baobab: Baobab) -> None:
    await amina.says("/stop")
    screen = amina.last.id
    await amina.presses(screen, "stop")
    before = await who(baobab, amina)
    await amina.presses(screen, "stop")
    assert await who(baobab, amina) == before
    await amina.says("STOP")
    assert amina.last.buttons == ["Start messages again", "Delete my data", "No change"]


async def test_no_change_changes_nothing(amina: Resident, baobab: Baobab) -> None:
    before = await who(baobab, amina)
    await amina.says("stop")
    await amina.taps("No change")
    assert amina.last.text.startswith("Nothing has changed.")
    assert await who(baobab, amina) == before


async def test_whoever_stopped_still_gets_answers(amina: Resident) -> None:
    await amina.says("stop")
    await amina.taps("Stop messages")
    await amina.says("/help")
    assert amina.last.text.startswith("Help at once")


async def test_blocking_is_a_stop_and_coming_back_is_not_a_start(
    amina: Resident, baobab: Baobab
) -> None:
    await amina.blocks()
    person = await who(baobab, amina)
    assert person is not None
    assert (person.stopped_at is not None, person.blocked_at is not None) == (True, True)
    await amina.unblocks()
    person = await who(baobab, amina)
    assert person is not None
    assert (person.stopped_at is not None, person.blocked_at is not None) == (True, False)
    assert amina.last.text.startswith(
        "Hello again.\n\nMessages are stopped. I only answer when you write to me."
    )
    await amina.taps("Start messages again")
    person = await who(baobab, amina)
    assert person is not None
    assert person.wants_messages


async def test_a_stranger_who_blocks_leaves_nothing(town: Town, baobab: Baobab) -> None:
    yusuf = await town.person("Yusuf", language_code="ar")
    await yusuf.says("/start")
    await yusuf.blocks()
    assert await who(baobab, yusuf) is None


async def test_a_stranger_may_stop(town: Town, baobab: Baobab) -> None:
    marie = await town.person("Marie", language_code="fr")
    t = CATALOGUES.translator("fr")
    await marie.says("STOP")
    assert marie.last.buttons == [
        t.plain("Stop messages"), t.plain("Delete my data"), t.plain("No change"),
    ]  # fmt: skip
    await marie.taps(t.plain("Stop messages"))
    person = await who(baobab, marie)
    assert person is not None
    assert not person.wants_messages
