"""Finding events with typed words."""

from bot.app import Baobab
from tests.handlers.conftest import both_databases
from tests.support.events import draft, hold
from tests.support.people import Resident, Town


@both_databases
async def test_typed_words_find_events_whatever_case_and_accents(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    await hold(
        baobab,
        draft(now, "a", title={"en": "Tension", "fr": "Journée de la santé"}),
        draft(now, "b", title={"en": "Something else"}),
    )

    await amina.says("JOURNEE sante")

    assert amina.last.text.split("\n")[0] == "Events with “JOURNEE sante”"
    assert amina.last.buttons == ["1. Tension", "Change what you see", "Back"]


async def test_pages_of_a_search_keep_its_words(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    names = [f"فحص الضغط {number}" for number in range(7)]
    await hold(
        baobab, *(draft(now, name, n + 1, title={"en": name}) for n, name in enumerate(names))
    )

    await amina.says("فحص الضغط")
    await amina.taps("Later ▶")
    await amina.taps(f"6. {names[5]}")
    await amina.taps("Back to the list")

    assert amina.last.text.split("\n")[0] == "Events with “فحص الضغط”"
    assert amina.last.text.split("\n")[-1] == "Page 2 of 2. 7 events in all."


async def test_words_that_find_nothing_lead_to_all_events(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await hold(baobab, draft(baobab.house.clock.now()))

    await amina.says("swimming")

    assert amina.last.buttons == ["All events (1)", "Change what you see", "Back"]
    await amina.taps("All events (1)")
    assert "1. Brent health day" in amina.last.buttons


async def test_a_very_long_text_is_a_search_like_any_other(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    await hold(baobab, draft(baobab.house.clock.now()))

    await amina.says("blood pressure: " * 200)

    assert amina.last.text.split("\n")[0] == "Events with “blood pressure blood pressure blood”"
