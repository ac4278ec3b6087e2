"""Saying, changing and removing messages."""

import json
from typing import Any

from bot.sandbox import Sandbox
from tests.sandbox.conftest import WireBot

UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
BUTTONS = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x02\x00\x00\x00"


async def sent(bot: WireBot, chat_id: int, **parameters: Any) -> dict[str, Any]:
    message: dict[str, Any] = (await bot.call("sendMessage", chat_id=chat_id, **parameters)).result
    return message


async def test_json_forms_and_addresses_say_the_same(bot: WireBot, amina: int) -> None:
    right = {"text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": BUTTONS}
    by_json = await sent(bot, amina, **right)
    by_form = (await bot.form("sendMessage", chat_id=amina, **right)).result
    address = f"{bot.url}/sendMessage"
    flat = {"chat_id": str(amina), "text": "<b>x</b>", "parse_mode": "HTML"}
    flat["reply_markup"] = json.dumps(BUTTONS)
    async with bot.session.get(address, params=flat) as answer:
        by_get = (await answer.json())["result"]
    async with bot.session.post(address, data=flat) as answer:
        by_urlencoded = (await answer.json())["result"]
    first, *others = [
        {name: value for name, value in one.items() if name not in {"message_id", "date"}}
        for one in (by_json, by_form, by_get, by_urlencoded)
    ]
    assert others == [first] * 3


async def test_a_message_carries_what_was_asked_for(bot: WireBot, amina: int) -> None:
    message = await sent(
        bot,
        amina,
        text="x",
        protect_content=True,
        disable_notification=True,
        link_preview_options={"is_disabled": True},
        reply_markup=BUTTONS,
    )
    assert message["has_protected_content"] is True
    assert message["link_preview_options"] == {"is_disabled": True}
    assert message["reply_markup"] == BUTTONS
    assert message["chat"] == {"id": amina, "type": "private", "first_name": "Amina"}


