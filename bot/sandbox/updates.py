"""A bot's queue of updates, and how getUpdates takes from it."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, NoReturn, Protocol, TypeAlias

import orjson

from bot.sandbox import limits
from bot.sandbox.entities import JsonObject
from bot.sandbox.refusal import RefusedError

Lane: TypeAlias = tuple[str, int]  # updates of one lane keep their order on the way to a webhook

KINDS: Final = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
    ]
)
BY_DEFAULT: Final = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}

OTHER_POLL: Final = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE: Final = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
NEW_WEBHOOK: Final = "Conflict: terminated by setWebhook request"
_CONFLICT_PAUSE: Final = 3.0  # seconds; a second conflict this soon is answered this late
_FAR: Final = 10  # an offset further than this past the last update is ignored
_FIRST: Final = 100_000_000
_SPREAD: Final = 800_000_000


@dataclass(frozen=True, slots=True)
class Update:
    """One update, frozen as JSON at the moment it came into being."""

    id: int
    lane: Lane
    expires: float  # seconds since 1970
    body: bytes


class Receiver(Protocol):
    """Where updates go by themselves: a webhook."""

    def offer(self, update: Update) -> None:
        """Take an update to deliver."""


class UpdateQueue:
    """What a bot has not confirmed yet.

    Args:
        now: seconds since 1970.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self.allowed = BY_DEFAULT
        self.conflict_pause = _CONFLICT_PAUSE
        self._now = now
        self._pending: OrderedDict[int, Update] = OrderedDict()
        self._next_id = _FIRST + secrets.randbelow(_SPREAD)
        self._last_added = now()
        self._poll: asyncio.Future[None] | None = None
        self._next_conflict = 0.0
        self._receiver: Receiver | None = None
        self._emptied: list[asyncio.Future[None]] = []

    def add(self, kind: str, body: JsonObject, lane: Lane, seconds: float = limits.DAY) -> None:
        """Queue an update that lives for `seconds`, unless the bot did not ask for its kind."""
        if kind not in self.allowed:
            return
        now = self._now()
        if now - self._last_added > limits.QUIET and not self._pending:
            self._next_id = _FIRST + secrets.randbelow(_SPREAD)
        self._last_added = now
        number = self._next_id
        self._next_id += 1
        wire = orjson.dumps({"update_id": number, kind: body})
        update = Update(number, lane, now + seconds, wire)
        self._pending[number] = update
        if self._receiver is not None:
            self._receiver.offer(update)
        elif self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Set which kinds are queued from now on; None changes nothing, unknown names count not."""
        if kinds is not None:
            self.allowed = KINDS.intersection(kinds) or BY_DEFAULT

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109 -- Telegram's own word
        """Wait for updates, as getUpdates does.

        Raises:
            RefusedError: 409, when a webhook is active or another poll takes over.
        """
        if self._receiver is not None:
            await self._conflict(WEBHOOK_ACTIVE)
        self._forget_before(offset)
        batch = self._batch(limit)
        if batch or timeout <= 0:
            return batch
        self._end_poll(OTHER_POLL)
        waiting = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                await waiting
        except TimeoutError:
            return []
        except RefusedError as refused:
            await self._conflict(refused.description)
        finally:
            if self._poll is waiting:
                self._poll = None
        return self._batch(limit)

    async def _conflict(self, text: str) -> NoReturn:
        now = asyncio.get_running_loop().time()
        if now < self._next_conflict:
            await asyncio.sleep(self.conflict_pause)
        else:
            self._next_conflict = now + self.conflict_pause
        raise RefusedError(409, text)

    def _end_poll(self, text: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(RefusedError(409, text))

    def _forget_before(self, offset: int) -> None:
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popitem(last=False)
        elif offset <= self._next_id + _FAR:
            while self._pending and next(iter(self._pending)) < offset:
                self._pending.popitem(last=False)
        self._tell_if_empty()

    def _batch(self, limit: int) -> list[Update]:
        batch: list[Update] = []
        expired: list[Update] = []
        now = self._now()
        for update in self._pending.values():
            if len(batch) == limit:
                break
            (expired if update.expires <= now else batch).append(update)
        for update in expired:
            self.done(update)
        return batch

    def done(self, update: Update) -> None:
        """An update was delivered or is too old: forget it."""
        self._pending.pop(update.id, None)
        self._tell_if_empty()

    def receive(self, receiver: Receiver | None) -> None:
        """Send updates to a webhook from now on, waiting ones first; None: back to polling."""
        self._receiver = receiver
        if receiver is not None:
            self._end_poll(NEW_WEBHOOK)
            for update in list(self._pending.values()):
                receiver.offer(update)

    def drop(self) -> None:
        """Forget every update that waits."""
        self._pending.clear()
        self._tell_if_empty()

    def count(self) -> int:
        """How many updates the bot has not confirmed."""
        now = self._now()
        return sum(update.expires > now for update in self._pending.values())

    async def until_fetched(self) -> None:
        """Wait until the bot has confirmed everything there is."""
        while self.count():
            emptied = asyncio.get_running_loop().create_future()
            self._emptied.append(emptied)
            await emptied

    def _tell_if_empty(self) -> None:
        if not self._pending and self._emptied:
            for emptied in self._emptied:
                if not emptied.done():
                    emptied.set_result(None)
            self._emptied.clear()

    def close(self) -> None:
        """End a waiting poll without updates."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
