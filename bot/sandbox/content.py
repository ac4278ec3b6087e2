"""The words of a message: text or caption, read by parse mode or entities."""

from typing import Any, Final

from bot.sandbox import limits
from bot.sandbox.calls import Call
from bot.sandbox.entities import Formatted, JsonObject, clean, explicit, finish
from bot.sandbox.markup import parse_html
from bot.sandbox.refusal import bad_request, own_rule
from bot.sandbox.world import World

_PREVIEW_FIELDS: Final = frozenset(
    ["is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"]
)
_MARKDOWN: Final = frozenset({"markdown", "markdownv2"})


def read_text(call: Call, name: str, entities: str) -> JsonObject:
    """A text (which must be there) or a caption (which may be), with its entities.

    Args:
        call: the call.
        name: "text" or "caption", the parameter and the field of the message.
        entities: the parameter and the field of its entities.

    Raises:
        RefusedError: empty, too long, or not well-formed.
    """
    text = call.get(name, "")
    caption = name == "caption"
    if not text:
        if caption:
            return {}
        raise bad_request("message text is empty")
    formatted = read_formatted(call.world, text, call.get("parse_mode", ""), call.get(entities))
    if caption and not formatted.text.strip():
        return {}
    formatted = finish(formatted)
    if len(formatted.text) > (limits.CAPTION if caption else limits.TEXT):
        raise bad_request(f"message {'caption ' if caption else ''}is too long")
    content: JsonObject = {name: formatted.text}
    if formatted.entities:
        content[entities] = formatted.entities
    return content


def read_formatted(world: World, text: str, parse_mode: str, entities: Any) -> Formatted:
    """Apply the parse mode, or the entities when there is none.

    Raises:
        RefusedError: the markup or an entity is not well-formed.
    """

    def find_user(number: int) -> JsonObject | None:
        person = world.people.get(number)
        return person.user() if person else None

    mode = parse_mode.lower()
    if mode == "html":
        return parse_html(clean(text), find_user)
    if mode in _MARKDOWN:
        raise own_rule("only parse_mode HTML is modelled, not Markdown")
    if mode not in {"", "none"}:
        raise bad_request("unsupported parse_mode")
    if entities:
        return explicit(text, entities)
    return Formatted(clean(text))


def read_preview(call: Call) -> JsonObject | None:
    """Whether and how a link is shown, by the parameters of a call.

    Raises:
        RefusedError: an unknown field.
    """
    preview = read_preview_field(call.get("link_preview_options"))
    if preview is None and call.get("disable_web_page_preview"):
        return {"is_disabled": True}
    return preview


def read_preview_field(preview: Any) -> JsonObject | None:
    """Whether and how a link is shown, as link_preview_options say it.

    Raises:
        RefusedError: an unknown field.
    """
    if preview is None:
        return None
    if not isinstance(preview, dict):
        raise bad_request("object expected as link preview options")
    unknown = preview.keys() - _PREVIEW_FIELDS
    if unknown:
        raise own_rule(f'unknown field "{min(unknown)}" in link_preview_options')
    return preview
