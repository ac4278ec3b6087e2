"""Keeps the messages true in which volunteers see how far their broadcasts have come."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Final

import structlog

from bot.broadcasts.running import Progress, Running
from bot.broadcasts.views import progress as views
from bot.broadcasts.views.desk import Desk
from bot.chat.context import House
from bot.chat.duty import Duty
from bot.chat.http import ApiError, ApiUnreachable, TelegramHttp
from bot.chat.outgoing import edit
from bot.chat.postman import Postman
from bot.delivery.pacing import Pacer
from bot.errors import DatabaseBusy
from bot.people.service import People

if TYPE_CHECKING:
    from bot.message import Message

PATIENCE: Final = 5.0  # seconds for one edit; the next one says more anyway

log = structlog.get_logger(__name__)


class ProgressBars:
    """Shows the progress of broadcasts, and notes when they have come to their end.

    What is shown here may be lost: it is shown anew a few seconds later. Word of the end is owed
    like any other message.

    Args:
        house: what lives as long as the process.
        http: the session to the Bot API.
        pacer: hears of every edit, so that what can wait makes room for it.
        duty: says whether it is for this process.
        postman: rung when word of an end is owed.

    Attributes:
        ended: whether a broadcast came to its end at the last look.
    """

    def __init__(
        self, house: House, http: TelegramHttp, pacer: Pacer, duty: Duty, postman: Postman
    ) -> None:
        self._house = house
        self._http = http
        self._pacer = pacer
        self._duty = duty
        self._postman = postman
        self._shown: dict[int, Message] = {}
        self.ended = False

    async def tick(self) -> None:
        """Look at every broadcast under way, once."""
        if not self._duty.is_ours:
            return
        try:
            await self._look(self._house.clock.now())
        except DatabaseBusy as error:
            log.warning("the progress of broadcasts is not shown just now", why=str(error))

    async def _look(self, now: datetime) -> None:
        self.ended = False
        async with self._house.database.long_reading() as work:
            under_way = await Running(work, self._house.zone).under_way()
        for found in under_way:
            if not found.left:
                found = await self._finish(found, now)  # noqa: PLW2901 -- the same, a moment later
            await self._show(found, now)
        numbers = {found.broadcast.id for found in under_way}
        self._shown = {key: shown for key, shown in self._shown.items() if key in numbers}

    async def _finish(self, found: Progress, now: datetime) -> Progress:
        async with self._house.database.long_work() as work:
            after = await Running(work, self._house.zone).finish(found.broadcast, now)
        if not after.broadcast.stage.is_under_way:
            self.ended = True
            self._postman.ring()
        return after

    async def _show(self, found: Progress, now: datetime) -> None:
        broadcast, house = found.broadcast, self._house
        if broadcast.shown_in is None or broadcast.shown_message is None:
            return
        async with house.database.reading() as work:
            person = await People(work).find(broadcast.shown_in)
        if person is None or not person.wants_messages:
            return
        t = house.catalogues.translator(person.language)
        desk = Desk(t, house.catalogues, house.content.boroughs, now, house.zone)
        message = views.progress(desk, found, house.settings.messages_per_second)
        if self._shown.get(broadcast.id) == message:
            return
        self._shown[broadcast.id] = message
        call = edit(message, broadcast.shown_in, broadcast.shown_message)
        self._pacer.replied(broadcast.shown_in, asyncio.get_running_loop().time())
        try:
            await self._http.call(call.method, call.params, timeout=PATIENCE)
        except (ApiError, ApiUnreachable) as error:
            log.info("the progress of a broadcast could not be shown", error=type(error).__name__)
