"""The methods that put something new into a chat."""

from typing import Any, Final

from bot.sandbox import limits
from bot.sandbox.calls import (
    Call,
    Kind,
    Method,
    boolean,
    chat,
    integer,
    number,
    parsed,
    string,
    upload_of,
)
from bot.sandbox.content import read_preview, read_text
from bot.sandbox.entities import JsonObject
from bot.sandbox.files import StoredFile
from bot.sandbox.keyboards import parse_markup
from bot.sandbox.refusal import RefusedError, bad_request, own_rule
from bot.sandbox.world import Chat, Message

_EVERY: Final[dict[str, Kind]] = {
    "chat_id": chat,
    "disable_notification": boolean,
    "protect_content": boolean,
    "allow_paid_broadcast": boolean,
    "message_effect_id": string,
    "reply_parameters": parsed("reply parameters"),
    "reply_to_message_id": integer,
    "allow_sending_without_reply": boolean,
    "reply_markup": parsed("reply keyboard markup"),
}
_CAPTION: Final[dict[str, Kind]] = {
    "caption": string,
    "parse_mode": string,
    "caption_entities": parsed("entities"),
}
_REPLY_FIELDS: Final = frozenset({"message_id", "chat_id", "allow_sending_without_reply"})
_ACTIONS: Final = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_PLAYED: Final = frozenset({"voice", "video", "audio"})
_LATITUDES: Final = 90
_LONGITUDES: Final = 180


def send_message(call: Call) -> JsonObject:
    """Say a text."""
    content = read_text(call, "text", "entities")
    preview = read_preview(call)
    if preview:
        content["link_preview_options"] = preview
    return _deliver(call, content)


def _deliver(call: Call, content: JsonObject) -> JsonObject:
    markup = parse_markup(call.get("reply_markup"))
    where = call.world.open_chat(call.bot, call.get("chat_id"))
    data: JsonObject = {
        "message_id": 0,
        "from": call.bot.user(),
        "chat": where.person.chat(),
        "date": int(call.world.now()),
        **content,
    }
    replied = _replied(call, where)
    if replied is not None:
        data["reply_to_message"] = {
            name: value for name, value in replied.data.items() if name != "reply_to_message"
        }
    if call.get("protect_content"):
        data["has_protected_content"] = True
    if markup.inline is not None:
        data["reply_markup"] = markup.inline
    data["message_id"] = call.bot.next_message_id()
    call.world.put(where, Message(data, outgoing=False, reply_keyboard=markup.reply))
    return data


def _replied(call: Call, where: Chat) -> Message | None:
    about = call.get("reply_parameters") or {}
    if not isinstance(about, dict):
        raise bad_request("object expected as reply parameters")
    unknown = about.keys() - _REPLY_FIELDS
    if unknown:
        raise own_rule(f'unknown field "{min(unknown)}" in reply_parameters')
    if about.get("chat_id") not in (None, where.person.id):
        raise own_rule("replies to another chat are not modelled")
    message_id = about.get("message_id") or call.get("reply_to_message_id")
    if not message_id:
        return None
    if type(message_id) is not int:
        raise bad_request('field "message_id" must be of type Number')
    message = where.messages.get(message_id)
    forgiving = about.get("allow_sending_without_reply") or call.get("allow_sending_without_reply")
    if message is None and not forgiving:
        raise bad_request("message to be replied not found")
    return message


def _file(call: Call, kind: str) -> StoredFile:
    upload = upload_of(call, kind)
    if upload is not None:
        if len(upload.body) > limits.UPLOAD:
            raise RefusedError(413, "Request Entity Too Large")
        if not upload.body:
            raise bad_request("file must be non-empty")
        return call.world.files.keep(call.bot.id, kind, upload)
    given = call.get(kind)
    if not given or given.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if "://" in given:
        raise own_rule(
            "the sandbox fetches nothing from the network: upload the file or send its file_id"
        )
    return call.world.files.again(call.bot.id, kind, given)


def _send_file(call: Call, kind: str) -> JsonObject:
    caption = read_text(call, "caption", "caption_entities")
    call.world.open_chat(call.bot, call.get("chat_id"))  # a refused upload leaves no file behind
    stored = _file(call, kind)
    about: Any = stored.described()
    if kind in _PLAYED:
        about["duration"] = call.get("duration", 0)
    if kind == "video":
        about |= {"width": call.get("width", 0), "height": call.get("height", 0)}
    for name in ("performer", "title"):
        if kind == "audio" and call.get(name):
            about[name] = call.args[name]
    content = {kind: [about] if kind == "photo" else about, **caption}
    for flag in ("has_spoiler", "show_caption_above_media"):
        if call.get(flag):
            content["has_media_spoiler" if flag == "has_spoiler" else flag] = True
    return _deliver(call, content)


