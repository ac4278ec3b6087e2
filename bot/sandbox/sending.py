"""The methods that put words and places into a chat."""

from typing import Final

from bot.sandbox.calls import Call, Kind, Method, boolean, chat, integer, number, parsed, string
from bot.sandbox.chats import RUNS_IT, Chat, Group, Message
from bot.sandbox.content import read_preview, read_text
from bot.sandbox.entities import JsonObject
from bot.sandbox.keyboards import Markup, parse_markup
from bot.sandbox.refusal import bad_request, own_rule

EVERY: Final[dict[str, Kind]] = {
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
_WHAT: Final = {
    "photo": "photos",
    "video": "videos",
    "audio": "music",
    "document": "documents",
    "voice": "voice notes",
}
_LATITUDES: Final = 90
_LONGITUDES: Final = 180


def send_message(call: Call) -> JsonObject:
    """Say a text."""
    content = read_text(call, "text", "entities")
    preview = read_preview(call)
    if preview:
        content["link_preview_options"] = preview
    return deliver(call, content)


def deliver(call: Call, content: JsonObject) -> JsonObject:
    """Put a message with this content where the call says; returns the Bot API's Message.

    Raises:
        RefusedError: the bot may not write there, or a parameter that every sending has is wrong.
    """
    markup = parse_markup(call.get("reply_markup"))
    where = call.world.open_chat(call.bot, call.get("chat_id"))
    if isinstance(where, Group):
        _check_rights(call, where, content, markup)
    data: JsonObject = {
        "message_id": 0,
        "from": call.bot.user(),
        "chat": where.described(),
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
    data["message_id"] = call.world.next_message_id(call.bot, where)
    call.world.put(where, Message(data, outgoing=False, reply_keyboard=markup.reply))
    if isinstance(where, Group):
        where.last_bot = call.bot.id
    return data


def _check_rights(call: Call, group: Group, content: JsonObject, markup: Markup) -> None:
    if group.muted and group.bots[call.bot.id] not in RUNS_IT:
        what = next((words for kind, words in _WHAT.items() if kind in content), "text messages")
        raise bad_request(f"not enough rights to send {what} to the chat")
    rows = (markup.reply or {}).get("keyboard", ())
    if any("request_location" in button for row in rows for button in row):
        raise bad_request("location can be requested in private chats only")


def _replied(call: Call, where: Chat) -> Message | None:
    about = call.get("reply_parameters") or {}
    if not isinstance(about, dict):
        raise bad_request("object expected as reply parameters")
    unknown = about.keys() - _REPLY_FIELDS
    if unknown:
        raise own_rule(f'unknown field "{min(unknown)}" in reply_parameters')
    if about.get("chat_id") not in (None, where.id):
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
    return deliver(call, {"location": place})


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
    return deliver(call, {"location": place, "venue": venue})


_VENUE_IDS: Final = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")


def send_chat_action(call: Call) -> bool:
    """Show that something is on its way."""
    if call.get("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    where = call.world.open_chat(call.bot, call.get("chat_id"))
    call.world.stream.publish("typing", where.place)
    return True


_POINT: Final[dict[str, Kind]] = {"latitude": number, "longitude": number}

METHODS: Final = {
    "sendMessage": Method(
        send_message,
        {
            **EVERY,
            "text": string,
            "parse_mode": string,
            "entities": parsed("entities"),
            "link_preview_options": parsed("link preview options"),
            "disable_web_page_preview": boolean,
        },
    ),
    "sendLocation": Method(send_location, {**EVERY, **_POINT, "horizontal_accuracy": number}),
    "sendVenue": Method(
        send_venue,
        {
            **EVERY,
            **_POINT,
            "title": string,
            "address": string,
            **dict.fromkeys(_VENUE_IDS, string),
        },
    ),
    "sendChatAction": Method(send_chat_action, {"chat_id": chat, "action": string}),
}
