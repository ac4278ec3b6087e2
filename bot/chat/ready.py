"""Messages made ready for Telegram once, and addressed to each person in a moment."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from bot.chat.outgoing import Call, edit, say
from bot.delivery.models import Delivery, Written

if TYPE_CHECKING:
    from bot.message import Message

EDITS = frozenset({"editMessageText", "editMessageCaption"})
"""Calls that change a message; what cannot take the place of another is sent anew instead."""
TAKING_AWAY = frozenset({"deleteMessage", "deleteMessages"})
"""Calls that take messages away."""
KEPT = 64  # different messages remembered at a time


@dataclass(frozen=True, slots=True)
class Ready:
    """A call of the Bot API that needs nothing more.

    Attributes:
        method: such as "sendMessage".
        body: its parameters as JSON; empty where there is a file, which goes as `call`.
        call: the parameters, where there is a file.
    """

    method: str
    body: bytes
    call: Call | None = None


class Stationery:
    """Makes each message ready once, however many people get it.

    Args:
        paid: pay Telegram for going faster than it allows for nothing.
    """

    def __init__(self, *, paid: bool = False) -> None:
        self._paid = paid
        self._known: dict[tuple[int, bool, bool], tuple[Message, str, bytes]] = {}

    def ready(self, written: Written, chat_id: int, edits: int) -> Ready:
        """A message for one chat; with `edits`, in the place of that message of ours."""
        message = written.message
        key = (id(message), written.silent, edits > 0)
        known = self._known.get(key)
        # An id can come again once its object is gone, so the object is kept beside it.
        if known is None or known[0] is not message:
            call = edit(message, 0, 0) if edits else say(message, 0)
            params = call.params | self._more(written, call)
            if "_file" in params:
                return Ready(call.method, b"", Call(call.method, params | {"chat_id": chat_id}))
            known = (message, call.method, _tail(params))
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[key] = known
        _, method, tail = known
        head = (
            b'{"chat_id":%d,"message_id":%d,' % (chat_id, edits)
            if method in EDITS
            else (b'{"chat_id":%d,' % chat_id)
        )
        return Ready(method, head + tail)

    @staticmethod
    def taking_away(delivery: Delivery, chat_id: int) -> Ready:
        """The call that takes a message of ours away, or all of an album."""
        if len(delivery.album) > 1:
            whole = {"chat_id": chat_id, "message_ids": list(delivery.album)}
            return Ready("deleteMessages", orjson.dumps(whole))
        return Ready(
            "deleteMessage", orjson.dumps({"chat_id": chat_id, "message_id": delivery.edits})
        )

    def _more(self, written: Written, call: Call) -> dict[str, Any]:
        more: dict[str, Any] = {}
        if call.method in EDITS:
            return more
        if written.silent:
            more["disable_notification"] = True
        if self._paid:
            more["allow_paid_broadcast"] = True
        return more


def _tail(params: dict[str, Any]) -> bytes:
    """The parameters as JSON, but for where they go and the brace before them."""
    kept = {
        name: value
        for name, value in params.items()
        if name not in {"chat_id", "message_id"} and not name.startswith("_")
    }
    return orjson.dumps(kept)[1:]
