"""What happens, as it happens: the event stream of the chat page."""

import asyncio
import itertools
import secrets
from collections import deque
from collections.abc import AsyncGenerator
from typing import Any, Final

import orjson

_KEPT: Final = 2000  # events that a page may have missed
_BEAT: Final = 15.0  # seconds between signs of life


class Stream:
    """A bounded log of events that any number of pages follow."""

    def __init__(self) -> None:
        self._boot = secrets.token_hex(4)
        self._events: deque[tuple[str, Any]] = deque(maxlen=_KEPT)
        self._last = 0
        self._news: asyncio.Future[None] | None = None
        self._round = 0  # streams that began in an earlier round end

    def publish(self, kind: str, data: Any) -> None:
        """Add an event. `data` must not change afterwards."""
        self._events.append((kind, data))
        self._last += 1
        self._wake()

    def end_all(self) -> None:
        """End every page's stream; pages that are still there come back by themselves."""
        self._round += 1
        self._wake()

    def _wake(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

    async def follow(self, last_event_id: str) -> AsyncGenerator[bytes, None]:
        """The events after `last_event_id` as server-sent events, then new ones, until `end_all`.

        A page that missed more than is kept gets one `reset` event and reads everything anew.
        """
        seen = self._place(last_event_id)
        current = self._round
        yield f"retry: 1000\nid: {self._boot}-{seen or self._last}\n\n".encode()
        while current == self._round:
            oldest = self._last - len(self._events)
            if seen is None or seen < oldest:
                seen = self._last
                yield self._written(seen, "reset", {})
            elif seen < self._last:
                batch = list(itertools.islice(self._events, seen - oldest, None))
                text = b"".join(
                    self._written(number, kind, data)
                    for number, (kind, data) in enumerate(batch, seen + 1)
                )
                seen += len(batch)
                yield text
            elif not await self._wait():
                yield b": here\n\n"

    def _place(self, last_event_id: str) -> int | None:
        if not last_event_id:
            return self._last
        boot, _, number = last_event_id.partition("-")
        if boot != self._boot or not number.isdecimal() or int(number) > self._last:
            return None
        return int(number)

    def _written(self, number: int, kind: str, data: Any) -> bytes:
        head = f"id: {self._boot}-{number}\nevent: {kind}\ndata: ".encode()
        return head + orjson.dumps(data) + b"\n\n"

    async def _wait(self) -> bool:
        if self._news is None or self._news.done():
            self._news = asyncio.get_running_loop().create_future()
        done, _ = await asyncio.wait([self._news], timeout=_BEAT)
        return bool(done)
