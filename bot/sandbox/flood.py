"""Telegram's published sending rates, for who wants the sandbox to keep them.

The real thresholds are not published; the FAQ names about one message a second in a chat, twenty a
minute in a group and about thirty a second in all
(core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
"""

import math
from dataclasses import dataclass, field

from bot.sandbox.refusal import too_many_requests


@dataclass(slots=True)
class Flood:
    """A bucket for each chat and one for all; a send that finds one empty is refused with 429.

    Attributes:
        per_chat: messages a second in one chat.
        chat_burst: how many may come at once in one chat.
        per_group: messages a second in one group, and
        group_burst: how many may come at once there: twenty in a minute.
        overall: messages a second in all, and how many may come at once.
    """

    per_chat: float = 1.0
    chat_burst: float = 3.0
    per_group: float = 20 / 60
    group_burst: float = 20.0
    overall: float = 30.0
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)
    _all: tuple[float, float] = (0.0, 0.0)

    def check(self, chat_id: int, now: float, messages: int = 1) -> None:
        """Count what is sent with one call.

        Raises:
            RefusedError: 429, with the seconds until there is room.
        """
        group = type(chat_id) is int and chat_id < 0
        rate = self.per_group if group else self.per_chat
        burst = self.group_burst if group else self.chat_burst
        chat_level = _leaked(self._chats.get(chat_id, (0.0, now)), rate, now)
        level = _leaked(self._all, self.overall, now)
        wait = max(
            (chat_level + 1 - burst) / rate,
            (level + 1 - self.overall) / self.overall,
        )
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        self._chats[chat_id] = (chat_level + messages, now)
        self._all = (level + messages, now)


def _leaked(bucket: tuple[float, float], rate: float, now: float) -> float:
    level, at = bucket
    return max(level - (now - at) * rate, 0.0)
