"""Keyboards under messages, checked as Telegram checks them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox import limits
from bot.sandbox.entities import JsonObject
from bot.sandbox.markup import checked_url
from bot.sandbox.refusal import bad_request, own_rule

_INLINE_ACTIONS: Final = (  # the first that a button has is its action
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_QUERIES: Final = frozenset({"switch_inline_query", "switch_inline_query_current_chat"})
_STYLE: Final = ("style", "icon_custom_emoji_id")
_STYLES: Final = frozenset({"danger", "success", "primary"})
_INLINE_FIELDS: Final = frozenset({"text", *_STYLE, *_INLINE_ACTIONS})
_NOT_MODELLED: Final = frozenset({"callback_game", "pay", "login_url"})
_REPLY_ACTIONS: Final = frozenset(
    [
        "request_users",
        "request_chat",
        "request_contact",
        "request_location",
        "request_poll",
        "web_app",
    ]
)
_REPLY_FIELDS: Final = frozenset({"text", *_STYLE, *_REPLY_ACTIONS})
_KEYBOARD_FIELDS: Final = frozenset(
    [
        "keyboard",
        "is_persistent",
        "resize_keyboard",
        "one_time_keyboard",
        "input_field_placeholder",
        "selective",
    ]
)
_REMOVE_FIELDS: Final = frozenset({"remove_keyboard", "selective"})
_FORCE_FIELDS: Final = frozenset({"force_reply", "input_field_placeholder", "selective"})


@dataclass(frozen=True, slots=True)
class Markup:
    """What goes under a message: buttons in it, or a keyboard in place of the person's own."""

    inline: JsonObject | None = None
    reply: JsonObject | None = None


NOTHING: Final = Markup()


def parse_markup(given: Any) -> Markup:
    """Read `reply_markup`.

    Raises:
        RefusedError: in Telegram's words where they are known.
    """
    if given is None:
        return NOTHING
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        _known(given, frozenset({"inline_keyboard"}), "an inline keyboard")
        rows = _rows(given["inline_keyboard"], "inline_keyboard", _inline_button)
        return Markup(inline={"inline_keyboard": rows}) if rows else NOTHING
    if "keyboard" in given:
        _known(given, _KEYBOARD_FIELDS, "a reply keyboard")
        rows = _rows(given["keyboard"], "keyboard", _reply_button)
        _placeholder(given)
        return Markup(reply={**given, "keyboard": rows}) if rows else NOTHING
    if given.get("remove_keyboard"):
        _known(given, _REMOVE_FIELDS, "a keyboard's removal")
        return Markup(reply=given)
    if given.get("force_reply"):
        _known(given, _FORCE_FIELDS, "a forced reply")
        _placeholder(given)
        return Markup(reply=given)
    if given:
        raise own_rule(f'unknown reply markup with the field "{min(given)}"')
    return NOTHING


def parse_inline(given: Any) -> JsonObject | None:
    """Read `reply_markup` where only buttons in the message are possible.

    Raises:
        RefusedError: as `parse_markup`, and for keyboards of another kind.
    """
    markup = parse_markup(given)
    if markup.reply is not None:
        raise bad_request("inline keyboard expected")
    return markup.inline


def _known(given: JsonObject, fields: frozenset[str], what: str) -> None:
    unknown = given.keys() - fields
    if unknown:
        raise own_rule(f'unknown field "{min(unknown)}" in {what}')


def _placeholder(given: JsonObject) -> None:
    placeholder = given.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(str(placeholder)) <= limits.PLACEHOLDER:
        raise own_rule(f"input_field_placeholder has 1 to {limits.PLACEHOLDER} characters")


def _rows(given: Any, name: str, read: Callable[[Any], JsonObject]) -> list[list[JsonObject]]:
    if not isinstance(given, list):
        raise bad_request(f'field "{name}" must be of type Array')
    rows = []
    count = 0
    for row in given:
        if not isinstance(row, list):
            raise bad_request(f'field "{name}" must be an Array of Arrays')
        buttons = [read(button) for button in row]
        count += len(buttons)
        if len(buttons) > limits.BUTTONS_IN_A_ROW:
            raise own_rule(f"more than {limits.BUTTONS_IN_A_ROW} buttons in a row")
        if buttons:
            rows.append(buttons)
    if count > limits.BUTTONS:
        raise bad_request("reply markup is too long")
    return rows


def _label(button: JsonObject, kind: str) -> str:
    if "text" not in button:
        raise bad_request(f"can't parse {kind}: can't find field \"text\"")
    text = button["text"]
    if not isinstance(text, str):
        raise bad_request(f'can\'t parse {kind}: field "text" must be of type String')
    if not text.strip():
        raise bad_request(f"{kind} text must be non-empty")
    if str(button.get("style", "primary")) not in _STYLES:
        raise own_rule("a button's style is danger, success or primary")
    return text


def _inline_button(button: Any) -> JsonObject:
    kind = "inline keyboard button"
    if not isinstance(button, dict):
        raise bad_request(f"can't parse {kind}: expected an Object")
    unknown = button.keys() - _INLINE_FIELDS
    if unknown:
        raise own_rule(f'unknown field "{min(unknown)}" in an {kind}')
    text = _label(button, kind)
    action = next((name for name in _INLINE_ACTIONS if button.get(name) is not None), None)
    if action is None:
        raise bad_request(f"can't parse {kind}: Text buttons are unallowed in the inline keyboard")
    if action in _NOT_MODELLED:
        raise own_rule(f'inline keyboard buttons with "{action}" are not modelled')
    value = button[action]
    if action == "url":
        value = _url(value)
    elif action == "callback_data":
        _callback_data(value)
    elif action in _QUERIES and not isinstance(value, str):
        raise bad_request(f'can\'t parse {kind}: field "{action}" must be of type String')
    elif action == "copy_text":
        copied = value.get("text") if isinstance(value, dict) else None
        if not isinstance(copied, str) or not 1 <= len(copied) <= limits.COPY_TEXT:
            raise own_rule(f"copy_text has a text of 1 to {limits.COPY_TEXT} characters")
    style = {name: button[name] for name in _STYLE if name in button}
    return {"text": text, action: value, **style}


def _callback_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= limits.CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")


def _url(address: Any) -> str:
    url = checked_url(address) if isinstance(address, str) else None
    if url is None:
        what = "Wrong HTTP URL" if address else "URL host is empty"
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: {what}")
    return url


def _reply_button(button: Any) -> JsonObject:
    kind = "keyboard button"
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request(f"can't parse {kind}: expected an Object")
    unknown = button.keys() - _REPLY_FIELDS
    if unknown:
        raise own_rule(f'unknown field "{min(unknown)}" in a {kind}')
    _label(button, kind)
    return button
