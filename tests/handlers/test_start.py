from tests.support.people import Resident, Town

GREETING = (
    "Welcome to Baobab. Here you find health events near you.\nWhich language do you want to use?"
)


async def test_a_stranger_is_greeted_and_asked_for_a_language(town: Town) -> None:
    amina = await town.person("Amina", language_code="so")
    await amina.says("/start")
    assert GREETING in amina.last.text
    assert amina.last.rows == [["Soomaali", "English"], ["العربية", "Français"]]
    assert len(amina.messages) == 2


async def test_language_area_home(town: Town) -> None:
    grace = await town.person("Grace", language_code="en")
    await grace.says("/start")
    await grace.taps("English")
    grace.sees("From now on I write to you in English.")
    assert GREETING not in grace.screen
    assert grace.last.text.startswith("Where do you live?")
    await grace.taps("Harrow")
    assert grace.last.text.startswith("Thank you. Your area is now Harrow.")
    assert grace.last.rows == [
        ["Find events", "My bookings"],
        ["Surveys", "News and reminders"],
        ["My area", "Language"],
        ["Help", "Privacy and my data"],
    ]
    assert len(grace.messages) == 3


async def test_whoever_writes_before_choosing_is_asked_for_a_language(town: Town) -> None:
    amina = await town.person("Amina", language_code="ar")
    await amina.says("blood pressure")
    assert "Please choose your language first. Then I can answer you." in amina.last.text
    assert amina.last.buttons[0] == "العربية"
    await amina.says("/events")
    assert "Please choose your language first. Then I can answer you." in amina.last.text
    await amina.sends_sticker()
    assert "Please choose your language first. Then I can answer you." in amina.last.text


async def test_a_stranger_may_type_the_name_of_a_language(town: Town) -> None:
    marie = await town.person("Marie", language_code="en")
    await marie.says("english please")
    await marie.says("ENGLISH")
    marie.sees("From now on I write to you in English.")


async def test_start_again_greets_back(amina: Resident) -> None:
    await amina.says("/start")
    assert amina.last.text.startswith("Hello again.\n\nWhat would you like to do?")


async def test_home_takes_the_place_of_the_screen(amina: Resident) -> None:
    await amina.taps("My area")
    seen = len(amina.messages)
    await amina.taps("Back")
    assert amina.last.text.startswith("What would you like to do?")
    assert len(amina.messages) == seen


async def test_links_that_lead_nowhere_are_answered_kindly(amina: Resident) -> None:
    for payload in ("nonsense", "e", "e0", "x" * 64):
        await amina.opens(payload)
        assert amina.last.text.startswith("This link does not work any more.")
        assert "Find events" in amina.last.buttons
    await amina.opens("e999999")
    assert amina.last.buttons


async def test_a_link_opens_after_the_language_was_chosen(town: Town) -> None:
    for payload in ("nonsense", "x" * 64, "e999999-poster"):
        marie = await town.person("Marie", language_code="en")
        await marie.opens(payload)
        await marie.taps("English")
        marie.sees("From now on I write to you in English.")
        assert marie.last.buttons
