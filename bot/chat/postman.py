"""Sends what is owed: claims it, has it written, hands it over, and notes what became of it.

Replies have their own way (sender.py) and wait for nothing here. Between a claim and its note a
crash leaves a delivery unknown, so little is claimed at a time.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.chat.carriers import Carriers, Done, report
from bot.chat.context import House
from bot.chat.duty import Duty
from bot.chat.writing import Writing
from bot.db import Work
from bot.delivery.models import Delivery, Lane
from bot.delivery.outcomes import put_back
from bot.delivery.store import DeliveryStore
from bot.errors import DatabaseBusy, PersonNotFound
from bot.people.service import People

LOOK = 1.0  # seconds between looks at what is due; rows come from other processes, too
SHORTEST = 0.01  # seconds; less would only keep the loop busy
LOOK_AT_PLANS = timedelta(seconds=30)
"""Between looks at what the plans of other processes changed. By the clock on the wall, not by the
loop's: when a machine wakes from sleep, or a demo moves the time, they are looked at at once."""

log = structlog.get_logger(__name__)
Plan = Callable[[datetime], Awaitable[datetime | None]]
"""Owes what is due by now, and says when the next is."""


class Postman:
    """Delivers for as long as the process is on duty.

    Args:
        house: what lives as long as the process.
        plan: owes what has become due.
        duty: says whether it is for this process to deliver.
        writing: has written what is claimed.
        carriers: who carry what is written.
    """

    def __init__(
        self, house: House, plan: Plan, duty: Duty, writing: Writing, carriers: Carriers
    ) -> None:
        self._house = house
        self._plan = plan
        self._duty = duty
        self._writing = writing
        self._carriers = carriers
        self._next_plan: datetime | None = None
        self._planned_at: datetime | None = None
        self._asked = self._answered = 0
        self._quiet = asyncio.Condition()
        self._closing = False

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            asked = self._asked
            try:
                wait = await self._round()
            except DatabaseBusy as error:
                log.warning("the database is busy; what is owed waits", why=str(error))
                wait = LOOK
            except Exception as error:  # noqa: BLE001 -- whatever it is, the others are still owed
                report("deliveries could not be made", error)
                wait = LOOK
            if wait > 0:
                if wait > SHORTEST:  # else something is due again already, such as a second try
                    await self._is_quiet(asked)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._carriers.bell.wait()
            self._carriers.bell.clear()

    def plans_changed(self) -> None:
        """Look at the plans at once: something may be due sooner than was known."""
        self._next_plan = self._house.clock.now()
        self.ring()

    def ring(self) -> None:
        """Look at once: something may be due."""
        self._carriers.bell.set()

    async def idle(self) -> None:
        """Wait until nothing is due that can be sent now."""
        self._asked += 1
        mine = self._asked
        self.plans_changed()  # what a test has changed counts at once
        async with self._quiet:
            await self._quiet.wait_for(lambda: self._answered >= mine or self._closing)

    async def _is_quiet(self, asked: int) -> None:
        if not self._carriers.is_idle or self._carriers.done:
            return
        self._answered = asked
        async with self._quiet:
            self._quiet.notify_all()

    async def close(self) -> None:
        """Let what is under way end, note it, and give up the lease."""
        self._closing = True
        self._duty.leave()
        async with self._quiet:
            self._quiet.notify_all()
        await self._carriers.end()
        with contextlib.suppress(DatabaseBusy):
            async with self._noting(self._house.clock.now()) as work:
                await self._duty.end(work)

    async def _round(self) -> float:
        """Note what is done and claim what is next; seconds until there may be more to do."""
        now = self._house.clock.now()
        if not self._duty.is_ours:
            if (
                self._carriers.done
            ):  # nobody else knows what became of what this process had in hand
                await self._note_and_claim((), now, 0)
            return LOOK
        await self._plan_if_due(now)
        lanes = self._carriers.lanes.open(_seconds())
        room = self._carriers.room
        if self._carriers.done or (room and await self._is_due(lanes, now)):
            await self._note_and_claim(lanes, now, room)
            self._carriers.employ()
        if not self._carriers.is_idle:
            return LOOK  # the bell rings as soon as there is room
        return 0.0 if self._carriers.done else await self._until_due(now)

    async def _plan_if_due(self, now: datetime) -> None:
        due = self._next_plan is not None and self._next_plan <= now
        if due or self._planned_at is None or abs(now - self._planned_at) >= LOOK_AT_PLANS:
            try:
                self._next_plan = await self._plan(now)
            except DatabaseBusy:
                raise
            except Exception as error:  # noqa: BLE001 -- what is owed already leaves all the same
                report("what is due could not be planned", error)
                self._next_plan = None
            self._planned_at = now

    async def _is_due(self, lanes: Sequence[Lane], now: datetime) -> bool:
        async with self._house.database.reading() as work:
            store = DeliveryStore(work)
            dues = [await store.next_due(lane) for lane in lanes]
        return any(due is not None and due <= now for due in dues)

    async def _until_due(self, now: datetime) -> float:
        """Seconds until the earliest that is known of, and never longer than a look."""
        async with self._house.database.reading() as work:
            store = DeliveryStore(work)
            dues = [await store.next_due(lane) for lane in self._carriers.lanes.open(_seconds())]
        moments = [due for due in (*dues, self._next_plan) if due is not None]
        waits = [(moment - now).total_seconds() for moment in moments]
        return min(
            LOOK, max(SHORTEST, min(waits, default=LOOK)), self._carriers.lanes.rests(_seconds())
        )

    async def _note_and_claim(self, lanes: Sequence[Lane], now: datetime, room: int) -> None:
        """Write down what is done and take what is next; a failure or an end loses neither."""
        claimed: list[Delivery] = []
        try:
            async with self._noting(now) as work:
                claimed += await self._claim(work, lanes, now, room)
            if claimed:
                await self._writing.write(claimed, now)
        except BaseException:
            # Where the claim was rolled back, putting back changes nothing.
            self._carriers.done += [Done(put_back(each), each.person_id) for each in claimed]
            raise

    async def _claim(
        self, work: Work, lanes: Sequence[Lane], now: datetime, room: int
    ) -> list[Delivery]:
        claimed: list[Delivery] = []
        for lane in lanes:
            if room > len(claimed):
                claimed += await DeliveryStore(work).claim(
                    lane,
                    now,
                    room - len(claimed),
                    self._duty.lease.holder,
                    self._carriers.busy,
                )
        return claimed

    @contextlib.asynccontextmanager
    async def _noting(self, now: datetime) -> AsyncIterator[Work]:
        """A transaction that writes down what is done; if it fails, that is kept for the next."""
        done, self._carriers.done = self._carriers.done, []
        try:
            async with self._house.database.work() as work:
                if done:
                    await self._note(work, done, now)
                yield work
        except BaseException:
            self._carriers.done = done + self._carriers.done
            raise

    async def _note(self, work: Work, done: Sequence[Done], now: datetime) -> None:
        store = DeliveryStore(work)
        await store.settle([each.settled for each in done], self._duty.lease.holder, now)
        for each in done:
            if each.left is not None:
                with contextlib.suppress(PersonNotFound):  # erased meanwhile
                    await People(work).blocked(each.person_id, now)
                await store.silence(each.person_id, each.left, now)
            if each.moved_to is not None:
                await People(work).moved(each.person_id, each.moved_to)


def _seconds() -> float:
    return asyncio.get_running_loop().time()