def send_document(call: Call) -> JsonObject:
    """Send a file."""
    return _send_file(call, "document")


def send_photo(call: Call) -> JsonObject:
    """Send a picture; one size is kept of it."""
    return _send_file(call, "photo")


def send_video(call: Call) -> JsonObject:
    """Send a video; nothing of it is looked at or changed."""
    return _send_file(call, "video")


def send_audio(call: Call) -> JsonObject:
    """Send a sound for the music player."""
    return _send_file(call, "audio")


def send_voice(call: Call) -> JsonObject:
    """Send a voice message."""
    return _send_file(call, "voice")


def _place(call: Call) -> JsonObject:
    for name in ("latitude", "longitude"):
        if call.get(name) is None:
            raise bad_request(f"{name} is empty")
    latitude, longitude = call.args["latitude"], call.args["longitude"]
    if abs(latitude) > _LATITUDES or abs(longitude) > _LONGITUDES:
        raise own_rule("latitude lies in -90..90 and longitude in -180..180")
    return {"latitude": latitude, "longitude": longitude}


def send_location(call: Call) -> JsonObject:
    """Send a point on the map."""
    place = _place(call)
    if call.get("horizontal_accuracy") is not None:
        place["horizontal_accuracy"] = call.args["horizontal_accuracy"]
    return _deliver(call, {"location": place})


def send_venue(call: Call) -> JsonObject:
    """Send a named place on the map."""
    place = _place(call)
    for name in ("title", "address"):
        if not call.get(name):
            raise bad_request(f"venue {name} must be non-empty")
    venue = {"location": place, "title": call.args["title"], "address": call.args["address"]}
    for name in _VENUE_IDS:
        if call.get(name):
            venue[name] = call.args[name]
    return _deliver(call, {"location": place, "venue": venue})


_VENUE_IDS: Final = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")


def send_chat_action(call: Call) -> bool:
    """Show that something is on its way."""
    if call.get("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    where = call.world.open_chat(call.bot, call.get("chat_id"))
    call.world.stream.publish("typing", {"person_id": where.person.id})
    return True


_POINT: Final[dict[str, Kind]] = {"latitude": number, "longitude": number}

METHODS: Final = {
    "sendMessage": Method(
        send_message,
        {
            **_EVERY,
            "text": string,
            "parse_mode": string,
            "entities": parsed("entities"),
            "link_preview_options": parsed("link preview options"),
            "disable_web_page_preview": boolean,
        },
    ),
    "sendDocument": Method(
        send_document,
        {
            **_EVERY,
            **_CAPTION,
            "document": string,
            "thumbnail": string,
            "disable_content_type_detection": boolean,
        },
    ),
    "sendPhoto": Method(
        send_photo,
        {
            **_EVERY,
            **_CAPTION,
            "photo": string,
            "has_spoiler": boolean,
            "show_caption_above_media": boolean,
        },
    ),
    "sendVideo": Method(
        send_video,
        {
            **_EVERY,
            **_CAPTION,
            "video": string,
            "thumbnail": string,
            "duration": integer,
            "width": integer,
            "height": integer,
            "has_spoiler": boolean,
            "show_caption_above_media": boolean,
            "supports_streaming": boolean,
        },
    ),
    "sendAudio": Method(
        send_audio,
        {
            **_EVERY,
            **_CAPTION,
            "audio": string,
            "thumbnail": string,
            "duration": integer,
            "performer": string,
            "title": string,
        },
    ),
    "sendVoice": Method(send_voice, {**_EVERY, **_CAPTION, "voice": string, "duration": integer}),
    "sendLocation": Method(send_location, {**_EVERY, **_POINT, "horizontal_accuracy": number}),
    "sendVenue": Method(
        send_venue,
        {
            **_EVERY,
            **_POINT,
            "title": string,
            "address": string,
            **dict.fromkeys(_VENUE_IDS, string),
        },
    ),
    "sendChatAction": Method(send_chat_action, {"chat_id": chat, "action": string}),
}
