import base64

from tests.support.people import Resident, Town

OLD = "This button is too old. Nothing has changed. Please choose here."
PIXEL = base64.b64decode("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==")
UNREADABLE = (
    "Thank you. I can only read text, so I do not know what is in this.\n"
    "You can type your borough or your postcode, or press a button."
)


async def test_what_is_no_text_gets_a_kind_answer(amina: Resident) -> None:
    await amina.sends_sticker()
    assert amina.last.text.startswith(UNREADABLE)
    await amina.sends_file("letter.pdf", b"%PDF-1.4")
    assert amina.last.text.startswith(UNREADABLE)
    await amina.sends_file("me.gif", PIXEL, kind="photo", caption="me")
    assert amina.last.text.startswith(UNREADABLE)
    await amina.sends_file("voice.ogg", b"OggS", kind="voice")
    assert amina.last.text.startswith(UNREADABLE)
    assert "Find events" in amina.last.buttons


async def test_an_unknown_command_shows_what_there_is(amina: Resident) -> None:
    await amina.says("/weather Brent")
    assert amina.last.text.startswith("I do not know this command. Here is what I can do.\n\n")
    assert "Find events" in amina.last.buttons


async def test_an_old_button_changes_nothing_and_shows_home(amina: Resident) -> None:
    before = amina.last
    await amina.presses(before.id, "gone:1:2")
    assert amina.toasts == [OLD]
    assert before.text in [message.text for message in amina.messages]
    assert amina.last.text.startswith("What would you like to do?")


async def test_taps_of_strangers_change_nothing(town: Town) -> None:
    yusuf = await town.person("Yusuf", language_code="en")
    await yusuf.says("/start")
    await yusuf.presses(yusuf.last.id, "book:1")
    assert yusuf.toasts == [OLD]
    assert yusuf.last.text.startswith("Please choose your language first.")


async def test_an_edited_message_is_left_alone(amina: Resident) -> None:
    await amina.says("/help")
    seen = len(amina.messages)
    question = next(message for message in amina.messages if message.text == "/help")
    await amina.edits(question, "blood pressure")
    assert len(amina.messages) == seen


async def test_words_are_searched_for(amina: Resident) -> None:
    await amina.says("blood pressure")
    assert amina.last.buttons
    assert not amina.last.text.startswith(UNREADABLE)
