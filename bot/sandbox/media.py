"""The methods that put files into a chat: one at a time, or as an album."""

import secrets
from typing import Any, Final

from bot.sandbox import limits
from bot.sandbox.calls import Call, Kind, Method, boolean, integer, parsed, string, upload_of
from bot.sandbox.content import read_text
from bot.sandbox.entities import JsonObject
from bot.sandbox.files import StoredFile
from bot.sandbox.refusal import RefusedError, bad_request, own_rule
from bot.sandbox.sending import EVERY, deliver

_CAPTION: Final[dict[str, Kind]] = {
    "caption": string,
    "parse_mode": string,
    "caption_entities": parsed("entities"),
}
_SEEN: Final[dict[str, Kind]] = {"has_spoiler": boolean, "show_caption_above_media": boolean}
_KINDS: Final[dict[str, dict[str, Kind]]] = {
    "document": {"thumbnail": string, "disable_content_type_detection": boolean},
    "photo": _SEEN,
    "video": {
        **_SEEN,
        "duration": integer,
        "width": integer,
        "height": integer,
        "thumbnail": string,
        "cover": string,
        "start_timestamp": integer,
        "supports_streaming": boolean,
    },
    "audio": {"duration": integer, "performer": string, "title": string, "thumbnail": string},
    "voice": {"duration": integer},
}
_ABOUT: Final[dict[str, JsonObject]] = {
    "video": {"width": 320, "height": 240, "duration": 0},
    "audio": {"duration": 0},
    "voice": {"duration": 0},
}
"""What a message says of a file beside its size, and what it says where the bot told nothing."""
_ALBUMS: Final = frozenset({"document", "photo", "video", "audio"})
_APART: Final = ("document", "audio")  # these go into an album with nothing but their own kind
_IN_ALBUM: Final = frozenset({"chat_id", "disable_notification", "protect_content"}) | {
    "allow_paid_broadcast",
    "message_effect_id",
    "reply_parameters",
    "reply_to_message_id",
    "allow_sending_without_reply",
}


def _album(name: str, given: Any) -> list[Any]:
    value = parsed(name)(name, given)
    if not isinstance(value, list | None):
        raise bad_request("expected an Array of InputMedia")
    return value or []


def _file(call: Call, kind: str, name: str) -> StoredFile:
    upload = upload_of(call, name)
    if upload is not None:
        if len(upload.body) > limits.UPLOAD:
            raise RefusedError(413, "Request Entity Too Large")
        if not upload.body:
            raise bad_request("file must be non-empty")
        return call.world.files.keep(call.bot.id, kind, upload)
    given = call.get(name)
    if not given or given.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if "://" in given:
        raise own_rule(
            "the sandbox fetches nothing from the network: upload the file or send its file_id"
        )
    return call.world.files.again(call.bot.id, kind, given)


def _content(call: Call, kind: str, name: str, caption: JsonObject) -> JsonObject:
    about: Any = _file(call, kind, name).described()
    for detail, otherwise in _ABOUT.get(kind, {}).items():
        about[detail] = call.get(detail, otherwise)
    for detail in ("performer", "title"):
        if kind == "audio" and call.get(detail):
            about[detail] = call.args[detail]
    content = {kind: [about] if kind == "photo" else about, **caption}
    if call.get("has_spoiler"):
        content["has_media_spoiler"] = True
    if call.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def _send_file(call: Call, kind: str) -> JsonObject:
    caption = read_text(call, "caption", "caption_entities")
    call.world.open_chat(call.bot, call.get("chat_id"))  # a refused upload leaves no file behind
    return deliver(call, _content(call, kind, kind, caption))


def send_document(call: Call) -> JsonObject:
    """Send a file."""
    return _send_file(call, "document")


def send_photo(call: Call) -> JsonObject:
    """Send a picture; one size is kept of it."""
    return _send_file(call, "photo")


def send_video(call: Call) -> JsonObject:
    """Send a film."""
    return _send_file(call, "video")


def send_audio(call: Call) -> JsonObject:
    """Send music or speech, shown with its name."""
    return _send_file(call, "audio")


def send_voice(call: Call) -> JsonObject:
    """Send a voice message."""
    return _send_file(call, "voice")


def send_media_group(call: Call) -> list[JsonObject]:
    """Send two to ten files that are shown together; each is a message of its own."""
    if "media" not in call.args:
        raise bad_request('parameter "media" is required')
    items = [_album_item(call, item) for item in call.args["media"]]
    captions = [read_text(item, "caption", "caption_entities") for _, item in items]
    call.world.open_chat(call.bot, call.get("chat_id"))
    _check_album(items)
    contents = []
    for at, ((kind, item), caption) in enumerate(zip(items, captions, strict=True), 1):
        try:
            contents.append(_content(item, kind, "media", caption))
        except RefusedError as refused:
            if refused.code != bad_request("").code:
                raise
            why = refused.description.removeprefix("Bad Request: ")
            why = why[:1].upper() + why[1:]
            raise bad_request(
                f'failed to send message #{at} with the error message "{why}"'
            ) from None
    group = {"media_group_id": str(10**16 + secrets.randbelow(10**16))}
    return [deliver(call, {**group, **content}) for content in contents]


def _album_item(call: Call, given: Any) -> tuple[str, Call]:
    """The kind of one file of an album, and its parameters as if it were sent alone."""
    if not isinstance(given, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind, source = given.get("type"), given.get("media")
    if kind == "animation":
        raise bad_request(
            "can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup"
        )
    if not isinstance(kind, str) or kind not in _ALBUMS:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    if not isinstance(source, str) or not source or not _is_there(call, source):
        raise bad_request("can't parse InputMedia: media not found")
    kinds = {**_CAPTION, **_KINDS[kind], "type": string, "media": string}
    unknown = given.keys() - kinds.keys()
    if unknown:
        raise own_rule(f'unknown field "{min(unknown)}" in InputMedia')
    args = {name: kinds[name](name, value) for name, value in given.items() if value is not None}
    return kind, Call(call.world, call.bot, args, call.uploads)


def _is_there(call: Call, source: str) -> bool:
    return not source.startswith("attach://") or source.removeprefix("attach://") in call.uploads


def _check_album(items: list[tuple[str, Call]]) -> None:
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > limits.ALBUM:
        raise bad_request("too many messages to send as an album")
    if len(items) == 1:
        raise own_rule("an album has at least two files, as the documentation says")
    kinds = {kind for kind, _ in items}
    for kind in _APART:
        if kind in kinds and len(kinds) > 1:
            raise bad_request(f"{kind} can't be mixed with other media types")
    if len({bool(item.get("show_caption_above_media")) for _, item in items}) > 1:
        raise bad_request("parameter show_caption_above_media must be the same for all messages")


METHODS: Final = {
    **{
        f"send{kind.title()}": Method(run, {**EVERY, **_CAPTION, kind: string, **_KINDS[kind]})
        for kind, run in {
            "document": send_document,
            "photo": send_photo,
            "video": send_video,
            "audio": send_audio,
            "voice": send_voice,
        }.items()
    },
    "sendMediaGroup": Method(
        send_media_group,
        {**{name: kind for name, kind in EVERY.items() if name in _IN_ALBUM}, "media": _album},
    ),
}
