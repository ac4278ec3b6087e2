"""Films, music and albums, from the bot and from people."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.flood import Flood
from bot.sandbox.refusal import RefusedError
from tests.sandbox.conftest import WireBot
from tests.support.oracle import problems_of_call, problems_of_object, problems_of_update
from tests.support.people import Town

BAD = "Bad Request: "
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x02\x00\x00\x00"


async def kept(bot: WireBot, chat_id: int) -> dict[str, str]:
    """One file of each kind, as file_ids."""
    parts = {
        "photo": ("a.png", PNG),
        "video": ("a.mp4", b"film"),
        "audio": ("a.mp3", b"song"),
        "voice": ("a.ogg", b"OggS"),
        "document": ("a.txt", b"text"),
    }
    found = {}
    for kind, part in parts.items():
        said = (await bot.form(f"send{kind.title()}", chat_id=chat_id, **{kind: part})).result
        assert problems_of_object("Message", said) == []
        held = said[kind]
        found[kind] = (held[-1] if isinstance(held, list) else held)["file_id"]
    return found


async def test_a_film_and_music_are_sent_shown_and_sent_again(bot: WireBot, amina: int) -> None:
    part = ("walk.mp4", b"film")
    about = {"duration": 7, "width": 640, "height": 360, "caption": "x", "has_spoiler": True}
    film = (await bot.form("sendVideo", chat_id=amina, video=part, **about)).result
    assert film["video"] == {
        "file_id": film["video"]["file_id"],
        "file_unique_id": film["video"]["file_unique_id"],
        "file_size": 4,
        "mime_type": "video/mp4",
        "file_name": "walk.mp4",
        "width": 640,
        "height": 360,
        "duration": 7,
    }
    assert (film["caption"], film["has_media_spoiler"]) == ("x", True)
    about = {"title": "Health", "performer": "Choir"}
    song = (await bot.form("sendAudio", chat_id=amina, audio=("a.mp3", b"song"), **about)).result
    assert (song["audio"]["title"], song["audio"]["performer"]) == ("Health", "Choir")
    again = await bot.call("sendVideo", chat_id=amina, video=film["video"]["file_id"])
    assert again.result["video"]["file_id"] == film["video"]["file_id"]
    which = {"chat_id": amina, "message_id": film["message_id"]}
    edited = await bot.call("editMessageCaption", **which, caption="y")
    assert edited.result["caption"] == "y"
    wrong = await bot.call("sendAudio", chat_id=amina, audio=film["video"]["file_id"])
    assert wrong.refusal == (400, BAD + "can't use file of type Video as Audio")


async def test_an_album_comes_as_several_messages_of_one_group(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    files = await kept(bot, amina)
    media = [
        {"type": "photo", "media": files["photo"], "caption": "<b>x</b>", "parse_mode": "HTML"},
        {"type": "video", "media": files["video"]},
        {"type": "photo", "media": "attach://new"},
    ]
    assert problems_of_call("sendMediaGroup", {"chat_id": amina, "media": media}) == []
    album = (
        await bot.form("sendMediaGroup", chat_id=amina, media=media, new=("b.png", PNG))
    ).result
    assert [problem for one in album for problem in problems_of_object("Message", one)] == []
    assert len({one["media_group_id"] for one in album}) == 1
    assert [one.get("caption") for one in album] == ["x", None, None]
    numbers = [one["message_id"] for one in album]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert sandbox.people.chat(amina)[-3:] == [{**one, "outgoing": False} for one in album]


PHOTO, TEXT = {"type": "photo", "media": "photo"}, {"type": "document", "media": "document"}
SONG = {"type": "audio", "media": "audio"}
NOT_PARSED = "can't parse InputMedia: "
ALBUMS: list[tuple[Any, str]] = [
    (None, 'parameter "media" is required'),
    ({}, "expected an Array of InputMedia"),
    ([], "there are no messages to send"),
    ([PHOTO] * 11, "too many messages to send as an album"),
    ([PHOTO, TEXT], "document can't be mixed with other media types"),
    ([SONG, PHOTO], "audio can't be mixed with other media types"),
    ([PHOTO, "x"], NOT_PARSED + "expected an Object"),
    ([PHOTO, {"type": "voice", "media": "voice"}], NOT_PARSED + 'type "voice" is unsupported'),
    (
        [PHOTO, {"type": "animation", "media": "x"}],
        NOT_PARSED + 'type "animation" can\'t be used in sendMediaGroup',
    ),
    ([PHOTO, {"type": "photo"}], NOT_PARSED + "media not found"),
    ([PHOTO, {"type": "photo", "media": "attach://none"}], NOT_PARSED + "media not found"),
    ([PHOTO, {**PHOTO, "caption": "x" * 1025}], "message caption is too long"),
    (
        [PHOTO, {**PHOTO, "show_caption_above_media": True}],
        "parameter show_caption_above_media must be the same for all messages",
    ),
    (
        [PHOTO, {"type": "photo", "media": "video"}],
        'failed to send message #2 with the error message "Can\'t use file of type Video as Photo"',
    ),
    ([PHOTO], "the sandbox's own strictness: an album has at least two files"),
    ([PHOTO, {**PHOTO, "captoin": "x"}], "the sandbox's own strictness: unknown field"),
]


async def test_an_album_that_telegram_would_refuse_is_refused_whole(
    bot: WireBot, sandbox: Sandbox, amina: int
) -> None:
    files = await kept(bot, amina)
    before = sandbox.people.chat(amina)
    for media, error in ALBUMS:
        if isinstance(media, list):
            media = [  # noqa: PLW2901 -- the names of kinds become files
                {**one, "media": files.get(one["media"], one["media"])}
                if isinstance(one, dict) and "media" in one
                else one
                for one in media
            ]
        status, refused = (await bot.call("sendMediaGroup", chat_id=amina, media=media)).refusal
        assert (status, refused[: len(BAD + error)]) == (400, BAD + error)
    assert sandbox.people.chat(amina) == before


async def test_an_album_counts_as_many_messages() -> None:
    flood = Flood(chat_burst=10.0)
    flood.check(1, 0.0, messages=10)
    with pytest.raises(RefusedError, match="Too Many Requests: retry after 1"):
        flood.check(1, 0.0)


async def test_a_person_s_album_reaches_the_bot_as_messages_of_one_group(
    town: Town, bot: WireBot
) -> None:
    town.quiet = at_once
    amina = await town.person("Amina")
    await amina.sends_album(("a.png", PNG, "photo"), ("b.mp4", b"film", "video"), caption="Us")
    await amina.sends_file("c.mp3", b"song", kind="audio")
    updates = await bot.updates()
    assert [problem for update in updates for problem in problems_of_update(update)] == []
    first, second, third = (update["message"] for update in updates)
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("Us", False)
    assert ("photo" in first, "video" in second, "audio" in third) == (True, True, True)
    assert "media_group_id" not in third
    again = [
        {"type": "photo", "media": first["photo"][-1]["file_id"]},
        {"type": "video", "media": second["video"]["file_id"]},
    ]
    assert (await bot.call("sendMediaGroup", chat_id=amina.id, media=again)).status == 200
    with pytest.raises(AssertionError, match=r"An album has 2 to 10 files\."):
        await amina.sends_album(("a.png", PNG, "photo"))
    with pytest.raises(AssertionError, match="An album has photos and videos, or files, or music"):
        await amina.sends_album(("a.png", PNG, "photo"), ("a.txt", b"x", "document"))


async def at_once() -> None:
    """No bot listens: the test fetches the updates itself."""
