"""Delivery to a webhook: one update at a time in each lane, lanes side by side, patient retries."""

import asyncio
import contextlib
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import aiohttp
import orjson

from bot.sandbox.entities import JsonObject
from bot.sandbox.updates import Lane, Update

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name
_TIMEOUT: Final = 60.0  # seconds for one answer
_LOOK: Final = 0.05  # seconds between looks at a clock that may be moved
_SLOWEST: Final = range(60, 121)  # seconds: pauses double up to a random one of these
_LONGEST_WISH: Final = 3600.0  # seconds: a longer Retry-After is cut to this


@dataclass(frozen=True, slots=True)
class Target:
    """Where to deliver."""

    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(slots=True)
class LastError:
    """What getWebhookInfo tells of failures."""

    failures: int = 0  # so far
    date: int = 0
    message: str = ""


class WebhookSender:
    """Posts updates to a webhook until it takes them.

    Pauses between tries pass by the sandbox's clock: moving it forward ends them.

    Args:
        target: where to.
        now: seconds since 1970, by the sandbox's clock.
        done: called with each update that was delivered or has expired.
        obey: called with each answer's body that carries a method call.
    """

    def __init__(
        self,
        target: Target,
        now: Callable[[], float],
        done: Callable[[Update], None],
        obey: Callable[[JsonObject], None],
    ) -> None:
        self.target = target
        self.error = LastError()
        self._now = now
        self._done = done
        self._obey = obey
        self._lanes: dict[Lane, deque[Update]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(target.max_connections)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=target.max_connections, ssl=False),
            timeout=aiohttp.ClientTimeout(total=_TIMEOUT),
            headers={SECRET_HEADER: target.secret} if target.secret else None,
        )

    def offer(self, update: Update) -> None:
        """Take an update to deliver."""
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        worker = asyncio.create_task(self._work(update.lane))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def close(self) -> None:
        """Stop delivering."""
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        await self._session.close()

    async def _work(self, lane: Lane) -> None:
        waiting = self._lanes[lane]
        while waiting:
            await self._deliver(waiting[0])
            self._done(waiting.popleft())
        del self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        slowest = secrets.choice(_SLOWEST)
        failures = 0
        while update.expires > self._now():
            wish = await self._post(update)
            if wish is None:
                return
            failures += 1
            # The first retry comes at once, the following after 2, 4, 8… seconds.
            pause = min(2.0 ** (failures - 1), slowest) if failures > 1 else 0.0
            await self._pause(max(pause, min(wish, _LONGEST_WISH)))

    async def _pause(self, seconds: float) -> None:
        due = self._now() + seconds
        while (left := due - self._now()) > 0:  # noqa: ASYNC110 -- another process may move the clock
            await asyncio.sleep(min(left, _LOOK))

    async def _post(self, update: Update) -> float | None:
        """Try once: None when the update was taken, else the seconds that the other side wishes."""
        try:
            async with (
                self._slots,
                self._session.post(
                    self.target.url,
                    data=update.body,
                    headers={"Content-Type": "application/json"},
                    allow_redirects=False,
                ) as answer,
            ):
                body = await answer.read()
        except TimeoutError:
            return self._failed("Read timeout expired")
        except aiohttp.ClientConnectorError:
            return self._failed("Connection refused")
        except aiohttp.ClientError:
            return self._failed("Connection reset by peer")
        if answer.ok and answer.status < 300:  # noqa: PLR2004 -- any 2xx
            self._read(body)
            return None
        wish = answer.headers.get("Retry-After", "0")
        self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        return float(wish) if wish.isdecimal() else 0.0

    def _failed(self, message: str) -> float:
        self.error = LastError(self.error.failures + 1, int(self._now()), message)
        return 0.0

    def _read(self, body: bytes) -> None:
        if body.startswith(b"{"):
            with contextlib.suppress(orjson.JSONDecodeError):
                self._obey(orjson.loads(body))
