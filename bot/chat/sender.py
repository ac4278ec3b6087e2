"""Sends what is owed for an update, in order, and copes with what Telegram answers."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import structlog

from bot.chat.http import ApiError, ApiUnreachable
from bot.chat.outgoing import SHOWS, Call
from bot.delivery.pacing import Pacer
from bot.events.open_cards import SentCard
from bot.message import Shown

ATTEMPTS = 6  # tries at one call while Telegram cannot be reached; the sweep goes on later
FIRST_PAUSE = 0.25  # seconds
PATIENCE = 600  # seconds; a longer flood wait is left to the sweep
TAP = "answerCallbackQuery"
NOT_EDITED = ("to edit not found", "can't be edited", "no text in the message to edit")
"""Why Telegram does not put a text in the place of a message; the last: it shows a file."""
WRONG_TOKEN = 401
FORBIDDEN = 403
FLOOD = 429
FLEETING = frozenset({TAP, "answerInlineQuery", "editMessageReplyMarkup"})
"""Calls that Telegram refuses once nobody waits for them any more."""
EDITS = frozenset({"editMessageText", "editMessageCaption"})
MEDIA = frozenset({"sendPhoto", "sendVideo", "sendAudio", "sendVoice", "sendMediaGroup"})
TOLD = frozenset({"sendMessage", "sendDocument", "sendVenue"}) | EDITS | MEDIA

log = structlog.get_logger(__name__)
Blocked = Callable[[int], Awaitable[None]]
Apology = Callable[[int], Awaitable[Call]]


class Caller(Protocol):
    """Makes calls of the Bot API."""

    async def call(self, method: str, params: dict[str, Any]) -> Any:
        """See TelegramHttp."""


class Sender:
    """The lane of replies: nothing else waits in it.

    Args:
        http: makes the calls.
        blocked: told the chat of a person who blocked the bot or is gone.
        apology: makes the call for a person who cannot be told what they should be.
        pacer: hears of every message, so that what can wait makes room for it.
        first_pause: seconds before the second try; doubles with each further one.

    Attributes:
        sent_cards: messages sent that show events, not yet noted by whoever notes them.
    """

    def __init__(
        self,
        http: Caller,
        blocked: Blocked,
        apology: Apology,
        pacer: Pacer,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        self._http = http
        self._blocked = blocked
        self._apology = apology
        self._pacer = pacer
        self._first_pause = first_pause
        self.sent_cards: list[SentCard] = []

    async def deliver(self, calls: list[Call]) -> bool:
        """Make the calls: messages in order, and the answer to a tap beside them.

        Returns:
            True when each was made or can never be; False when Telegram could not be reached
            and they are still owed. A call whose outcome nobody knows is made again: a repeated
            answer is better than none.
        """
        # A tap's answer is no message: nobody needs to wait for the one and then the other.
        taps = [call for call in calls if call.method == TAP]
        messages = [call for call in calls if call.method != TAP]
        lines = [line for line in (taps, messages) if line]
        if len(lines) == 1:
            return await self._deliver(lines[0])
        return all(await asyncio.gather(*(self._deliver(line) for line in lines)))

    async def _deliver(self, calls: list[Call]) -> bool:
        try:
            refused = [call for call in calls if not await self._make(call)]
            chats = [call.params["chat_id"] for call in refused if call.params["chat_id"] > 0]
            if chats:  # in a group, others would read it who know nothing of it
                await self._say_sorry(chats[0])
        except ApiUnreachable:
            return False
        return True

    async def _make(self, call: Call) -> bool:
        """Make a call; False when somebody is not told because the call is wrong."""
        try:
            await self._call(call)
        except ApiError as error:
            if error.code == FORBIDDEN:
                if "chat_id" in call.params:
                    await self._blocked(call.params["chat_id"])
            elif (other := _instead(call, error.description)) is not None:
                return await self._make(other)
            elif call.method not in FLEETING and not _is_unchanged(error.description):
                # The description may quote the text, so only its beginning is safe to keep.
                reason = error.description.split('"')[0][:80]
                log.error("a call was refused", method=call.method, code=error.code, reason=reason)
                return call.method not in TOLD
        return True

    async def _say_sorry(self, chat: int) -> None:
        with contextlib.suppress(ApiError):
            await self._call(await self._apology(chat))

    async def _call(self, call: Call) -> None:
        pause = self._first_pause
        for attempt in range(1, ATTEMPTS + 1):
            if call.method in TOLD:
                self._pacer.replied(call.params["chat_id"], asyncio.get_running_loop().time())
            try:
                result = await self._http.call(call.method, call.params)
            except ApiError as error:
                if error.code == WRONG_TOKEN:  # it was revoked; the next one will do
                    raise ApiUnreachable("the token is not known") from None
                if error.code != FLOOD or error.retry_after is None:
                    raise
                if error.retry_after > PATIENCE:
                    raise ApiUnreachable("told to wait") from None
                await asyncio.sleep(error.retry_after)
            except ApiUnreachable:
                if attempt == ATTEMPTS:
                    raise
                await asyncio.sleep(pause)
                pause *= 2
            else:
                self._note(call, result)
                return
        raise ApiUnreachable("told to wait again and again")

    def _note(self, call: Call, result: Any) -> None:
        if SHOWS in call.params:
            shown = Shown(*call.params[SHOWS])
            self.sent_cards.append(SentCard(call.params["chat_id"], result["message_id"], shown))


def _is_unchanged(description: str) -> bool:
    return "message is not modified" in description.lower()


def _instead(call: Call, description: str) -> Call | None:
    """A new message in the place of one that cannot be edited any more."""
    if call.method != "editMessageText" or _is_unchanged(description):
        return None
    if not any(why in description.lower() for why in NOT_EDITED):
        return None
    return Call("sendMessage", {k: v for k, v in call.params.items() if k != "message_id"})
