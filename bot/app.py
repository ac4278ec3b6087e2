"""Wiring: builds what lives as long as the process, starts it and stops it."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Self

import structlog

import handlers
from bot.broadcasts.running import Running
from bot.chat import menus
from bot.chat.carriers import Carriers
from bot.chat.context import House, Turn
from bot.chat.duty import Duty
from bot.chat.form_reader import FormReader
from bot.chat.handling import Handling
from bot.chat.http import ApiError, ApiUnreachable, TelegramHttp
from bot.chat.in_groups import GroupRedaction
from bot.chat.inbox import Inbox, Meta
from bot.chat.intake import WRONG_TOKEN, Intake, Polling
from bot.chat.noticeboard import Noticeboard
from bot.chat.outgoing import Call, say
from bot.chat.postman import Postman
from bot.chat.progress_bars import ProgressBars
from bot.chat.redaction import Redaction
from bot.chat.renderers import every_post_renderer, every_renderer
from bot.chat.routes import ALLOWED_UPDATES, Routes
from bot.chat.sender import Sender
from bot.chat.showing import Showing
from bot.chat.turnstile import Turnstile
from bot.chat.writing import Writing
from bot.clock import Clock
from bot.config import HOME, Settings
from bot.db import open_database, upgrade
from bot.delivery.models import Reason, Renderer
from bot.delivery.pacing import Pace, Pacer
from bot.delivery.posts.models import PostRenderer
from bot.delivery.posts.service import Posts
from bot.delivery.store import DeliveryStore
from bot.errors import DatabaseBusy, SettingsProblem
from bot.i18n import Catalogues
from bot.people.content import Content
from bot.people.service import People
from bot.people.vault import Vault
from bot.people.views.failure import sorry
from bot.reminders.planner import Planner
from bot.scheduler import AlarmClock
from bot.surveys.nudging import Nudges

LAST_ANSWERS = 10.0  # seconds to finish what is under way when told to stop

log = structlog.get_logger(__name__)


class Baobab:
    """The bot of one process.

        async with Baobab(settings) as baobab:
            await baobab.run()

    Args:
        settings: with a token.
        clock: shared with the sandbox; None for real time, or the clock of the settings.
        register: registers what people can do.
        renderers: makes those who write what is owed, by its kind.

    Raises:
        SettingsProblem, ContentProblem, DatabaseProblem: on entering; each says what to do.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        register: Callable[[Routes], None] = handlers.register,
        renderers: Callable[[House], Mapping[str, Renderer]] = every_renderer,
        post_renderers: Callable[[House], Mapping[str, PostRenderer]] = every_post_renderer,
    ) -> None:
        if settings.token is None:
            raise SettingsProblem(
                "BAOBAB_TOKEN is not set. Get one from BotFather in Telegram, or try the bot "
                "without Telegram: baobab demo"
            )
        self._settings = settings
        self._register = register
        self._renderers = renderers
        self._post_renderers = post_renderers
        self._clock = clock or Clock(settings.clock)
        self._http = TelegramHttp(settings.api_url, settings.token)
        self._stack = contextlib.AsyncExitStack()
        self.turnstile = Turnstile()
        self._polling: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def _start(self) -> None:
        settings = self._settings
        content = Content.read(settings.content)
        catalogues = Catalogues(HOME / "locales")
        vault = Vault.of(settings)
        await upgrade(settings.database_url)
        database = await open_database(settings.database_url)
        self._stack.push_async_callback(database.close)
        self._stack.push_async_callback(self._http.close)
        username = await self._username()
        self.house = House(settings, self._clock, database, catalogues, content, vault, username)
        routes = Routes()
        self._register(routes)
        pacer = Pacer(Pace(settings.messages_per_second, settings.messages_per_chat_per_second))
        self.duty = Duty(self.house, self._take_over)
        self.carriers = Carriers(
            self._http,
            pacer,
            self._clock.now,
            lambda: self.duty.is_ours,
            paid=settings.paid_messages,
        )
        writing = Writing(self.house, self._renderers(self.house), pacer, self.carriers)
        self.postman = Postman(self.house, self._plan, self.duty, writing, self.carriers)
        self.noticeboard = Noticeboard(
            self.house, self._http, self._post_renderers(self.house), pacer, self.duty
        )
        self.form_reader = FormReader(self.house, self._http, self.duty, self.postman.ring)
        showing = Showing(database, self._http, username)
        self._sender = Sender(showing, self._blocked, self._apology, pacer)
        self.handling = Handling(
            self.house,
            routes,
            self._sender,
            self.turnstile,
            _apologise,
            self.carriers.hush,
            self.postman.plans_changed,
        )
        self._stack.push_async_callback(self._finish)
        await self.duty.keep()
        if not self.duty.is_ours:  # somebody else works on what is in the inbox
            await self.handling.sweep()
        self._stack.push_async_callback(self.postman.close)
        self._stack.push_async_callback(_cancelled, asyncio.create_task(self.postman.run()))
        self._stack.push_async_callback(_cancelled, asyncio.create_task(self.noticeboard.run()))
        self._stack.push_async_callback(self.noticeboard.close)
        self._stack.push_async_callback(_cancelled, asyncio.create_task(self.form_reader.run()))
        self.progress_bars = ProgressBars(self.house, self._http, pacer, self.duty, self.postman)
        alarm_clock = AlarmClock(self.handling, self.duty, self.progress_bars)
        alarm_clock.start()
        self._stack.push_async_callback(alarm_clock.stop)
        redaction = Redaction(content.crisis.suggests_crisis)
        of_group = GroupRedaction(username, content.crisis.suggests_crisis)
        self.intake = Intake(database, self._clock, vault, self.handling, redaction, of_group)
        if settings.webhook_url:
            await self._listen(self.intake)
        else:
            await self._poll(self.intake)
        await self._publish_menus()  # people are served already

    async def _username(self) -> str:
        try:
            me = await self._http.call("getMe", {})
        except ApiError as error:
            if error.code in WRONG_TOKEN:
                raise SettingsProblem(
                    "Telegram does not know BAOBAB_TOKEN. Copy it again from BotFather."
                ) from None
            why: Exception = error
        except ApiUnreachable as error:
            why = error
        else:
            if isinstance(me, dict) and isinstance(me.get("username"), str):
                return str(me["username"])
            why = ApiUnreachable("the answer names no bot")
        raise SettingsProblem(
            f"No Bot API answers at BAOBAB_API_URL ({why}). Is this machine "
            "online, and the address right?"
        ) from None

    async def _publish_menus(self) -> None:
        try:
            async with self.house.database.work() as work:
                published = await Meta(work).get(menus.PUBLISHED)
            now_published = await menus.publish(
                self._http, self.house.catalogues, self.house.content, published
            )
            async with self.house.database.work() as work:
                await Meta(work).set(menus.PUBLISHED, now_published)
        except (ApiError, ApiUnreachable) as error:
            log.warning("the menus could not be published", error=type(error).__name__)

    async def _poll(self, intake: Intake) -> None:
        # A webhook left from before would make every fetch fail.
        await self._arrange("deleteWebhook", {"drop_pending_updates": False})
        polling = Polling(self._http, intake, self.turnstile, lambda: self.duty.is_ours)
        self._polling = asyncio.create_task(polling.run())
        self._stack.push_async_callback(_cancelled, self._polling)

    async def _listen(self, intake: Intake) -> None:
        from bot.chat.webhook import CONNECTIONS, PATH, Webhook  # a web server that few need

        secret = self._settings.webhook_secret
        if secret is None:
            raise SettingsProblem("BAOBAB_WEBHOOK_SECRET is not set.")
        webhook = Webhook(intake, self._settings.listen, secret.get_secret_value())
        await webhook.start()
        self._stack.push_async_callback(webhook.stop)
        await self._arrange(
            "setWebhook",
            {
                "url": f"{self._settings.webhook_url}{PATH}",
                "secret_token": secret.get_secret_value(),
                "allowed_updates": ALLOWED_UPDATES,
                "max_connections": CONNECTIONS,
            },
        )

    async def _arrange(self, method: str, params: dict[str, Any]) -> None:
        """Tell Telegram how updates are to come.

        Raises:
            SettingsProblem: it refuses, in its own words, which quote nobody here; or it does not
                answer.
        """
        try:
            await self._http.call(method, params)
        except ApiError as error:
            raise SettingsProblem(
                f"Telegram refused {method}: {error.description}. Check BAOBAB_WEBHOOK_URL and "
                "BAOBAB_WEBHOOK_SECRET."
            ) from None
        except ApiUnreachable as error:
            raise SettingsProblem(f"Telegram did not answer {method} ({error}).") from None

    async def run(self) -> None:
        """Work until cancelled.

        Raises:
            SettingsProblem: Telegram stopped knowing the token.
        """
        if self._polling is not None:
            await asyncio.shield(self._polling)
        else:
            await asyncio.Event().wait()

    async def idle(self) -> None:
        """Wait until everything that arrived is answered and read, and what is due has left."""
        await self.turnstile.idle()
        done = self.form_reader.done
        await self.postman.idle()
        await self.form_reader.idle()
        await self.noticeboard.idle()
        await self.progress_bars.tick()
        if self.form_reader.done > done or self.progress_bars.ended:
            await self.postman.idle()  # a report is owed, or word of an end

    async def _take_over(self) -> None:
        """Go on with what the process before this one left, now that it is gone."""
        await self.handling.sweep(everything=True)

    async def _plan(self, now: datetime) -> datetime | None:
        async with self.house.database.long_work() as work:  # a reminder may be many people's
            await Nudges(work, self.house.zone).plan(now)
            return _first(
                await Planner(work, self.house.zone).plan(now),
                await Running(work, self.house.zone).plan(now),
            )

    async def depth(self) -> int:
        """How many updates are in the inbox."""
        async with self.house.database.reading() as work:
            return await Inbox(work, self.house.vault).depth()

    async def _blocked(self, telegram_id: int) -> None:
        now = self._clock.now()
        async with self.house.database.work() as work:
            if telegram_id < 0:
                await Posts(work).left(telegram_id, now)
                return
            people = People(work)
            person = await people.find(telegram_id)
            if person is not None:
                await people.blocked(person.id, now)
                await DeliveryStore(work).silence(person.id, Reason.BLOCKED, now)

    async def _apology(self, telegram_id: int) -> Call:
        async with self.house.database.work() as work:
            person = await People(work).find(telegram_id)
        t = self.house.catalogues.translator(person.language if person else None)
        return say(sorry(t), telegram_id)

    async def _finish(self) -> None:
        """Finish what is under way; what does not end in time is still in the inbox."""
        try:
            async with asyncio.timeout(LAST_ANSWERS):
                await self.turnstile.idle()
        except TimeoutError:
            await self.turnstile.stop()
        with contextlib.suppress(DatabaseBusy):  # then these answers are given once more
            await self.handling.put_away()

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()


def load_the_rest() -> None:
    """Load the libraries that only some updates and answers need, before one of them waits."""
    import aiohttp
    import telegram

    del aiohttp, telegram


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _apologise(turn: Turn) -> None:
    turn.reply(sorry(turn.t))


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, SettingsProblem):
        await task
