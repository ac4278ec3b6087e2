"""The fastest Bot API there can be: it hands out prepared updates and counts what comes back.

One process of its own, so that what is measured is the bot. It refuses nothing, and remembers
nothing but which updates are not confirmed: truth is the sandbox's business, speed is this one's.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson
from aiohttp import web

ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
USER = {"id": 1, "is_bot": False, "first_name": "A", "language_code": "en"}
CHAT = {"id": 1, "type": "private", "first_name": "A"}
TALK = frozenset({"sendMessage", "editMessageText", "answerCallbackQuery"})
"""The calls by which a bot answers people; the others belong to its start."""
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Book", "callback_data": "book:7:b1"}],
        [
            {"text": "Calendar file", "callback_data": "calendar:7"},
            {"text": "Directions", "callback_data": "directions:7"},
        ],
        [{"text": "Share", "switch_inline_query": "event 7"}],
        [{"text": "Back to the list", "callback_data": "list:b1"}],
    ]
}
"""What hangs under the message whose button is pressed: Telegram sends it along."""
MOST = 100  # updates in a batch, the Bot API's own limit
PATIENCE = 1.0  # seconds that a fetch waits for updates

Update = dict[str, object]


class FastApi:
    """Hands out updates until they are confirmed, and notes when all were answered.

    Attributes:
        calls: how often each method of TALK was called since the last `offer`.
        shown: the newest body of each of these methods.
        fetched: set once anybody has asked for updates since `expect_a_bot`.
    """

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.shown: dict[str, bytes] = {}
        self.fetched = asyncio.Event()
        self.done = asyncio.Event()
        self.began = 0.0
        self.finished = 0.0
        self._waiting: deque[Update] = deque()
        self._wanted: Counter[str] = Counter()
        self._missing = 0
        self._more = asyncio.Event()
        self._message = 0

    def expect_a_bot(self) -> None:
        """A new bot is about to come; what the one before it left is gone."""
        self._waiting.clear()
        self.fetched.clear()

    def offer(self, updates: list[Update], calls: Counter[str]) -> None:
        """Have these fetched; `done` is set when as many calls have come as they lead to.

        Args:
            updates: in ascending order of their numbers.
            calls: how often each method will be called for one update.
        """
        self.expect(Counter({name: n * len(updates) for name, n in calls.items()}))
        self.hand_out(*updates)

    def expect(self, calls: Counter[str]) -> None:
        """`done` is to be set when these have come."""
        self._wanted = calls
        self._missing = calls.total()
        self.calls.clear()
        self.done.clear()
        self.began = time.perf_counter()

    def hand_out(self, *updates: Update) -> None:
        """Have these fetched."""
        self._waiting.extend(updates)
        self._more.set()

    @property
    def outstanding(self) -> Counter[str]:
        """The calls that have not come yet."""
        return self._wanted - self.calls

    async def answer(self, request: web.Request) -> web.Response:
        """Any method."""
        method = request.path.rpartition("/")[2]
        if method == "getUpdates":
            return _ok(await self._updates(await _offset(request)))
        if method in TALK:
            self.shown[method] = await request.read()
            self._count(method)
            if method == "answerCallbackQuery":
                return _ok(True)
            self._message += 1
            return _ok({"message_id": self._message, "date": 1, "chat": CHAT, "text": "x"})
        if method == "getMe":
            return _ok(ME)
        return _ok([] if method == "getMyCommands" else True)

    def _count(self, method: str) -> None:
        self.calls[method] += 1
        self._missing -= 1
        if self._missing == 0:
            self.finished = time.perf_counter()
            self.done.set()

    async def _updates(self, offset: int) -> list[Update]:
        """What waits from an update's number on. As with Telegram, asking confirms those before.

        So a fetch that a dead bot left behind takes nothing away from the next one.
        """
        self.fetched.set()
        while self._waiting and _number(self._waiting[0]) < offset:
            self._waiting.popleft()
        if not self._waiting:
            self._more.clear()
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._more.wait()
            except TimeoutError:
                return []
        return [self._waiting[n] for n in range(min(MOST, len(self._waiting)))]


@asynccontextmanager
async def served(api: FastApi) -> AsyncIterator[str]:
    """The server's address; it listens in this block."""
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", api.answer)
    # a bot that is killed in the middle of its long poll must not be waited for
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _offset(request: web.Request) -> int:
    """The first update that is wanted, however the bot's library writes it."""
    if request.content_type == "application/json":
        return int(orjson.loads(await request.read()).get("offset") or 0)
    return int(str((await request.post()).get("offset") or 0))


def _number(update: Update) -> int:
    number = update["update_id"]
    assert isinstance(number, int)
    return number


def _ok(result: object) -> web.Response:
    return web.Response(
        body=orjson.dumps({"ok": True, "result": result}), content_type="application/json"
    )


def text(update_id: int, person: int, words: str) -> Update:
    """A typed message."""
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1,
            "from": {**USER, "id": person},
            "chat": {**CHAT, "id": person},
            "text": words,
        },
    }


def tap(update_id: int, person: int, data: str, message: int = 1) -> Update:
    """A pressed button, under the message of this number."""
    shown = {
        "message_id": message,
        "date": 1,
        "from": ME,
        "chat": {**CHAT, "id": person},
        "text": "x",
        "reply_markup": KEYBOARD,
    }
    return {
        "update_id": update_id,
        "callback_query": {
            "id": str(update_id),
            "from": {**USER, "id": person},
            "chat_instance": "1",
            "message": shown,
            "data": data,
        },
    }