async def test_a_reply_names_what_it_answers(bot: WireBot, sandbox: Sandbox, amina: int) -> None:
    said = sandbox.people.say(amina, "question")["message_id"]
    message = await sent(bot, amina, text="x", reply_parameters={"message_id": said})
    assert message["reply_to_message"]["text"] == "question"
    forgiving = {"message_id": 10**9, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await sent(bot, amina, text="x", reply_parameters=forgiving)


async def test_an_edit_changes_the_message_in_place_and_drops_its_buttons(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    message = await sent(bot, amina, text="old", reply_markup=BUTTONS)
    number = message["message_id"]
    edited = (
        await bot.call("editMessageText", chat_id=amina, message_id=number, text="new")
    ).result
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]
    (seen,) = [one for one in sandbox.people.chat(amina) if one["message_id"] == number]
    assert seen == {**edited, "outgoing": False}


async def test_an_edit_that_changes_nothing_is_refused(bot: WireBot, amina: int) -> None:
    message = await sent(bot, amina, text="same", reply_markup=BUTTONS)
    which = {"chat_id": amina, "message_id": message["message_id"]}
    text = await bot.call("editMessageText", **which, text="same", reply_markup=BUTTONS)
    markup = await bot.call("editMessageReplyMarkup", **which, reply_markup=BUTTONS)
    assert text.refusal == (400, UNCHANGED)
    assert markup.refusal == (400, UNCHANGED)
    assert (await bot.call("editMessageReplyMarkup", **which)).body["ok"]
    assert (await bot.call("editMessageReplyMarkup", **which)).refusal == (400, UNCHANGED)


async def test_only_the_bot_s_own_messages_without_a_keyboard_can_be_edited(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    said = sandbox.people.say(amina, "mine")["message_id"]
    keyboard = await sent(bot, amina, text="x", reply_markup={"keyboard": [["Yes"]]})
    for number in (said, keyboard["message_id"]):
        answer = await bot.call("editMessageText", chat_id=amina, message_id=number, text="new")
        assert answer.refusal == (400, "Bad Request: message can't be edited")


async def test_keyboards_of_people_cannot_be_put_into_an_edit(bot: WireBot, amina: int) -> None:
    number = (await sent(bot, amina, text="x"))["message_id"]
    answer = await bot.call(
        "editMessageReplyMarkup",
        chat_id=amina,
        message_id=number,
        reply_markup={"remove_keyboard": True},
    )
    assert answer.refusal == (400, "Bad Request: inline keyboard expected")


async def test_text_and_caption_are_not_confused(bot: WireBot, amina: int) -> None:
    text = (await sent(bot, amina, text="x"))["message_id"]
    document = (await bot.form("sendDocument", chat_id=amina, document=("a.txt", b"x"))).result
    caption = await bot.call("editMessageCaption", chat_id=amina, message_id=text, caption="y")
    assert caption.refusal == (400, "Bad Request: there is no caption in the message to edit")
    which = {"chat_id": amina, "message_id": document["message_id"]}
    words = await bot.call("editMessageText", **which, text="y")
    assert words.refusal == (400, "Bad Request: there is no text in the message to edit")
    captioned = await bot.call("editMessageCaption", **which, caption="y")
    assert captioned.result["caption"] == "y"


async def test_deleted_messages_are_gone_for_both_sides(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    numbers = [(await sent(bot, amina, text=str(n)))["message_id"] for n in range(3)]
    assert (await bot.call("deleteMessage", chat_id=amina, message_id=numbers[0])).result is True
    more = [*numbers[1:], 10**9]
    assert (await bot.call("deleteMessages", chat_id=amina, message_ids=more)).result is True
    assert [one["text"] for one in sandbox.people.chat(amina)] == ["/start"]


async def test_a_keyboard_is_seen_by_the_person_and_not_in_the_message(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    keyboard = {"keyboard": [["Yes", {"text": "Here", "request_location": True}]]}
    message = await sent(bot, amina, text="x", reply_markup=keyboard)
    assert "reply_markup" not in message
    assert sandbox.people.chat(amina)[-1]["reply_markup"]["keyboard"] == [
        [{"text": "Yes"}, {"text": "Here", "request_location": True}]
    ]


async def test_of_several_actions_in_a_button_the_first_wins(bot: WireBot, amina: int) -> None:
    button = {"text": "Go", "callback_data": "x", "url": "https://x.example"}
    message = await sent(bot, amina, text="x", reply_markup={"inline_keyboard": [[button]]})
    kept = {"text": "Go", "url": "https://x.example/"}
    assert message["reply_markup"] == {"inline_keyboard": [[kept]]}


async def test_a_file_is_sent_stored_fetched_and_sent_again(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    body = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    first = await bot.form("sendDocument", chat_id=amina, document=("day.ics", body), caption="x")
    document = first.result["document"]
    assert (document["file_name"], document["mime_type"]) == ("day.ics", "text/calendar")
    assert document["file_size"] == len(body)
    again = await bot.call("sendDocument", chat_id=amina, document=document["file_id"])
    assert again.result["document"] == document
    path = (await bot.call("getFile", file_id=document["file_id"])).result["file_path"]
    address = f"{sandbox.url}/file/bot{sandbox.token}/{path}"
    async with bot.session.get(address) as answer:
        assert await answer.read() == body


async def test_a_file_by_attach_is_found_and_a_stray_part_is_refused(
    bot: WireBot, amina: int
) -> None:
    part = ("a.txt", b"x")
    right = await bot.form("sendDocument", chat_id=amina, document="attach://one", one=part)
    assert right.result["document"]["file_name"] == "a.txt"
    wrong = await bot.form("sendDocument", chat_id=amina, document="attach://two", one=part)
    text = 'Bad Request: the sandbox\'s own strictness: unknown file "one" of sendDocument'
    assert wrong.refusal == (400, text)


async def test_a_photo_has_a_size_and_is_no_document(bot: WireBot, amina: int) -> None:
    photo = (await bot.form("sendPhoto", chat_id=amina, photo=("tree.png", PNG))).result["photo"]
    assert [(one["width"], one["height"]) for one in photo] == [(3, 2)]
    answer = await bot.call("sendDocument", chat_id=amina, document=photo[0]["file_id"])
    assert answer.refusal == (400, "Bad Request: can't use file of type Photo as Document")
    junk = await bot.form("sendPhoto", chat_id=amina, photo=("tree.png", b"junk"))
    assert junk.refusal == (400, "Bad Request: IMAGE_PROCESS_FAILED")


async def test_a_voice_message_is_sent(bot: WireBot, amina: int) -> None:
    voice = ("hello.ogg", b"OggS")
    sent_voice = (await bot.form("sendVoice", chat_id=amina, voice=voice, duration=3)).result
    assert sent_voice["voice"]["duration"] == 3


async def test_a_video_and_a_sound_are_sent_and_sent_again(bot: WireBot, amina: int) -> None:
    film = (await bot.form("sendVideo", chat_id=amina, video=("a.mp4", b"x"))).result
    assert {name: film["video"][name] for name in ("file_name", "mime_type", "duration")} == {
        "file_name": "a.mp4",
        "mime_type": "video/mp4",
        "duration": 0,
    }
    handle = film["video"]["file_id"]
    again = (await bot.call("sendVideo", chat_id=amina, video=handle, caption="x")).result
    which = {"chat_id": amina, "message_id": again["message_id"]}
    assert (await bot.call("editMessageCaption", **which, caption="y")).result["caption"] == "y"
    wrong = await bot.call("sendAudio", chat_id=amina, audio=handle)
    assert wrong.refusal == (400, "Bad Request: can't use file of type Video as Audio")
    sound = {"chat_id": amina, "audio": ("a.mp3", b"ID3"), "title": "Tea"}
    assert (await bot.form("sendAudio", **sound)).result["audio"]["title"] == "Tea"


async def test_a_file_over_20_mib_can_be_sent_but_not_fetched(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    big = ("big.bin", bytes(20 * 1024 * 1024 + 1))
    document = (await bot.form("sendDocument", chat_id=amina, document=big)).result["document"]
    answer = await bot.call("getFile", file_id=document["file_id"])
    assert answer.refusal == (400, "Bad Request: file is too big")


async def test_places_are_sent(bot: WireBot, amina: int) -> None:
    point = {"latitude": 51.5588, "longitude": -0.2817}
    location = await bot.call("sendLocation", chat_id=amina, **point)
    assert location.result["location"] == point
    named = {"title": "A sample hall", "address": "1 Sample Street"}
    venue = await bot.call("sendVenue", chat_id=amina, **point, **named)
    assert venue.result["venue"] == {"location": point, **named}


async def test_message_numbers_rise_through_all_chats(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    other = sandbox.people.add(first_name="Other")["id"]
    sandbox.people.say(other, "/start")
    first = (await sent(bot, amina, text="x"))["message_id"]
    assert (await sent(bot, other, text="x"))["message_id"] == first + 1
