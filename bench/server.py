"""The fastest Bot API there can be: it hands out prepared updates and counts what comes back.

One process of its own, so that what is measured is the bot. It refuses nothing and remembers
nothing: truth is the sandbox's business, speed is this one's.
"""

import asyncio
import time
from collections import deque

import orjson
from aiohttp import web

ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
USER = {"id": 1, "is_bot": False, "first_name": "A", "language_code": "en"}
ANSWERS = frozenset({"sendMessage", "editMessageText", "sendDocument"})


class FastApi:
    """Hands out updates in batches and notes when each was answered."""

    def __init__(self) -> None:
        self.waiting: deque[dict[str, object]] = deque()
        self.answered = 0
        self.wanted = 0
        self.began = 0.0
        self.finished = 0.0
        self.done = asyncio.Event()
        self._more = asyncio.Event()
        self._message = 0

    def offer(self, updates: list[dict[str, object]]) -> None:
        """Have these fetched; `done` is set when each has its answer."""
        self.waiting.extend(updates)
        self.answered = 0
        self.wanted = len(updates)
        self.done.clear()
        self.began = time.perf_counter()
        self._more.set()

    async def answer(self, request: web.Request) -> web.Response:
        """Any method."""
        method = request.path.rpartition("/")[2]
        if method == "getUpdates":
            return _ok(await self._updates())
        if method == "getMe":
            return _ok(ME)
        if method in ANSWERS:
            self._message += 1
            self._count()
            chat = {"id": 1, "type": "private", "first_name": "A"}
            return _ok({"message_id": self._message, "date": 1, "chat": chat, "text": "x"})
        if method == "getMyCommands":
            return _ok([])
        return _ok(True)

    def _count(self) -> None:
        self.answered += 1
        if self.answered == self.wanted:
            self.finished = time.perf_counter()
            self.done.set()

    async def _updates(self) -> list[dict[str, object]]:
        if not self.waiting:
            self._more.clear()
            try:
                async with asyncio.timeout(1):
                    await self._more.wait()
            except TimeoutError:
                return []
        return [self.waiting.popleft() for _ in range(min(100, len(self.waiting)))]


def _ok(result: object) -> web.Response:
    return web.Response(
        body=orjson.dumps({"ok": True, "result": result}), content_type="application/json"
    )


def text(update_id: int, person: int, words: str) -> dict[str, object]:
    """A typed message."""
    entities = [{"type": "bot_command", "offset": 0, "length": len(words)}]
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1,
            "from": {**USER, "id": person},
            "chat": {"id": person, "type": "private", "first_name": "A"},
            "text": words,
            **({"entities": entities} if words.startswith("/") else {}),
        },
    }


def tap(update_id: int, person: int, data: str) -> dict[str, object]:
    """A pressed button."""
    message = {
        "message_id": 1,
        "date": 1,
        "from": ME,
        "chat": {"id": person, "type": "private", "first_name": "A"},
        "text": "x",
    }
    return {
        "update_id": update_id,
        "callback_query": {
            "id": str(update_id),
            "from": {**USER, "id": person},
            "chat_instance": "1",
            "message": message,
            "data": data,
        },
    }
