"""Updates pushed by Telegram: kept in the inbox before it gets its 200."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import structlog
from aiohttp import web

from bot.chat.intake import Intake
from bot.errors import SettingsProblem

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a header's name
PATH = "/telegram"
LARGEST = 2**20  # bytes; an update is a few kilobytes
PATIENCE = 10.0  # seconds in which a whole update must be here
CONNECTIONS = 40  # that Telegram may use at once, its own default

log = structlog.get_logger(__name__)
Keep = Callable[[list[dict[str, Any]]], Awaitable[None]]


class Webhook:
    """Listens for updates. Those that come together are kept in one transaction.

    Args:
        listen: host and port, such as "127.0.0.1:8080".
        secret: what Telegram must send with each update.
    """

    def __init__(self, intake: Intake, listen: str, secret: str) -> None:
        self._keep: Keep = intake.take
        self._host, _, port = listen.rpartition(":")
        if not port.isdigit():
            raise SettingsProblem("BAOBAB_LISTEN must be host:port, such as 127.0.0.1:8080")
        self._port = int(port)
        self._secret = secret.encode()
        self._waiting: list[tuple[dict[str, Any], asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Begin to listen.

        Raises:
            SettingsProblem: the address cannot be listened on.
        """
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(PATH, self._receive)
        app.router.add_get("/health", self._health)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            raise SettingsProblem(
                f"Nobody can listen on {self._host}:{self._port}; is another process there? "
                "Set BAOBAB_LISTEN."
            ) from None

    async def _health(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        if request.content_type != "application/json":
            return web.Response(status=403)
        try:
            async with asyncio.timeout(PATIENCE):
                update = orjson.loads(await request.read())
            update["update_id"] + 0
        except TimeoutError:
            return web.Response(status=408)
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return web.Response(status=400)
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append((update, kept))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        try:
            await kept
        except Exception as error:  # noqa: BLE001 -- Telegram sends it again
            log.error("an update could not be kept", error=type(error).__name__)
            return web.Response(status=503)
        return web.Response()

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._keep([update for update, _ in batch])
            except Exception as error:  # noqa: BLE001 -- each sender is told
                for _, kept in batch:
                    if not kept.done():
                        kept.set_exception(error)
            else:
                for _, kept in batch:
                    if not kept.done():
                        kept.set_result(None)
        self._writing = None

    async def stop(self) -> None:
        """Stop listening, once what is being received is kept."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
