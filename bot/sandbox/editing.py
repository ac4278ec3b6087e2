"""The methods that change or remove what is in a chat already."""

from typing import Final

from bot.sandbox import limits
from bot.sandbox.calls import Call, Kind, Method, boolean, chat, integer, listing, parsed, string
from bot.sandbox.chats import RUNS_IT, Chat, Group, Message
from bot.sandbox.content import read_preview, read_text
from bot.sandbox.entities import JsonObject
from bot.sandbox.keyboards import parse_inline
from bot.sandbox.refusal import bad_request

_UNCHANGED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_MEDIA: Final = ("document", "photo", "video", "audio", "voice")


def _target(call: Call) -> tuple[Chat, Message]:
    inline_id = call.get("inline_message_id")
    if inline_id:
        if inline_id not in call.bot.inline_messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return call.bot.inline_messages[inline_id]
    where = call.world.open_chat(call.bot, call.get("chat_id"))
    message = where.messages.get(call.get("message_id", 0))
    if message is None:
        raise bad_request("message to edit not found")
    others = message.data["from"]["id"] != call.bot.id
    if others or message.reply_keyboard is not None:
        raise bad_request("message can't be edited")
    return where, message


def _edit(
    call: Call, where: Chat, message: Message, content: JsonObject, drop: tuple[str, ...]
) -> JsonObject | bool:
    keyboard = parse_inline(call.get("reply_markup"))
    kept = {name: value for name, value in message.data.items() if name not in drop}
    new = {**kept, **content}
    new.pop("reply_markup", None)
    if keyboard is not None:
        new["reply_markup"] = keyboard
    if new == message.data:
        raise bad_request(_UNCHANGED)
    new["edit_date"] = int(call.world.now())
    message.data = new
    call.world.show(where, message)
    return True if call.get("inline_message_id") else new


def edit_message_text(call: Call) -> JsonObject | bool:
    """Replace a text; without reply_markup the buttons go."""
    content = read_text(call, "text", "entities")
    preview = read_preview(call)
    if preview:
        content["link_preview_options"] = preview
    where, message = _target(call)
    if "text" not in message.data:
        raise bad_request("there is no text in the message to edit")
    return _edit(call, where, message, content, ("text", "entities", "link_preview_options"))


def edit_message_caption(call: Call) -> JsonObject | bool:
    """Replace a caption; without reply_markup the buttons go."""
    content = read_text(call, "caption", "caption_entities")
    where, message = _target(call)
    if not any(kind in message.data for kind in _MEDIA):
        raise bad_request("there is no caption in the message to edit")
    if call.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    drop = ("caption", "caption_entities", "show_caption_above_media")
    return _edit(call, where, message, content, drop)


def edit_message_reply_markup(call: Call) -> JsonObject | bool:
    """Replace the buttons, or take them away."""
    where, message = _target(call)
    return _edit(call, where, message, {}, ())


def delete_message(call: Call) -> bool:
    """Remove a message for both sides."""
    where = call.world.open_chat(call.bot, call.get("chat_id"))
    message = where.messages.get(call.get("message_id", 0))
    if message is None:
        raise bad_request("message to delete not found")
    if not _may_delete(call, where, message):
        raise bad_request("message can't be deleted")
    if _is_old(call, message):
        raise bad_request("message can't be deleted for everyone")
    call.world.remove(where, message.id)
    return True


def delete_messages(call: Call) -> bool:
    """Remove messages; those that are gone or too old are left out."""
    numbers = call.get("message_ids", [])
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > limits.DELETE_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    if not all(type(number) is int for number in numbers):
        raise bad_request("message identifier is not a number")
    where = call.world.open_chat(call.bot, call.get("chat_id"))
    for number in numbers:
        message = where.messages.get(number)
        gone_too = message is not None and _may_delete(call, where, message)
        if message is not None and gone_too and not _is_old(call, message):
            call.world.remove(where, message.id)
    return True


def _may_delete(call: Call, where: Chat, message: Message) -> bool:
    """In a group, what others say is for administrators to delete."""
    if not isinstance(where, Group) or message.data["from"]["id"] == call.bot.id:
        return True
    return where.bots[call.bot.id] in RUNS_IT


def _is_old(call: Call, message: Message) -> bool:
    date: int = message.data["date"]
    return call.world.now() - date > limits.DELETE_AGE


_WHICH: Final[dict[str, Kind]] = {
    "chat_id": chat,
    "message_id": integer,
    "inline_message_id": string,
    "reply_markup": parsed("reply keyboard markup"),
}

METHODS: Final = {
    "editMessageText": Method(
        edit_message_text,
        {
            **_WHICH,
            "text": string,
            "parse_mode": string,
            "entities": parsed("entities"),
            "link_preview_options": parsed("link preview options"),
            "disable_web_page_preview": boolean,
        },
    ),
    "editMessageCaption": Method(
        edit_message_caption,
        {
            **_WHICH,
            "caption": string,
            "parse_mode": string,
            "caption_entities": parsed("entities"),
            "show_caption_above_media": boolean,
        },
    ),
    "editMessageReplyMarkup": Method(edit_message_reply_markup, _WHICH),
    "deleteMessage": Method(delete_message, {"chat_id": chat, "message_id": integer}),
    "deleteMessages": Method(delete_messages, {"chat_id": chat, "message_ids": listing}),
}
