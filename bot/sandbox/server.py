"""The sandbox as a whole: a server on this machine's loopback address."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.routing import PathMatches, Rule, RuleRouter

from bot.clock import Clock
from bot.sandbox.bot_api import BotApi
from bot.sandbox.calls import CallLog
from bot.sandbox.demo import Demo
from bot.sandbox.faults import Faults
from bot.sandbox.flood import Flood
from bot.sandbox.groups import Groups
from bot.sandbox.people import PeopleSide
from bot.sandbox.routes import application
from bot.sandbox.world import Bot, World

_HOST: Final = "127.0.0.1"
_LARGEST_REQUEST: Final = 60 * 1024 * 1024  # bytes: Telegram's largest upload and some room
_DEMO_BOT: Final = "baobab_demo_bot"
_FIRST_NAME: Final = "Baobab"
_TAP_SECONDS: Final = 15.0


class Sandbox:
    """A Telegram of our own: bots and people talk through it, nothing leaves this machine.

    Args:
        clock: the time that messages carry; the sandbox moves it when asked to.
        tokens: bot tokens ("<number>:<secret>") and the bots' usernames. None: one made-up token
            for "baobab_demo_bot".
        port: where to listen; 0: any free port.
        control_token: the people side's key. None: a random one.
        log_size: how many calls of the Bot API are kept.
        tap_seconds: how long a tap may be answered. Telegram does not publish its own limit;
            reports name 15 to 20 seconds.
        flood: sending rates to keep. None: as fast as you like.
        demo: the chat page's settings.
    """

    def __init__(  # noqa: PLR0913 -- each has a good default
        self,
        *,
        clock: Clock,
        tokens: Mapping[str, str] | None = None,
        port: int = 0,
        control_token: str | None = None,
        log_size: int = 10_000,
        tap_seconds: float = _TAP_SECONDS,
        flood: Flood | None = None,
        demo: Demo | None = None,
    ) -> None:
        self.clock = clock
        self.control_token = control_token or secrets.token_urlsafe(24)
        self.port = port
        self.world = World(clock, tap_seconds)
        self.people = PeopleSide(self.world)
        self.groups = Groups(self.people)
        self.faults = Faults()
        self.log = CallLog(log_size)
        self.demo = demo or Demo()
        self.api = BotApi(self.world, self.faults, self.log, flood)
        for token, username in (tokens or {_made_up_token(): _DEMO_BOT}).items():
            self.world.add_bot(token, username, _FIRST_NAME)
        self._server: HTTPServer | None = None

    @property
    def token(self) -> str:
        """The first bot's token."""
        return next(iter(self.world.bots))

    @property
    def bot(self) -> Bot:
        """The first bot."""
        return self.world.bots[self.token]

    @property
    def url(self) -> str:
        """The Bot API's base address; it is the people side's too."""
        return f"http://{_HOST}:{self.port}"

    @property
    def page_url(self) -> str:
        """The chat page's address, with the key in it."""
        return f"{self.url}/?token={self.control_token}"

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: the port is taken.
        """
        sockets = bind_sockets(self.port, _HOST)
        self.port = sockets[0].getsockname()[1]
        router = RuleRouter(
            [
                Rule(PathMatches(r"/bot\d.*"), self.api.answer_call),
                Rule(PathMatches(r"/file/bot\d.*"), self.api.answer_file),
                Rule(PathMatches(r".*"), application(self)),
            ]
        )
        self._server = HTTPServer(
            router, max_body_size=_LARGEST_REQUEST, max_buffer_size=_LARGEST_REQUEST
        )
        self._server.add_sockets(sockets)

    async def stop(self) -> None:
        """Stop listening and end every connection."""
        self.world.stream.end_all()
        for bot in self.world.bots.values():
            bot.updates.close()
            if bot.webhook is not None:
                await bot.webhook.close()
        await self.api.close()
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()

    def time(self) -> dict[str, Any]:
        """The sandbox's time, and how far it is ahead of the wall, in seconds."""
        return {
            "now": self.clock.now().isoformat(),
            "offset": self.clock.offset.total_seconds(),
        }

    def forward(self, by: timedelta) -> dict[str, Any]:
        """Move the time forward and tell the pages."""
        self.clock.forward(by)
        time = self.time()
        self.world.stream.publish("clock", time)
        return time

    def bots(self) -> list[dict[str, Any]]:
        """The bots, without their tokens."""
        return [
            {
                "username": bot.username,
                "token_set": True,
                "pending_updates": bot.updates.count(),
                "webhook": bot.webhook.target.url if bot.webhook else "",
            }
            for bot in self.world.bots.values()
        ]

    async def until_fetched(self) -> None:
        """Wait until every bot has confirmed all of its updates."""
        for bot in self.world.bots.values():
            await bot.updates.until_fetched()


def _made_up_token() -> str:
    return f"{10**9 + secrets.randbelow(10**9)}:{secrets.token_urlsafe(26)}"
