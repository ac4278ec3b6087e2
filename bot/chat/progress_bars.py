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
from bot.delivery.outcomes import FLOOD
from bot.delivery.pacing import Pacer
from bot.errors import DatabaseBusy
from bot.people.models import Person
from bot.people.service import People

if TYPE_CHECKING:
    from bot.message import Message

PATIENCE: Final = 5.0  # seconds for one edit; the next one says more anyway

log = structlog.get_logger(__name__)


class ProgressBars:
    """Shows the progress of broadcasts, and notes when they have come to their end.

    What is shown here may be lost: it is shown anew a few seconds later, and the end of it until
    somebody has seen it. Word of the end is owed like any other message besides.

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
        self._shown: dict[tuple[int, int, int], Message] = {}
        self._one = asyncio.Lock()
        self.ended = False

    async def tick(self) -> None:
        """Look at every broadcast under way, once."""
        if not self._duty.is_ours:
            return
        try:
            async with self._one:  # of two looks, the later one must be shown last
                await self._look(self._house.clock.now())
        except DatabaseBusy as error:
            log.warning("the progress of broadcasts is not shown just now", why=str(error))

    async def _look(self, now: datetime) -> None:
        self.ended = False
        async with self._house.database.long_reading() as work:
            to_show = await Running(work, self._house.zone).to_show()
        for found in to_show:
            if not found.left and found.broadcast.stage.is_under_way:
                found = await self._finish(found, now)  # noqa: PLW2901 -- the same, a moment later
            await self._show(found, now)
        numbers = {found.broadcast.id for found in to_show}
        self._shown = {key: shown for key, shown in self._shown.items() if key[0] in numbers}

    async def _finish(self, found: Progress, now: datetime) -> Progress:
        async with self._house.database.long_work() as work:
            after = await Running(work, self._house.zone).finish(found.broadcast, now)
        if not after.broadcast.stage.is_under_way:
            self.ended = True
            self._postman.ring()
        return after

    async def _show(self, found: Progress, now: datetime) -> None:
        house = self._house
        async with house.database.reading() as work:
            # None where somebody has done something meanwhile: they see what came of it.
            screens = await Running(work, house.zone).screens(found.broadcast)
            people = await People(work).get_many(person_id for person_id, _ in screens)
        over = not found.left and not found.broadcast.stage.is_under_way
        for person_id, message_id in screens:
            # Whoever has stopped messages, or is gone, is shown nothing any more.
            person = people.get(person_id)
            wanted = person is not None and person.wants_messages
            said = not wanted or person is None or await self._say(found, person, message_id, now)
            if said and over:
                async with house.database.work() as work:
                    await Running(work, house.zone).hide(person_id, message_id)

    async def _say(self, found: Progress, person: Person, message_id: int, now: datetime) -> bool:
        """Show it, if it is not shown already; whether there is nothing left to try."""
        house = self._house
        desk = Desk(
            house.catalogues.translator(person.language), house.catalogues,
            house.content.boroughs, now, house.zone,
        )  # fmt: skip
        message = views.progress(desk, found, house.settings.messages_per_second)
        key = (found.broadcast.id, person.id, message_id)
        if self._shown.get(key) == message:
            return True
        call = edit(message, person.telegram_id, message_id)
        self._pacer.replied(person.telegram_id, asyncio.get_running_loop().time())
        try:
            await self._http.call(call.method, call.params, timeout=PATIENCE)
        except (ApiError, ApiUnreachable) as error:
            log.info("the progress of a broadcast could not be shown", error=type(error).__name__)
            if isinstance(error, ApiUnreachable) or error.code == FLOOD:
                return False  # at the next look
        self._shown[key] = message
        return True
