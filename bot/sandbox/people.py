"""What people do: the same verbs for the HTTP side and for Python."""

import secrets
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from bot.sandbox import limits
from bot.sandbox.accounts import NotPossibleError
from bot.sandbox.chats import Group, Message
from bot.sandbox.entities import JsonObject
from bot.sandbox.talking import Standing, Talking, message_of
from bot.sandbox.world import Bot

_INLINE_LANE: Final = "inline"
_LOOKS: Final = frozenset({"style", "icon_custom_emoji_id"})


class PeopleSide(Talking):
    """Everything a person can do in a chat with a bot, or in a group of that number.

    `bot` is a bot's username everywhere; empty: the first bot.
    """

    def tap(  # noqa: PLR0913 -- a button is named in two ways
        self,
        person_id: int,
        message_id: int,
        *,
        data: str | None = None,
        row: int | None = None,
        column: int | None = None,
        bot: str = "",
        group: int | None = None,
    ) -> JsonObject:
        """Press a button, named by its place, or by its data as a stale screen would send it."""
        who = self.talk(person_id, bot, group)
        if data is not None:
            return self._press(who, message_id, data)
        button = _button(message_of(who.where, message_id), row, column)
        result: JsonObject
        match button:
            case {"url": str(url)}:
                payload = _start_payload(who.account, url)
                result = self.open(person_id, payload, bot) if payload else {"url": url}
            case {"callback_data": str(pressed)}:
                result = self._press(who, message_id, pressed)
            case {"switch_inline_query_current_chat": str(query)}:
                result = {"inline_query": query}
            case {"switch_inline_query": str(query)}:
                result = {"inline_query": query}
            case {"copy_text": {"text": str(copied)}}:
                result = {"copied": copied}
            case {"request_location": True}:
                raise NotPossibleError("This button asks for a place: share a location instead.")
            case {"text": str(text), **more} if more.keys() <= _LOOKS:
                result = self.say(person_id, text, bot=bot, group=group)
            case _:
                raise NotPossibleError("The sandbox does not know this kind of button.")
        return result

    def _press(self, who: Standing, message_id: int, data: str) -> JsonObject:
        where = who.where
        query: JsonObject = {"from": who.person.user(), "chat_instance": where.instance}
        message = where.messages.get(message_id)
        if message is not None and message.inline_id:
            query["inline_message_id"] = message.inline_id
        elif message is not None:
            query["message"] = message.data
        elif message_id in where.deleted:
            gone = {"chat": where.described(), "message_id": message_id, "date": 0}
            query["message"] = gone
        else:
            raise NotPossibleError(f"There is no message {message_id} in this chat.", 404)
        number = self.world.ask(who.account.taps, who.own, where)
        query = {"id": number, **query, "data": data}
        lane = ("user", who.person.id)
        who.account.updates.add("callback_query", query, lane, limits.TAP)
        return {"callback_query_id": number}

    def inline(
        self, person_id: int, query: str, bot: str = "", group: int | None = None
    ) -> JsonObject:
        """Type something after the bot's name, in the chat with the bot or in a group."""
        who = self.talk(person_id, bot, group)
        number = self.world.ask(who.account.inline_queries, who.own, who.where)
        asked = {
            "id": number,
            "from": who.person.user(),
            "query": query,
            "offset": "",
            "chat_type": who.where.kind if isinstance(who.where, Group) else "sender",
        }
        lane = (_INLINE_LANE, who.person.id)
        who.account.updates.add("inline_query", asked, lane, limits.INLINE_QUERY)
        return {"inline_query_id": number}

    def inline_results(
        self, person_id: int, inline_query_id: str, bot: str = ""
    ) -> list[JsonObject] | None:
        """What the bot offered; None: nothing yet."""
        question = self.bot(bot).inline_queries.get(inline_query_id)
        if question is None or question.chat.person.id != person_id:
            raise NotPossibleError("There is no such inline query.", 404)
        return question.results

    def choose(
        self,
        person_id: int,
        inline_query_id: str,
        result_id: str,
        bot: str = "",
        group: int | None = None,
    ) -> JsonObject:
        """Choose an offered result: it goes into the chat, "via" the bot."""
        who = self.talk(person_id, bot, group)
        account = who.account
        results = self.inline_results(person_id, inline_query_id, bot) or []
        result = next((one for one in results if one["id"] == result_id), None)
        if result is None:
            raise NotPossibleError("The bot did not offer that result.", 404)
        chosen = {"result_id": result_id, "from": who.person.user(), "query": ""}
        inline_id = ""
        if "reply_markup" in result["message"]:
            inline_id = chosen["inline_message_id"] = secrets.token_urlsafe(18)
        content = {**result["message"], "via_bot": account.user()}
        message = self.put(who, content, inline_id=inline_id)
        if inline_id:
            account.inline_messages[inline_id] = who.where, message
        if account.inline_feedback:
            lane = (_INLINE_LANE, person_id)
            account.updates.add("chosen_inline_result", chosen, lane, limits.CHOSEN)
        return message.as_seen()


def _button(message: Message, row: int | None, column: int | None) -> Any:
    markup = message.as_seen().get("reply_markup", {})
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    if row is None or column is None:
        raise NotPossibleError('Name the button by "data", or by "row" and "column" from 0.')
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise NotPossibleError("There is no button in that place.", 404)
    return rows[row][column]


def _start_payload(account: Bot, url: str) -> str:
    parts = urlsplit(url)
    own = parts.hostname == "t.me" and parts.path.strip("/").lower() == account.username.lower()
    return parse_qs(parts.query).get("start", [""])[0] if own else ""
