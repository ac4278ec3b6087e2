"""The methods that answer a tap or an inline query."""

from typing import Any, Final

from bot.sandbox import limits
from bot.sandbox.calls import Call, Method, boolean, integer, listing, parsed, string
from bot.sandbox.content import read_formatted, read_preview_field
from bot.sandbox.entities import JsonObject, finish
from bot.sandbox.keyboards import parse_inline
from bot.sandbox.refusal import bad_request, own_rule

_ARTICLE: Final = frozenset(
    [
        "type",
        "id",
        "title",
        "input_message_content",
        "reply_markup",
        "url",
        "description",
        "thumbnail_url",
        "thumbnail_width",
        "thumbnail_height",
    ]
)
_WORDS: Final = frozenset(["message_text", "parse_mode", "entities", "link_preview_options"])
_RESULT_ID: Final = 64  # bytes


def answer_callback_query(call: Call) -> bool:
    """End a tap's waiting; a text is shown to the person."""
    text = call.get("text", "")
    if len(text) > limits.ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    number = call.get("callback_query_id")
    tap = call.world.question(call.bot.taps, number, call.world.tap_seconds)
    answer: JsonObject = {"callback_query_id": number, "text": text}
    answer["show_alert"] = call.get("show_alert", False)
    if call.get("url"):
        answer["url"] = call.args["url"]
    tap.chat.answers.append(answer)
    call.world.stream.publish("answer", {**tap.chat.place, **tap.where.place, **answer})
    return True


def answer_inline_query(call: Call) -> bool:
    """Offer results for what a person typed after the bot's name."""
    given = call.get("results")
    if given is None:
        raise bad_request("can't parse inline query results: expected an Array")
    if len(given) > limits.INLINE_RESULTS:
        raise bad_request("too many inline query results specified")
    results = [_result(call, one) for one in given]
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    number = call.get("inline_query_id")
    query = call.world.question(call.bot.inline_queries, number, limits.INLINE_QUERY)
    query.results = results
    call.world.stream.publish(
        "inline",
        {
            **query.chat.place,
            **query.where.place,
            "inline_query_id": number,
            "results": results,
        },
    )
    return True


def _result(call: Call, given: Any) -> JsonObject:
    """A result with its `message`, the content that choosing it will send."""
    if not isinstance(given, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    if given.get("type") != "article":
        raise own_rule('only inline query results of type "article" are modelled')
    unknown = given.keys() - _ARTICLE
    if unknown:
        raise own_rule(f'unknown field "{min(unknown)}" in an inline query result')
    number = given.get("id")
    if not isinstance(number, str) or not 1 <= len(number.encode()) <= _RESULT_ID:
        raise bad_request("RESULT_ID_INVALID")
    if not given.get("title"):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    message = _words(call, given.get("input_message_content"))
    keyboard = parse_inline(given.get("reply_markup"))
    if keyboard is not None:
        message["reply_markup"] = keyboard
    shown = {name: value for name, value in given.items() if name != "input_message_content"}
    return {**shown, "message": message}


def _words(call: Call, given: Any) -> JsonObject:
    if not isinstance(given, dict) or "message_text" not in given:
        raise own_rule("an article needs input_message_content with a message_text")
    unknown = given.keys() - _WORDS
    if unknown:
        raise own_rule(f'unknown field "{min(unknown)}" in input_message_content')
    text = given["message_text"]
    if not isinstance(text, str) or not text:
        raise bad_request("message text is empty")
    mode = given.get("parse_mode") or ""
    formatted = finish(read_formatted(call.world, text, mode, given.get("entities")))
    if len(formatted.text) > limits.TEXT:
        raise bad_request("message is too long")
    message: JsonObject = {"text": formatted.text}
    if formatted.entities:
        message["entities"] = formatted.entities
    preview = read_preview_field(given.get("link_preview_options"))
    if preview:
        message["link_preview_options"] = preview
    return message


METHODS: Final = {
    "answerCallbackQuery": Method(
        answer_callback_query,
        {
            "callback_query_id": string,
            "text": string,
            "show_alert": boolean,
            "url": string,
            "cache_time": integer,
        },
    ),
    "answerInlineQuery": Method(
        answer_inline_query,
        {
            "inline_query_id": string,
            "results": listing,
            "cache_time": integer,
            "is_personal": boolean,
            "next_offset": string,
            "button": parsed("inline query results button"),
        },
    ),
}
